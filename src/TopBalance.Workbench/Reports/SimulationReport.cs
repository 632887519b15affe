using System.Globalization;
using System.Net;
using System.Text;
using TopBalance.Packs;
using TopBalance.Workbench.Simulations;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Workbench.Reports;

/// <summary>A simulation as one page of HTML: no scripts, nothing from elsewhere, readable on a phone and on paper.</summary>
public static class SimulationReport
{
    private const int MostColumns = 20;

    private const string Style = """
        :root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--soft:#667;--rule:#d5d9de;--red:#c62828;--green:#2e7d32;--bar:#b26a00}
        @media(prefers-color-scheme:dark){:root{--ink:#e6e8ea;--paper:#15181b;--soft:#9aa3ab;--rule:#343a40;
          --red:#ef5350;--green:#66bb6a;--bar:#e0a030}}
        body{font:16px/1.45 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:60rem;margin:1.5rem auto;padding:0 1rem}
        h1{font-size:1.3rem;margin:0}h2{font-size:1.05rem;margin:1.6rem 0 .4rem}.soft{color:var(--soft)}
        .tag{border:2px solid var(--bar);color:var(--bar);border-radius:.3rem;padding:0 .4rem;letter-spacing:.06em}
        .head{font-size:1.15rem;font-weight:600}
        .box{display:grid;gap:.25rem;margin:.3rem 0 .9rem;padding:3px;overflow-x:auto;justify-content:start}
        .lamp{border:1px solid var(--rule);border-radius:.3rem;text-align:center;font-size:.8rem;padding:.1rem .2rem;min-width:2.5rem}
        .lamp b{display:inline-block;width:1.05rem;border-radius:.2rem;color:#fff}
        .lamp i{display:inline-block;width:1.05rem;font-style:normal;color:var(--soft)}
        .r{margin-right:.12rem;background:var(--red)}.g{background:var(--green)}.tripped{outline:3px solid var(--ink)}
        table{border-collapse:collapse;width:100%}
        td,th{padding:.1rem .5rem;text-align:right;border-bottom:1px solid var(--rule);font-variant-numeric:tabular-nums}
        td.bar{width:45%;text-align:left}td.bar span{display:block;height:.7rem;background:var(--bar)}
        svg{width:100%;height:auto}
        """;

    /// <summary>The page.</summary>
    /// <param name="summary">What to show.</param>
    /// <param name="end">Voltages for the chart.</param>
    public static string Html(SimulationSummary summary, ChargeEnd end)
    {
        PackSpec spec = summary.Spec;
        SimulationAdvice advice = SimulationAdvice.Of(summary);
        int? marked = summary.TrippedCell;
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        page.Append("<meta name=\"viewport\" content=\"width=device-width\">\n");
        page.Append($"<title>Simulation: {Safe(spec.Name)}</title>\n<style>\n{Style}\n</style></head><body>\n");
        page.Append($"<h1><span class=\"tag\">SIMULATION</span> {Safe(spec.Name)}</h1>\n");
        page.Append($"<p class=\"soft\">{spec.Arrangement} of {Safe(spec.Cell.Name)}, cell module {Safe(spec.Module.Name)}. ");
        page.Append("Computed, not measured: no record of a real pack.</p>\n");
        page.Append($"<p class=\"head\">{Safe(advice.Headline)}</p>\n<p>{Safe(advice.Meaning)}</p>\n");
        page.Append($"<p>{Safe(advice.Next)}</p>\n<p>{Safe(advice.Placeholders)}</p>\n");
        page.Append(advice.Outside.Length > 0 ? $"<p><strong>{Safe(advice.Outside)}</strong></p>\n" : "");
        AppendFigures(page, summary);
        AppendLamps(page, summary, marked);
        page.Append("<h2>Cell voltages over the last minutes</h2>\n").Append(VoltageChart.Svg(end, spec.Module, marked));
        AppendCells(page, summary);
        return page.Append("</body></html>\n").ToString();
    }

    private static void AppendFigures(StringBuilder page, SimulationSummary s)
    {
        double set = s.Spec.Charger.Voltage.Value;
        page.Append("<ul>\n");
        page.Append($"<li>Delivered: {Charge(s.DeliveredAh)} in {Duration(s.Ended.TimeSeconds - s.WaitedSeconds)} of charging</li>\n");
        page.Append($"<li>Pack voltage at the end: {PackVoltage(s.PackVolts)}, {CellVoltage(s.VoltsPerCell.Value)} per cell ");
        page.Append($"(charger set to {PackVoltage(set)}, {CellVoltage(set / s.Cells.Length)} per cell)</li>\n");
        page.Append($"<li>Usable: {Charge(s.UsableAh.Now)} now, {Charge(s.UsableAh.Balanced)} when balanced</li>\n");
        page.Append(s.Hazards.IsEmpty ? "<li>Hazards: none</li>\n" : "");
        foreach (HazardSummary h in s.Hazards)
        {
            page.Append($"<li><strong>Hazard:</strong> {Safe(Hazard(h))}</li>\n");
        }

        page.Append("</ul>\n");
    }

    private static void AppendLamps(StringBuilder page, SimulationSummary s, int? marked)
    {
        page.Append("<h2>Lamps at that moment</h2>\n");
        for (int box = 0; box < s.Spec.Layout.Boxes.Length; box++)
        {
            int columns = Math.Min(s.Spec.Layout.Boxes[box].Columns, MostColumns);
            page.Append(CultureInfo.InvariantCulture, $"<div class=\"box\" style=\"grid-template-columns:repeat({columns},auto)\">\n");
            foreach (CellSummary cell in InBox(s, box))
            {
                AppendLamp(page, cell, cell.Cell == marked);
            }

            page.Append("</div>\n");
        }

        page.Append("<p class=\"soft\">R: red lamp lit, the shunt conducts. G: green lamp lit. Framed: the cell that stopped the charger.</p>\n");
    }

    // from left to right and from above to below, whichever way they are numbered
    private static IEnumerable<CellSummary> InBox(SimulationSummary s, int box) =>
        from cell in s.Cells
        let place = s.Spec.Layout[new CellNumber(cell.Cell)]
        where place.Box == box
        orderby place.Row, place.Column
        select cell;

    private static void AppendLamp(StringBuilder page, CellSummary cell, bool tripped)
    {
        string red = cell.Red ? "<b class=\"r\">R</b>" : "<i>·</i>";
        string green = cell.Green ? "<b class=\"g\">G</b>" : "<i>–</i>";
        page.Append(CultureInfo.InvariantCulture, $"<div class=\"lamp{(tripped ? " tripped" : "")}\">{cell.Cell}<br>{red}{green}</div>\n");
    }

    private static void AppendCells(StringBuilder page, SimulationSummary s)
    {
        double most = Math.Max(1e-9, s.Cells.Max(c => c.ToFullAh));
        page.Append("<h2>What every cell lacks to full</h2>\n<table>");
        page.Append("<tr><th>cell</th><th>V</th><th>SoC</th><th>Ah to full</th><th></th></tr>\n");
        foreach (CellSummary c in s.Cells)
        {
            double share = Math.Clamp(100 * c.ToFullAh / most, 0, 100);
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{c.Cell}</td><td>{c.Volts:0.000}</td><td>{100 * c.Soc:0.0} %</td>");
            page.Append(CultureInfo.InvariantCulture, $"<td>{Rounded(c.ToFullAh, 2):0.00}</td>");
            page.Append(CultureInfo.InvariantCulture, $"<td class=\"bar\"><span style=\"width:{share:0.0}%\"></span></td></tr>\n");
        }

        page.Append("</table>\n");
    }

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
