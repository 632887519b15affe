using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using TopBalance.Cli;
using TopBalance.Cli.Output;
using TopBalance.Inference;
using TopBalance.Packs;
using TopBalance.Workbench.Inference;
using TopBalance.Workbench.Tests.Inference;

namespace TopBalance.Workbench.Tests.Cli;

public sealed partial class InferenceTextTests
{
    private static readonly ImmutableArray<Contradiction> Contradictions =
    [
        new(3, new CellNumber(2), "Cell 2 was dark at the end of the charge that it is said to have ended. Check the number that was noted."),
        new(1, null, "The pack took more charge than its cells can hold."),
    ];

    private static readonly MostTelling Telling = new("Look at the red lamp of cell 4 when the next charge ends.", new CellNumber(4), 3.25);

    [Fact]
    public void A_small_pack_reads_as_it_was_read_and_kept() =>
        Golden.ShouldMatch("infer-four-cells.txt", Render(Estimates.Summary(4, Contradictions, Telling)));

    [Fact]
    public void The_fullest_cell_comes_first()
    {
        string[] rows = [.. Render(Estimates.Summary(50)).Split('\n').Where(line => Row().IsMatch(line))];

        rows.Length.ShouldBe(50);
        rows[0].ShouldStartWith("   3 lit ");
        rows[1].ShouldStartWith("   1 lit ");
        double[] medians = [.. rows.Select(r => double.Parse(Row().Match(r).Groups["median"].Value, CultureInfo.InvariantCulture))];
        medians.ShouldBe(medians.Order());
    }

    [Fact]
    public void Neighbours_in_the_list_share_the_line_of_their_evidence()
    {
        string text = Render(Estimates.Summary(50));

        text.Split("dark at the end of the last charge").Length.ShouldBeLessThan(5);
        text.Split("tripped HVC twice").Length.ShouldBe(2);
    }

    [Fact]
    public void Contradictions_show_what_was_written_and_where()
    {
        string text = Render(Estimates.Summary(4, Contradictions));

        text.ShouldContain("2 observations cannot be, given the others");
        text.ShouldContain("observation 3 (pack.observations.yaml:4)\n");
        text.ShouldContain("observation 1 (pack.observations.yaml:1)\n");
        text.ShouldContain("  tripped: 2\n");
        Render(Estimates.Summary(4)).ShouldNotContain("ontradiction");
    }

    [Fact]
    public void An_observation_that_contradicts_others_twice_is_one_observation()
    {
        string text = Render(Estimates.Summary(4, [Contradictions[0], Contradictions[0] with { Text = "and cell 2 was dark" }]));

        text.ShouldContain("1 observation cannot be, given the others");
        text.Split("  tripped: 2\n").Length.ShouldBe(2);
        text.ShouldContain("  And cell 2 was dark.\n");
    }

    [Fact]
    public void Where_nothing_would_tell_more_that_is_said() =>
        Render(Estimates.Summary(4)).ShouldContain("No single further observation would tell more.");

    [Theory]
    [InlineData(1, true, 80)]
    [InlineData(4, true, 80)]
    [InlineData(50, false, 80)]
    [InlineData(400, true, 80)]
    [InlineData(50, false, 40)]
    [InlineData(50, true, 1)]
    public void Every_line_fits_the_terminal(int series, bool plain, int width)
    {
        string text = Render(Estimates.Summary(series, Contradictions, Telling), plain, width: width);

        // the title is one line whatever the pack is called
        text.Split('\n').Skip(1).ShouldAllBe(line => line.Length <= Math.Max(width, 40));
        text.Split('\n').ShouldAllBe(line => line.TrimEnd() == line);
        text.ShouldNotContain("\u001b");
    }

    [Fact]
    public void Plain_output_is_ascii_whatever_the_pack_is_called()
    {
        string text = Render(Estimates.Summary(8, Contradictions, Telling, "Jörgs Boot ⚡\u001b[31m"));

        System.Text.Ascii.IsValid(text).ShouldBeTrue(text);
        text.ShouldContain("Joergs Boot");
    }

    [Fact]
    public void Colour_goes_to_a_terminal_only_and_never_against_no_color()
    {
        InferenceSummary summary = Estimates.Summary(4, Contradictions, Telling);

        Render(summary, plain: false, outIsTerminal: true).ShouldContain("\u001b[");
        Render(summary, plain: false, outIsTerminal: true, noColour: true).ShouldNotContain("\u001b");
        Render(summary, plain: false).ShouldNotContain("\u001b");
    }

    [Fact]
    public void A_balanced_pack_does_not_look_like_a_mountain_range()
    {
        CellEstimate flat = Estimates.Lit(1) with { ToFullAh = new Interval90(-0.01, 0, 0.01) };

        string text = Render(Estimates.Of(Summaries.Pack(2), [flat, flat with { Cell = new CellNumber(2) }]));

        text.Split('\n').Single(l => l.StartsWith("   1 lit", StringComparison.Ordinal)).Split(' ')[^1].Length.ShouldBe(1);
        text.ShouldNotContain("-0.0");
    }

    [GeneratedRegex(@"^ {0,3}\d+ (lit|dark|not seen) +-?[\d.]+ +(?<median>-?[\d.]+) ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();

    private static string Render(
        InferenceSummary summary, bool plain = true, bool outIsTerminal = false, bool noColour = false, int width = 80)
    {
        var output = new StringWriter();
        var terminal = new Terminal
        {
            Out = output,
            Error = TextWriter.Null,
            OutIsTerminal = outIsTerminal,
            NoColour = noColour,
            Width = width,
        };
        InferenceText.Write(new Screen(terminal, plain), summary);
        return output.ToString();
    }
}
