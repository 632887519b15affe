using TopBalance.Workbench.Tests.Cli;

namespace TopBalance.Workbench.Tests.Studies;

/// <summary>A small pack with tools for several methods; a play of it takes a millisecond or two.</summary>
internal static class StudyPacks
{
    public const string Small = """
        name: Small
        series: 4
        cell: ./cell.yaml
        module: ./module.yaml
        charger: { voltage_v: 14.4, current_a: 10, termination_current_a: 0.4 }
        tools:
          bench_supplies: [ { current_a: 5 } ]
          smart_charger_12v: { current_a: 10, absorption_v: 14.4 }
          drain_load: { resistance_ohm: 3.3 }
          charger_current_min_a: 0.5
        unknowns: { soc_min: 0.55, soc_max: 0.6 }
        """;

    /// <summary>Writes it and gives its path.</summary>
    public static string Write(ScratchFolder folder) => PackTexts.WriteFourCells(folder, Small);

    /// <summary>The arguments of a study in two variants by three methods.</summary>
    public static string[] Study(string pack, params string[] more) =>
    [
        "study", pack, "--packs", "7", "--seed", "3", "--methods", "bench-supply,shunt-and-cycle,drain-and-cycle:0.5",
        "--vary", "charger.current_a=5,10.5", .. more,
    ];
}
