using System.Collections.Immutable;
using System.CommandLine;
using Spectre.Console;
using TopBalance.Chemistry;
using TopBalance.Cli.Output;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Json;

namespace TopBalance.Cli.Commands;

/// <summary>A column of a library's table.</summary>
/// <param name="Head">Its head.</param>
/// <param name="Text">What it says of a part, no markup.</param>
/// <param name="IsNumber">Aligned to the right and never broken.</param>
internal sealed record LibraryColumn<T>(string Head, Func<T, string> Text, bool IsNumber = true);

/// <summary>A command that lists a library of parts, or shows one part with the sources of its numbers.</summary>
internal sealed class LibraryCommand<T>
{
    /// <summary>Name of the command, and of the list in JSON.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, in a sentence.</summary>
    public required string Description { get; init; }

    /// <summary>What the argument chooses.</summary>
    public required string One { get; init; }

    /// <summary>A part to show in the help.</summary>
    public required string Example { get; init; }

    /// <summary>The parts of a library.</summary>
    public required Func<PartLibrary, IEnumerable<string>> Ids { get; init; }

    /// <summary>One of them.</summary>
    public required Func<PartLibrary, string, T> Find { get; init; }

    /// <summary>Its id, its name for people and its sources.</summary>
    public required Func<T, (string Id, string Name, ImmutableArray<Provenance> Sources)> Label { get; init; }

    /// <summary>The columns of the table, between its id and how many numbers have no source.</summary>
    public required ImmutableArray<LibraryColumn<T>> Columns { get; init; }

    /// <summary>Writes what there is to say about one part.</summary>
    public required Action<Screen, T> WriteRows { get; init; }

    /// <summary>One part in JSON.</summary>
    public required Func<T, object> Entry { get; init; }

    /// <summary>The command.</summary>
    public ExampleCommand Create(Terminal terminal)
    {
        Argument<string?> id = OptionValues.Id(One);
        Option<bool> plain = OptionValues.Plain();
        var command = new ExampleCommand(Name, Description, Name, $"{Name} {Example}") { id, plain };
        command.SetAction(parsed =>
        {
            PartLibrary library = PartLibrary.BesideProgram;
            var screen = new Screen(terminal, parsed.GetValue(plain));
            bool json = parsed.GetValue(command.Json);
            if (parsed.GetValue(id) is { } chosen)
            {
                Show(Find(library, chosen), json ? null : screen, terminal);
            }
            else
            {
                List([.. Ids(library).Select(i => Find(library, i))], json ? null : screen, terminal);
            }
        });
        return command;
    }

    private void List(T[] parts, Screen? screen, Terminal terminal)
    {
        if (screen is null)
        {
            terminal.Out.Write(JsonText.Of(new Dictionary<string, object[]>(StringComparer.Ordinal) { [Name] = [.. parts.Select(Entry)] }) + "\n");
            return;
        }

        Table table = new Table().AddColumn(new TableColumn("id") { NoWrap = true });
        foreach (LibraryColumn<T> column in Columns)
        {
            _ = column.IsNumber ? table.AddNumberColumns(column.Head) : table.AddColumn(column.Head);
        }

        table.AddNumberColumns(SourcesText.UnsourcedHead);
        foreach (T part in parts)
        {
            (string id, _, ImmutableArray<Provenance> sources) = Label(part);
            table.AddRow([Screen.Safe(id), .. Columns.Select(c => Screen.Safe(c.Text(part))), SourcesText.Unsourced(sources)]);
        }

        screen.Table(table);
        screen.Paragraph(SourcesText.Footer(Name));
    }

    private void Show(T part, Screen? screen, Terminal terminal)
    {
        if (screen is null)
        {
            terminal.Out.Write(JsonText.Of(Entry(part)) + "\n");
            return;
        }

        (string id, string name, ImmutableArray<Provenance> sources) = Label(part);
        screen.Line($"[bold]{Screen.Safe(id)}[/]  {Screen.Safe(name)}");
        screen.Line();
        WriteRows(screen, part);
        SourcesText.Write(screen, sources);
    }
}
