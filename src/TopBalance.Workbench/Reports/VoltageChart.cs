using System.Collections.Immutable;
using TopBalance.Packs;
using TopBalance.Workbench.Simulations;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Workbench.Reports;

/// <summary>The cell voltages at the end of a charge: a line per cell, the shunt level and HVC.</summary>
internal static class VoltageChart
{
    private const int Standout = 1;

    /// <summary>The chart as inline SVG.</summary>
    /// <param name="end">Voltages to draw.</param>
    /// <param name="module">Its levels are drawn as lines.</param>
    /// <param name="marked">Number of the cell to bring out, or null.</param>
    public static string Svg(ChargeEnd end, CellModuleSpec module, int? marked)
    {
        double[] minutes = [.. end.TimesSeconds.Select(t => (t - end.TimesSeconds[^1]) / 60)];
        IEnumerable<ChartSeries> cells = end.CellVolts.Select((volts, k) => new ChartSeries(Invariant($"cell {k + 1}"), minutes, volts)
        {
            Style = k + 1 == marked ? SeriesStyle.Line : SeriesStyle.Faint,
            Colour = Standout,
        });

        // the marked one on top; a shunt level far below all cells would only flatten them
        ImmutableArray<ChartSeries> series = [.. cells.OrderBy(s => s.Style == SeriesStyle.Line)];
        bool showsShunt = module.ShuntOn.Value >= end.CellVolts.Min(v => v.Min()) - 0.01;
        ImmutableArray<ChartMark> levels =
        [
            .. showsShunt ? [new ChartMark(module.ShuntOn.Value, Invariant($"shunt on {module.ShuntOn.Value:0.00} V"))] : (ChartMark[])[],
            new ChartMark(module.Hvc.Value, Invariant($"HVC {module.Hvc.Value:0.00} V")),
        ];
        return new LineChart("Cell voltages over the last minutes (simulation)", "minutes before the end", "V", series) { Marks = levels }.Inline();
    }
}
