using System.Collections.Immutable;
using TopBalance.Cli;
using TopBalance.Cli.Output;
using TopBalance.Workbench.Planning;
using TopBalance.Workbench.Tests.Planning;

namespace TopBalance.Workbench.Tests.Cli;

public sealed class PlanTextTests
{
    [Theory]
    [InlineData(true, "plan-eight-cells.txt")]
    [InlineData(false, "plan-eight-cells-boxes.txt")]
    public void A_plan_reads_as_it_was_read_and_kept(bool plain, string golden) =>
        Golden.ShouldMatch(golden, Render(Plans.Summary(), plain));

    [Theory]
    [InlineData(true, 80)]
    [InlineData(false, 80)]
    [InlineData(true, 40)]
    [InlineData(false, 100)]
    public void Every_line_but_those_of_the_tables_fits_the_terminal(bool plain, int width)
    {
        string[] lines = Render(Plans.Summary(), plain, width: width).Split('\n');

        // a table of hours has a least width
        lines.Skip(1).ShouldAllBe(line => line.Length <= Math.Max(width, 80));
        lines.Where(line => line.StartsWith('|') || line.StartsWith('│')).ShouldAllBe(line => line.Length == width);
    }

    [Fact]
    public void Plain_output_is_ascii()
    {
        string text = Render(Plans.Summary(Summaries.Pack(4, name: "Jörgs Boot ⚡")));

        System.Text.Ascii.IsValid(text).ShouldBeTrue(text);
    }

    [Fact]
    public void Colour_goes_to_a_terminal_only()
    {
        Render(Plans.Summary(), plain: false, outIsTerminal: true).ShouldContain("\u001b[");
        Render(Plans.Summary(), plain: false).ShouldNotContain("\u001b");
    }

    [Fact]
    public void A_stopped_plan_and_doubted_notes_are_told_before_the_figures()
    {
        string text = Render(Plans.Summary() with { Complete = false, Contradicted = 1 });

        int figures = text.IndexOf("Hours from now", StringComparison.Ordinal);
        text.IndexOf("Stopped early", StringComparison.Ordinal).ShouldBeInRange(0, figures);
        text.ShouldContain("1 observation cannot be");
    }

    [Fact]
    public void Where_nothing_is_recommended_the_reason_stands_in_its_place()
    {
        PlanSummary plan = Plans.Summary() with { Recommended = null, Reason = "No way ends balanced.", Next = null };

        string text = Render(plan with { WhatWouldChange = ImmutableArray<Change>.Empty });

        text.ShouldContain("\n\nNo way ends balanced.\n");
        text.ShouldNotContain("Recommended");
        text.ShouldNotContain("Do this now");
    }

    private static string Render(PlanSummary plan, bool plain = true, bool outIsTerminal = false, int width = 80)
    {
        var output = new StringWriter();
        var terminal = new Terminal { Out = output, Error = TextWriter.Null, OutIsTerminal = outIsTerminal, Width = width };
        PlanText.Write(new Screen(terminal, plain), plan);
        return output.ToString();
    }
}
