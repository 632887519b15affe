using System.Collections.Immutable;
using Spectre.Console;
using TopBalance.Workbench.Json;
using TopBalance.Workbench.Studies;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Cli.Output;

/// <summary>What a study came to, for people or as one JSON document.</summary>
internal static class StudyText
{
    /// <summary>Writes it to standard output.</summary>
    public static async Task WriteAsync(Terminal terminal, StudySummary summary, bool json, bool plain)
    {
        if (json)
        {
            await terminal.Out.WriteAsync(JsonText.Of(summary) + "\n");
            return;
        }

        Write(new Screen(terminal, plain), summary);
    }

    private static void Write(Screen screen, StudySummary summary)
    {
        StudyHeader study = summary.Study;
        string part = study.Shard is { } shard ? $", shard {shard}" : "";
        screen.Line($"[bold]STUDY[/]  {Screen.Safe(study.Pack)}");
        screen.Paragraph(Invariant($"{study.Packs} packs per method and variant, seed {study.Seed}, {study.Tasks} plays{part}"), "dim", 7);
        ImmutableArray<VaryAxis> axes = VaryAxis.ParseAll(study.Vary);
        foreach (IGrouping<string, StudyResult> variant in summary.Results.GroupBy(r => Name(axes, r), StringComparer.Ordinal))
        {
            screen.Heading(variant.Key.Length > 0 ? variant.Key : "As the pack file says");
            Table table = new Table().AddColumn("method").AddNumberColumns("hours", "10-90 %", "attended", "10-90 %", "cycles", "balanced");
            foreach (StudyResult result in variant)
            {
                table.AddRow([screen.Cell(result.Method), .. Figures(result).Select(screen.Cell)]);
            }

            screen.Table(table);
            foreach (StudyResult result in variant.Where(r => r.ImpossibleBecause is not null))
            {
                screen.Paragraph($"{result.Method}: {result.ImpossibleBecause}", "dim", 2);
            }
        }

        screen.Line();
        screen.Paragraph("Medians over the packs, in hours; a pack that did not end balanced counts until its method gave up. Simulated, not measured.");
        if (!summary.Written.IsEmpty)
        {
            screen.Paragraph($"Written: {string.Join(", ", summary.Written)}");
        }
    }

    private static string Name(ImmutableArray<VaryAxis> axes, StudyResult result) =>
        string.Join(", ", axes.Select(a => $"{a.Key} {result.Variant[a.Key]}"));

    private static string[] Figures(StudyResult result) => result is { Hours: { } hours, AttendedHours: { } attended, ChargerCycles: { } cycles, Balanced: { } share }
        ? [Short(hours.P50), Range(hours), Short(attended.P50), Range(attended), Invariant($"{cycles.P50:0}"), Invariant($"{100 * share:0} %")]
        : ["not possible", "", "", "", "", ""];

    private static string Range(Percentiles p) => $"{Short(p.P10)}–{Short(p.P90)}";

    private static string Short(double hours) => hours >= 100 ? Invariant($"{hours:0}") : Invariant($"{hours:0.0}");
}
