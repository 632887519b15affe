using System.Collections.Immutable;
using System.Text;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Validation;

/// <summary>The document of a validation: Markdown with its charts beside it. The same results give the same bytes.</summary>
public static class ValidationDocument
{
    private const string Head = """
        # The model against measurements

        Written by `topbalance validate --out docs/validation.md`; do not edit it by hand. The data are no part of this project: they lie in a folder of their own, named by `TOPBALANCE_DATA` (`../shared/data` beside the working copy unless said otherwise). Without them the command says "skipped: no data" and ends with 3.

        **What is judged.** The equivalent circuit that the engine plays (OCV with hysteresis, resistances that depend on the state of charge, up to two RC pairs), on data it was not fitted to; and the engine's packs against recorded packs.

        **What is not.** No open record of a large prismatic cell over time exists here. Everything below rests on one round cell of 2.5 Ah, one cell of 1.2 Ah and eight modules of one maker with 50 and 74 Ah cells, all of them used, between −5 and 45 °C. Nothing was measured on the 60 to 300 Ah cells most packs are built from; for them the curves are scaled. No ageing, no vibration, no cell near its end of life except where a case says so.

        **How to read it.** A figure with a margin is judged: *within* or *out of margin*. One without is told because it is worth knowing. The column *on 100 Ah* says what the error amounts to on a cell of 100 Ah. In the flat middle of the curve 1 mV is about 1 % of the charge: a good voltage there says nothing about the state of charge, and an error there costs nothing in top balancing.

        **What `topbalance infer` makes of it.** How often its intervals hold the truth is judged on random packs, on [a page of its own](calibration.md): [share of truths inside](validation/calibration-coverage.svg) and [widths](validation/calibration-width.svg).


        """;

    /// <summary>The Markdown.</summary>
    /// <param name="runs">What was run.</param>
    /// <param name="charts">Folder of the charts as the document names it, e.g. <c>validation</c>.</param>
    public static string Markdown(IReadOnlyCollection<CaseRun> runs, string charts)
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (CaseRun run in runs)
        {
            AppendCase(text, run, charts);
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    /// <summary>Writes the document, and its charts into a folder of its name beside it.</summary>
    /// <param name="runs">What was run.</param>
    /// <param name="path">E.g. <c>docs/validation.md</c>, with charts in <c>docs/validation</c>.</param>
    /// <exception cref="InputException">It cannot be written there.</exception>
    public static void Write(IReadOnlyCollection<CaseRun> runs, string path)
    {
        AtomicFile.Check(path);
        string charts = Path.GetFileNameWithoutExtension(path);
        WriteCharts(runs, Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, charts), chart => !chart.LocalOnly);
        AtomicFile.Write(path, w => w.Write(Markdown(runs, charts)));
    }

    /// <summary>Writes all charts, also those that must not be handed on.</summary>
    /// <exception cref="InputException">They cannot be written there.</exception>
    public static void WritePlots(IReadOnlyCollection<CaseRun> runs, string folder) => WriteCharts(runs, folder, _ => true);

    /// <summary>Name of a chart's file.</summary>
    public static string FileName(IValidationCase validation, CaseChart chart) => $"{validation.Id}-{chart.Name}.svg";

    private static void WriteCharts(IReadOnlyCollection<CaseRun> runs, string folder, Func<CaseChart, bool> wanted)
    {
        foreach ((IValidationCase validation, CaseChart chart) in
            from run in runs
            from chart in run.Result?.Charts ?? []
            where wanted(chart)
            select (run.Case, chart))
        {
            CreateFolder(folder);
            AtomicFile.Write(Path.Combine(folder, FileName(validation, chart)), w => w.Write(chart.Chart.Svg()));
        }
    }

    private static void CreateFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException(folder, 0, null, $"cannot be made a folder ({e.Message})", e);
        }
    }

    private static void AppendCase(StringBuilder text, CaseRun run, string charts)
    {
        text.Append($"## {run.Case.Title}\n\n`topbalance validate --case {run.Case.Id}`\n\n{run.Case.Method}\n\n");
        foreach (MeasuredData data in run.Case.Data)
        {
            text.Append($"Data: {Files(data)}. {data.Origin}. Licence: {data.Licence}");
            text.Append(data.NonCommercial ? "; only error figures are kept here, charts of it are made with `--plots`.\n\n" : ".\n\n");
        }

        if (run.Result is not { } result)
        {
            text.Append($"**Skipped: {run.Skipped}.**\n\n");
            return;
        }

        AppendFigures(text, result.Figures);
        text.Append($"Honest limit: {result.Limit}\n\n");
        foreach (string remark in result.Remarks)
        {
            text.Append($"- {remark}\n");
        }

        text.Append(result.Remarks.IsEmpty ? "" : "\n");
        foreach (CaseChart chart in result.Charts.Where(c => !c.LocalOnly))
        {
            text.Append($"![{chart.Chart.Title}]({charts}/{FileName(run.Case, chart)})\n\n");
        }
    }

    private static void AppendFigures(StringBuilder text, ImmutableArray<Figure> figures)
    {
        text.Append("| figure | value | margin | verdict | on 100 Ah | limit |\n|---|---:|---:|---|---|---|\n");
        foreach (Figure f in figures)
        {
            text.Append($"| {Cell(f.Name)} | {f.ValueText} | {f.MarginText} | {Say(f.Verdict)} | {Cell(f.OnHundredAh)} | {Cell(f.Limit)} |\n");
        }

        text.Append('\n');
    }

    /// <summary>The verdict in words.</summary>
    public static string Say(Verdict verdict) => verdict switch
    {
        Verdict.Within => "within",
        Verdict.Outside => "out of margin",
        _ => "reported",
    };

    private static string Files(MeasuredData data) => string.Join(", ", data.Files.Select(f => $"`{f}`"));

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
