using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Workbench.Validation.Cases.Pylontech;

/// <summary>What is assumed of the recorded pack, since nobody measured it.</summary>
internal sealed record PackAssumptions
{
    /// <summary>The record is taken up here, s: the charger has come to its voltage, the ammeter to zero.</summary>
    public double StartSeconds { get; init; } = 720;

    /// <summary>Capacity of a cell, Ah.</summary>
    public double CapacityAh { get; init; } = 50;

    /// <summary>Capacity of the defective cell as a share of the others'.</summary>
    public double DefectiveShare { get; init; } = 1;

    /// <summary>What the defective cell loses by itself, as a share of the shunt current.</summary>
    public double DefectiveLeak { get; init; }

    /// <summary>The shunt is on from this far above the lowest cell, V.</summary>
    public double OnAbove { get; init; } = 0.0285;

    /// <summary>It is off from here down, V.</summary>
    public double OffAbove { get; init; } = 0.012;

    /// <summary>The cells rest this far above the mean OCV, as a share of the hysteresis: 1 after a charge.</summary>
    public double Hysteresis { get; init; } = 1;
}

/// <summary>The recorded pack as the engine plays it: 15 cells of the library's curve, relative shunts, a charger that holds.</summary>
/// <param name="cell">The library cell whose curve they have.</param>
/// <param name="start">The record to start from.</param>
/// <param name="defective">Index of the cell that is.</param>
internal sealed class BalancedPack(CellSpec cell, PackTrace start, int defective)
{
    /// <summary>What the pack was held at, V.</summary>
    public const double HeldVolts = 52.51;

    private const double RasterSeconds = 20, Celsius = 26, ChargerAmps = 5.9;

    // nothing but the shunts acts in this record
    private static readonly Volts Never = new(4.5), Gate = new(3.3);
    private readonly PackSimulator simulator = new();
    private readonly CellState[] states = new CellState[PylontechData.Cells];

    /// <summary>Until when the charger held the pack in what was played last, hours from the start of the record.</summary>
    public double HeldHours { get; private set; }

    /// <summary>Plays the run on the raster of the record.</summary>
    /// <param name="assumed">What is assumed.</param>
    /// <param name="shuntAmps">Current of a shunt, A.</param>
    /// <param name="hours">Until then, from the start of the record.</param>
    public PackTrace Play(PackAssumptions assumed, double shuntAmps, double hours)
    {
        double seconds = (hours * 3600) - assumed.StartSeconds;

        // the engine's charger is done when nothing flows any more; the shunts then go on by themselves
        PackRun run = simulator.Run(
            Model(assumed, shuntAmps), new Charge { Limit = new Seconds(seconds) }, new Rest { Duration = new Seconds(seconds) });
        HeldHours = (assumed.StartSeconds + run.Steps[0].EndSeconds) / 3600;
        int count = 1 + (int)(seconds / RasterSeconds);
        var trace = new PackTrace(
            [.. Enumerable.Range(0, count).Select(k => assumed.StartSeconds + (k * RasterSeconds))],
            [.. Enumerable.Range(0, PylontechData.Cells).Select(_ => new double[count])],
            [.. Enumerable.Range(0, PylontechData.Cells).Select(_ => new bool[count])]);
        for (int k = 0; k < count; k++)
        {
            run.StateAt(new Seconds(k * RasterSeconds), states);
            for (int c = 0; c < states.Length; c++)
            {
                trace.Volts[c][k] = states[c].VoltageVolts;
                trace.Shunts[c][k] = states[c].ShuntOn;
            }
        }

        return trace;
    }

    /// <summary>How many cells start above what the library calls full.</summary>
    public int StartAboveFull(PackAssumptions assumed) =>
        Model(assumed, shuntAmps: 0).Cells.Count(c => c.Members[0].InitialSoc > 1);

    private PackModel Model(PackAssumptions assumed, double shuntAmps)
    {
        CellParameters healthy = Parameters(assumed, leakAmps: 0);
        CellParameters leaking = Parameters(assumed, assumed.DefectiveLeak * shuntAmps);
        int row = Array.FindIndex(start.Seconds, s => s >= assumed.StartSeconds);
        var module = new CellModuleSpec(
            "relative", Gate, new Volts(3.2), new ShuntSpec.ConstantCurrent(new Amperes(shuntAmps)), Never, new Volts(4.4), new Volts(2), new Volts(2.5))
        {
            Relative = new RelativeShuntRule(new Volts(assumed.OnAbove), new Volts(assumed.OffAbove)),
        };

        // the sum of 15 readings of 1 mV is not quite what the pack is held at, and a charger that finds it higher stops at once
        double shift = (HeldVolts - start.Volts.Sum(v => v[row])) / PylontechData.Cells;
        ImmutableArray<CellModel> cells =
        [
            .. start.Volts.Select((v, k) => k == defective
                ? Cell(leaking, assumed.CapacityAh * assumed.DefectiveShare, v[row] + shift, module)
                : Cell(healthy, assumed.CapacityAh, v[row] + shift, module)),
        ];
        var charger = new ChargerSpec(new Volts(HeldVolts), new Amperes(ChargerAmps), default);
        return new PackModel(cells, module, charger, Never);
    }

    // at currents of C/1000 the start voltage is the OCV of the branch
    private CellModel Cell(CellParameters parameters, double capacityAh, double volts, CellModuleSpec module)
    {
        double scale = cell.Capacity.Value / capacityAh;
        var member = new MemberModel(parameters, capacityAh, parameters.Ocv.SocAt(volts)) { R0Scale = scale, R1Scale = scale, R2Scale = scale };
        return new CellModel([member], ModuleLevels.Of(module));
    }

    // a pack that has just been charged, and gains and loses a thousandth of its charge an hour, stays on the charge branch
    private CellParameters Parameters(PackAssumptions assumed, double leakAmps)
    {
        CellParameters p = cell.At(new Celsius(Celsius));
        double above = assumed.Hysteresis * p.Hysteresis.Value;
        var branch = new OcvCurve(p.Ocv.Soc, [.. p.Ocv.Volts.Select(v => v + above)]);
        return new CellParameters(branch, p.R0, p.RcPairs, selfDischarge: new Amperes(leakAmps));
    }
}
