using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Workbench.Planning;

/// <summary>Hours for people to read.</summary>
public static class Hours
{
    /// <summary>E.g. <c>35 min</c>, <c>4.2 h</c>, <c>36 h</c>.</summary>
    public static string Of(double hours) => hours switch
    {
        < 0.995 => Invariant($"{60 * hours:0}\u00a0min"),
        < 9.95 => Invariant($"{hours:0.0}\u00a0h"),
        _ => Invariant($"{hours:0}\u00a0h"),
    };

    /// <summary>E.g. <c>36 h (31 to 44 h)</c>.</summary>
    public static string Of(Spread80 spread)
    {
        ArgumentNullException.ThrowIfNull(spread);
        return string.Equals(Of(spread.P10), Of(spread.P90), StringComparison.Ordinal)
            ? Of(spread.P50)
            : $"{Of(spread.P50)} ({Of(spread.P10)} to {Of(spread.P90)})";
    }
}
