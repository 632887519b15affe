using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Tests.Frozen;

namespace TopBalance.Tests.Fuzz;

/// <summary>Packs as a file may describe them, sound or broken, with parts in the range of real ones and beyond. Same seed, same pack.</summary>
internal sealed class AnyPack
{
    private readonly Dice dice;

    private AnyPack(ulong seed) => dice = new Dice(seed, 1);

    public static PackSpec Of(ulong seed) => new AnyPack(seed).Pack();

    private PackSpec Pack()
    {
        int series = dice.Chance(0.85) ? dice.Whole(1, 8) : dice.Whole(9, 100);
        int parallel = dice.Chance(0.6) ? 1 : dice.Whole(1, 3);
        double capacity = dice.Wide(2, 300);
        var cell = new CellSpec("any", new(capacity), new(3.6), new(dice.Between(3.6, 3.7)), [new CellAtTemperature(new(25), Parameters())]);
        return new PackSpec("any", series, parallel, cell, Module(), Charger(series, parallel * capacity))
        {
            Unknowns = Unknowns(),
            Cells = [.. Enumerable.Range(0, dice.Chance(0.5) ? 0 : 3).Select(_ => Knowledge(series, parallel, capacity))],
            Faults = [.. Enumerable.Range(0, dice.Chance(0.5) ? 0 : dice.Whole(1, 3)).Select(_ => Fault(series))],
        };
    }

    private CellParameters Parameters()
    {
        double ohms = dice.Wide(2e-4, 2e-2);
        bool lossless = dice.Chance(0.5);
        ImmutableArray<RcPair> pairs =
        [
            .. Enumerable.Range(0, dice.Whole(0, 2)).Select(_ => new RcPair(Curve(ohms * dice.Between(0.2, 2)), new(dice.Wide(2, 3000)))),
        ];
        return new CellParameters(
            Ocv(),
            Curve(ohms),
            pairs,
            new(dice.Chance(0.5) ? 0 : dice.Between(0, 0.03)),
            dice.Between(0, 300),
            lossless ? 1 : dice.Between(0.95, 1),
            new(lossless ? 0 : dice.Between(0, 1e-2)));
    }

    // the frozen cell's; or one of many points, flat in places, with a wall at its end or hardly any
    private OcvCurve Ocv()
    {
        if (dice.Chance(0.4))
        {
            return FrozenPack.Ocv;
        }

        int points = dice.Whole(3, 120);
        double wall = dice.Wide(0.05, 0.5);
        double steep = dice.Wide(10, 300);
        double[] soc = [.. Enumerable.Range(0, points).Select(k => k / (points - 1.0))];
        double Volts(double z) => 3.2 + (0.12 * Math.Round(z, 2)) + (wall * Math.Exp((z - 1) * steep)) - (0.9 * Math.Exp(-z * 30)) + (1e-3 * z);
        return new OcvCurve([.. soc], [.. soc.Select(Volts)]);
    }

    private ResistanceCurve Curve(double ohms)
    {
        if (dice.Chance(0.3))
        {
            return ResistanceCurve.Constant(ohms);
        }

        double[] charge = [3, 1.2, 1, 1, 1.3, 2.5];
        double[] discharge = [4, 1.5, 1, 0.9, 0.9, 1];
        return new ResistanceCurve([0, 0.1, 0.5, 0.9, 0.97, 1], [.. charge.Select(f => f * ohms)], [.. discharge.Select(f => f * ohms)]);
    }

    private CellModuleSpec Module()
    {
        double on = dice.Between(3.4, 3.55);
        double off = on - (dice.Chance(0.2) ? CellModuleSpec.LeastHysteresis : dice.Between(0.002, 0.08));
        double hvc = on + dice.Between(0.005, 0.15);
        double lvc = dice.Between(2.3, 2.9);
        return new CellModuleSpec(
            "any", new(on), new(off), Shunt(), new(hvc), new(hvc - dice.Between(0.001, 0.05)), new(lvc), new(lvc + dice.Between(0.01, 0.4)))
        {
            Delay = new(dice.Chance(0.5) ? 0 : dice.Between(0, 20)),
            Quiescent = new(dice.Chance(0.5) ? 0 : dice.Between(0, 0.05)),
            Relative = dice.Chance(0.15) ? new RelativeShuntRule(new(0.028), new(0.012)) : null,
        };
    }

    private ShuntSpec Shunt()
    {
        double duty = dice.Chance(0.5) ? 1 : dice.Between(0.05, 1);
        return dice.Chance(0.5)
            ? new ShuntSpec.Resistor(new(dice.Between(0.5, 10))) { Duty = duty }
            : new ShuntSpec.ConstantCurrent(new(dice.Between(0, 3))) { Duty = duty };
    }

    private ChargerSpec Charger(int series, double capacityAh)
    {
        double amps = capacityAh * dice.Wide(0.005, 1);
        return new ChargerSpec(new(series * dice.Between(3.3, 3.75)), new(amps), new(capacityAh * dice.Between(0, 0.05)))
        {
            PowerLimit = dice.Maybe(0.2, () => new Watts(series * 3.4 * amps * dice.Between(0.3, 1.1))),
        };
    }

    private Unknowns Unknowns()
    {
        double lowest = dice.Between(0.02, 0.98);
        bool wide = dice.Chance(0.6);
        return new Unknowns
        {
            SocMin = lowest,
            SocMax = Math.Min(1, lowest + (wide ? dice.Between(0, 0.3) : dice.Between(0, 1e-3))),
            SocCommonSigma = dice.Maybe(0.3, () => 0.02),
            CapacitySigma = dice.Maybe(0.5, () => dice.Between(0, 0.1)),
            ResistanceSigma = dice.Maybe(0.5, () => dice.Between(0, 0.2)),
            ThresholdSigma = dice.Maybe(0.7, () => new Volts(dice.Between(0, 0.05))),
        };
    }

    private CellKnowledge Knowledge(int series, int parallel, double capacity) => new(new CellNumber(dice.Whole(1, series)))
    {
        Member = dice.Maybe(0.4, () => dice.Whole(1, parallel)),
        Soc = dice.Maybe(0.6, () => dice.Between(0, 1.1)),
        Capacity = dice.Maybe(0.4, () => new AmpereHours(capacity * dice.Between(0.5, 1.2))),
        R0 = dice.Maybe(0.4, () => new Ohms(dice.Wide(2e-4, 2e-2))),
        R1 = dice.Maybe(0.2, () => new Ohms(dice.Wide(2e-4, 2e-2))),
        C1 = dice.Maybe(0.2, () => dice.Wide(1e3, 1e6)),
    };

    private Fault Fault(int series)
    {
        var cell = new CellNumber(dice.Whole(1, series));
        return dice.Whole(0, 13) switch
        {
            0 => new Fault.CutLoop(),
            1 or 2 => new Fault.StuckOnShunt(cell),
            3 or 4 => new Fault.DeadShunt(cell),
            5 or 6 => new Fault.DeadLoopContact(cell),
            7 or 8 => new Fault.LooseLug(cell, new(dice.Wide(1e-4, 1e-2))),
            9 or 10 => new Fault.ReadingOffset(cell, new(dice.Between(-0.1, 0.1))),
            11 => new Fault.DeadRedLamp(cell),
            _ => new Fault.DeadGreenLamp(cell),
        };
    }
}
