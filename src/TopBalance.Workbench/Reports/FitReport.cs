using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Workbench.Reports;

/// <summary>What a fitted model makes of a stretch of a log.</summary>
/// <param name="Name">For the heading, e.g. the log's file and the place in it.</param>
/// <param name="Seconds">Time of each sample, rising.</param>
/// <param name="Measured">Voltage that was logged, V. As many.</param>
/// <param name="Model">Voltage of the model, V. As many; one that is not finite was not computed.</param>
/// <param name="Soc">State of charge of the model. As many.</param>
public sealed record FitPicture(
    string Name,
    ImmutableArray<double> Seconds,
    ImmutableArray<double> Measured,
    ImmutableArray<double> Model,
    ImmutableArray<double> Soc)
{
    /// <summary>Whether the samples were used in the fit; those that were not judge it. Default true.</summary>
    public bool Fitted { get; init; } = true;

    /// <summary>Voltage that was logged. As many as times.</summary>
    public ImmutableArray<double> Measured { get; } = Same(Measured, Seconds, nameof(Measured));

    /// <summary>Voltage of the model. As many as times.</summary>
    public ImmutableArray<double> Model { get; } = Same(Model, Seconds, nameof(Model));

    /// <summary>State of charge of the model. As many as times.</summary>
    public ImmutableArray<double> Soc { get; } = Same(Soc, Seconds, nameof(Soc));

    /// <summary>Root mean square and largest difference of model and measurement, V; NaN where none was computed.</summary>
    public (double Rms, double Largest) Error()
    {
        double sum = 0, largest = 0;
        int count = 0;
        for (int k = 0; k < Measured.Length; k++)
        {
            double difference = Model[k] - Measured[k];
            if (double.IsFinite(difference))
            {
                sum += difference * difference;
                largest = Math.Max(largest, Math.Abs(difference));
                count++;
            }
        }

        return count == 0 ? (double.NaN, double.NaN) : (Math.Sqrt(sum / count), largest);
    }

    private static ImmutableArray<double> Same(ImmutableArray<double> values, ImmutableArray<double> seconds, string name) =>
        values.Length == seconds.Length ? values : throw new ArgumentException("A picture has a value for each time.", name);
}

/// <summary>A line in the table of what a fit found.</summary>
/// <param name="Name">Of the parameter, e.g. <c>capacity</c>.</param>
/// <param name="Value">With as many digits as mean something, without unit.</param>
/// <param name="Uncertainty">One standard deviation, likewise; null where the log does not say.</param>
/// <param name="Unit">E.g. <c>Ah</c>; empty for none.</param>
/// <param name="Remark">E.g. why it was left as it was; empty for none.</param>
public sealed record FitFigure(string Name, string Value, string? Uncertainty, string Unit, string Remark = "");

/// <summary>A fit as one page of HTML: no scripts, nothing from elsewhere, readable on a phone and on paper.</summary>
public static class FitReport
{
    // the knee of an LFP cell: what lies below is told by the first chart
    private const double KneeSoc = 0.95, KneeVolts = 3.38;

    private const int LeastKneePoints = 3;

    private const string Style = """
        :root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--soft:#667;--rule:#d5d9de}
        @media(prefers-color-scheme:dark){:root{--ink:#e6e8ea;--paper:#15181b;--soft:#9aa3ab;--rule:#343a40}}
        body{font:16px/1.45 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:60rem;margin:1.5rem auto;padding:0 1rem}
        h1{font-size:1.3rem;margin:0}h2{font-size:1.05rem;margin:1.8rem 0 .4rem}.soft{color:var(--soft)}
        table{border-collapse:collapse}
        td,th{padding:.15rem .7rem .15rem 0;text-align:left;border-bottom:1px solid var(--rule);vertical-align:top}
        td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        figure{margin:.6rem 0;overflow-x:auto}svg{width:100%;height:auto}
        @media print{body{max-width:none;margin:0}figure{break-inside:avoid}}
        """;

    /// <summary>The page.</summary>
    /// <param name="title">What was fitted, e.g. the cell's name.</param>
    /// <param name="notes">What was used, thrown away and could not be determined, a sentence each.</param>
    /// <param name="figures">The parameters.</param>
    /// <param name="pictures">Model against measurement, a section for each.</param>
    public static string Html(
        string title, IReadOnlyList<string> notes, IReadOnlyList<FitFigure> figures, IReadOnlyList<FitPicture> pictures)
    {
        ArgumentNullException.ThrowIfNull(notes);
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentNullException.ThrowIfNull(pictures);
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        page.Append("<meta name=\"viewport\" content=\"width=device-width\">\n");
        page.Append($"<title>Fit: {Safe(title)}</title>\n<style>\n{Style}\n</style></head><body>\n");
        page.Append($"<h1>Fit of {Safe(title)}</h1>\n");
        page.Append("<p class=\"soft\">Model against measurement. What a log does not say is not invented.</p>\n");
        AppendNotes(page, notes);
        AppendFigures(page, figures);
        AppendErrors(page, pictures);
        foreach (FitPicture picture in pictures)
        {
            AppendPicture(page, picture);
        }

        return page.Append("</body></html>\n").ToString();
    }

    private static void AppendNotes(StringBuilder page, IReadOnlyList<string> notes)
    {
        if (notes.Count == 0)
        {
            return;
        }

        page.Append("<ul>\n");
        foreach (string note in notes)
        {
            page.Append($"<li>{Safe(note)}</li>\n");
        }

        page.Append("</ul>\n");
    }

    private static void AppendFigures(StringBuilder page, IReadOnlyList<FitFigure> figures)
    {
        if (figures.Count == 0)
        {
            return;
        }

        page.Append("<h2>What was found</h2>\n<table><tr><th>parameter</th><th class=\"n\">value</th><th class=\"n\">±</th><th>unit</th>");
        page.Append("<th>remark</th></tr>\n");
        foreach (FitFigure f in figures)
        {
            string uncertainty = f.Uncertainty ?? "not determined";
            page.Append($"<tr><td>{Safe(f.Name)}</td><td class=\"n\">{Safe(f.Value)}</td><td class=\"n\">{Safe(uncertainty)}</td>");
            page.Append($"<td>{Safe(f.Unit)}</td><td>{Safe(f.Remark)}</td></tr>\n");
        }

        page.Append("</table>\n<p class=\"soft\">±: one standard deviation.</p>\n");
    }

    private static void AppendErrors(StringBuilder page, IReadOnlyList<FitPicture> pictures)
    {
        if (pictures.Count == 0)
        {
            return;
        }

        page.Append("<h2>What the model leaves</h2>\n<table><tr><th>log</th><th class=\"n\">samples</th><th class=\"n\">rms</th>");
        page.Append("<th class=\"n\">largest</th><th></th></tr>\n");
        foreach (FitPicture p in pictures)
        {
            (double rms, double largest) = p.Error();
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Safe(p.Name)}</td><td class=\"n\">{p.Seconds.Length:N0}</td>");
            page.Append($"<td class=\"n\">{Millivolts(rms)}</td><td class=\"n\">{Millivolts(largest)}</td>");
            page.Append($"<td>{(p.Fitted ? "fitted" : "predicted")}</td></tr>\n");
        }

        page.Append("</table>\n");
    }

    private static void AppendPicture(StringBuilder page, FitPicture p)
    {
        page.Append($"<h2>{Safe(p.Name)}</h2>\n");
        if (p.Seconds.Length == 0)
        {
            page.Append("<p class=\"soft\">No samples.</p>\n");
            return;
        }

        (double scale, string unit) = p.Seconds[^1] - p.Seconds[0] > 2 * 3600 ? (3600.0, "h") : (60.0, "min");
        double[] time = [.. p.Seconds.Select(s => (s - p.Seconds[0]) / scale)];
        AppendChart(page, new LineChart(
            "Voltage", $"time, {unit}", "V",
            [new("measured", time, p.Measured), new("model", time, p.Model) { Style = SeriesStyle.Dashed }]));
        double[] residual = [.. p.Model.Zip(p.Measured, (m, v) => 1000 * (m - v))];
        AppendChart(page, new LineChart("Model less measurement", $"time, {unit}", "mV", [new("residual", time, residual)])
        {
            Marks = [new ChartMark(0, "")],
        });
        AppendKnee(page, p);
    }

    // only what is near full: there a state of charge says more than a time
    private static void AppendKnee(StringBuilder page, FitPicture p)
    {
        int[] near = [.. Enumerable.Range(0, p.Soc.Length).Where(k => p.Soc[k] >= KneeSoc && double.IsFinite(p.Soc[k]))];
        if (near.Length < LeastKneePoints || near.Max(k => p.Measured[k]) < KneeVolts)
        {
            return;
        }

        double[] left = [.. near.Select(k => 100 * (p.Soc[k] - 1))];
        AppendChart(page, new LineChart(
            "Knee", "% of capacity before full, by the model", "V",
            [
                new("measured", left, [.. near.Select(k => p.Measured[k])]),
                new("model", left, [.. near.Select(k => p.Model[k])]) { Style = SeriesStyle.Dashed },
            ])
        {
            Marks = [new ChartMark(0, "full") { Vertical = true }],
        });
    }

    private static void AppendChart(StringBuilder page, LineChart chart) =>
        page.Append("<figure>\n").Append(chart.Svg()).Append("</figure>\n");

    private static string Millivolts(double volts) => double.IsFinite(volts) ? Invariant($"{1000 * volts:0.0} mV") : "–";

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
