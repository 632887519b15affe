using System.Text.Json.Serialization;
using TopBalance.Planning;

namespace TopBalance.Workbench.Planning;

/// <summary>The 10, 50 and 90 % points of a figure over the plays.</summary>
/// <param name="P10">10 %.</param>
/// <param name="P50">The median.</param>
/// <param name="P90">90 %.</param>
public sealed record Spread80(
    [property: JsonPropertyName("p10")] double P10,
    [property: JsonPropertyName("p50")] double P50,
    [property: JsonPropertyName("p90")] double P90)
{
    /// <summary>Of any number of values, at least one, in any order; between two neighbours on the line.</summary>
    public static Spread80 Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new Spread80(At(sorted, 0.1), At(sorted, 0.5), At(sorted, 0.9));
    }

    private static double At(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        double above = sorted[Math.Min(below + 1, sorted.Length - 1)];
        return sorted[below] + ((place - below) * (above - sorted[below]));
    }
}

/// <summary>What a method comes to. The figures are absent where it is not possible, or was not played before a stop.</summary>
/// <param name="Method">Its name, e.g. <c>bench-supply</c>.</param>
/// <param name="Possible">The tools allow it.</param>
public sealed record MethodPlan(string Method, bool Possible)
{
    /// <summary>Why it has no figures.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>Number of believed packs it was played on.</summary>
    public int Packs { get; init; }

    /// <summary>From now to the end, h.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Spread80? Hours { get; init; }

    /// <summary>With somebody standing by, h.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Spread80? AttendedHours { get; init; }

    /// <summary>Charges of the whole pack.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Spread80? ChargerCycles { get; init; }

    /// <summary>Taken out of single cells by a load, Ah.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Spread80? DrainedAh { get; init; }

    /// <summary>Probability that a drained cell becomes the emptiest of the pack.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? OvershootRisk { get; init; }

    /// <summary>Heat of the drain load at its worst, W.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Spread80? HottestW { get; init; }

    /// <summary>Ah to full of the emptiest cell less that of the fullest, at the end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Spread80? ResidualAh { get; init; }

    /// <summary>Share of the plays that ended balanced; the others were given up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? BalancedShare { get; init; }

    /// <summary>Mean of attended hours and a tenth of all hours, h: what methods are compared by.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Cost { get; init; }

    /// <summary>A method the tools do not allow.</summary>
    public static MethodPlan Impossible(string method, string reason) => new(method, false) { Reason = reason };

    internal static MethodPlan Of(MethodPlays plays, double cost)
    {
        if (!plays.Says)
        {
            return new MethodPlan(plays.Method.Name, true) { Reason = "stopped before it was played" };
        }

        Played[] played = plays.Results.ToArray();
        return new MethodPlan(plays.Method.Name, true)
        {
            Packs = plays.Count,
            Hours = Spread80.Of(played.Select(p => p.Hours)),
            AttendedHours = Spread80.Of(played.Select(p => p.AttendedHours)),
            ChargerCycles = Spread80.Of(played.Select(p => (double)p.ChargerCycles)),
            DrainedAh = Spread80.Of(played.Select(p => p.DrainedAh)),
            OvershootRisk = plays.OvershootRisk,
            HottestW = Spread80.Of(played.Select(p => p.HottestWatts)),
            ResidualAh = Spread80.Of(played.Select(p => p.ResidualAh)),
            BalancedShare = plays.BalancedShare,
            Cost = cost,
        };
    }
}
