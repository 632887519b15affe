using System.Collections.Immutable;
using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Practice;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Tests.Frozen;
using TopBalance.Tests.Verification.Diagnosis;
using TopBalance.Verification.Verdicts;

namespace TopBalance.Tests.Verification.Verdicts;

/// <summary>Logs and their verdicts, as a golden table: <c>Verdicts.txt</c> beside this file.</summary>
public class VerdictTests
{
    private static readonly BeliefSize Size = new(24, 16);

    [Fact]
    [Trait("Row", "12")]
    public void Logs_get_the_verdicts_of_the_table()
    {
        string path = Path.Combine(Repository.Root, "tests", "TopBalance.Tests", "Verification", "Verdicts", "Verdicts.txt");
        string table = string.Concat(Cases().Select(c => Row(c.Name, Verdict.Of(c.Case))));
        if (Environment.GetEnvironmentVariable("TOPBALANCE_RENEW") == "1")
        {
            File.WriteAllText(path, table);
        }

        table.ShouldBe(File.ReadAllText(path).ReplaceLineEndings("\n"));
        Cases().Count().ShouldBeGreaterThanOrEqualTo(15);
    }

    [Fact]
    [Trait("Row", "12")]
    public void Every_criterion_that_does_not_hold_says_what_to_do()
    {
        foreach ((string name, VerdictCase of) in Cases())
        {
            Verdict verdict = Verdict.Of(of);

            verdict.Criteria.ShouldAllBe(c => c.Seen.ToString().Length > 5, name);
            verdict.Criteria.Where(c => c.Outcome != VerdictOutcome.Pass).ShouldAllBe(c => c.Next!.ToString().Length > 5, name);
            verdict.Outcome.ShouldNotBe(verdict.Criteria.All(c => c.Outcome == VerdictOutcome.Pass) ? VerdictOutcome.Fail : VerdictOutcome.Pass, name);
        }
    }

    private static string Row(string name, Verdict verdict) =>
        $"{name,-46} {verdict.Outcome.ToString().ToLowerInvariant(),-13} {string.Join(' ', verdict.Criteria.Where(c => c.Outcome != VerdictOutcome.Pass).Select(c => $"{c.Code}:{c.Outcome.ToString().ToLowerInvariant()}"))}".TrimEnd() + "\n";

    private static IEnumerable<(string Name, VerdictCase Case)> Cases()
    {
        Observation[] good = Balanced(8);
        ChargeSeen last = (ChargeSeen)good[^1];
        yield return ("level, all red, the charger tapered", Of(good));
        yield return ("level, all red, one cell tripped", Of(With(good, last with { Ended = ChargeEnding.Hvc, EndCurrent = null, Tripped = Trip.Of(new CellNumber(3)) })));
        yield return ("one cell tripped, nobody saw which", Of(With(good, last with { Ended = ChargeEnding.Hvc, EndCurrent = null })));
        yield return ("a cell tripped twice, nobody saw which", Of(With([.. good[..^1], last with { Ended = ChargeEnding.Hvc, EndCurrent = null }, Bleed, last], last with { Ended = ChargeEnding.Hvc, EndCurrent = null })));
        yield return ("the BMS tripped, every green stayed lit", Of(With(good, last with { Ended = ChargeEnding.Hvc, EndCurrent = null, Tripped = Trip.None })));
        yield return ("one lamp missed", Of(With(good, last with { Lamps = new LampsSeen([.. last.Lamps!.Red.Skip(1)], [last.Lamps.Red[0]]) })));
        yield return ("no lamp seen", Of(With(good, last with { Lamps = null })));
        yield return ("two of eight dark", Of(With(good, last with { Lamps = new LampsSeen([.. last.Lamps!.Red.Skip(2)], []) })));
        yield return ("pack voltage not measured", Of(With(good, last with { PackVoltage = null })));
        yield return ("pack voltage a cell too high", Of(With(good, last with { PackVoltage = new Volts(last.PackVoltage!.Value.Value + 3.5) })));
        yield return ("drained after the last charge", Of([.. good, Dose(3)]));
        yield return ("drained, charged, dark since", Of([.. good, Dose(3), Bleed, last with { Lamps = new LampsSeen([.. last.Lamps!.Red.Where(c => c.Value != 3)], []) }]));
        yield return ("driven after the last charge", Of([.. good, new UseSeen(new AmpereHours(40))]));
        yield return ("practice", Of(good, practice: true));
        yield return ("something disputed", Of(good, disputed: 1));
        yield return ("the loop was not proved", Of(good, proved: false));
        yield return ("the last charge was cut short", Of(With(good, last with { Ended = ChargeEnding.Stopped })));
        yield return ("never charged", Of([]));
        yield return ("first charge of unequal cells", Of([Unequal()], pack: Pack(8) with { Cells = [] }));
        yield return ("practice, and far from level", Of([Unequal()], practice: true, pack: Pack(8) with { Cells = [] }));
        Observation[] dark = OneOfLowResistance();
        yield return ("one of 24 dark at 60 A, red at 4 A: resistance", Of(dark, pack: AtTwoCurrents));
        yield return ("the same, only the last charge noted", Of([dark.OfType<ChargeSeen>().Last()], pack: AtTwoCurrents));
        Observation[] many = Balanced(100);
        var end = (ChargeSeen)many[^1];
        yield return ("100 cells, one dark", Of(With(many, end with { Lamps = new LampsSeen([.. end.Lamps!.Red.Skip(1)], []) }), pack: Pack(100)));
        yield return ("100 cells, two dark", Of(With(many, end with { Lamps = new LampsSeen([.. end.Lamps!.Red.Skip(2)], []) }), pack: Pack(100)));
    }

    private static RestSeen Bleed { get; } = new(new Rest { UntilShuntsOff = true, Duration = new Seconds(7200) });

    private static DrainSeen Dose(int cell) =>
        new(new DrainCell(new CellNumber(cell), DrainLoadSpec.ConstantCurrent(new Amperes(1)), new Seconds(600)));

    private static Observation[] With(Observation[] log, ChargeSeen last) => [.. log[..^1], last];

    private static VerdictCase Of(Observation[] seen, bool practice = false, int disputed = 0, bool proved = true, PackSpec? pack = null) =>
        new(pack ?? Pack(8), seen, 3, Size) { Practice = practice, Disputed = disputed, LoopProved = proved };

    // charged at a tenth of C, then twice more gently, until every lamp is red: what a pack looks like that is balanced
    private static Observation[] Balanced(int cells)
    {
        PackSpec pack = Pack(cells);
        var owner = new SimulatedOwner(TruePack.Draw(pack, 11), 11, new OwnerHabits { TripUnseen = 0, LongestGap = new Seconds(0) });
        for (int k = 0; k < 3; k++)
        {
            ChargeSeen charge = owner.Charge(k == 0 ? null : new Amperes(4));
            double volts = owner.MeasureEndOfCharge(Enumerable.Range(1, cells).Select(n => new CellNumber(n))).Cells.Values.Sum(v => v.Value);
            if (k == 2)
            {
                return [.. owner.Noted.Where(o => o is not VoltagesSeen).SkipLast(1), charge with { PackVoltage = new Volts(volts) }];
            }

            owner.RestUntilDark();
        }

        return [];
    }

    private static PackSpec AtTwoCurrents { get; } = new(
        "logged", 24, 1, FrozenPack.Cell, FrozenPack.Module, new ChargerSpec(new Volts(3.6 * 24), new Amperes(60), new Amperes(2)))
    {
        Unknowns = new Unknowns
        {
            SocMin = 0.549,
            SocMax = 0.55,
            CapacitySigma = 0.002,
            ResistanceSigma = 0.05,
            ThresholdSigma = new Volts(0.005),
            TemperatureSigma = 0,
            CurrentSigma = 0.005,
            LampError = 0.001,
            WrongCell = 0.001,
        },
    };

    // cell 4 has a tenth of the resistance of the others: level with them, it stays dark while the current is large
    private static Observation[] OneOfLowResistance()
    {
        var log = new LoggedPack(
            AtTwoCurrents with { Cells = [new CellKnowledge(new CellNumber(4)) { R0 = new Ohms(1e-4), R1 = new Ohms(4e-5), R2 = new Ohms(6e-5) }] }, 1);
        foreach (double amps in new double[] { 60, 4, 60, 4 })
        {
            log.Charge(amps, volts: [3, 4, 5]);
            if (amps == 4)
            {
                log.Use(30, 30);
            }
        }

        ChargeSeen last = log.Charge(60, volts: [.. Enumerable.Range(1, 24)]);
        double volts = log.Seen.OfType<VoltagesSeen>().Last().Cells.Values.Sum(v => v.Value);
        return [.. log.Seen.SkipLast(3), last with { PackVoltage = new Volts(volts) }];
    }

    private static ChargeSeen Unequal() => new(new Charge { Limit = new Seconds(14400) }, ChargeEnding.Hvc)
    {
        Tripped = Trip.Of(new CellNumber(2)),
        Lamps = new LampsSeen([new CellNumber(2)], []),
        PackVoltage = new Volts(27.3),
    };

    private static PackSpec Pack(int cells) => FrozenPack.Of([.. Enumerable.Repeat(0.9, cells)]) with
    {
        Charger = new ChargerSpec(new Volts(3.57 * cells), new Amperes(10), new Amperes(1.5)),
        Unknowns = new Unknowns
        {
            SocMin = 0.4,
            SocMax = 0.6,
            ThresholdSigma = new Volts(0.005),
            CapacitySigma = 0.002,
            ResistanceSigma = 0.03,
            TemperatureSigma = 1,
            CurrentSigma = 0.005,
            LampError = 0.001,
            WrongCell = 0.001,
        },
    };
}
