using Spectre.Console;
using TopBalance.Workbench.Validation;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Cli.Output;

/// <summary>The cases of a validation for people.</summary>
internal static class ValidationText
{
    /// <summary>One case: its figures, and what they do not show.</summary>
    public static void Write(Screen screen, CaseRun run)
    {
        screen.Heading($"{run.Case.Title} ({run.Case.Id})");
        if (run.Result is not { } result)
        {
            screen.Paragraph($"skipped: {run.Skipped}");
            return;
        }

        Table table = new Table().AddColumn("figure").AddNumberColumns("value", "margin").AddColumn("verdict");
        foreach (Figure f in result.Figures)
        {
            table.AddRow(Screen.Safe(f.Name), Screen.Safe(f.ValueText), Screen.Safe(f.MarginText), Word(f.Verdict));
        }

        screen.Table(table);
        screen.Paragraph(result.Limit, indent: 7, lead: "limit");
    }

    /// <summary>What all cases come to.</summary>
    public static void WriteOutcome(Screen screen, IReadOnlyCollection<CaseRun> runs)
    {
        Figure[] figures = [.. runs.SelectMany(r => r.Result?.Figures ?? [])];
        int judged = figures.Count(f => f.Verdict != Verdict.Reported);
        int outside = figures.Count(f => f.Verdict == Verdict.Outside);
        int skipped = runs.Count(r => r.Result is null);
        screen.Line();
        screen.Paragraph(
            Invariant($"{judged} figures judged, {outside} out of margin, {figures.Length - judged} reported; ")
            + Invariant($"{runs.Count - skipped} cases run, {skipped} skipped."),
            "bold");
    }

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Within => "[green]within[/]",
        Verdict.Outside => "[bold red]out of margin[/]",
        _ => "reported",
    };
}
