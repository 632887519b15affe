using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Tests.Frozen;

/// <summary>
/// A 100 Ah cell, a 3.6 V module and packs of them that never change, so that better library data change no test. The numbers are round
/// ones in the range of a real prismatic cell; nothing is claimed for them.
/// </summary>
internal static class FrozenPack
{
    public static OcvCurve Ocv { get; } = new(
        [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.95, 0.97, 0.98, 0.985, 0.99, 0.994, 0.997, 1],
        [2.3, 2.72, 2.85, 3.03, 3.17, 3.235, 3.27, 3.295, 3.315, 3.335, 3.338, 3.342, 3.35, 3.36, 3.385, 3.43, 3.5, 3.6]);

    public static CellParameters Parameters { get; } = new(
        Ocv,
        new ResistanceCurve([0, 0.1, 0.9, 0.98, 1], [0.002, 0.001, 0.001, 0.0012, 0.0018], [0.0025, 0.0012, 0.001, 0.001, 0.001]),
        [
            new RcPair(new ResistanceCurve([0.1, 0.95, 1], [0.0004, 0.0004, 0.0008], [0.0004, 0.0004, 0.0004]), new Seconds(40)),
            new RcPair(ResistanceCurve.Constant(0.0006), new Seconds(900)),
        ],
        new Volts(0.01),
        hysteresisRate: 150);

    public static CellSpec Cell { get; } =
        new("frozen-100", new AmpereHours(100), new Volts(3.6), new Volts(3.65), [new CellAtTemperature(new Celsius(25), Parameters)]);

    public static CellModuleSpec Module { get; } = new(
        "frozen-3.6", new Volts(3.5), new Volts(3.45), new ShuntSpec.Resistor(new Ohms(5.4)), new Volts(3.6), new Volts(3.59), new Volts(2.5), new Volts(2.6));

    /// <summary>A pack of these cells with the states of charge given, charged at 10 A to 3.6 V a cell, down to 2 A.</summary>
    public static PackSpec Of(params double[] soc) =>
        new("frozen", soc.Length, 1, Cell, Module, new ChargerSpec(new Volts(3.6 * soc.Length), new Amperes(10), new Amperes(2)))
        {
            Cells = [.. soc.Select((z, k) => new CellKnowledge(CellNumber.FromIndex(k)) { Soc = z })],
        };

    public static PackSpec With(this PackSpec pack, params ImmutableArray<Fault> faults) => pack with { Faults = faults };

    public static PackRun Run(this PackSpec pack, params ReadOnlySpan<Step> steps) => new PackSimulator().Run(PackDraw.Draw(pack), steps);

    /// <summary>All cells as the run ends, its current still flowing.</summary>
    public static CellState[] AtEnd(this PackRun run) => run.At(run.EndSeconds);

    public static CellState[] At(this PackRun run, double seconds)
    {
        var cells = new CellState[run.Model.Cells.Length];
        run.StateAt(new Seconds(seconds), cells);
        return cells;
    }

    /// <summary>Smallest charge in a cell, Ah: what the pack can give before the first cell is empty.</summary>
    public static double UsableAh(this PackRun run) => run.AtEnd().Select((c, k) => c.Soc * run.Model.CellCapacityAh(k)).Min();
}
