using TopBalance.Packs;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Tests.Files.Observations;

/// <summary>Observations of a pack of 50 cells with two bench supplies and a drain load.</summary>
internal static class ObservationSamples
{
    /// <summary>One of each kind, as the format is documented.</summary>
    public const string OfEachKind = """
        - loop_test: { charger_stopped: true, seconds: 1, buzzer: true }
        - charge: { current_a: 10, minutes: 182.3, ended: hvc, tripped: 30, red: [3, 14, 30] }   # every other cell was looked at and dark
        - charge: { current_a: 10, minutes: 4.1, ended: hvc, tripped: unseen, red: [3, 14, 30], not_seen: [40, 41], red_after_min: { 30: 1.2, 14: 3.0 }, pack_v: 168.1 }
        - drain: { cell: 30, load_ohm: 3.3, minutes: 8 }              # or load_a: 1.0
        - charge_cell: { cells: [5], supply_v: 3.55, supply_a: 5, minutes: 62, ended: red }
        - charge_cell: { cells: [9, 10, 11, 12], supply_v: 14.4, supply_a: 10, minutes: 40, ended: stopped, red: [10] }
        - voltages: { when: end_of_charge, v: { 1: 3.355, 30: 3.601 } }   # or when: rest, hours: 12
        - charge_cell: { cells: all, supply_v: 3.55, supply_a: 10, hours: 30, ended: tapered }   # all in parallel
        - use: { ah: 62 }                                              # driven since
        - log: { file: cells.csv }                                     # time_s, current_a, v1…vn from a digital BMS
        - rest: { hours: 10 }
        - reset: ignition
        """;

    public static PackSpec Pack { get; } = Samples.Pack("""
        series: 50
        cell: calb-ca100
        module: minibms-3.6
        charger: { voltage_v: 180, current_a: 10, termination_current_a: 5 }
        tools:
          bench_supplies: [ { current_a: 5, lead_ohm: 0.02 }, { current_a: 5, lead_ohm: 0.03 } ]
          drain_load: { resistance_ohm: 3.3, max_w: 10 }
        """);

    /// <summary>The log of a pack: two rows, cell 2 without a reading in the first.</summary>
    public static string Log(int series = 50) =>
        "time_s,current_a," + string.Join(',', Enumerable.Range(1, series).Select(n => $"v{n}")) + "\n"
        + "0,10," + string.Join(',', Enumerable.Range(1, series).Select(n => n == 2 ? "" : "3.35")) + "\n"
        + "60,9.5," + string.Join(',', Enumerable.Range(1, series).Select(n => n == 3 ? "3.355" : "3.36")) + "\n";

    public static ObservationLog Read(string yaml, PackSpec? pack = null, string? log = null) => ObservationFile.Load(
        "o.yaml", MemoryFiles.Of(("o.yaml", yaml), ("cells.csv", log ?? Log())), pack ?? Pack);

    /// <summary>The only observation of a file.</summary>
    public static T One<T>(string yaml, PackSpec? pack = null) =>
        Read(yaml, pack).Entries.ShouldHaveSingleItem().Seen.ShouldBeOfType<T>();

    /// <summary>The message for a wrong file.</summary>
    public static string Complaint(string yaml, string? log = null, PackSpec? pack = null)
    {
        try
        {
            Read(yaml, pack, log);
        }
        catch (InputException e)
        {
            e.Message.ShouldNotContain('\n');
            return e.Message;
        }

        throw new ShouldAssertException("the observations were read:\n" + yaml);
    }
}
