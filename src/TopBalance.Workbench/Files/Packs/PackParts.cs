using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Packs;

namespace TopBalance.Workbench.Files;

/// <summary>Finds what a pack file names: its cell, its cell module and its tables.</summary>
internal sealed class PackParts(FileReader reader, IFileSource source, PartLibrary library)
{
    public CellModuleSpec Module(MapValues values)
    {
        ModuleChoice choice = values.Get(PackKeys.Module);
        if (choice.Inline is { } inline)
        {
            return ModuleKeys.Build("inline", inline);
        }

        return IsPath(choice.Name!)
            ? reader.ReadNamed(source, values, PackKeys.Module, choice.Name!, FileReader.MostYamlBytes, ModuleFile.Parse)
            : library.Module(reader, choice.Name!, problem => values.WrongAt(PackKeys.Module, problem));
    }

    /// <summary>The keys in the file of a cell module that may also stand in place in a pack file.</summary>
    /// <param name="pack">The pack file that names it.</param>
    /// <param name="id">The module's id in the library, or the path of its file.</param>
    public YamlMap ModuleKeysOf(string pack, string id)
    {
        YamlNode root = IsPath(id)
            ? reader.Read(source, source.Resolve(pack, id), FileReader.MostYamlBytes, YamlText.Read)
            : library.ModuleText(reader, id, problem => new InputException(pack, 0, PackKeys.Module.Name, problem));
        return root is YamlMap map
            ? map with { Entries = [.. map.Entries.Where(e => ModuleKeys.Inline.Keys.Any(k => string.Equals(k.Name, e.Name, StringComparison.Ordinal)))] }
            : throw new InputException(pack, 0, PackKeys.Module.Name, $"{OneLine.Quote(id)} holds no keys");
    }

    /// <summary>What is known of single cells, what overrides last.</summary>
    public ImmutableArray<CellKnowledge> Known(MapValues values)
    {
        int series = values.Get(PackKeys.Series);
        int parallel = values.Get(PackKeys.Parallel);
        ImmutableArray<CellKnowledge> csv = values.Has(PackKeys.CellsCsv)
            ? reader.ReadNamed(
                source,
                values,
                PackKeys.CellsCsv,
                values.Get(PackKeys.CellsCsv),
                FileReader.MostCsvBytes,
                text => CellRows.Csv(text, series, parallel))
            : [];
        return [.. csv, .. CellRows.Yaml(values.Get(PackKeys.Cells, []), series, parallel)];
    }

    /// <summary>The pack's cell; with an OCV table of its own, the constant cell that implies.</summary>
    public CellSpec Cell(MapValues values, ImmutableArray<CellKnowledge> known)
    {
        string id = values.Get(PackKeys.Cell);
        CellSpec cell = IsPath(id)
            ? reader.ReadNamed(source, values, PackKeys.Cell, id, FileReader.MostYamlBytes, text => CellFile.Parse(reader, source, text))
            : library.Cell(reader, id, problem => values.WrongAt(PackKeys.Cell, problem));
        if (!values.Has(PackKeys.OcvCsv))
        {
            CheckPairs(values, known, cell.Temperatures[0].Parameters.RcPairs.Length);
            return cell;
        }

        OcvCurve ocv =
            reader.ReadNamed(source, values, PackKeys.OcvCsv, values.Get(PackKeys.OcvCsv), FileReader.MostCsvBytes, OcvCsv.Parse);
        int parallel = values.Get(PackKeys.Parallel);
        try
        {
            return ConstantCell.Make(cell, ocv, known, values.Get(PackKeys.Series) * parallel, parallel, values.Get(PackKeys.Temperature));
        }
        catch (ArgumentException e)
        {
            throw values.WrongAt(PackKeys.OcvCsv, Refusal.Of(e), e);
        }
    }

    private static void CheckPairs(MapValues values, ImmutableArray<CellKnowledge> known, int pairs)
    {
        string? idle = known switch
        {
            _ when pairs < 1 && known.Any(k => k.R1 is not null || k.C1 is not null) => "r1_ohm and c1_f",
            _ when pairs < 2 && known.Any(k => k.R2 is not null || k.C2 is not null) => "r2_ohm and c2_f",
            _ => null,
        };
        if (idle is not null)
        {
            Key given = values.Has(PackKeys.Cells) ? PackKeys.Cells : PackKeys.CellsCsv;
            throw values.WrongAt(
                given, FormattableString.Invariant($"saw {idle}, which scale an RC pair, but the cell has {pairs} of them; remove them"));
        }
    }

    private static bool IsPath(string name) => name.AsSpan().IndexOfAny('/', '\\') >= 0
        || name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);
}
