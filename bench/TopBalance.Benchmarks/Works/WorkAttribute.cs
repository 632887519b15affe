namespace TopBalance.Benchmarks.Works;

/// <summary>What the page says of a benchmark.</summary>
/// <param name="what">The work of one operation.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WorkAttribute(string what) : Attribute
{
    /// <summary>The work of one operation.</summary>
    public string What { get; } = what;

    /// <summary>What it shall take at most, s; 0 where nothing was set.</summary>
    public double TargetSeconds { get; init; }
}
