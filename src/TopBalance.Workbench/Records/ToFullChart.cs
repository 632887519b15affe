using System.Collections.Immutable;
using System.Xml.Linq;
using TopBalance.Workbench.Reports;
using static TopBalance.Workbench.Records.Page;

namespace TopBalance.Workbench.Records;

/// <summary>What every cell lacks to full, as a drawing: the middle of its range as a point, the range as a line.</summary>
internal static class ToFullChart
{
    private const int MostCells = 50;
    private const double Left = 40, Right = 690, Top = 24, Height = 118, Bottom = 98;

    /// <summary>One drawing for every fifty cells.</summary>
    /// <param name="title">Above it.</param>
    /// <param name="figures">By cell.</param>
    /// <param name="limit">A line across, Ah; null for none.</param>
    /// <param name="hollow">Rings instead of points.</param>
    public static IEnumerable<XElement> Of(string title, ImmutableArray<Figure> figures, double? limit, bool hollow)
    {
        Figure.Computed[] known = [.. figures.OfType<Figure.Computed>()];
        double low = Math.Min(0, known.Select(f => f.Range.P05).DefaultIfEmpty(0).Min());
        double high = known.Select(f => f.Range.P95).Append(limit ?? 0).DefaultIfEmpty(1).Max();
        var scale = new Scale(low, Math.Max(high, low + 0.1));
        for (int first = 0; first < figures.Length; first += MostCells)
        {
            Figure[] shown = [.. figures.Skip(first).Take(MostCells)];
            yield return El("figure", null, Drawn(title, first, shown, Math.Min(figures.Length, MostCells), scale, limit, hollow));
        }
    }

    private static XElement Drawn(string title, int first, Figure[] shown, int places, Scale scale, double? limit, bool hollow)
    {
        double step = (Right - Left) / places;
        var parts = new List<object> { Text(Left, 12, "head", title) };
        foreach ((double at, string text) in LineChart.Ticks(scale.Low, scale.High, 4))
        {
            parts.Add(Rule(Left, scale.Y(at), Right, scale.Y(at), at == 0 ? "axis" : "grid"));
            parts.Add(Text(Left - 5, scale.Y(at) + 3, "end", text));
        }

        if (limit is { } level)
        {
            parts.Add(Rule(Left, scale.Y(level), Right, scale.Y(level), "limit"));
            parts.Add(Text(Right, scale.Y(level) + 11, "end", Sheet.Say("record.chart.level")));
        }

        for (int k = 0; k < shown.Length; k++)
        {
            double x = Left + ((k + 0.5) * step);
            int number = first + k + 1;
            if (places <= 25 || number % 5 == 0 || number == 1)
            {
                parts.Add(Text(x, Bottom + 14, "mid", Sheet.Number(number)));
            }

            parts.AddRange(Cell(shown[k], x, scale, hollow));
        }

        return Svg(Height, title, [.. parts]);
    }

    private static IEnumerable<XElement> Cell(Figure figure, double x, Scale scale, bool hollow)
    {
        if (figure is not Figure.Computed known)
        {
            yield return Text(x, (Top + Bottom) / 2, "unknown", "?");
            yield break;
        }

        yield return Rule(x, scale.Y(known.Range.P05), x, scale.Y(known.Range.P95), "range");
        yield return El("circle", hollow ? "ring" : "dot", At("cx", x), At("cy", scale.Y(known.Range.P50)), At("r", 3.0));
    }

    private sealed record Scale(double Low, double High)
    {
        public double Y(double value) => Bottom - ((value - Low) / (High - Low) * (Bottom - Top));
    }
}
