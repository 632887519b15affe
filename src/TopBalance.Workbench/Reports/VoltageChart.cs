using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TopBalance.Packs;
using TopBalance.Workbench.Simulations;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Workbench.Reports;

/// <summary>The cell voltages at the end of a charge as inline SVG: a line per cell, the shunt level and HVC.</summary>
internal static class VoltageChart
{
    private const double Width = 860, Height = 360, Left = 52, Right = 120, Top = 12, Bottom = 40;

    /// <summary>The chart.</summary>
    /// <param name="end">Voltages to draw.</param>
    /// <param name="module">Its levels are drawn as lines.</param>
    /// <param name="marked">Number of the cell to bring out, or null.</param>
    public static string Svg(ChargeEnd end, CellModuleSpec module, int? marked)
    {
        var scale = new Scale(end, module.Hvc.Value);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" ");
        svg.Append("aria-label=\"Cell voltages over the last minutes (simulation)\">\n");
        AppendAxes(svg, scale);
        AppendLevel(svg, scale, module.ShuntOn.Value, "shunt on");
        AppendLevel(svg, scale, module.Hvc.Value, "HVC");
        for (int cell = 0; cell < end.CellVolts.Length; cell++)
        {
            if (cell + 1 != marked)
            {
                AppendLine(svg, scale, end, cell, "cell");
            }
        }

        if (marked is { } number)
        {
            AppendLine(svg, scale, end, number - 1, "cell marked");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void AppendAxes(StringBuilder svg, Scale scale)
    {
        double step = scale.Highest - scale.Lowest > 0.5 ? 0.1 : 0.05;
        for (double volts = Math.Ceiling(scale.Lowest / step) * step; volts <= scale.Highest; volts += step)
        {
            AppendAcross(svg, scale.Y(volts), "grid");
            AppendText(svg, Left - 6, scale.Y(volts) + 4, "end", Invariant($"{volts:0.00}"));
        }

        for (double minutes = 0; minutes * 60 <= scale.Last - scale.First + 1; minutes += scale.Last - scale.First > 600 ? 5 : 1)
        {
            double x = scale.X(scale.Last - (minutes * 60));
            AppendText(svg, x, Height - Bottom + 18, "middle", minutes == 0 ? "end" : Invariant($"−{minutes:0}"));
        }

        AppendText(svg, (Left + Width - Right) / 2, Height - 4, "middle", "minutes before the end");
        AppendText(svg, Left - 44, Top + 2, "start", "V");
    }

    private static void AppendLevel(StringBuilder svg, Scale scale, double volts, string name)
    {
        if (volts < scale.Lowest || volts > scale.Highest)
        {
            return;
        }

        AppendAcross(svg, scale.Y(volts), "level");
        AppendText(svg, Width - Right + 6, scale.Y(volts) + 4, "start", Invariant($"{name} {volts:0.00} V"));
    }

    private static void AppendAcross(StringBuilder svg, double y, string style) => svg.Append(
        CultureInfo.InvariantCulture, $"<line class=\"{style}\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.0}\" y2=\"{y:0.0}\"/>\n");

    private static void AppendText(StringBuilder svg, double x, double y, string anchor, string text) => svg.Append(
        CultureInfo.InvariantCulture, $"<text x=\"{x:0.0}\" y=\"{y:0.0}\" text-anchor=\"{anchor}\">{text}</text>\n");

    private static void AppendLine(StringBuilder svg, Scale scale, ChargeEnd end, int cell, string style)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<polyline class=\"{style}\" points=\"");
        ImmutableArray<double> volts = end.CellVolts[cell];
        for (int k = 0; k < volts.Length; k++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"{scale.X(end.TimesSeconds[k]):0.0},{scale.Y(volts[k]):0.0} ");
        }

        svg.Length--;
        svg.Append(CultureInfo.InvariantCulture, $"\"><title>cell {cell + 1}</title></polyline>\n");
    }

    private sealed class Scale
    {
        public Scale(ChargeEnd end, double hvcVolts)
        {
            First = end.TimesSeconds[0];
            Last = Math.Max(end.TimesSeconds[^1], First + 1);
            Lowest = end.CellVolts.Min(v => v.Min()) - 0.01;
            Highest = Math.Max(end.CellVolts.Max(v => v.Max()), hvcVolts) + 0.01;
        }

        public double First { get; }

        public double Last { get; }

        public double Lowest { get; }

        public double Highest { get; }

        public double X(double seconds) => Left + ((seconds - First) / (Last - First) * (Width - Left - Right));

        public double Y(double volts) => Top + ((Highest - volts) / (Highest - Lowest) * (Height - Top - Bottom));
    }
}
