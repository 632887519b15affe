using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Packs;

namespace TopBalance.Workbench.Files;

/// <summary>The cells and cell modules that come with the program: the folders <c>cells</c> and <c>modules</c> beside it.</summary>
public sealed class PartLibrary
{
    private readonly IFileSource source;
    private readonly Func<string, IEnumerable<string>> filesIn;

    /// <param name="root">The folder that holds both.</param>
    public PartLibrary(string root)
        : this(root, new DiskFiles())
    {
    }

    internal PartLibrary(string root, IFileSource source)
    {
        (Root, this.source) = (root, source);
        filesIn = folder => new DirectoryInfo(Path.Combine(root, folder)) is { Exists: true } directory
            ? directory.EnumerateFiles("*.yaml").Select(f => f.Name)
            : [];
    }

    internal PartLibrary(IReadOnlyDictionary<string, byte[]> files)
    {
        (Root, source) = ("", new MemoryFiles(files));
        filesIn = folder =>
            files.Keys.Where(name => string.Equals(Path.GetDirectoryName(name), folder, StringComparison.Ordinal))
            .Select(n => Path.GetFileName(n)!);
    }

    /// <summary>The folder that holds both.</summary>
    internal string Root { get; }

    /// <summary>The library beside the running program.</summary>
    public static PartLibrary BesideProgram { get; } = new(AppContext.BaseDirectory);

    /// <summary>Ids of the cells, in order.</summary>
    public ImmutableArray<string> CellIds => Ids("cells");

    /// <summary>Ids of the cell modules, in order.</summary>
    public ImmutableArray<string> ModuleIds => Ids("modules");

    /// <summary>A cell by its id.</summary>
    /// <exception cref="InputException">There is none of that id, or its file is wrong.</exception>
    public CellSpec Cell(string id) => ReadCell(new FileReader(), Known(id, "cell", CellIds, p => new InputException(null, 0, "cell", p)));

    /// <summary>A cell module by its id.</summary>
    /// <exception cref="InputException">There is none of that id, or its file is wrong.</exception>
    public CellModuleSpec Module(string id) =>
        ReadModule(new FileReader(), Known(id, "module", ModuleIds, p => new InputException(null, 0, "module", p)));

    internal CellSpec Cell(FileReader reader, string id, Func<string, InputException> wrong) =>
        ReadCell(reader, Known(id, "cell", CellIds, wrong));

    internal CellModuleSpec Module(FileReader reader, string id, Func<string, InputException> wrong) =>
        ReadModule(reader, Known(id, "module", ModuleIds, wrong));

    internal YamlNode ModuleText(FileReader reader, string id, Func<string, InputException> wrong) => reader.Read(
        source, Path.Combine(Root, "modules", Known(id, "module", ModuleIds, wrong) + ".yaml"), FileReader.MostYamlBytes, YamlText.Read);

    private static string Known(string id, string kind, ImmutableArray<string> ids, Func<string, InputException> wrong)
    {
        if (ids.Contains(id, StringComparer.Ordinal))
        {
            return id;
        }

        string which = Spelling.Nearest(id, ids) is { } near ? $"did you mean '{near}'?"
            : ids.IsEmpty ? "the library is empty;"
            : $"there are {Spelling.Few(id, ids)};";
        string advice = $"{which} 'topbalance {kind}s' lists them, and a path names a file of your own";
        throw wrong($"saw {OneLine.Quote(id)}, expected a {kind} of the library; {advice}");
    }

    private CellSpec ReadCell(FileReader reader, string id) => reader.Read(
        source, Path.Combine(Root, "cells", id + ".yaml"), FileReader.MostYamlBytes, text => CellFile.Parse(reader, source, text));

    private CellModuleSpec ReadModule(FileReader reader, string id) => reader.Read(
        source, Path.Combine(Root, "modules", id + ".yaml"), FileReader.MostYamlBytes, ModuleFile.Parse);

    private ImmutableArray<string> Ids(string folder) =>
        [.. filesIn(folder).Select(name => CellFile.Id(name)).Order(StringComparer.Ordinal)];
}
