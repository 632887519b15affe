using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Simulation;
using TopBalance.Tests.Oracle;

namespace TopBalance.Tests.Simulation;

/// <summary>How a designed transient is made, and so how the engine must compute it.</summary>
public enum TransientKind
{
    /// <summary>Currents only: a line plus exponentials.</summary>
    ClosedForm,

    /// <summary>Two unlike members share the cell's current.</summary>
    UnlikeMembers,

    /// <summary>A resistor hangs on a cell whose resistances depend on its charge.</summary>
    ResistiveLoad,
}

/// <summary>
/// A cell after a long charge and a short strong drain (or the other way round), left to itself: its fast RC pair lifts the voltage within
/// a minute, its slow one lowers it over an hour, so that the voltage has one summit (or one valley) in a step with nothing else in it.
/// </summary>
internal sealed class Transient(TransientKind kind, bool summit)
{
    private static readonly CellNumber Watched = new(1);

    /// <summary>When the last step, that of the transient, begins, s.</summary>
    public const double StartSeconds = 1830;

    private const double LongSeconds = 1800;
    private const double ShortSeconds = 30;

    /// <summary>The steps; the last one lasts so long.</summary>
    public Step[] Steps(double seconds)
    {
        Step[] before = summit
            ? [Charge(20, LongSeconds), Drain(60, ShortSeconds)]
            : [Drain(20, LongSeconds), Charge(60, ShortSeconds)];
        Step last = kind == TransientKind.ResistiveLoad
            ? new DrainCell(Watched, DrainLoadSpec.Resistor(new(50)), new(seconds)) { Attended = false }
            : new Rest { Duration = new(seconds) };
        return [.. before, last];
    }

    /// <summary>The pack with the shunt levels of its first cell; the shunt takes so much (none: just a lamp).</summary>
    public PackModel Pack(double shuntOn, double shuntOff, double shuntAmps)
    {
        // 1 GΩ takes 3 nA: a conductance for the engine, nothing for the voltage
        ShuntSpec shunt = kind == TransientKind.ClosedForm
            ? new ShuntSpec.ConstantCurrent(new(shuntAmps))
            : new ShuntSpec.Resistor(new(shuntAmps > 0 ? 3.3 / shuntAmps : 1e9));
        var module = new CellModuleSpec("designed", new(3.5), new(3.4), shunt, new(3.6), new(3.59), new(2.5), new(2.6));
        ModuleLevels levels = ModuleLevels.Of(module);
        var other = new CellModel([new MemberModel(Parameters(1), 100, 0.4)], levels);
        var watched = new CellModel(Members(), levels with { ShuntOn = shuntOn, ShuntOff = shuntOff });
        return new PackModel([watched, other], module, new ChargerSpec(new(1000), new(20), new(0.1)), new(3.65));
    }

    /// <summary>The voltage at the summit or in the valley, found in fine steps by golden section.</summary>
    public double ExtremeVolts()
    {
        const double Golden = 0.6180339887498949;
        double low = 5;
        double high = 600;
        while (high - low > 1e-5)
        {
            double a = high - (Golden * (high - low));
            double b = low + (Golden * (high - low));
            bool keepLow = summit ? VoltsAfter(a) > VoltsAfter(b) : VoltsAfter(a) < VoltsAfter(b);
            (low, high) = keepLow ? (low, b) : (a, high);
        }

        return VoltsAfter((low + high) / 2);
    }

    private static DrainCell Drain(double amps, double seconds) =>
        new(Watched, DrainLoadSpec.ConstantCurrent(new(amps)), new(seconds)) { Attended = false };

    private static Charge Charge(double amps, double seconds) => new() { Current = new(amps), Limit = new(seconds) };

    // with levels that are never reached
    private double VoltsAfter(double seconds) => OraclePlayer.Play(Pack(5, 4.9, 0), Steps(seconds)).EndStates[^1][0].VoltageVolts;

    private ImmutableArray<MemberModel> Members() => kind == TransientKind.UnlikeMembers
        ? [new MemberModel(Parameters(2.2), 45, 0.5), new MemberModel(Parameters(1.8), 55, 0.51)]
        : [new MemberModel(Parameters(1), 100, 0.5)];

    private CellParameters Parameters(double scale)
    {
        ImmutableArray<double> soc = [0, 0.05, 0.9, 0.97, 1];
        var ocv = new OcvCurve(soc, [2.5, 3.2, 3.34, 3.4, 3.6]);
        return new CellParameters(
            ocv,
            Resistance(0.001 * scale),
            [new RcPair(Resistance(0.001 * scale), new(20)), new RcPair(Resistance(0.002 * scale), new(1500))]);
    }

    private ResistanceCurve Resistance(double ohms) => kind == TransientKind.ResistiveLoad
        ? new([0, 1], [ohms, 1.2 * ohms], [ohms, 1.1 * ohms])
        : ResistanceCurve.Constant(ohms);
}
