using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Packs;

namespace TopBalance.Workbench.Files;

/// <summary>A pack and the files it was read from.</summary>
/// <param name="Spec">The pack.</param>
/// <param name="Files">The pack file, then every file it led to, with their hashes.</param>
public sealed record LoadedPack(PackSpec Spec, ImmutableArray<FileRead> Files);

/// <summary>Reads pack files; <c>docs/formats.md</c> describes them.</summary>
public static class PackFile
{
    /// <summary>Reads a pack file from disk with the library beside the program.</summary>
    /// <exception cref="InputException">The file, or one it names, is wrong.</exception>
    public static PackSpec Read(string path) => Load(path, new DiskFiles(), PartLibrary.BesideProgram).Spec;

    /// <summary>Reads a pack file and remembers what it was made of.</summary>
    /// <param name="name">Its path or name.</param>
    /// <param name="source">Where it and the files it names come from.</param>
    /// <param name="library">The cells and modules it may name.</param>
    /// <exception cref="InputException">The file, or one it names, is wrong.</exception>
    public static LoadedPack Load(string name, IFileSource source, PartLibrary library) => Load(name, source, library, []);

    /// <summary>Reads a pack file as if some of its keys had other values.</summary>
    /// <param name="name">Its path or name.</param>
    /// <param name="source">Where it and the files it names come from.</param>
    /// <param name="library">The cells and modules it may name.</param>
    /// <param name="overrides">The other values. A key inside of <c>module</c> is put among the keys of the module that is named.</param>
    /// <exception cref="InputException">The file, or one it names, is wrong, or a value is.</exception>
    public static LoadedPack Load(string name, IFileSource source, PartLibrary library, IReadOnlyCollection<PackOverride> overrides)
    {
        ArgumentNullException.ThrowIfNull(overrides);
        var reader = new FileReader();
        var parts = new PackParts(reader, source, library);
        PackSpec spec = reader.Read(source, name, FileReader.MostYamlBytes, text => Parse(text, parts, overrides));
        return new LoadedPack(spec, reader.Files);
    }

    private static PackSpec Parse(SourceText text, PackParts parts, IReadOnlyCollection<PackOverride> overrides)
    {
        YamlNode root = YamlText.Read(text);
        root = overrides.Count == 0 ? root : new PackOverriding(text.File, id => parts.ModuleKeysOf(text.File, id)).Apply(root, overrides);
        MapValues values = PackKeys.File.Read(root, Place.Of(text.File));
        try
        {
            return Make(values, parts);
        }
        catch (ArgumentException e)
        {
            throw values.Refused(e);
        }
    }

    private static PackSpec Make(MapValues values, PackParts parts)
    {
        int series = values.Get(PackKeys.Series);
        CellModuleSpec module = parts.Module(values);
        ImmutableArray<CellKnowledge> known = parts.Known(values);
        CellSpec cell = parts.Cell(values, known);
        string name = values.Get(PackKeys.Name, CellFile.Id(values.File));
        return new PackSpec(name, series, values.Get(PackKeys.Parallel), cell, module, values.Get(PackKeys.Charger))
        {
            Temperature = values.Get(PackKeys.Temperature),
            Tools = values.Get(PackKeys.Tools, new ToolSpecs()),
            Unknowns = values.Has(PackKeys.Unknowns) ? values.Get(PackKeys.Unknowns) : null,
            Cells = known,
            Layout = Layout(values, series),
            Seed = values.Get(PackKeys.Seed),
            Faults = [.. values.Get(PackKeys.Faults, []).Select(f => FaultKeys.Checked(f, series))],
        };
    }

    private static PackLayout Layout(MapValues values, int series)
    {
        try
        {
            return values.Has(PackKeys.Layout) ? new PackLayout(series, values.Get(PackKeys.Layout)) : PackLayout.Line(series);
        }
        catch (ArgumentException e)
        {
            throw values.WrongAt(PackKeys.Layout, Refusal.Of(e), e);
        }
    }
}
