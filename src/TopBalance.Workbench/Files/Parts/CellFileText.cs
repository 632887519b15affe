using System.Collections.Immutable;
using System.Text;
using TopBalance.Chemistry;

namespace TopBalance.Workbench.Files;

/// <summary>Writes a cell as the text of a cell file that holds its curves itself, and reads cell files from disk.</summary>
public static class CellFileText
{
    // as the shapes of the reader allow
    private const int MostName = 200, MostText = 2000, MostKeys = 100;

    private const int Width = 128;

    /// <summary>The text of a cell file; what reads it gets an equal cell, to the last bit of every number.</summary>
    /// <param name="cell">The cell. Its resistances must be above 0: files hold no others.</param>
    /// <param name="comment">Lines that stand above it, without <c>#</c>; null for none.</param>
    public static string Write(CellSpec cell, string? comment = null)
    {
        ArgumentNullException.ThrowIfNull(cell);
        var text = new StringBuilder();
        foreach (string line in (comment ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            text.Append("# ").Append(OneLine.Of(line.TrimEnd())).Append('\n');
        }

        AppendLine(text, "name", Quoted(cell.Name, MostName));
        AppendLine(text, "brand", cell.Brand is { } brand ? Quoted(brand, MostName) : null);
        AppendLine(text, "capacity_ah", Number(cell.Capacity.Value));
        AppendLine(text, "full_v", Number(cell.FullVoltage.Value));
        AppendLine(text, "max_v", Number(cell.MaxVoltage.Value));
        AppendLine(text, "min_v", Number(cell.MinVoltage.Value));
        AppendLine(text, "charge_temperature_c", Row(cell.ChargeMinTemperature.Value, cell.ChargeMaxTemperature.Value));
        AppendLine(text, "termination_c_rate", Number(cell.TerminationRate));
        AppendLine(text, "module_hvc_v", cell.ModuleHvc is { } hvc ? Number(hvc.Value) : null);
        AppendTrust(text, cell);
        text.Append("temperatures:\n");
        foreach (CellAtTemperature at in cell.Temperatures)
        {
            AppendTemperature(text, at);
        }

        AppendSources(text, cell.Sources);
        return text.ToString();
    }

    /// <summary>Writes the file whole or not at all, after reading its text back.</summary>
    /// <param name="path">Where to; a file of that name is replaced.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="comment">Lines that stand above it, without <c>#</c>; null for none.</param>
    /// <exception cref="InputException">The file cannot be written there.</exception>
    /// <exception cref="ArgumentException">A file cannot hold this cell, e.g. because a resistance is 0.</exception>
    public static void Save(string path, CellSpec cell, string? comment = null)
    {
        string text = Write(cell, comment);
        string name = Path.GetFileName(path);
        try
        {
            Read(MemoryFiles.Of((name, text)), name);
        }
        catch (InputException e)
        {
            throw new ArgumentException($"No file can hold this cell: {e.Problem}", nameof(cell), e);
        }

        AtomicFile.Write(path, writer => writer.Write(text));
    }

    /// <summary>Reads a cell file from disk.</summary>
    /// <exception cref="InputException">The file, or the curve file that it names, is wrong.</exception>
    public static CellSpec Read(string path) => Read(new DiskFiles(), path);

    /// <summary>Reads a cell file.</summary>
    /// <param name="source">Where it and the curve file that it may name come from.</param>
    /// <param name="name">Its path or name.</param>
    /// <exception cref="InputException">The file, or the curve file that it names, is wrong.</exception>
    public static CellSpec Read(IFileSource source, string name)
    {
        ArgumentNullException.ThrowIfNull(source);
        var reader = new FileReader();
        return reader.Read(source, name, FileReader.MostYamlBytes, text => CellFile.Parse(reader, source, text));
    }

    private static void AppendTrust(StringBuilder text, CellSpec cell)
    {
        if (cell.Trusted is { } t)
        {
            text.Append("trusted: { soc: ").Append(Row(t.MinSoc, t.MaxSoc));
            text.Append(", charge_c_rate: ").Append(Number(t.ChargeRate)).Append(", discharge_c_rate: ").Append(Number(t.DischargeRate));
            text.Append(", temperature_c: ").Append(Row(t.MinTemperature.Value, t.MaxTemperature.Value)).Append(" }\n");
        }

        if (cell.ModelError is { } error)
        {
            AppendRows(text, "", "model_error", [.. error.Points.Select(p => Row(p.CRate, p.Volts.Value, p.Percent))]);
        }

        AppendLine(text, "fit_error_v", cell.FitError is { } fit ? Number(fit.Value) : null);
    }

    private static void AppendTemperature(StringBuilder text, CellAtTemperature at)
    {
        const string indent = "    ";
        CellParameters p = at.Parameters;
        text.Append("  - temperature_c: ").Append(Number(at.Temperature.Value)).Append('\n');
        AppendRows(text, indent, "ocv", [.. p.Ocv.Soc.Zip(p.Ocv.Volts, (z, v) => Row(z, v))]);
        AppendResistance(text, indent, "r0", p.R0);
        text.Append(p.RcPairs.IsEmpty ? "" : $"{indent}rc:\n");
        foreach (RcPair pair in p.RcPairs)
        {
            text.Append(indent).Append("  - tau_s: ").Append(Number(pair.TimeConstant.Value)).Append('\n');
            AppendResistance(text, indent + indent, "r", pair.Resistance);
        }

        if (p.Hysteresis.Value != 0 || p.HysteresisRate != 0)
        {
            text.Append(indent).Append("hysteresis: { m_v: ").Append(Number(p.Hysteresis.Value));
            text.Append(", gamma: ").Append(Number(p.HysteresisRate)).Append(" }\n");
        }

        AppendLine(text, indent + "efficiency", p.Efficiency == 1 ? null : Number(p.Efficiency));
        AppendLine(text, indent + "self_discharge_a", p.SelfDischarge.Value == 0 ? null : Number(p.SelfDischarge.Value));
    }

    private static void AppendResistance(StringBuilder text, string indent, string key, ResistanceCurve curve)
    {
        bool same = curve.ChargeOhms.SequenceEqual(curve.DischargeOhms);
        if (same && curve.Soc is [0.5])
        {
            AppendLine(text, indent + key, Number(curve.ChargeOhms[0]));
            return;
        }

        AppendRows(text, indent, key, [.. Enumerable.Range(0, curve.Soc.Length).Select(k => same
            ? Row(curve.Soc[k], curve.ChargeOhms[k])
            : Row(curve.Soc[k], curve.ChargeOhms[k], curve.DischargeOhms[k]))]);
    }

    // as many rows on a line as fit
    private static void AppendRows(StringBuilder text, string indent, string key, ImmutableArray<string> rows)
    {
        text.Append(indent).Append(key).Append(": [");
        int column = Width;
        for (int k = 0; k < rows.Length; k++)
        {
            string row = rows[k] + (k + 1 < rows.Length ? "," : "");
            bool wraps = column + 1 + row.Length > Width;
            text.Append(wraps ? $"\n{indent}  " : " ").Append(row);
            column = (wraps ? indent.Length + 2 : column + 1) + row.Length;
        }

        text.Append('\n').Append(indent).Append("]\n");
    }

    // neighbours that say the same of several keys stand together
    private static void AppendSources(StringBuilder text, ImmutableArray<Provenance> sources)
    {
        text.Append(sources.IsEmpty ? "" : "sources:\n");
        for (int k = 0; k < sources.Length;)
        {
            Provenance first = sources[k];
            string[] keys = [.. sources.Skip(k).Take(MostKeys).TakeWhile(s => s with { Key = first.Key } == first).Select(s => s.Key)];
            string names = string.Join(", ", keys.Select(key => Quoted(key, MostKeys)));
            text.Append("  - key: ").Append(keys.Length == 1 ? names : $"[{names}]").Append('\n');
            text.Append("    sure: ").Append(Word(first.Sure)).Append('\n');
            text.Append("    text: ").Append(Quoted(first.Text, MostText)).Append('\n');
            k += keys.Length;
        }
    }

    private static string Word(Sureness sure) => sure switch
    {
        Sureness.Measured => "measured",
        Sureness.DataSheet => "data-sheet",
        Sureness.Forum => "forum",
        _ => "placeholder",
    };

    private static void AppendLine(StringBuilder text, string key, string? value)
    {
        if (value is not null)
        {
            text.Append(key).Append(": ").Append(value).Append('\n');
        }
    }

    private static string Row(params ReadOnlySpan<double> numbers)
    {
        var row = new StringBuilder("[");
        foreach (double number in numbers)
        {
            row.Append(row.Length > 1 ? ", " : "").Append(Number(number));
        }

        return row.Append(']').ToString();
    }

    private static string Number(double value) => NumberText.Write(value).Replace('E', 'e');

    // plain where nothing in it could mean something to YAML
    private static string Quoted(string text, int most)
    {
        string line = string.Concat(text.EnumerateRunes().Select(r => Breaks(r) ? " " : r.ToString()));
        int end = char.IsHighSurrogate(line.ElementAtOrDefault(most - 2)) ? most - 2 : most - 1;
        string cut = line.Length <= most ? line : line[..end] + "…";
        bool plain = cut.Length > 0 && char.IsAsciiLetter(cut[0]) && cut.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-')
            && cut is not ("null" or "true" or "false" or "yes" or "no");
        string escaped = cut.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        return plain ? cut : $"\"{escaped}\"";
    }

    private static bool Breaks(Rune rune) => Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 or 0xFEFF;
}
