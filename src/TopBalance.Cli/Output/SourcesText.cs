using System.Collections.Immutable;
using Spectre.Console;
using TopBalance.Chemistry;
using TopBalance.Workbench.Simulations;

namespace TopBalance.Cli.Output;

/// <summary>Where the numbers of a cell or cell module come from, for people.</summary>
internal static class SourcesText
{
    /// <summary>Head of the column that <see cref="Unsourced"/> fills.</summary>
    public const string UnsourcedHead = "no source";

    /// <summary>How many of the numbers nobody has a source for, e.g. <c>2 of 8</c>.</summary>
    public static string Unsourced(ImmutableArray<Provenance> sources) =>
        Wording.Invariant($"{sources.Count(s => s.Sure == Sureness.Placeholder)} of {sources.Length}");

    /// <summary>What is under the table of a library.</summary>
    public static string Footer(string command) =>
        $"'topbalance {command} ID' shows one with the source of each number. '{UnsourcedHead}' counts the stand-ins that have none.";

    /// <summary>Every source once, with the keys it is for.</summary>
    public static void Write(Screen screen, ImmutableArray<Provenance> sources)
    {
        screen.Heading("Where the numbers come from");
        foreach (IGrouping<(Sureness Sure, string Text), Provenance> source in sources.GroupBy(s => (s.Sure, s.Text)))
        {
            screen.Paragraph($"{string.Join(", ", source.Select(s => s.Key))} ({Word(source.Key.Sure)})", "bold");
            screen.Paragraph(source.Key.Text, indent: 2);
        }
    }

    /// <summary>Columns of numbers, aligned to the right.</summary>
    public static Table AddNumberColumns(this Table table, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            table.AddColumn(new TableColumn(name) { NoWrap = true }.RightAligned());
        }

        return table;
    }

    private static string Word(Sureness sure) => sure switch
    {
        Sureness.DataSheet => "data-sheet",
        Sureness.Measured => "measured",
        Sureness.Forum => "forum",
        _ => "placeholder",
    };
}
