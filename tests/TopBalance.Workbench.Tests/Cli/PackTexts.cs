namespace TopBalance.Workbench.Tests.Cli;

/// <summary>Pack and cell files for tests that need nothing of the library.</summary>
internal static class PackTexts
{
    /// <summary>Steep near full, so that a charge ends within seconds of the knee.</summary>
    public const string Cell = """
        name: Test cell
        capacity_ah: 100
        full_v: 3.6
        max_v: 3.65
        temperatures:
          - temperature_c: 25
            ocv: [ [0, 2.5], [0.1, 3.2], [0.9, 3.34], [0.98, 3.40], [1, 3.59] ]
            r0: 0.001
        """;

    /// <summary>A module whose levels and shunt never change with the library.</summary>
    public const string Module = """
        name: Test module 3.6 V
        shunt_on_v: 3.5
        shunt_off_v: 3.45
        shunt_resistance_ohm: 5.4
        hvc_v: 3.6
        """;

    /// <summary>The four cells of the paper: cell 4 is the fullest, cell 3 the emptiest.</summary>
    public const string FourCells = """
        name: Four cells
        series: 4
        cell: ./cell.yaml
        module: ./module.yaml
        charger: { voltage_v: 14.4, current_a: 10, termination_current_a: 5 }
        cells:
          - { cell: 1, soc: 0.60 }
          - { cell: 2, soc: 0.55 }
          - { cell: 3, soc: 0.40 }
          - { cell: 4, soc: 0.70 }
        """;

    /// <summary>Writes both files and gives the path of the pack file.</summary>
    public static string WriteFourCells(ScratchFolder folder, string pack = FourCells)
    {
        folder.Write("cell.yaml", Cell);
        folder.Write("module.yaml", Module);
        return folder.Write("pack.yaml", pack);
    }
}
