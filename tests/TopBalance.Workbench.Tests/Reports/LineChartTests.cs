using System.Xml.Linq;
using TopBalance.Workbench.Reports;

namespace TopBalance.Workbench.Tests.Reports;

public sealed class LineChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void A_chart_has_a_path_for_each_series_and_names_all_but_the_faint()
    {
        XElement chart = Parsed(new LineChart("Rest & more", "h", "mV",
        [
            new ChartSeries("a < b", [0, 1, 2], [3.4, 3.5, 3.45]),
            new ChartSeries("dots", [0.5], [3.41]) { Style = SeriesStyle.Dots },
            new ChartSeries("one of many", [0, 2], [3.4, 3.4]) { Style = SeriesStyle.Faint },
        ])
        { Marks = [new ChartMark(3.6, "HVC"), new ChartMark(1, "now") { Vertical = true }] });

        string[] texts = [.. chart.Elements(Svg + "text").Select(t => t.Value)];
        texts.ShouldContain("Rest & more");
        texts.ShouldContain("a < b");
        texts.ShouldContain("dots");
        texts.ShouldContain("HVC");
        texts.ShouldContain("now");
        texts.ShouldNotContain("one of many");
        texts.ShouldContain("3.55");
        chart.Elements(Svg + "path").Count(p => p.Element(Svg + "title") is not null).ShouldBe(3);
    }

    [Fact]
    public void A_long_series_is_thinned_but_keeps_its_peak()
    {
        double[] x = [.. Enumerable.Range(0, 100_000).Select(k => (double)k)];
        double[] y = [.. x.Select(v => v == 54_321 ? 9.0 : Math.Sin(v))];

        string path = PathOf(new ChartSeries("long", x, y));

        Points(path).Length.ShouldBeInRange(1000, LineChart.MostPoints);
        Points(path).Min(p => p.Y).ShouldBe(Points(PathOf(new ChartSeries("peak", [0, 1], [-1, 9]))).Min(p => p.Y), 0.11);
    }

    [Fact]
    public void A_value_that_is_not_finite_leaves_a_gap()
    {
        string path = PathOf(new ChartSeries("gap", [0, 1, 2, 3, 4], [1, 2, double.NaN, 2, 1]));

        path.Count(c => c == 'M').ShouldBe(2);
        path.Count(c => c == 'L').ShouldBe(2);
    }

    [Theory]
    [InlineData(0, 10, "0 2 4 6 8 10")]
    [InlineData(3.396, 3.604, "3.40 3.45 3.50 3.55 3.60")]
    [InlineData(-1, 1, "−1.0 −0.5 0.0 0.5 1.0")]
    [InlineData(0, 86_400, "0 20000 40000 60000 80000")]
    [InlineData(-3e-5, 3e-5, "−0.00002 0.00000 0.00002")]
    public void Ticks_are_round_numbers_in_an_invariant_notation(double low, double high, string expected)
    {
        string.Join(' ', LineChart.Ticks(low, high, 5).Select(t => t.Text)).ShouldBe(expected);
    }

    [Fact]
    public void A_flat_series_and_an_empty_chart_are_drawn()
    {
        PathOf(new ChartSeries("flat", [0, 1], [3.4, 3.4])).ShouldNotContain("NaN");
        Parsed(new LineChart("empty", "x", "y", [])).Elements(Svg + "path").ShouldBeEmpty();
        Should.Throw<ArgumentException>(() => new ChartSeries("unlike", [0, 1], [1]));
    }

    [Fact]
    public void Inside_a_page_a_chart_holds_no_address()
    {
        string inline = new LineChart("t", "x", "y", [new ChartSeries("a", [0, 1], [1, 2])]).Inline();

        inline.ShouldStartWith("<svg class=");
        inline.ShouldNotContain("http");
    }

    private static XElement Parsed(LineChart chart) => XElement.Parse(chart.Svg());

    private static string PathOf(ChartSeries series) => Parsed(new LineChart("t", "x", "y", [series]))
        .Elements(Svg + "path").First(p => p.Element(Svg + "title") is not null).Attribute("d")!.Value;

    private static (double X, double Y)[] Points(string path) =>
        [.. path.Split('M', 'L').Where(p => p.Length > 0).Select(p => p.Split(',')).Select(p => (Number(p[0]), Number(p[1])))];

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
