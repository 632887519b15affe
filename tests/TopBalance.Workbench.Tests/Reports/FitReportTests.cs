using System.Collections.Immutable;
using System.Xml.Linq;
using TopBalance.Workbench.Reports;

namespace TopBalance.Workbench.Tests.Reports;

public sealed class FitReportTests
{
    private static FitPicture Picture(string name, int count = 100, double from = 0.9) => new(
        name,
        [.. Enumerable.Range(0, count).Select(k => k * 60.0)],
        [.. Enumerable.Range(0, count).Select(k => 3.35 + (k * 0.0025))],
        [.. Enumerable.Range(0, count).Select(k => 3.35 + (k * 0.0025) + (k % 2 == 0 ? 0.003 : -0.003))],
        [.. Enumerable.Range(0, count).Select(k => from + (k * 0.001))]);

    private static string Page(params FitPicture[] pictures) => FitReport.Html(
        "My <cell>",
        ["Used 100 of 100 rows."],
        [new("capacity", "2.512", "0.004", "Ah"), new("gamma", "70", null, "", "kept: the log has no discharge")],
        pictures);

    [Fact]
    public void A_log_has_its_voltage_its_residual_and_its_knee()
    {
        string page = Page(Picture("log.csv:2"));

        Count(page, "<svg").ShouldBe(3);
        page.ShouldContain("aria-label=\"Knee\"");
        page.ShouldContain("aria-label=\"Model less measurement\"");
        page.ShouldContain("<td>log.csv:2</td><td class=\"n\">100</td><td class=\"n\">3.0 mV</td>");
        page.ShouldContain("<td class=\"n\">3.0 mV</td><td>fitted</td>");
        page.ShouldContain("time, min");
    }

    [Fact]
    public void A_log_that_never_comes_near_full_has_no_knee()
    {
        Count(Page(Picture("a", from: 0.2)), "<svg").ShouldBe(2);
        Count(Page(Picture("a", from: 0.2), Picture("b")), "<svg").ShouldBe(5);
    }

    [Fact]
    public void Every_parameter_has_its_uncertainty_or_says_that_it_has_none()
    {
        string page = Page(Picture("a"));

        page.ShouldContain("<td>capacity</td><td class=\"n\">2.512</td><td class=\"n\">0.004</td><td>Ah</td>");
        page.ShouldContain("<td class=\"n\">not determined</td><td></td><td>kept: the log has no discharge</td>");
    }

    [Fact]
    public void The_page_needs_nothing_from_elsewhere_and_is_well_formed()
    {
        string page = Page(Picture("<script>alert(1)</script>"), Picture("b") with { Fitted = false });

        page.ShouldNotContain("<script");
        page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal).ShouldNotContain("http");
        page.ShouldContain("My &lt;cell&gt;");
        page.ShouldContain("<td>predicted</td>");
        int svg = page.IndexOf("<svg", StringComparison.Ordinal);
        _ = XDocument.Parse(page[svg..(page.IndexOf("</svg>", StringComparison.Ordinal) + 6)]);
    }

    [Fact]
    public void What_was_not_computed_leaves_gaps_and_no_figures()
    {
        FitPicture none = Picture("none");
        var holes = new FitPicture("holes", none.Seconds, none.Measured, [.. none.Model.Select(_ => double.NaN)], none.Soc);
        var empty = new FitPicture("empty", [], [], [], []);

        string page = Page(holes, empty);

        page.ShouldNotContain("NaN");
        page.ShouldContain("<p class=\"soft\">No samples.</p>");
        FitReport.Html("x", [], [], []).ShouldNotContain("<table");
    }

    [Fact]
    public void A_picture_has_a_value_for_each_time()
    {
        ImmutableArray<double> two = [1, 2];

        Should.Throw<ArgumentException>(() => new FitPicture("x", two, two, two, [1])).ParamName.ShouldBe("Soc");
    }

    [Fact]
    public void A_long_log_makes_a_page_that_can_still_be_opened() =>
        Page(Picture("long", count: 200_000, from: 0.5)).Length.ShouldBeLessThan(400_000);

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
