using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using TopBalance.Chemistry;
using TopBalance.Quantities;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Tests.Files;

public sealed class CellFileTextTests
{
    private static CellSpec ReadBack(CellSpec cell, string? comment = null) =>
        CellFileText.Read(MemoryFiles.Of((cell.Id + ".yaml", CellFileText.Write(cell, comment))), cell.Id + ".yaml");

    // records hold tables that are compared by reference; what they say is compared here
    private static string Said(CellSpec c) => string.Join('\n',
    [
        FormattableString.Invariant($"{c.Id}|{c.Name}|{c.Brand}|{c.Capacity.Value:R}|{c.FullVoltage.Value:R}|{c.MaxVoltage.Value:R}|"),
        FormattableString.Invariant($"{c.MinVoltage.Value:R}|{c.ChargeMinTemperature.Value:R}|{c.ChargeMaxTemperature.Value:R}|"),
        FormattableString.Invariant($"{c.TerminationRate:R}|{c.ModuleHvc?.Value:R}|{c.FitError?.Value:R}|{c.Trusted}"),
        .. (c.ModelError?.Points ?? []).Select(p => FormattableString.Invariant($"{p.CRate:R},{p.Volts.Value:R},{p.Percent:R}")),
        .. c.Temperatures.SelectMany(t => Said(t)),
        .. c.Sources.Select(s => s.ToString()),
    ]);

    private static IEnumerable<string> Said(CellAtTemperature t)
    {
        CellParameters p = t.Parameters;
        yield return Said([t.Temperature.Value, p.Hysteresis.Value, p.HysteresisRate, p.Efficiency, p.SelfDischarge.Value]);
        yield return Said(p.Ocv.Soc) + Said(p.Ocv.Volts);
        foreach (ResistanceCurve r in p.RcPairs.Select(r => r.Resistance).Prepend(p.R0))
        {
            yield return Said(r.Soc) + Said(r.ChargeOhms) + Said(r.DischargeOhms);
        }

        yield return Said([.. p.RcPairs.Select(r => r.TimeConstant.Value)]);
    }

    private static string Said(ImmutableArray<double> numbers) => string.Join(' ', numbers.Select(NumberText.Write)) + "; ";

    [Fact]
    public void What_is_written_reads_back_the_same_to_the_last_bit() =>
        Prop.ForAll<int>(seed =>
        {
            CellSpec cell = new RandomCell(seed).Cell();

            Said(ReadBack(cell, "two\nlines")).ShouldBe(Said(cell));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void Every_cell_of_the_library_can_be_written_with_its_curves_and_reads_back()
    {
        foreach (string id in PartLibrary.BesideProgram.CellIds)
        {
            CellSpec cell = PartLibrary.BesideProgram.Cell(id);

            Said(ReadBack(cell)).ShouldBe(Said(cell));
        }
    }

    [Fact]
    public void The_text_is_one_that_people_read()
    {
        ImmutableArray<double> soc = [.. Enumerable.Range(0, 41).Select(k => k / 40.0)];
        var ocv = new OcvCurve(soc, [.. Enumerable.Range(0, 41).Select(k => 3 + (k * 0.01))]);
        var pair = new RcPair(new ResistanceCurve([0.5, 1], [0.008, 0.03], [0.007, 0.007]), new Seconds(30));
        var parameters = new CellParameters(ocv, ResistanceCurve.Constant(0.01), [pair], new Volts(0.015), 70, 0.998);
        var cell = new CellSpec("mine", new(2.5), new(3.6), new(3.65), [new CellAtTemperature(new(25), parameters)])
        {
            Name = "My cell: \"the third\"",
            Trusted = new TrustedRange(0.9, 1, 0.33, 0, new(20), new(20)),
            ModelError = new KneeError([new(0.33, new(3.45), 0.5), new(0.33, new(3.55), 0.12)]),
            FitError = new Volts(0.006),
            Sources =
            [
                new("capacity_ah", Sureness.DataSheet, "nameplate"), new("full_v", Sureness.DataSheet, "nameplate"),
                new("temperatures", Sureness.Measured, "log.csv"),
            ],
        };

        string text = CellFileText.Write(cell, "Fitted to log.csv");

        text.Split('\n').ShouldAllBe(line => line.Length <= 140);
        text.ShouldStartWith(
            """
            # Fitted to log.csv
            name: "My cell: \"the third\""
            capacity_ah: 2.5
            full_v: 3.6
            max_v: 3.65
            min_v: 2.5
            charge_temperature_c: [0, 45]
            termination_c_rate: 0.05
            trusted: { soc: [0.9, 1], charge_c_rate: 0.33, discharge_c_rate: 0, temperature_c: [20, 20] }
            model_error: [
              [0.33, 3.45, 0.5], [0.33, 3.55, 0.12]
            ]
            fit_error_v: 0.006
            temperatures:
              - temperature_c: 25
                ocv: [
                  [0, 3], [0.025, 3.01], [0.05, 3.02],
            """.ReplaceLineEndings("\n"));
        text.ShouldEndWith(
            """
                ]
                r0: 0.01
                rc:
                  - tau_s: 30
                    r: [
                      [0.5, 0.008, 0.007], [1, 0.03, 0.007]
                    ]
                hysteresis: { m_v: 0.015, gamma: 70 }
                efficiency: 0.998
            sources:
              - key: [capacity_ah, full_v]
                sure: data-sheet
                text: nameplate
              - key: temperatures
                sure: measured
                text: log.csv

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_file_is_written_whole_and_one_that_cannot_be_read_back_is_not_written()
    {
        string folder = Samples.TemporaryFolder();
        string path = Path.Combine(folder, "mine.yaml");
        CellSpec cell = new RandomCell(1).Cell();

        CellFileText.Save(path, cell);
        Said(CellFileText.Read(path)).ShouldBe(Said(cell).Replace(cell.Id + "|", "mine|", StringComparison.Ordinal));

        var resistanceless = new CellParameters(cell.Temperatures[0].Parameters.Ocv, ResistanceCurve.Constant(0), []);
        var nothing = new CellSpec("mine", new(1), new(3.6), new(3.65), [new CellAtTemperature(new(25), resistanceless)]);
        string before = File.ReadAllText(path);
        Should.Throw<ArgumentException>(() => CellFileText.Save(path, nothing)).Message.ShouldContain("No file can hold this cell");
        File.ReadAllText(path).ShouldBe(before);
        Directory.EnumerateFiles(folder).Count().ShouldBe(1);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Words_of_any_kind_stay_in_their_line()
    {
        CellSpec cell = new RandomCell(3).Cell() with
        {
            Name = "a: b # c\u0085\u2028\u0000 \\ \"x\" é 🔋" + new string('x', 500),
            Brand = "null",
            Sources = [new("temperatures", Sureness.Forum, string.Concat(Enumerable.Repeat("🔋", 3000)))],
        };

        CellSpec back = ReadBack(cell, "one\r\ntwo\u2028three");

        back.Name.ShouldStartWith("a: b # c    \\ \"x\" é 🔋xxx");
        back.Name.Length.ShouldBe(200);
        back.Brand.ShouldBe("null");
    }

    [Fact]
    public void Curves_as_a_table_hold_every_point_of_every_curve()
    {
        CellSpec cell = Samples.Library.Cell("calb-ca100");

        string[] rows = CurveCsv.Of(cell).TrimEnd('\n').Split('\n');

        rows[0].ShouldBe("temperature_c,soc,ocv_v,r0_charge_ohm,r0_discharge_ohm,r1_charge_ohm,r1_discharge_ohm,tau1_s");
        rows[1].ShouldBe("5,0,2.1,0.0005,0.0005,0.0004,0.0004,40");
        rows.Length.ShouldBe(1 + 5 + 5);
        rows[^1].ShouldBe("25,1,3.59,0.00035,0.00035,0.00075,0.000175,30");
    }

    /// <summary>Cells that a file can hold, most of them absurd.</summary>
    private sealed class RandomCell(int seed)
    {
        private readonly Random random = new(seed);

        public CellSpec Cell()
        {
            double full = Between(2.6, 4.9), min = Between(0, full - 0.01), cold = Between(-60, 50);
            int pairs = random.Next(3), count = random.Next(1, 5);
            return new CellSpec(
                "cell", new(Between(0.1, 5000)), new(full), new(Between(full, 6)),
                [.. Enumerable.Range(0, count).Select(k => new CellAtTemperature(new(-20 + (k * 15) + Between(0, 14)), Parameters(pairs)))])
            {
                Name = Maybe() ? "cell" : "Zelle Nr. 7 (\"blau\")",
                Brand = Maybe() ? null : "CALB",
                MinVoltage = new(min),
                ChargeMinTemperature = new(cold),
                ChargeMaxTemperature = new(Between(cold + 1, 100)),
                TerminationRate = Between(0.001, 1),
                ModuleHvc = Maybe() ? null : new Volts(Between(2, 6)),
                Trusted = Maybe()
                    ? null
                    : new TrustedRange(Between(0, 0.5), Between(0.6, 1), Between(0, 5), Between(0, 5), new(5), new(Between(5, 45))),
                ModelError = Maybe() ? null : new KneeError([.. Enumerable.Range(1, random.Next(1, 40)).Select(
                    k => new KneeErrorPoint(k % 3 + 0.1, new(3 + (k * 0.01) + Between(0, 0.009)), Between(0, 10)))]),
                FitError = Maybe() ? null : new Volts(Between(0, 1)),
                Sources = Maybe() ? [] : [.. Enumerable.Range(0, random.Next(1, 9)).Select(
                    k => new Provenance("key" + k, (Sureness)random.Next(4), random.Next(3) == 0 ? "a: text" : "the same"))],
            };
        }

        private CellParameters Parameters(int pairs)
        {
            ImmutableArray<double> soc = Rising(0, 1, random.Next(2, 200), ends: true);
            return new CellParameters(
                new OcvCurve(soc, Rising(2, 3.6, soc.Length, ends: false)),
                Resistance(),
                [.. Enumerable.Range(0, pairs).Select(_ => new RcPair(Resistance(), new(Between(0.1, 5000))))],
                Maybe() ? default : new Volts(Between(0, 0.5)),
                Maybe() ? 0 : Between(0, 500),
                Maybe() ? 1 : Between(0.5, 1),
                Maybe() ? default : new Amperes(Between(0, 0.01)));
        }

        private ResistanceCurve Resistance()
        {
            if (Maybe())
            {
                return ResistanceCurve.Constant(Between(1e-5, 0.1));
            }

            ImmutableArray<double> soc = Rising(-0.5, 1.5, random.Next(1, 40), ends: false);
            ImmutableArray<double> charge = [.. soc.Select(_ => Between(1e-6, 1))];
            return new ResistanceCurve(soc, charge, Maybe() ? charge : [.. soc.Select(_ => Between(1e-6, 1))]);
        }

        private ImmutableArray<double> Rising(double from, double to, int count, bool ends)
        {
            double[] numbers = [.. Enumerable.Range(0, 2 * count).Select(_ => Between(from, to)).Distinct().Take(count).Order()];
            if (ends)
            {
                (numbers[0], numbers[^1]) = (from, to);
            }

            return [.. numbers];
        }

        private bool Maybe() => random.Next(2) == 0;

        // short numbers and such with all their digits
        private double Between(double from, double to)
        {
            double value = from + (random.NextDouble() * (to - from));
            double rounded = Math.Round(value, 4);
            return Maybe() && rounded >= from && rounded <= to && rounded > 0 ? rounded : value;
        }
    }
}
