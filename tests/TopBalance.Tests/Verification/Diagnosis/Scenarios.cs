using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Tests.Frozen;

namespace TopBalance.Tests.Verification.Diagnosis;

/// <summary>A pack as its file describes it, and what was seen of one of which something is wrong.</summary>
internal sealed record Scenario(PackSpec Pack, IReadOnlyList<Observation> Seen);

/// <summary>One plausible log per cause: what a person would do with a pack that does not come together.</summary>
internal static class Scenarios
{
    public const int Series = 8;
    private const double DrainAmps = 5;

    /// <summary>The cell that is wrong.</summary>
    public static readonly CellNumber Wrong = new(4);

    /// <summary>Logs by the code that explains them.</summary>
    public static ImmutableSortedDictionary<string, Func<ulong, Scenario>> ByCode { get; } = new Dictionary<string, Func<ulong, Scenario>>
    {
        ["charger-outruns-shunts"] = CyclingAlone,
        ["set-point-below-balance"] = LowSetPoint,
        ["doses-too-small"] = SmallDoses,
        ["doses-overshoot"] = LargeDose,
        ["imbalance-too-great"] = WideApart,
        ["one-cell-apart"] = OneApart,
        ["rogue-cell"] = Rogue,
        ["capacity-mismatch"] = SmallCell,
        ["resistance-high"] = seed => TwoCurrents(seed, 2, 0),
        ["resistance-low"] = seed => TwoCurrents(seed, 0.4, 0),
        ["loose-lug"] = seed => TwoCurrents(seed, 1, 0.0035),
        ["threshold-off"] = Misreading,
        ["shunt-dead"] = DeadShunt,
        ["shunt-stuck-on"] = StuckShunt,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>What a sound pack shows to somebody who drains the cell that trips.</summary>
    public static Scenario Sound(ulong seed) => seed % 2 == 0 ? Drained(seed) : Cycled(seed);

    public static PackSpec Pack(double socMin = 0.50, double socMax = 0.56, double amps = 20) =>
        new("logged", Series, 1, FrozenPack.Cell, FrozenPack.Module, Charger(3.6, amps))
        {
            Unknowns = new Unknowns
            {
                SocMin = socMin,
                SocMax = socMax,
                CapacitySigma = 0.005,
                ResistanceSigma = 0.08,
                ThresholdSigma = new Volts(0.015),
                TemperatureSigma = 0,
            },
        };

    private static ChargerSpec Charger(double voltsPerCell, double amps) =>
        new(new Volts(voltsPerCell * Series), new Amperes(amps), new Amperes(2));

    private static Scenario Drained(ulong seed)
    {
        PackSpec pack = Pack(0.53, 0.56);
        var log = new LoggedPack(pack, seed);
        for (int k = 0; k < 4; k++)
        {
            ChargeSeen last = log.Charge(volts: [1, 2, 3]);
            log.Drain(last.Tripped.Cell ?? new CellNumber(1), DrainAmps, 6);
        }

        log.Charge();
        return new Scenario(pack, log.Seen);
    }

    private static Scenario Cycled(ulong seed)
    {
        PackSpec pack = Pack(0.54, 0.55, 40);
        var log = new LoggedPack(pack, seed);
        log.Charge();
        log.Charge(5, volts: [1, 5]);
        log.Use(70, 30);
        log.MeasureAtRest(1);
        log.Charge();
        log.Charge(5);
        return new Scenario(pack, log.Seen);
    }

    private static Scenario CyclingAlone(ulong seed)
    {
        PackSpec pack = Pack(0.40, 0.56);
        var log = new LoggedPack(pack, seed);
        for (int k = 0; k < 4; k++)
        {
            log.Charge();
        }

        return new Scenario(pack, log.Seen);
    }

    private static Scenario LowSetPoint(ulong seed)
    {
        PackSpec pack = Pack(0.54, 0.55) with { Charger = Charger(3.45, 20) };
        var log = new LoggedPack(pack, seed);
        log.Charge();
        log.Charge();
        return new Scenario(pack, log.Seen);
    }

    private static Scenario SmallDoses(ulong seed)
    {
        PackSpec pack = Pack(0.46, 0.56);
        var log = new LoggedPack(pack, seed);
        for (int k = 0; k < 3; k++)
        {
            ChargeSeen last = log.Charge();
            log.Drain(last.Tripped.Cell!.Value, 1, 6);
        }

        log.Charge();
        return new Scenario(pack, log.Seen);
    }

    private static Scenario LargeDose(ulong seed)
    {
        PackSpec pack = Pack(0.54, 0.56);
        var log = new LoggedPack(pack, seed);
        ChargeSeen first = log.Charge();
        log.Drain(first.Tripped.Cell!.Value, DrainAmps, 60);
        for (int k = 0; k < 2; k++)
        {
            ChargeSeen next = log.Charge();
            log.Drain(next.Tripped.Cell!.Value, DrainAmps, 4);
        }

        log.Charge();
        return new Scenario(pack, log.Seen);
    }

    private static Scenario WideApart(ulong seed)
    {
        PackSpec pack = Pack(0.20, 0.65);
        var log = new LoggedPack(pack, seed);
        ChargeSeen first = log.Charge();
        CellNumber low = new(first.Tripped.Cell!.Value.Value == 1 ? 2 : 1);
        log.ChargeSingly(low, 3.55, 2);
        log.Charge();
        return new Scenario(pack, log.Seen);
    }

    private static Scenario OneApart(ulong seed)
    {
        PackSpec pack = Pack(0.30, 0.56);
        PackSpec truth = pack with
        {
            Cells =
            [
                .. Enumerable.Range(0, Series).Select(CellNumber.FromIndex)
                    .Select(c => new CellKnowledge(c) { Soc = c == Wrong ? 0.42 : 0.55 + (0.0002 * c.Index) }),
            ],
        };
        var log = new LoggedPack(truth, seed);
        log.Charge();
        log.Charge(4);
        log.Charge(4);
        return new Scenario(pack, log.Seen);
    }

    private static Scenario Rogue(ulong seed)
    {
        PackSpec pack = Pack();
        var log = new LoggedPack(pack with { Cells = [new CellKnowledge(Wrong) { Soc = 0.78 }] }, seed);
        ChargeSeen first = log.Charge();
        log.Drain(first.Tripped.Cell!.Value, DrainAmps, 12);
        log.Charge();
        return new Scenario(pack, log.Seen);
    }

    private static Scenario SmallCell(ulong seed)
    {
        PackSpec pack = Pack(0.54, 0.55);
        var log = new LoggedPack(pack with { Cells = [new CellKnowledge(Wrong) { Capacity = new AmpereHours(88) }] }, seed);
        log.Charge();
        log.Drain(Wrong, DrainAmps, 60);
        log.Charge();
        log.Use(80, 30);
        log.MeasureAtRest(2);
        log.Charge();
        log.Use(78, 30);
        log.MeasureAtRest(2);
        log.Charge();
        return new Scenario(pack, log.Seen);
    }

    private static Scenario TwoCurrents(ulong seed, double factor, double lugOhms)
    {
        PackSpec pack = Pack(0.545, 0.55, 40);
        PackSpec truth = pack with
        {
            Cells = factor == 1 ? [] : [Resisting(factor)],
            Faults = lugOhms > 0 ? [new Fault.LooseLug(Wrong, new Ohms(lugOhms))] : [],
        };
        var log = new LoggedPack(truth, seed);
        foreach (double amps in new double[] { 40, 4, 40, 4 })
        {
            log.Charge(amps, volts: lugOhms > 0 ? [] : [Wrong.Value, Wrong.Value - 1, Wrong.Value + 1]);
            log.Use(30, 30);
        }

        return new Scenario(pack, log.Seen);
    }

    // the frozen cell's resistances at half charge, times a factor
    private static CellKnowledge Resisting(double factor) => new(Wrong)
    {
        R0 = new Ohms(0.001 * factor),
        R1 = new Ohms(0.0004 * factor),
        R2 = new Ohms(0.0006 * factor),
    };

    private static Scenario Misreading(ulong seed)
    {
        PackSpec pack = Pack(0.54, 0.55);
        var log = new LoggedPack(pack.With(new Fault.ReadingOffset(Wrong, new Volts(0.09))), seed);
        for (int k = 0; k < 3; k++)
        {
            ChargeSeen last = log.Charge(5, volts: [Wrong.Value, 1]);
            log.Drain(last.Tripped.Cell!.Value, DrainAmps, 4);
        }

        return new Scenario(pack, log.Seen);
    }

    private static Scenario DeadShunt(ulong seed)
    {
        PackSpec pack = Pack(0.545, 0.55);
        var log = new LoggedPack(pack.With(new Fault.DeadShunt(Wrong)), seed);
        for (int k = 0; k < 4; k++)
        {
            log.Charge(5, bleedHours: 2);
        }

        return new Scenario(pack, log.Seen);
    }

    private static Scenario StuckShunt(ulong seed)
    {
        PackSpec pack = Pack(0.54, 0.55);
        var log = new LoggedPack(pack.With(new Fault.StuckOnShunt(Wrong)), seed);
        log.Charge(bleedHours: 12);
        log.Charge(volts: [Wrong.Value, 1]);
        log.ChargeSingly(Wrong, 3.55, 5);
        log.Charge();
        return new Scenario(pack, log.Seen);
    }
}
