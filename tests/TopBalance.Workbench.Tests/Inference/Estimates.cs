using System.Collections.Immutable;
using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Inference;
using TopBalance.Workbench.Tests.Cli;

namespace TopBalance.Workbench.Tests.Inference;

/// <summary>Estimates made by hand, so that what they are turned into can be read without a belief.</summary>
internal static class Estimates
{
    private const string Yaml = """
        - charge: { minutes: 182, ended: hvc, tripped: 3, red: [1, 3] }
        - reset: ignition

        - charge:
            minutes: 4
            ended: hvc
            tripped: 2
            red: [3]
        """;

    public static CellEstimate Tripped(int cell) => new(
        new CellNumber(cell), new Interval90(-0.31, 0.12, 0.44), LampSight.Lit, Known.Resolved, "tripped HVC twice");

    public static CellEstimate Lit(int cell) => new(
        new CellNumber(cell), new Interval90(0.2, 0.9, 1.7), LampSight.Lit, Known.Resolved, "its red lamp came on 3 min before the end");

    public static CellEstimate Dark(int cell) => new(
        new CellNumber(cell),
        new Interval90(4.2 + (cell * 7 % 5), 14 + (cell * 7 % 23), 30.5 + (cell * 7 % 23)),
        LampSight.Dark,
        Known.Bounded,
        "dark at the end of the last charge: at least 4.2 Ah to go");

    public static CellEstimate NotSeen(int cell) => Dark(cell) with { Lamp = LampSight.NotSeen, Evidence = "nobody looked" };

    /// <summary>A summary of a pack of 100 Ah cells: cell 3 tripped, cell 1 was lit, the last one was not looked at.</summary>
    public static InferenceSummary Summary(
        int series = 4, ImmutableArray<Contradiction> contradictions = default, MostTelling? telling = null, string name = "My EV") =>
        Of(
            Summaries.Pack(series, name: name),
            [.. Enumerable.Range(1, series).Select(n => n switch { 3 => Tripped(n), 1 => Lit(n), _ when n == series => NotSeen(n), _ => Dark(n) })],
            contradictions,
            telling);

    public static InferenceSummary Of(
        PackSpec pack, ImmutableArray<CellEstimate> cells, ImmutableArray<Contradiction> contradictions = default, MostTelling? telling = null) =>
        InferenceSummary.Of(pack, Log(), cells, contradictions.IsDefault ? [] : contradictions, telling);

    private static ObservationLog Log() =>
        ObservationFile.Load("pack.observations.yaml", MemoryFiles.Of(("pack.observations.yaml", Yaml)), Summaries.Pack(4));
}
