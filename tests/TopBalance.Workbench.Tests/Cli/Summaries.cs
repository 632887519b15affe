using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Workbench.Simulations;

namespace TopBalance.Workbench.Tests.Cli;

/// <summary>Summaries made by hand, so that what they are turned into can be read without a simulator.</summary>
internal static class Summaries
{
    /// <summary>A pack of library-like parts.</summary>
    public static PackSpec Pack(int series, PackLayout? layout = null, string name = "My EV conversion")
    {
        var parameters = new CellParameters(new OcvCurve([0, 1], [2.5, 3.59]), ResistanceCurve.Constant(0.001), []);
        var cell = new CellSpec("calb-ca100", new(100), new(3.6), new(3.65), [new CellAtTemperature(new(25), parameters)])
        {
            Name = "CALB CA100",
        };
        var shunt = new ShuntSpec.Resistor(new(5.4));
        var module = new CellModuleSpec("minibms-3.6", new(3.5), new(3.45), shunt, new(3.6), new(3.59), new(2.5), new(2.6))
        {
            Name = "MiniBMS 3.6 V",
        };
        return new PackSpec(name, series, 1, cell, module, new ChargerSpec(new(3.6 * series), new(10), new(5)))
        {
            Layout = layout ?? PackLayout.Line(series),
        };
    }

    /// <summary>A charge that one cell ended; the cells given as reds were lit.</summary>
    public static SimulationSummary Tripped(PackSpec pack, int tripped, params ImmutableArray<int> reds) => new(pack)
    {
        Ended = new SimulationEnd("hvc", tripped, 10935.301194673502),
        TripsSeconds = [10935.301194673502],
        DeliveredAh = 30.37583665187084,
        PackVolts = 169.2004 * pack.Series / 50,
        CurrentAmps = 10,
        UsableAh = new UsableCharge(72.8587, 97.1052),
        Cells = [.. Enumerable.Range(1, pack.Series).Select(n => Cell(n, n == tripped, n == tripped || reds.Contains(n)))],
    };

    private static CellSummary Cell(int number, bool tripped, bool red)
    {
        double toFull = tripped ? 0.4 : red ? 0.9 : 5 + (number * 7 % 23);
        return new CellSummary(number, 1 - (toFull / 100), tripped ? 3.6 : red ? 3.52 : 3.355, red, !tripped, toFull);
    }
}
