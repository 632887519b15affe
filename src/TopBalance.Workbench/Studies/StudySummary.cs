using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TopBalance.Planning;

namespace TopBalance.Workbench.Studies;

/// <summary>The 10, 50 and 90 % points of a quantity over packs.</summary>
/// <param name="P10">10 %.</param>
/// <param name="P50">The median.</param>
/// <param name="P90">90 %.</param>
public readonly record struct Percentiles(double P10, double P50, double P90)
{
    /// <summary>Of numbers in any order, linear between them; at least one.</summary>
    public static Percentiles Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        ArgumentOutOfRangeException.ThrowIfZero(sorted.Length, nameof(values));
        double At(double share)
        {
            double place = share * (sorted.Length - 1);
            int below = (int)place;
            double above = sorted[Math.Min(below + 1, sorted.Length - 1)];
            return sorted[below] + ((place - below) * (above - sorted[below]));
        }

        return new Percentiles(At(0.1), At(0.5), At(0.9));
    }
}

/// <summary>How a method did in a variant.</summary>
/// <param name="Variant">What was varied and the value it had.</param>
/// <param name="Method">Name of the method.</param>
/// <param name="Packs">How many packs it was played on here.</param>
public sealed record StudyResult(ImmutableDictionary<string, string> Variant, string Method, int Packs)
{
    /// <summary>Why the tools do not allow it; null if they do.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ImpossibleBecause { get; init; }

    /// <summary>From the start to the end, h; null where nothing was played.</summary>
    public Percentiles? Hours { get; init; }

    /// <summary>With somebody standing by, h.</summary>
    public Percentiles? AttendedHours { get; init; }

    /// <summary>Charges of the pack.</summary>
    public Percentiles? ChargerCycles { get; init; }

    /// <summary>Taken out of single cells by loads, Ah.</summary>
    public Percentiles? DrainedAh { get; init; }

    /// <summary>Difference between the fullest and the emptiest cell at the end, Ah.</summary>
    public Percentiles? ResidualAh { get; init; }

    /// <summary>Share of the packs in which a drained cell became the emptiest.</summary>
    public double? OvershootRisk { get; init; }

    /// <summary>Share of the packs that ended balanced.</summary>
    public double? Balanced { get; init; }
}

/// <summary>What a study came to.</summary>
/// <param name="Study">What it was about, and where it was played.</param>
/// <param name="Results">Per variant and method, in the order of the plays.</param>
public sealed record StudySummary(StudyHeader Study, ImmutableArray<StudyResult> Results)
{
    /// <summary>Files that were written.</summary>
    public ImmutableArray<string> Written { get; init; } = [];
}

/// <summary>Takes in rows, in any order, and says what they come to.</summary>
internal sealed class StudyTally(StudyHeader header)
{
    private readonly ImmutableArray<VaryAxis> axes = VaryAxis.ParseAll(header.Vary);
    private readonly Dictionary<(int Variant, int Method), List<Played>> played = [];

    /// <summary>Takes in a row.</summary>
    public void Add(StudyRow row)
    {
        (int Variant, int Method) key = (row.Task.Variant, row.Task.Method);
        if (!played.TryGetValue(key, out List<Played>? group))
        {
            played[key] = group = [];
        }

        if (row.Played is { } one)
        {
            group.Add(one);
        }
    }

    /// <summary>What they come to.</summary>
    /// <param name="impossible">Why a method is not possible in a variant, where that is known.</param>
    public StudySummary Summary(Func<int, int, string?> impossible)
    {
        ImmutableArray<string>[] variants = [.. StudyPlan.Combinations(axes)];
        return new StudySummary(
            header,
            [
                .. played.OrderBy(g => g.Key).Select(g =>
                    Result(variants[g.Key.Variant], header.Methods[g.Key.Method], g.Value) with { ImpossibleBecause = impossible(g.Key.Variant, g.Key.Method) }),
            ]);
    }

    private StudyResult Result(ImmutableArray<string> values, string method, List<Played> group)
    {
        var variant = axes.Zip(values).ToImmutableDictionary(p => p.First.Key, p => p.Second, StringComparer.Ordinal);
        var result = new StudyResult(variant, method, group.Count);
        return group.Count == 0 ? result : result with
        {
            Hours = Percentiles.Of(group.Select(p => p.Hours)),
            AttendedHours = Percentiles.Of(group.Select(p => p.AttendedHours)),
            ChargerCycles = Percentiles.Of(group.Select(p => (double)p.ChargerCycles)),
            DrainedAh = Percentiles.Of(group.Select(p => p.DrainedAh)),
            ResidualAh = Percentiles.Of(group.Select(p => p.ResidualAh)),
            OvershootRisk = group.Count(p => p.Overshot) / (double)group.Count,
            Balanced = group.Count(p => p.Balanced) / (double)group.Count,
        };
    }
}
