using System.Globalization;
using System.Text;
using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Files;

/// <summary>What a new pack file is made of; null where it is to be worked out.</summary>
/// <param name="Cell">Cell of the library, or path of a cell file, relative to the new file.</param>
/// <param name="Series">Cells in series.</param>
public sealed record NewPack(string Cell, int Series)
{
    /// <summary>Name for people. Default: the file's name.</summary>
    public string? Name { get; init; }

    /// <summary>Members per cell. Default 1.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>Module of the library, or a path. Default: a MiniBMS, or else the library's first, with the HVC for this cell.</summary>
    public string? Module { get; init; }

    /// <summary>Set-point of the charger. Default: the HVC of the module times the number of cells.</summary>
    public Volts? ChargerVoltage { get; init; }

    /// <summary>Current of the charger. Default 10 A.</summary>
    public Amperes? ChargerCurrent { get; init; }

    /// <summary>Current at which the charge ends. Default: the cell's, times the members; at most half the charger's current.</summary>
    public Amperes? TerminationCurrent { get; init; }
}

/// <summary>Writes a commented pack file to begin with.</summary>
public static class NewPackFile
{
    /// <summary>Writes the file under a passing name and renames it when it is whole. What it writes was read back first.</summary>
    /// <param name="path">Where to; there must be no file yet.</param>
    /// <param name="pack">What it is made of.</param>
    /// <param name="library">The cells and modules it may name.</param>
    /// <exception cref="InputException">There is a file already, it cannot be written, or what it would say is wrong.</exception>
    public static void Write(string path, NewPack pack, PartLibrary library)
    {
        string text = Text(path, pack, library);
        ReadBack(path, text, library);
        if (Path.Exists(path))
        {
            throw Exists(path);
        }

        string passing = path + ".new-" + Guid.NewGuid().ToString("N")[..8];
        try
        {
            WriteThrough(passing, text);
            File.Move(passing, path, overwrite: false);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw Exists(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException(path, 0, null, $"cannot be written ({e.Message}); check the folder and its permissions", e);
        }
        finally
        {
            Remove(passing);
        }
    }

    /// <summary>The text of a new pack file.</summary>
    /// <param name="path">Where it is to be.</param>
    /// <param name="pack">What it is made of.</param>
    /// <param name="library">The cells and modules it may name.</param>
    /// <exception cref="InputException">The cell or module is not in the library, or no module fits.</exception>
    public static string Text(string path, NewPack pack, PartLibrary library)
    {
        string moduleName = pack.Module ?? FittingModule(path, pack, library);
        (CellSpec cell, CellModuleSpec module) = Parts(path, pack, moduleName, library);
        double current = pack.ChargerCurrent?.Value ?? 10;
        double termination = pack.TerminationCurrent?.Value
            ?? Math.Min(cell.TerminationRate * cell.Capacity.Value * pack.Parallel, current / 2);
        double voltage = pack.ChargerVoltage?.Value ?? Math.Round(module.Hvc.Value * pack.Series, 3);
        string name = pack.Name ?? CellFile.Id(path);
        return string.Create(CultureInfo.InvariantCulture, $$"""
            # A pack for TopBalance. A decimal point in numbers; the unit is the end of the key.
            name: {{Quote(name)}}
            series: {{pack.Series}}      # cells (parallel groups) in series: as many as there are cell modules
            parallel: {{pack.Parallel}}    # members in each cell
            cell: {{Quote(pack.Cell)}}      # 'topbalance cells' lists them
            module: {{Quote(moduleName)}}    # 'topbalance modules' lists them
            charger:
              voltage_v: {{NumberText.Write(voltage)}}      # set-point of the whole pack
              current_a: {{NumberText.Write(current)}}
              termination_current_a: {{NumberText.Write(termination)}}
            temperature_c: 25

            # What you have; take away the # in front of it.
            # tools:
            #   bench_supplies: [ { current_a: 5, floating: unknown, lead_ohm: 0.02 } ]   # floating: yes, no or unknown
            #   smart_charger_12v: { current_a: 10, absorption_v: 14.4 }
            #   drain_load: { resistance_ohm: 3.3, max_w: 10 }
            #   charger_current_min_a: 0.5

            # What is believed of cells nobody has measured: as bought, most are about half full.
            unknowns:
              soc_min: 0.4
              soc_max: 0.6
              capacity_sigma: 0.005     # relative, per member
              resistance_sigma: 0.08    # relative, per member
              threshold_sigma_v: 0.02   # per cell module

            # What is known of single cells; they count from 1.
            # cells:
            #   - { cell: 1, soc: 0.52, capacity_ah: {{NumberText.Write(cell.Capacity.Value)}} }
            seed: 1

            """).ReplaceLineEndings("\n");
    }

    private static string FittingModule(string path, NewPack pack, PartLibrary library)
    {
        CellSpec cell = Parts(path, pack, null, library).Cell;

        // the vendor's paper is about the MiniBMS: where several fit, it is that one
        string? fitting = library.ModuleIds
            .Where(id => library.Module(id) is { Relative: null } m && m.Hvc == cell.ModuleHvc)
            .OrderByDescending(id => id.StartsWith("minibms", StringComparison.Ordinal))
            .FirstOrDefault();
        return fitting
            ?? throw new InputException(null, 0, "module", $"there is none in the library that is known to fit {cell.Name}; name one");
    }

    // the pack file's own reader finds the parts, so that both find the same
    private static (CellSpec Cell, CellModuleSpec Module) Parts(string path, NewPack pack, string? module, PartLibrary library)
    {
        string inline = "{ shunt_on_v: 3.5, shunt_current_a: 0, hvc_v: 3.6 }";
        string text = $$"""
            series: 1
            cell: {{Quote(pack.Cell)}}
            module: {{(module is null ? inline : Quote(module))}}
            charger: { voltage_v: 4, current_a: 1, termination_current_a: 0 }
            """;
        PackSpec spec = ReadBack(path, text, library);
        return (spec.Cell, spec.Module);
    }

    private static PackSpec ReadBack(string path, string text, PartLibrary library) =>
        PackFile.Load(path, new DraftFile(path, Encoding.UTF8.GetBytes(text)), library).Spec;

    private static void WriteThrough(string passing, string text)
    {
        using var stream = new FileStream(passing, FileMode.CreateNew, FileAccess.Write);
        stream.Write(Encoding.UTF8.GetBytes(text));
        stream.Flush(flushToDisk: true);
    }

    private static void Remove(string passing)
    {
        try
        {
            File.Delete(passing);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // the file itself is in place or its failure is already being reported; what stays behind is only untidy
        }
    }

    private static InputException Exists(string path, Exception? inner = null) =>
        new(path, 0, null, "is there already and is not overwritten; choose another name, or remove it first", inner);

    // a plain word needs no quotes; anything else is written so that YAML cannot take it for something else
    private static string Quote(string text)
    {
        if (text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '/' or '_'))
        {
            return text is "null" ? "\"null\"" : text;
        }

        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                _ when char.IsControl(c) => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>A file that is not written yet, beside the files on disk.</summary>
    private sealed class DraftFile(string path, byte[] bytes) : IFileSource
    {
        private static readonly DiskFiles Disk = new();

        public string Resolve(string from, string name) => Disk.Resolve(from, name);

        public byte[] Read(string name, long limit) => string.Equals(name, path, StringComparison.Ordinal) ? bytes : Disk.Read(name, limit);
    }
}
