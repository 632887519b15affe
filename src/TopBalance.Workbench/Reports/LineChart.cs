using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Workbench.Reports;

/// <summary>How a series is drawn.</summary>
public enum SeriesStyle
{
    /// <summary>A line.</summary>
    Line,

    /// <summary>A broken line, for what is computed beside what was measured.</summary>
    Dashed,

    /// <summary>Dots, for single points.</summary>
    Dots,

    /// <summary>A thin grey line without an entry in the legend, for one of many.</summary>
    Faint,
}

/// <summary>Points of a chart that belong together.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="X">Abscissae.</param>
/// <param name="Y">Ordinates, as many. One that is not finite leaves a gap.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    /// <summary>How it is drawn. Default a line.</summary>
    public SeriesStyle Style { get; init; }

    /// <summary>Which of the six colours, from 0, so that two series can share one; null: the next.</summary>
    public int? Colour { get; init; }

    /// <summary>Ordinates, as many as abscissae.</summary>
    public IReadOnlyList<double> Y { get; } = Y.Count == X.Count
        ? Y
        : throw new ArgumentException("A series has as many ordinates as abscissae.", nameof(Y));
}

/// <summary>A line across the whole chart.</summary>
/// <param name="At">Where.</param>
/// <param name="Name">Stands beside it.</param>
public sealed record ChartMark(double At, string Name)
{
    /// <summary>At an abscissa, from below to above; else at an ordinate, from left to right.</summary>
    public bool Vertical { get; init; }
}

/// <summary>
/// A chart as SVG that needs nothing else: inside a page or a file of its own, light or dark as the reader has it, told apart without
/// colour vision. The same chart gives the same bytes everywhere.
/// </summary>
/// <param name="Title">What it shows; also for those who hear it.</param>
/// <param name="XLabel">Quantity and unit of the abscissae.</param>
/// <param name="YLabel">Quantity and unit of the ordinates.</param>
/// <param name="Series">What is drawn, the last one on top.</param>
public sealed record LineChart(string Title, string XLabel, string YLabel, ImmutableArray<ChartSeries> Series)
{
    /// <summary>Most points that are drawn of a series; of more, the lowest and the highest of each stretch are kept.</summary>
    public const int MostPoints = 2000;

    private const double Width = 860, Height = 400, Left = 64, Right = 16, Head = 24, Row = 17, Bottom = 44;
    private const double LetterWidth = 6.2;

    // Okabe and Ito's colours, for the dark ground lightened where they would sink into it
    private const string Style = """
        .chart{--c0:#0072b2;--c1:#d55e00;--c2:#009e73;--c3:#b0568c;--c4:#b98300;--c5:#3b9bd1;--cf:#8a929a;--ink:#1b1f24;--soft:#5a636b;
        --rule:#dde1e5;--ground:#fff}
        @media(prefers-color-scheme:dark){.chart{--c0:#56b4e9;--c1:#f08a45;--c2:#3fc79c;--c3:#dd9bc2;--c4:#e6b13c;--c5:#9fd3f2;--cf:#6d757c;
        --ink:#e6e8ea;--soft:#9aa3ab;--rule:#343a40;--ground:#15181b}}
        .chart .ground{fill:var(--ground)}.chart text{font:11px system-ui,sans-serif;fill:var(--soft)}
        .chart .title{font-size:13px;font-weight:600;fill:var(--ink)}
        .chart .name{paint-order:stroke;stroke:var(--ground);stroke-width:3}
        .chart .grid{stroke:var(--rule)}.chart .mark{stroke:var(--ink);stroke-dasharray:2 3;opacity:.7}
        .chart .s{fill:none;stroke-width:1.6;stroke-linejoin:round}.chart .dash{stroke-dasharray:7 4}
        .chart .dots{stroke-width:5;stroke-linecap:round}.chart .faint{stroke-width:1;opacity:.6}
        """;

    /// <summary>Lines across the chart.</summary>
    public ImmutableArray<ChartMark> Marks { get; init; } = [];

    /// <summary>Least and greatest abscissa shown; null: all points.</summary>
    public (double Low, double High)? XRange { get; init; }

    /// <summary>Least and greatest ordinate shown; null: all points and marks.</summary>
    public (double Low, double High)? YRange { get; init; }

    /// <summary>The chart as a file of its own, from <c>&lt;svg</c> on, with a line end after it.</summary>
    public string Svg() => Drawn(" xmlns=\"http://www.w3.org/2000/svg\"");

    /// <summary>The chart for the inside of a page of HTML, which needs no namespace, and so no address in it.</summary>
    public string Inline() => Drawn("");

    private string Drawn(string space)
    {
        ImmutableArray<(ChartSeries Series, string Colour)> drawn = Coloured();
        ImmutableArray<(double X, double Y)> legend = LegendPlaces(out double top);
        var frame = new Frame(top, Range(XRange, vertical: true), Range(YRange, vertical: false));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg{space} class=\"chart\" viewBox=\"0 0 {Width} {Height}\" ");
        svg.Append(CultureInfo.InvariantCulture, $"role=\"img\" aria-label=\"{Safe(Title)}\">\n<style>\n{Style}\n</style>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"ground\" width=\"{Width}\" height=\"{Height}\"/>\n");
        AppendText(svg, Left, 16, "start", Title, "title");
        AppendAxes(svg, frame);
        foreach ((ChartSeries series, string colour) in drawn)
        {
            AppendSeries(svg, frame, series, colour);
        }

        foreach (ChartMark mark in Marks)
        {
            AppendMark(svg, frame, mark);
        }

        AppendLegend(svg, drawn, legend);
        return svg.Append("</svg>\n").ToString();
    }

    private static string Safe(string text) => WebUtility.HtmlEncode(text);

    private static string ClassOf(SeriesStyle style) => style switch
    {
        SeriesStyle.Dashed => "s dash",
        SeriesStyle.Dots => "s dots",
        SeriesStyle.Faint => "s faint",
        _ => "s",
    };

    private static void AppendText(StringBuilder svg, double x, double y, string anchor, string text, string? kind = null) => svg.Append(
        CultureInfo.InvariantCulture,
        $"<text{(kind is null ? "" : $" class=\"{kind}\"")} x=\"{x:0.0}\" y=\"{y:0.0}\" text-anchor=\"{anchor}\">{Safe(text)}</text>\n");

    private static void AppendRule(StringBuilder svg, string kind, double x1, double y1, double x2, double y2) => svg.Append(
        CultureInfo.InvariantCulture, $"<line class=\"{kind}\" x1=\"{x1:0.0}\" y1=\"{y1:0.0}\" x2=\"{x2:0.0}\" y2=\"{y2:0.0}\"/>\n");

    private static void AppendSeries(StringBuilder svg, Frame frame, ChartSeries series, string colour)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{ClassOf(series.Style)}\" style=\"stroke:var(--{colour})\" d=\"");
        bool dots = series.Style == SeriesStyle.Dots;
        bool joined = false;
        foreach (int k in Thinned(series, frame))
        {
            if (k < 0)
            {
                joined = false;
                continue;
            }

            // a dot is a line of no length with a round end
            svg.Append(joined && !dots ? 'L' : 'M');
            svg.Append(CultureInfo.InvariantCulture, $"{frame.X(series.X[k]):0.0},{frame.Y(series.Y[k]):0.0}{(dots ? "h0" : "")}");
            joined = true;
        }

        svg.Append(CultureInfo.InvariantCulture, $"\"><title>{Safe(series.Name)}</title></path>\n");
    }

    // indexes of the points that are drawn, -1 where the line breaks; of each stretch the lowest and the highest, so that no peak is lost
    private static IEnumerable<int> Thinned(ChartSeries series, Frame frame)
    {
        int[] shown = [.. Enumerable.Range(0, series.X.Count).Where(k => frame.Shows(series.X[k], series.Y[k]))];
        int stretch = shown.Length <= MostPoints ? 1 : (2 * (shown.Length + MostPoints - 1)) / MostPoints;
        int before = -1;
        for (int k = 0; k < shown.Length; k += stretch)
        {
            ReadOnlySpan<int> part = shown.AsSpan(k, Math.Min(stretch, shown.Length - k));
            int low = part[0];
            int high = part[0];
            foreach (int j in part)
            {
                low = series.Y[j] < series.Y[low] ? j : low;
                high = series.Y[j] > series.Y[high] ? j : high;
            }

            (int first, int second) = (Math.Min(low, high), Math.Max(low, high));
            bool broken = before >= 0 && Enumerable.Range(before, part[0] - before).Any(j => !frame.Shows(series.X[j], series.Y[j]));
            before = part[^1];
            if (broken)
            {
                yield return -1;
            }

            yield return first;
            if (second != first)
            {
                yield return second;
            }
        }
    }

    private ImmutableArray<(ChartSeries Series, string Colour)> Coloured()
    {
        int next = 0;
        return [.. Series.Select(s => (s, s.Style == SeriesStyle.Faint ? "cf" : Invariant($"c{(s.Colour ?? next++) % 6}")))];
    }

    private (double Low, double High) Range((double Low, double High)? given, bool vertical)
    {
        if (given is { } range)
        {
            return range;
        }

        double[] values =
        [
            .. Series.SelectMany(s => vertical ? s.X : s.Y).Where(double.IsFinite),
            .. Marks.Where(m => m.Vertical == vertical).Select(m => m.At),
        ];
        (double low, double high) = values.Length == 0 ? (0, 1) : (values.Min(), values.Max());
        bool dots = Series.Any(s => s.Style == SeriesStyle.Dots);
        double least = Math.Max(1e-9, 1e-9 * Math.Max(Math.Abs(low), Math.Abs(high)));
        double margin = high - low < least ? Math.Max(least, 0.5) : vertical && !dots ? 0 : 0.04 * (high - low);
        return (low - margin, high + margin);
    }

    private ImmutableArray<(double X, double Y)> LegendPlaces(out double top)
    {
        var places = ImmutableArray.CreateBuilder<(double, double)>();
        (double x, double y) = (Left, Head + 12);
        foreach (ChartSeries series in Series.Where(s => s.Style != SeriesStyle.Faint))
        {
            double width = 38 + (LetterWidth * series.Name.Length);
            if (x > Left && x + width > Width - Right)
            {
                (x, y) = (Left, y + Row);
            }

            places.Add((x, y));
            x += width;
        }

        top = places.Count == 0 ? Head + 4 : y + 8;
        return places.ToImmutable();
    }

    private static void AppendLegend(
        StringBuilder svg, ImmutableArray<(ChartSeries Series, string Colour)> drawn, ImmutableArray<(double X, double Y)> places)
    {
        int next = 0;
        foreach ((ChartSeries series, string colour) in drawn.Where(d => d.Series.Style != SeriesStyle.Faint))
        {
            (double x, double y) = places[next++];
            string stroke = series.Style == SeriesStyle.Dots ? Invariant($"M{x + 11:0.0},{y - 4:0.0}h0") : Invariant($"M{x:0.0},{y - 4:0.0}h22");
            svg.Append(
                CultureInfo.InvariantCulture, $"<path class=\"{ClassOf(series.Style)}\" style=\"stroke:var(--{colour})\" d=\"{stroke}\"/>\n");
            AppendText(svg, x + 27, y, "start", series.Name);
        }
    }

    private void AppendAxes(StringBuilder svg, Frame frame)
    {
        foreach ((double at, string text) in Ticks(frame.YLow, frame.YHigh, 7))
        {
            AppendRule(svg, "grid", Left, frame.Y(at), Width - Right, frame.Y(at));
            AppendText(svg, Left - 6, frame.Y(at) + 4, "end", text);
        }

        foreach ((double at, string text) in Ticks(frame.XLow, frame.XHigh, 10))
        {
            AppendRule(svg, "grid", frame.X(at), frame.Top, frame.X(at), Height - Bottom);
            AppendText(svg, frame.X(at), Height - Bottom + 16, "middle", text);
        }

        AppendText(svg, (Left + Width - Right) / 2, Height - 8, "middle", XLabel);
        double middle = (frame.Top + Height - Bottom) / 2;
        svg.Append(CultureInfo.InvariantCulture, $"<text transform=\"translate(14 {middle:0.0}) rotate(-90)\" text-anchor=\"middle\">");
        svg.Append(CultureInfo.InvariantCulture, $"{Safe(YLabel)}</text>\n");
    }

    private static void AppendMark(StringBuilder svg, Frame frame, ChartMark mark)
    {
        if (!frame.Shows(mark.Vertical ? mark.At : frame.XLow, mark.Vertical ? frame.YLow : mark.At))
        {
            return;
        }

        if (mark.Vertical)
        {
            double x = frame.X(mark.At);
            bool left = x > Width - Right - (LetterWidth * mark.Name.Length);
            AppendRule(svg, "mark", x, frame.Top, x, Height - Bottom);
            AppendText(svg, x + (left ? -4 : 4), frame.Top + 11, left ? "end" : "start", mark.Name, "name");
        }
        else
        {
            AppendRule(svg, "mark", Left, frame.Y(mark.At), Width - Right, frame.Y(mark.At));
            AppendText(svg, Width - Right - 4, frame.Y(mark.At) - 4, "end", mark.Name, "name");
        }
    }

    /// <summary>Round numbers within a range, at most so many and a few, with their texts.</summary>
    internal static IEnumerable<(double At, string Text)> Ticks(double low, double high, int about)
    {
        double rough = (high - low) / about;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * ((rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
        int decimals = Math.Clamp(-(int)Math.Floor(Math.Log10(step) + 1e-9), 0, 12);
        string format = decimals == 0 ? "0" : "0." + new string('0', decimals);
        double slack = 1e-9 * step;
        for (double k = Math.Ceiling((low - slack) / step); k * step <= high + slack; k++)
        {
            // no minus before a zero
            double at = k == 0 ? 0 : k * step;
            yield return (at, at.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−'));
        }
    }

    private sealed record Frame(double Top, (double Low, double High) Across, (double Low, double High) Up)
    {
        public double XLow => Across.Low;

        public double XHigh => Across.High;

        public double YLow => Up.Low;

        public double YHigh => Up.High;

        public double X(double x) => Left + ((x - XLow) / (XHigh - XLow) * (Width - Left - Right));

        public double Y(double y) => Top + ((YHigh - y) / (YHigh - YLow) * (Height - Top - Bottom));

        // what lies beyond a range that was given is left out; NaN is in no range
        public bool Shows(double x, double y) => x >= XLow && x <= XHigh && y >= YLow && y <= YHigh;
    }
}
