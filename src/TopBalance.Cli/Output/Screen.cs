using System.Text;
using System.Text.RegularExpressions;
using Spectre.Console;
using TopBalance.Packs;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Simulations;

namespace TopBalance.Cli.Output;

/// <summary>Output for people: lines of Spectre markup on standard output, in colour or not, in ASCII if asked.</summary>
internal sealed partial class Screen
{
    private const int Widest = 100;
    private readonly TextWriter target;
    private readonly bool colour;

    public Screen(Terminal terminal, bool plain)
    {
        target = terminal.Out;
        colour = terminal.Colour;
        Plain = plain;
        Width = Math.Clamp(terminal.Width, 40, Widest);
    }

    /// <summary>No box drawing, ASCII only.</summary>
    public bool Plain { get; }

    /// <summary>Columns to lay out for.</summary>
    public int Width { get; }

    /// <summary>Text of others, safe inside markup and on a terminal.</summary>
    public static string Safe(string text) => Markup.Escape(OneLine.Of(text));

    /// <summary>Text for a cell of a table, in ASCII before it is measured if that is wanted.</summary>
    public string Cell(string text) => Safe(Plain ? Ascii.Of(text) : text);

    /// <summary>One line as it is, not wrapped.</summary>
    public void Line(string markup = "") => target.Write(Render(new Markup(markup)) + "\n");

    /// <summary>A heading, after an empty line.</summary>
    public void Heading(string text)
    {
        Line();
        Line($"[bold]{Safe(text)}[/]");
    }

    /// <summary>What is spoken of: the kind of output, the pack and what it is made of.</summary>
    public void Title(string kind, PackSpec pack)
    {
        string charger = Wording.Invariant($"charger {pack.Charger.Voltage.Value:0.##} V {pack.Charger.Current.Value:0.##} A");
        Line($"[bold]{kind}[/]  {Safe(pack.Name)}");
        Paragraph($"{pack.Arrangement} of {pack.Cell.Name}, cell module {pack.Module.Name}, {charger}", "dim", kind.Length + 2);
    }

    /// <summary>Words wrapped to the width.</summary>
    /// <param name="text">Text, no markup.</param>
    /// <param name="style">A Spectre style, e.g. <c>bold</c>.</param>
    /// <param name="indent">Columns before each line.</param>
    /// <param name="lead">What stands in the indent of the first line.</param>
    public void Paragraph(string text, string style = "default", int indent = 0, string lead = "")
    {
        string before = lead.PadRight(indent);
        foreach (string line in Wrap(text, Width - indent, Plain))
        {
            Line($"{Markup.Escape(before)}[{style}]{Markup.Escape(line)}[/]");
            before = new string(' ', indent);
        }
    }

    /// <summary>Paragraphs in a frame of their own, each with what stands before it; an empty one leaves a line.</summary>
    /// <param name="title">In the upper edge.</param>
    /// <param name="indent">Columns for what stands before.</param>
    /// <param name="content">Labels and texts, no markup.</param>
    public void Box(string title, int indent, params IReadOnlyList<(string Lead, string Text)> content)
    {
        (string corners, char across, char down) = Plain ? ("++++", '-', '|') : ("┌┐└┘", '─', '│');
        int inner = Width - 4;
        Line($"[bold]{corners[0]}{across} {Cell(title)} {new string(across, Math.Max(0, Width - 5 - Cell(title).Length))}{corners[1]}[/]");
        foreach ((string lead, string text) in content)
        {
            string before = lead.PadRight(indent);
            foreach (string line in Wrap(text, inner - indent, Plain).DefaultIfEmpty(""))
            {
                string row = (before + line).PadRight(inner);
                Line($"[bold]{down}[/] {Markup.Escape(row)} [bold]{down}[/]");
                before = new string(' ', indent);
            }
        }

        Line($"[bold]{corners[2]}{new string(across, Width - 2)}{corners[3]}[/]");
    }

    /// <summary>A label and what there is to say about it.</summary>
    public void Row(string label, FormattableString text) => Paragraph(FormattableString.Invariant(text), indent: 16, lead: label);

    /// <summary>A table with a line under its head.</summary>
    public void Table(Table table)
    {
        table.Border = Plain ? TableBorder.None : TableBorder.Simple;
        foreach (TableColumn column in table.Columns)
        {
            column.Padding = new Padding(0, 0, Plain ? 2 : 1, 0);
        }

        foreach (string line in Render(table).Split('\n'))
        {
            if (line.Length > 0)
            {
                target.Write(line.TrimEnd() + "\n");
            }
        }
    }

    /// <summary>The line as it goes to the terminal, without a line end.</summary>
    public string Render(string markup) => Render(new Markup(markup));

    /// <summary>Words broken into lines of at most so many columns; a number and its unit stay together.</summary>
    /// <param name="text">Text, no markup.</param>
    /// <param name="width">Columns.</param>
    /// <param name="plain">ASCII only.</param>
    public static IEnumerable<string> Wrap(string text, int width, bool plain) =>
        Wrapped(NumberAndUnit().Replace(Shown(text, plain), "\u00a0"), width);

    // in ASCII some characters are wider, so that comes before the lines are broken
    private static string Shown(string text, bool plain) =>
        plain ? string.Join('\u00a0', OneLine.Of(text).Split('\u00a0').Select(Ascii.Of)) : OneLine.Of(text);

    // a number and its unit stay on one line
    [GeneratedRegex(@"(?<=\d) (?=(?:[mk]?[VAWΩ]|Ah|°C|%|h|min|s|mV|hours|days|minutes)\b|%)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NumberAndUnit();

    private static IEnumerable<string> Wrapped(string text, int width)
    {
        var line = new StringBuilder();
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        if (line.Length > 0)
        {
            yield return line.ToString();
        }
    }

    private string Render(Spectre.Console.Rendering.IRenderable content)
    {
        using var text = new StringWriter { NewLine = "\n" };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = content is Markup ? 1000 : Width;
        console.Profile.Capabilities.Unicode = !Plain;
        console.Write(content);
        string rendered = text.ToString().Replace("\r", "", StringComparison.Ordinal).Replace('\u00a0', ' ');
        return Plain ? Ascii.Of(rendered) : rendered;
    }
}
