using System.Collections.Immutable;
using TopBalance.Workbench.Reports;
using TopBalance.Workbench.Tests.Cli;
using TopBalance.Workbench.Validation;

namespace TopBalance.Workbench.Tests.Validation;

public sealed class ValidationDocumentTests : IDisposable
{
    private static readonly LineChart Chart = new("Something", "h", "mV", [new ChartSeries("a", [0, 1], [1, 2])]);
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_document_has_figures_limits_and_the_charts_that_may_be_handed_on()
    {
        CaseRun run = Run(new Figure("RMS | all", 8.25, "mV") { Margin = Margin.AtMost(8), OnHundredAh = Figure.Ah(0.5) });

        ValidationDocument.Write([run], folder["v.md"]);

        string text = File.ReadAllText(folder["v.md"]);
        text.ShouldContain("| RMS \\| all | 8.25\u00a0mV | ≤ 8\u00a0mV | out of margin | 0.5\u00a0Ah |");
        text.ShouldContain("Honest limit: one cell.");
        text.ShouldContain("![Something](v/some-case-open.svg)");
        Directory.GetFiles(folder["v"]).Select(Path.GetFileName).ShouldBe(["some-case-open.svg"]);
        ValidationDocument.WritePlots([run], folder["plots"]);
        Directory.GetFiles(folder["plots"]).Length.ShouldBe(2);
    }

    [Fact]
    public void A_case_without_its_data_is_skipped_aloud()
    {
        CaseRun run = ValidationRun.Run(new SomeCase(), new DataFolder(folder.Path), null, CancellationToken.None);

        run.Result.ShouldBeNull();
        run.Skipped.ShouldBe("no data: some/table.csv is not in the data folder");
        ValidationDocument.Markdown([run], "v").ShouldContain("**Skipped: no data: some/table.csv is not in the data folder.**");
        ValidationRun.OutcomeOf([run]).ShouldBe(Outcome.Incomplete);
    }

    [Theory]
    [InlineData(7.9, Verdict.Within, Outcome.Within)]
    [InlineData(8.0, Verdict.Within, Outcome.Within)]
    [InlineData(8.1, Verdict.Outside, Outcome.Outside)]
    [InlineData(double.NaN, Verdict.Outside, Outcome.Outside)]
    public void A_figure_is_judged_by_its_margin(double value, Verdict verdict, Outcome outcome)
    {
        var figure = new Figure("RMS", value, "mV") { Margin = Margin.AtMost(8), OnHundredAh = "-" };

        figure.Verdict.ShouldBe(verdict);
        ValidationRun.OutcomeOf([Run(figure)]).ShouldBe(outcome);
        (figure with { Margin = null }).Verdict.ShouldBe(Verdict.Reported);
        (figure with { Margin = Margin.AtLeast(8) }).Verdict.ShouldBe(value >= 8 ? Verdict.Within : Verdict.Outside);
    }

    [Fact]
    public void One_figure_out_of_margin_outweighs_a_case_that_was_skipped()
    {
        CaseRun outside = Run(new Figure("RMS", 9, "mV") { Margin = Margin.AtMost(8), OnHundredAh = "-" });

        ValidationRun.OutcomeOf([outside, outside with { Result = null, Skipped = "no data" }]).ShouldBe(Outcome.Outside);
    }

    [Theory]
    [InlineData(1234.4, "1234 mV")]
    [InlineData(12.34, "12.3 mV")]
    [InlineData(-1.234, "−1.23 mV")]
    [InlineData(-0.0001, "0 mV")]
    [InlineData(0.0567, "0.057 mV")]
    [InlineData(double.NaN, "not found mV")]
    public void Numbers_have_three_digits(double value, string text)
    {
        new Figure("x", value, "mV") { OnHundredAh = "-" }.ValueText.ShouldBe(text.Replace(" mV", "\u00a0mV", StringComparison.Ordinal));
    }

    private static CaseRun Run(params ImmutableArray<Figure> figures) => new(
        new SomeCase(),
        new CaseResult(figures)
        {
            Limit = "one cell.",
            Charts = [new CaseChart("open", Chart), new CaseChart("closed", Chart) { LocalOnly = true }],
        },
        null);

    private sealed class SomeCase : IValidationCase
    {
        public string Id => "some-case";

        public string Title => "Some case";

        public string Method => "Nothing is done.";

        public ImmutableArray<MeasuredData> Data => [new(["some/table.csv"], "nobody", "MIT")];

        public CaseResult Run(DataFolder data, IProgress<double>? progress, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Must not run without its data.");
    }
}
