using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Tests.Files.Observations;

/// <summary>What is written down at a pack becomes the observations that a belief takes in.</summary>
public sealed class ObservationFileTests
{
    [Fact]
    public void One_of_each_kind_is_read_in_order_with_its_line_and_text()
    {
        ImmutableArray<ObservationEntry> entries = ObservationSamples.Read(ObservationSamples.OfEachKind).Entries;

        entries.Select(e => e.Seen.GetType()).ShouldBe([
            typeof(LoopTestSeen), typeof(ChargeSeen), typeof(ChargeSeen), typeof(DrainSeen), typeof(CellChargeSeen), typeof(CellChargeSeen),
            typeof(VoltagesSeen), typeof(ParallelChargeSeen), typeof(UseSeen), typeof(LogSeen), typeof(RestSeen), typeof(ResetSeen),
        ]);
        entries.Select(e => e.Line).ShouldBe(Enumerable.Range(1, 12));
        entries[10].Text.ShouldBe("- rest: { hours: 10 }");
    }

    [Fact]
    public void The_example_in_the_documentation_is_read()
    {
        string formats = File.ReadAllText(Path.Combine(Repository.Root, "docs", "formats.md")).ReplaceLineEndings("\n");
        string section = formats[formats.IndexOf("## Observations file", StringComparison.Ordinal)..];
        int begin = section.IndexOf("```yaml\n", StringComparison.Ordinal) + "```yaml\n".Length;

        string yaml = section[begin..section.IndexOf("```", begin, StringComparison.Ordinal)];

        ObservationSamples.Read(yaml).Entries.Select(e => e.Seen.GetType()).Distinct().Count().ShouldBe(10);
    }

    [Fact]
    public void Every_key_of_every_kind_is_in_the_documentation()
    {
        string formats = File.ReadAllText(Path.Combine(Repository.Root, "docs", "formats.md"));

        EntryKinds.All.SelectMany(kind => kind is MapKind map ? map.Keys.Append(kind.Key) : [kind.Key])
            .Select(key => key.Name).Where(name => !formats.Contains($"`{name}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void The_files_that_were_read_are_remembered_with_their_hashes() =>
        ObservationSamples.Read(ObservationSamples.OfEachKind).Files.Select(f => (f.Name, f.Sha256.Length))
            .ShouldBe([("o.yaml", 64), ("cells.csv", 64)]);

    [Fact]
    public void A_loop_test_says_whether_the_charger_stopped_and_when()
    {
        LoopTestSeen test = ObservationSamples.One<LoopTestSeen>("- loop_test: { charger_stopped: true, seconds: 1.5, buzzer: no }");

        test.ShouldBe(new LoopTestSeen(true) { After = new Seconds(1.5), Buzzer = false });
        ObservationSamples.One<LoopTestSeen>("- loop_test: { charger_stopped: false }").ShouldBe(new LoopTestSeen(false));
    }

    [Fact]
    public void A_charge_is_the_step_that_was_done_and_what_was_seen_at_its_end()
    {
        ChargeSeen charge = ObservationSamples.One<ChargeSeen>("""
            - charge:
                current_a: 10
                minutes: 4.5
                ended: hvc
                tripped: 30
                red: [3, 14, 30]
                not_seen: [40, 41]
                red_after_min: { 30: 1.5, 14: 3 }
                pack_v: 168.1
                end_a: 9.8
                ah: 0.7
            """);

        charge.Step.ShouldBe(new Charge { Current = new Amperes(10), Limit = new Seconds(270) });
        charge.Ended.ShouldBe(ChargeEnding.Hvc);
        charge.Tripped.ShouldBe(Trip.Of(new CellNumber(30)));
        charge.RedAfter.ShouldBe([new(14, new Seconds(180)), new(30, new Seconds(90))]);
        charge.PackVoltage.ShouldBe(new Volts(168.1));
        charge.EndCurrent.ShouldBe(new Amperes(9.8));
        charge.Charge.ShouldBe(new AmpereHours(0.7));
        LampSight[] lamps = [.. Enumerable.Range(1, 50).Select(n => charge.Lamps!.Of(new CellNumber(n)))];
        lamps.Count(l => l == LampSight.Lit).ShouldBe(3);
        lamps.Count(l => l == LampSight.NotSeen).ShouldBe(2);
        lamps[39].ShouldBe(LampSight.NotSeen);
        lamps[0].ShouldBe(LampSight.Dark);
    }

    [Fact]
    public void Red_lamps_given_mean_that_all_others_were_dark_and_none_given_that_nobody_looked()
    {
        static LampsSeen? Lamps(string keys) =>
            ObservationSamples.One<ChargeSeen>($"- charge: {{ minutes: 5, ended: hvc{keys} }}").Lamps;
        var cell = new CellNumber(7);

        Lamps("").ShouldBeNull();
        Lamps(", red: []")!.Of(cell).ShouldBe(LampSight.Dark);
        Lamps(", red: [8]")!.Of(cell).ShouldBe(LampSight.Dark);
        Lamps(", red: [7]")!.Of(cell).ShouldBe(LampSight.Lit);
        Lamps(", red: [8], not_seen: [7]")!.Of(cell).ShouldBe(LampSight.NotSeen);
        Lamps(", red: [8], not_seen: others")!.Of(cell).ShouldBe(LampSight.NotSeen);
    }

    [Theory]
    [InlineData("hvc", "tripped: unseen", TripSight.Unseen)]
    [InlineData("hvc", "tripped: none", TripSight.None)]
    [InlineData("hvc", "tripped: 3", TripSight.Cell)]
    [InlineData("hvc", "pack_v: 170", TripSight.Unseen)]
    [InlineData("charged", "pack_v: 170", TripSight.Unseen)]
    public void Who_tripped_is_a_cell_or_nobody_saw_it_or_all_greens_stayed_lit(string ended, string key, TripSight sight) =>
        ObservationSamples.One<ChargeSeen>($"- charge: {{ minutes: 5, ended: {ended}, {key} }}").Tripped.Sight.ShouldBe(sight);

    [Theory]
    [InlineData("hvc", ChargeEnding.Hvc)]
    [InlineData("charged", ChargeEnding.Charged)]
    [InlineData("stopped", ChargeEnding.Stopped)]
    [InlineData("mains", ChargeEnding.Mains)]
    public void A_charge_ends_in_one_of_four_ways(string word, ChargeEnding ending) =>
        ObservationSamples.One<ChargeSeen>($"- charge: {{ hours: 5, ended: {word} }}").Ended.ShouldBe(ending);

    [Fact]
    public void A_drain_takes_the_load_that_is_noted_or_else_the_one_of_the_pack_file()
    {
        static DrainLoadSpec Load(string keys) => ObservationSamples.One<DrainSeen>($"- drain: {{ cell: 30, minutes: 8{keys} }}").Step.Load;

        Load("").ShouldBe(DrainLoadSpec.Resistor(new Ohms(3.3)));
        Load(", load_ohm: 1").ShouldBe(DrainLoadSpec.Resistor(new Ohms(1)));
        Load(", load_a: 2").ShouldBe(DrainLoadSpec.ConstantCurrent(new Amperes(2)));
        ObservationSamples.One<DrainSeen>("- drain: { cell: 30, minutes: 8 }").Step.Duration.ShouldBe(new Seconds(480));
    }

    [Fact]
    public void A_single_cell_is_charged_through_the_leads_of_the_first_bench_supply_unless_others_are_noted()
    {
        static ChargeCells Step(string cells, string keys = "") => ObservationSamples.One<CellChargeSeen>(
            $"- charge_cell: {{ cells: {cells}, supply_v: 3.55, supply_a: 5, minutes: 62, ended: tapered, end_a: 0.4{keys} }}").Step;

        Step("[5]").Supply.Lead.ShouldBe(new Ohms(0.02));
        Step("[5]", ", lead_ohm: 0.011").Supply.Lead.ShouldBe(new Ohms(0.011));
        Step("[5, 6]").Supply.Lead.ShouldBe(new Ohms(0));
        Step("[5]").Supply.Stages.ShouldHaveSingleItem().Voltage.ShouldBe(new Volts(3.55));
        Step("[5]").Supply.Current.ShouldBe(new Amperes(5));
        Step("[5]").Limit.ShouldBe(new Seconds(3720));
    }

    [Fact]
    public void Neighbours_are_charged_in_series_in_whatever_order_they_are_noted()
    {
        CellChargeSeen four = ObservationSamples.One<CellChargeSeen>(
            "- charge_cell: { cells: [12, 9, 11, 10], supply_v: 14.4, supply_a: 10, minutes: 40, ended: alarm, tripped: 10, red: [10] }");

        four.Step.Cells.Select(c => c.Value).ShouldBe([9, 10, 11, 12]);
        four.Ended.ShouldBe(CellChargeEnding.Alarm);
        four.Tripped.ShouldBe(Trip.Of(new CellNumber(10)));
        four.Lamps!.Of(new CellNumber(9)).ShouldBe(LampSight.Dark);
    }

    [Fact]
    public void All_cells_in_parallel_are_charged_by_one_supply()
    {
        ParallelChargeSeen all = ObservationSamples.One<ParallelChargeSeen>(
            "- charge_cell: { cells: all, supply_v: 3.55, supply_a: 10, hours: 30, ended: tapered, end_a: 0.5, ah: 240 }");

        all.Step.Limit.ShouldBe(new Seconds(108_000));
        all.Step.Supply.Lead.ShouldBe(new Ohms(0));
        all.EndCurrent.ShouldBe(new Amperes(0.5));
        all.Charge.ShouldBe(new AmpereHours(240));
    }

    [Fact]
    public void Voltages_are_of_the_end_of_a_charge_or_of_a_rest_of_so_many_hours()
    {
        VoltagesSeen charge = ObservationSamples.One<VoltagesSeen>("- voltages: { when: end_of_charge, v: { 30: 3.601, 1: 3.355 } }");
        VoltagesSeen rest = ObservationSamples.One<VoltagesSeen>("- voltages: { when: rest, hours: 12, v: { 1: 3.331 } }");

        charge.Rested.ShouldBeNull();
        charge.Cells.ShouldBe([new(1, new Volts(3.355)), new(30, new Volts(3.601))]);
        rest.Rested.ShouldBe(new Seconds(43_200));
    }

    [Fact]
    public void Use_rest_and_reset_are_what_they_say()
    {
        ObservationSamples.One<UseSeen>("- use: { ah: 62 }").Charge.ShouldBe(new AmpereHours(62));
        ObservationSamples.One<RestSeen>("- rest: { hours: 10 }").Step.ShouldBe(new Rest { Duration = new Seconds(36_000) });
        ObservationSamples.One<RestSeen>("- rest: { minutes: 90 }").Step.ShouldBe(new Rest { Duration = new Seconds(5400) });
        ObservationSamples.One<ResetSeen>("- reset: ignition").ShouldBe(new ResetSeen());
    }

    [Theory]
    [InlineData("- use: { ah: 62, at: 2026-05-01T18:30:00Z, temperature_c: 12 }")]
    [InlineData("- use: { ah: 62, temperature_c: 12 }\n  at: 2026-05-01T18:30:00Z")]
    [InlineData("- at: 2026-05-01 20:30+02:00\n  temperature_c: 12\n  use: { ah: 62 }")]
    [InlineData("- use: { ah: 62 }\n  temperature_c: 12\n  at: 2026-05-01T18:30")]
    public void Time_and_temperature_stand_inside_an_entry_or_beside_it(string yaml)
    {
        UseSeen use = ObservationSamples.One<UseSeen>(yaml);

        use.At.ShouldBe(new DateTimeOffset(2026, 5, 1, 18, 30, 0, TimeSpan.Zero));
        use.At!.Value.Offset.ShouldBe(TimeSpan.Zero);
        use.Temperature.ShouldBe(new Celsius(12));
    }

    [Fact]
    public void Times_stand_in_order_and_two_at_once_are_no_mistake()
    {
        const string yaml = """
            - rest: { hours: 1 }
              at: 2026-05-01T10:00:00Z
            - reset: ignition
            - use: { ah: 1, at: 2026-05-01T10:00:00Z }
            """;

        ObservationSamples.Read(yaml).Entries.Length.ShouldBe(3);
        ObservationSamples.Complaint(yaml + "\n- reset: ignition\n  at: 2026-05-01T09:59:59Z").ShouldBe(
            "o.yaml:6: entry[4].at: saw 2026-05-01T09:59:59Z after 2026-05-01T10:00:00Z in line 4, "
            + "expected the order in which things happened; correct it, or move the entry up");
    }

    [Fact]
    public void The_text_of_an_entry_ends_before_the_comment_of_the_next()
    {
        const string yaml = """
            # the first evening
            - charge:
                minutes: 182

                # nobody looked
                ended: mains

            # the next morning
            - reset: ignition
            # and that was it
            """;

        ImmutableArray<ObservationEntry> entries = ObservationSamples.Read(yaml).Entries;

        entries.Select(e => e.Line).ShouldBe([2, 9]);
        entries[0].Text.ShouldBe("- charge:\n    minutes: 182\n\n    # nobody looked\n    ended: mains");
        entries[1].Text.ShouldBe("- reset: ignition");
    }

    [Fact]
    public void Whoever_refuses_an_observation_is_told_on_with_file_and_line()
    {
        ObservationLog log = ObservationSamples.Read("- reset: ignition\n\n- use: { ah: 62 }");

        static void Take(ObservationEntry entry)
        {
            if (entry.Seen is UseSeen)
            {
                throw new ArgumentException("The pack never held so much.");
            }
        }

        Should.Throw<InputException>(() => log.ForEach(Take)).Message.ShouldBe("o.yaml:3: the pack never held so much; correct it");
    }
}
