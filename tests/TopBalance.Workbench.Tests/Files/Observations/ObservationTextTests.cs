using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using FsCheck;
using FsCheck.Fluent;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Tests.Files.Observations;

/// <summary>What is written reads back to the same observations.</summary>
public sealed class ObservationTextTests
{
    private static readonly JsonSerializerOptions WithNaN = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    // two records with equal lists are not equal, their texts are
    private static string Shown(IEnumerable<Observation> observations) =>
        string.Join('\n', observations.Select(o => o.GetType().Name + JsonSerializer.Serialize(o, o.GetType(), WithNaN)));

    private static IEnumerable<Observation> ReadBack(IEnumerable<Observation> observations) =>
        ObservationSamples.Read(ObservationText.Write(observations, _ => "cells.csv")).Entries.Select(e => e.Seen);

    [Fact]
    public void One_of_each_kind_comes_back_as_it_was()
    {
        Observation[] seen = [.. ObservationSamples.Read(ObservationSamples.OfEachKind).Entries.Select(e => e.Seen)];

        Shown(ReadBack(seen)).ShouldBe(Shown(seen));
    }

    [Fact]
    public void What_is_written_can_be_read_by_a_person()
    {
        Observation[] seen = [.. ObservationSamples.Read(ObservationSamples.OfEachKind).Entries.Select(e => e.Seen)];
        seen[^1] = seen[^1] with { At = new DateTimeOffset(2026, 5, 1, 20, 30, 0, TimeSpan.FromHours(2)), Temperature = new Celsius(12) };
        seen[3] = seen[3] with { TimeSigma = new Seconds(312) };

        ObservationText.Write(seen, _ => "cells.csv").ShouldBe("""
            - loop_test: { charger_stopped: true, seconds: 1, buzzer: true }
            - charge: { current_a: 10, minutes: 182.3, ended: hvc, tripped: 30, red: [3, 14, 30] }
            - charge: { current_a: 10, minutes: 4.1, ended: hvc, tripped: unseen, red: [3, 14, 30], not_seen: [40, 41], red_after_min: { 14: 3, 30: 1.2 }, pack_v: 168.1 }
            - drain: { cell: 30, load_ohm: 3.3, minutes: 8 }
              time_sigma_min: 5.2
            - charge_cell: { cells: [5], supply_v: 3.55, supply_a: 5, minutes: 62, ended: red, lead_ohm: 0.02 }
            - charge_cell: { cells: [9, 10, 11, 12], supply_v: 14.4, supply_a: 10, minutes: 40, ended: stopped, red: [10], lead_ohm: 0 }
            - voltages: { when: end_of_charge, v: { 1: 3.355, 30: 3.601 } }
            - charge_cell: { cells: all, supply_v: 3.55, supply_a: 10, hours: 30, ended: tapered, lead_ohm: 0 }
            - use: { ah: 62 }
            - log: { file: 'cells.csv' }
            - rest: { hours: 10 }
            - reset: ignition
              at: 2026-05-01T18:30:00Z
              temperature_c: 12

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Not_seen_is_left_out_only_where_all_others_were_looked_at_and_dark()
    {
        static string Written(LampsSeen? lamps) => ObservationText.Write(
            [new ChargeSeen(new Charge { Limit = new Seconds(60) }, ChargeEnding.Charged) { Lamps = lamps }]);
        CellNumber three = new(3), four = new(4);

        Written(null).ShouldNotContain("red");
        Written(new LampsSeen([three], [])).ShouldContain("red: [3] }");
        Written(new LampsSeen([], [])).ShouldContain("red: [] }");
        Written(new LampsSeen([three], [four])).ShouldContain("red: [3], not_seen: [4] }");
        Written(new LampsSeen([], [], OthersNotSeen: true)).ShouldContain("red: [], not_seen: others }");
    }

    [Fact]
    public void A_log_is_written_to_a_file_of_its_own_and_comes_back()
    {
        var log = new LogSeen(
            [0, 0.1, 1e5],
            [10, -0.3, 1 / 3.0],
            [.. Enumerable.Range(1, 50).Select(n => ImmutableArray.Create(3 + (n / 1000.0), double.NaN, 3.6))])
        {
            Resolution = new Volts(0.001),
        };
        var csv = new StringWriter();

        ObservationText.WriteLog(log, csv);

        Observation[] back = [.. ObservationSamples.Read("- log: { file: cells.csv }", log: csv.ToString()).Entries.Select(e => e.Seen)];
        Shown(back).ShouldBe(Shown([log]));
        Should.Throw<ArgumentException>(() => ObservationText.Write([log])).Message.ShouldStartWith("A log stands in a file of its own");
    }

    [Fact]
    public void A_file_name_comes_back_whatever_is_in_it()
    {
        const string name = "it's: a {log}, #1.csv";
        LogSeen log = (LogSeen)ObservationSamples.Read("- log: { file: cells.csv }").Entries[0].Seen;
        string yaml = ObservationText.Write([log], _ => name);

        ObservationFile.Load("o.yaml", MemoryFiles.Of(("o.yaml", yaml), (name, ObservationSamples.Log())), ObservationSamples.Pack)
            .Entries.ShouldHaveSingleItem();
    }

    [Fact]
    public void Any_minutes_come_back_to_the_last_digit() =>
        Prop.ForAll(
            Gen.Choose(0, 100_000_000).Select(n => n / 1000.0).ToArbitrary(),
            minutes =>
            {
                Observation[] seen =
                [
                    .. ObservationSamples.Read(
                        $"- rest: {{ minutes: {NumberText.Write(minutes)} }}\n- rest: {{ hours: {NumberText.Write(minutes / 10)} }}")
                        .Entries.Select(e => e.Seen),
                ];
                return Shown(ReadBack(seen)) == Shown(seen);
            }).QuickCheckThrowOnFailure();
}
