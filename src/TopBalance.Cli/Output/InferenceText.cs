using TopBalance.Workbench.Inference;
using TopBalance.Workbench.Simulations;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Cli.Output;

/// <summary>What observations say of every cell, for people: the fullest cell first.</summary>
internal static class InferenceText
{
    private const int MostWrittenLines = 6, WhyIndent = 8;

    /// <summary>Writes it.</summary>
    public static void Write(Screen screen, InferenceSummary summary)
    {
        InferenceMeaning meaning = InferenceMeaning.Of(summary);
        screen.Title("INFERENCE", summary.Spec);
        screen.Line();
        screen.Paragraph(meaning.Sureness, "bold");
        screen.Paragraph(Counted(summary));
        if (summary.Contradictions.Length > 0)
        {
            int doubted = summary.Contradictions.Select(c => c.Observation).Distinct().Count();
            screen.Paragraph($"{Count(doubted, "observation")} cannot be, given the others: see the contradictions below.", "bold red");
        }

        WriteCells(screen, summary);
        WriteContradictions(screen, summary);
        WriteTelling(screen, summary);
        WriteWhy(screen, summary);
        screen.Heading("What this means");
        screen.Paragraph(meaning.Spread);
        screen.Paragraph(meaning.Consequence);
        WriteDoubts(screen, summary);
    }

    private static void WriteCells(Screen screen, InferenceSummary s)
    {
        CellBelief[] cells =
        [
            .. s.Cells.OrderBy(c => Rounded(c.ToFullAh.P50, 1)).ThenBy(c => c.Evidence, StringComparer.Ordinal).ThenBy(c => c.Cell),
        ];
        var chart = new IntervalChart(cells, 0.02 * s.Spec.Cell.Capacity.Value * s.Spec.Parallel, screen.Width);
        screen.Heading("Ah to full, the fullest cell first");
        screen.Line(chart.Head());
        for (int k = 0; k < cells.Length; k++)
        {
            screen.Line(chart.Row(cells[k]).TrimEnd());

            // neighbours that rest on the same evidence share its line
            if (k + 1 == cells.Length || !string.Equals(cells[k].Evidence, cells[k + 1].Evidence, StringComparison.Ordinal))
            {
                screen.Paragraph(cells[k].Evidence, "dim", IntervalChart.Indent);
            }
        }

        screen.Paragraph("In 9 of 10 cases a cell lies on its line; the block is where it is as likely to lack more as less.", "dim");
    }

    private static void WriteContradictions(Screen screen, InferenceSummary s)
    {
        if (s.Contradictions.Length == 0)
        {
            return;
        }

        screen.Heading("Contradictions");
        foreach (IGrouping<int, ContradictionSummary> observation in s.Contradictions.GroupBy(c => c.Observation))
        {
            ContradictionSummary first = observation.First();
            screen.Paragraph(Invariant($"observation {observation.Key} ({s.File}:{first.Line})"), "bold red");
            WriteEntry(screen, first.Written.Split('\n'));
            foreach (ContradictionSummary contradiction in observation)
            {
                screen.Paragraph(Sentence(contradiction.Text), indent: 2);
            }
        }

        screen.Paragraph("The figures are no better than the notes: settle these first.", "bold");
    }

    // as it stands in the file, without what would not fit
    private static void WriteEntry(Screen screen, string[] written)
    {
        foreach (string line in written.Take(MostWrittenLines))
        {
            string shown = line.TrimEnd();
            shown = shown.Length <= screen.Width - 2 ? shown : shown[..(screen.Width - 5)] + "...";
            screen.Line($"  [dim]{screen.Cell(shown)}[/]");
        }

        if (written.Length > MostWrittenLines)
        {
            screen.Line("  [dim]...[/]");
        }
    }

    private static void WriteTelling(Screen screen, InferenceSummary s)
    {
        screen.Heading("What would tell most");
        if (s.MostTelling is not { } telling)
        {
            screen.Paragraph("No single further observation would tell more.");
            return;
        }

        string who = telling.Cell is { } cell ? Invariant($"cell {cell}") : "the pack";
        screen.Paragraph(Sentence(telling.Text));
        screen.Paragraph(Invariant($"Then what {who} lacks would be known to within {telling.NarrowsToAh:0.0} Ah."));
    }

    private static void WriteWhy(Screen screen, InferenceSummary s)
    {
        if (s.Why is not { } findings)
        {
            return;
        }

        screen.Heading("Why it is not converging");
        if (findings.Count == 0)
        {
            screen.Paragraph("None of the reasons known here stands out of these notes. That is no proof that nothing is wrong.");
        }

        foreach (FindingSummary finding in findings)
        {
            string who = finding.Cell is { } cell ? Invariant($", cell {cell}") : "";
            screen.Line();
            screen.Line($"[bold]{100 * finding.Probability:0} %[/]  {Screen.Safe(finding.Code)}{who}");
            screen.Paragraph(finding.Seen, indent: WhyIndent, lead: "  seen");
            screen.Paragraph(finding.Why, indent: WhyIndent, lead: "  why");
            screen.Paragraph(finding.Confirm, indent: WhyIndent, lead: "  test");
            screen.Paragraph(finding.Do, indent: WhyIndent, lead: "  do");
        }
    }

    private static void WriteDoubts(Screen screen, InferenceSummary s)
    {
        if (s.OutsideTrusted is { } outside)
        {
            screen.Paragraph(outside, "yellow");
        }

        if (SimulationAdvice.StandIns(s.Spec) is { Length: > 0 } placeholders)
        {
            screen.Paragraph(placeholders, "dim");
        }
    }

    private static string Sentence(string text) => text.Length == 0
        ? text
        : char.ToUpperInvariant(text[0]) + text[1..] + (text[^1] is '.' or '?' or '!' ? "" : ".");

    private static string Counted(InferenceSummary s) => $"{Count(s.ObservationCount, "observation")} from {s.File}.";

    private static string Count(int count, string what) => Invariant($"{count} {what}{(count == 1 ? "" : "s")}");
}
