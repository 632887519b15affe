using System.Text;
using TopBalance.Packs;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Tests.Files;

/// <summary>A small library in a folder of its own, and packs in memory that use it.</summary>
internal static class Samples
{
    public const string Cell = """
        name: CALB CA100
        brand: CALB
        capacity_ah: 100
        full_v: 3.6
        max_v: 3.65
        module_hvc_v: 3.6
        self_discharge_a: 0.0001
        hysteresis: { m_v: 0.01, gamma: 100 }
        curves: curves/lfp.yaml
        sources:
          - { key: [capacity_ah, full_v, max_v, module_hvc_v, hysteresis], sure: data-sheet, text: "a sheet" }
          - { key: self_discharge_a, sure: forum, text: "a post" }
          - { key: curves, sure: placeholder, text: "of another brand" }
        """;

    public const string Curves = """
        capacity_ah: 2.5
        temperatures:
          - temperature_c: 5
            ocv: [ [0, 2.1], [0.1, 3.2], [0.9, 3.34], [1, 3.59] ]
            r0: 0.02
            rc: [ { tau_s: 40, r: 0.016 } ]
          - temperature_c: 25
            ocv: [ [0, 2.16], [0.1, 3.2], [0.9, 3.34], [1, 3.59] ]
            r0: [ [0, 0.012, 0.011], [0.5, 0.010, 0.009], [1, 0.014] ]
            rc:
              - { tau_s: 30, r: [ [0.5, 0.008, 0.007], [1, 0.03, 0.007] ] }
        sources:
          - { key: [capacity_ah, temperatures], sure: measured, text: "a cycler" }
        """;

    public const string Module = """
        name: MiniBMS 3.6 V
        shunt_on_v: 3.5
        shunt_off_v: 3.45
        shunt_resistance_ohm: 5.4
        hvc_v: 3.6
        hvc_clear_v: 3.59
        lvc_v: 2.5
        lvc_clear_v: 2.6
        sources:
          - { key: [shunt_on_v, shunt_off_v, shunt_resistance_ohm], sure: data-sheet, text: "manual" }
          - { key: [hvc_v, hvc_clear_v, lvc_v, lvc_clear_v], sure: data-sheet, text: "manual" }
        """;

    /// <summary>The keys every pack file needs, on four lines.</summary>
    public const string Least = """
        series: 4
        cell: calb-ca100
        module: minibms-3.6
        charger: { voltage_v: 14.4, current_a: 10, termination_current_a: 5 }

        """;

    public static PartLibrary Library { get; } = new(WriteLibrary());

    public static PackSpec Pack(string yaml, params ReadOnlySpan<(string Name, string Text)> beside) => Load(yaml, beside).Spec;

    public static LoadedPack Load(string yaml, params ReadOnlySpan<(string Name, string Text)> beside) =>
        PackFile.Load("pack.yaml", MemoryFiles.Of([("pack.yaml", yaml), .. beside]), Library);

    public static PackSpec Pack(byte[] bytes) =>
        PackFile.Load("pack.yaml", new MemoryFiles(new Dictionary<string, byte[]> { ["pack.yaml"] = bytes }), Library).Spec;

    /// <summary>The message for a wrong pack.</summary>
    public static string Complaint(string yaml, params ReadOnlySpan<(string Name, string Text)> beside)
    {
        try
        {
            _ = Pack(yaml, beside);
        }
        catch (InputException e)
        {
            e.Message.ShouldNotContain('\n');
            return e.Message;
        }

        throw new ShouldAssertException("the pack was read:\n" + yaml);
    }

    public static string TemporaryFolder() => Directory.CreateTempSubdirectory("topbalance-").FullName;

    private static string WriteLibrary()
    {
        string root = TemporaryFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(root, recursive: true);
        Put(root, "cells/calb-ca100.yaml", Cell);
        Put(root, "cells/curves/lfp.yaml", Curves);
        Put(root, "modules/minibms-3.6.yaml", Module);
        return root;
    }

    public static string Put(string root, string name, string text)
    {
        string path = Path.Combine(root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return path;
    }
}
