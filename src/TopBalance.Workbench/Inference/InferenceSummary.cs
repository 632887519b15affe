using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Inference;

/// <summary>What observations say of every cell, in the words of the JSON that people script against.</summary>
/// <param name="Spec">The pack as it was described.</param>
public sealed record InferenceSummary([property: JsonIgnore] PackSpec Spec)
{
    /// <summary>Name of the pack.</summary>
    [JsonPropertyOrder(-1)]
    public string Pack => Spec.Name;

    /// <summary>The cells in order of their number. Length Ns.</summary>
    public required ImmutableArray<CellBelief> Cells { get; init; }

    /// <summary>Observations that cannot be, given the others.</summary>
    public ImmutableArray<ContradictionSummary> Contradictions { get; init; } = [];

    /// <summary>Which single further observation would tell most; null if none would.</summary>
    public TellingSummary? MostTelling { get; init; }

    /// <summary>Why the pack is not converging, the most probable first; null if nobody asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FindingSummary>? Why { get; init; }

    /// <summary>What lies outside of where the cell's curves were measured, in a sentence; null if nothing does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OutsideTrusted => Simulations.OutsideTrusted.Of(Spec);

    /// <summary>Number of observations that were taken in.</summary>
    [JsonIgnore]
    public int ObservationCount { get; init; }

    /// <summary>The file they are in.</summary>
    [JsonIgnore]
    public string File { get; init; } = "";

    /// <summary>Puts together what a belief says and where the observations stand.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="log">The observations.</param>
    /// <param name="cells">One estimate per cell.</param>
    /// <param name="contradictions">Those of the observations, by their place in the log.</param>
    /// <param name="telling">The observation that would tell most, or null.</param>
    public static InferenceSummary Of(
        PackSpec pack,
        ObservationLog log,
        ImmutableArray<CellEstimate> cells,
        ImmutableArray<Contradiction> contradictions,
        MostTelling? telling)
    {
        ArgumentNullException.ThrowIfNull(log);
        return new InferenceSummary(pack)
        {
            File = log.File,
            ObservationCount = log.Entries.Length,
            Cells = [.. cells.OrderBy(c => c.Cell.Value).Select(CellBelief.Of)],
            Contradictions = [.. contradictions.Select(c => ContradictionSummary.Of(c, log))],
            MostTelling = telling is null ? null : new TellingSummary(telling.Text, telling.Cell?.Value, telling.NarrowsToAh),
        };
    }
}

/// <summary>What is believed of a cell.</summary>
/// <param name="Cell">Its number.</param>
/// <param name="ToFullAh">Charge that the whole cell lacks, Ah, as of the moment after the last observation.</param>
/// <param name="Lamp"><c>lit</c>, <c>dark</c> or <c>not_seen</c>, at the end of the last charge.</param>
/// <param name="Known"><c>resolved</c>: to within 1 % of capacity; <c>bounded</c>: less well.</param>
/// <param name="Evidence">What it rests on, one line.</param>
public sealed record CellBelief(int Cell, ChargeInterval ToFullAh, string Lamp, string Known, string Evidence)
{
    /// <summary>In the words of files and JSON.</summary>
    public static CellBelief Of(CellEstimate estimate)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        Interval90 toFull = estimate.ToFullAh;
        return new CellBelief(
            estimate.Cell.Value,
            new ChargeInterval(toFull.P05, toFull.P50, toFull.P95),
            LampWord(estimate.Lamp),
            estimate.Known == TopBalance.Inference.Known.Resolved ? "resolved" : "bounded",
            estimate.Evidence);
    }

    private static string LampWord(LampSight lamp) => lamp switch
    {
        LampSight.Lit => "lit",
        LampSight.Dark => "dark",
        _ => "not_seen",
    };
}

/// <summary>The 5, 50 and 95 % points of a charge, Ah.</summary>
/// <param name="P05">5 %.</param>
/// <param name="P50">The median.</param>
/// <param name="P95">95 %.</param>
public sealed record ChargeInterval(
    [property: JsonPropertyName("p05")] double P05,
    [property: JsonPropertyName("p50")] double P50,
    [property: JsonPropertyName("p95")] double P95);

/// <summary>An observation that cannot be, given the others.</summary>
/// <param name="Observation">Its place in the file, from 1.</param>
/// <param name="Line">The line it begins on, from 1.</param>
/// <param name="Cell">The cell it is about; null for the pack.</param>
/// <param name="Text">What was seen, why it cannot be, and what to check.</param>
public sealed record ContradictionSummary(int Observation, int Line, int? Cell, string Text)
{
    /// <summary>The observation as it is written in the file.</summary>
    [JsonIgnore]
    public string Written { get; init; } = "";

    internal static ContradictionSummary Of(Contradiction contradiction, ObservationLog log)
    {
        ObservationEntry entry = log.Entries[contradiction.Observation - 1];
        return new ContradictionSummary(contradiction.Observation, entry.Line, contradiction.Cell?.Value, contradiction.Text)
        {
            Written = entry.Text,
        };
    }
}

/// <summary>An observation that would tell much.</summary>
/// <param name="Text">What to look at, in words.</param>
/// <param name="Cell">The cell it is about; null for the pack.</param>
/// <param name="NarrowsToAh">Expected width of that cell's 90 % interval afterwards, Ah.</param>
public sealed record TellingSummary(string Text, int? Cell, double NarrowsToAh);
