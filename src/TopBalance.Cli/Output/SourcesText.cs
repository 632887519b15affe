using System.Collections.Immutable;
using Spectre.Console;
using TopBalance.Chemistry;

namespace TopBalance.Cli.Output;

/// <summary>Where the numbers of a cell or cell module come from, for people.</summary>
internal static class SourcesText
{
    /// <summary>How sure the least sure number is.</summary>
    public static string LeastSure(ImmutableArray<Provenance> sources) => sources.IsEmpty ? "no source" : Word(sources.Min(s => s.Sure));

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
