using System.Collections.Immutable;
using TopBalance.Cli.Output;
using TopBalance.Cli.Sessions.Screens;
using TopBalance.Packs;
using TopBalance.Procedure;
using TopBalance.Words;

namespace TopBalance.Workbench.Tests.Cli.Screens;

/// <summary>Every screen fits, whatever the pack, the step and the terminal.</summary>
public sealed class FrameTests
{
    private static readonly (int Width, int Height)[] Sizes = [(80, 24), (40, 22), (100, 50), (60, 18)];

    [Theory]
    [Trait("Category", "Slow")]
    [Trait("Row", "6")]
    [InlineData(4, null)]
    [InlineData(16, "{ boxes: [ { rows: 2, columns: 8, direction: snake } ] }")]
    [InlineData(45, "{ boxes: [ { rows: 3, columns: 5 }, { rows: 2, columns: 10, direction: snake }, { rows: 1, columns: 10 } ] }")]
    [InlineData(100, null)]
    [InlineData(200, "{ boxes: [ { rows: 25, columns: 4 }, { rows: 2, columns: 50, direction: snake } ] }")]
    public void Every_step_fits_with_any_number_of_cells(int cells, string? layout)
    {
        using var stage = new ScreenStage(cells, layout);
        var phases = new SortedSet<Phase>();
        string[] lines =
        [
            "accept", "check tools company contactor lugs fuse", "volts 3.30", "temp 20", "start", "wait 2", "loop stopped buzzer again 1", "off",
            "start", "wait 5000", "end hvc", "lamps 1 2 others dark", "trip 1", "wrong smoke it smokes", "over it was dust", "reset", "pause", "resume",
            "choose drain-and-cycle", "start", "wait 4", "off", "start charge", "wait 1", "end mains", "abandon enough of it",
        ];
        foreach (string line in lines)
        {
            Look(stage.View, phases);
            stage.Do(line);
        }

        Look(stage.View, phases);
        phases.ShouldBe([Phase.Describe, Phase.PreCheck, Phase.LoopTest, Phase.FirstCharge, Phase.CaptureEnd, Phase.Reset, Phase.Choose, Phase.DrainCell, Phase.Verify, Phase.Paused, Phase.Abandoned], ignoreOrder: true);
    }

    [Fact]
    public void Dead_ends_alarms_refusals_and_long_answers_leave_room_for_what_to_do()
    {
        using var stage = new ScreenStage(200);
        SessionView view = stage.View with
        {
            Said = [.. Enumerable.Repeat("A line that goes on for longer than the screen is wide, because somebody has typed a long story of what happened.", 9)],
            Heard = new Phrase("heard.hvc"),
        };
        foreach (string key in Catalogue.English.Keys.Where(k => k.StartsWith("dead-end.", StringComparison.Ordinal) || k.StartsWith("alarm.", StringComparison.Ordinal)))
        {
            var phrase = new Phrase(key, "1, 2, 3, 4", "1 h 20 min");
            view = view with { DeadEnds = [phrase, phrase], Alarms = [.. Enumerable.Range(2, 4).Select(n => new Alarm(key, n, 0, phrase))] };

            ShouldFit(view);
        }

        Advice next = view.Next with { Because = [.. Catalogue.English.Keys.Where(k => k.StartsWith("refused.", StringComparison.Ordinal)).Select(k => new Refusal(k, new Phrase(k, "5", "3.6 V"), new Phrase(k.Replace("refused", "permit", StringComparison.Ordinal), "5", "3 min")))] };
        ShouldFit(view with { Next = next });
    }

    [Fact]
    public void Every_advice_there_is_fits_beside_two_hundred_cells()
    {
        using var stage = new ScreenStage(200);
        ImmutableArray<CellNumber> cells = [.. Enumerable.Range(197, 4).Select(n => new CellNumber(n))];
        foreach (string key in Catalogue.English.Keys.Where(k => k.StartsWith("advice.", StringComparison.Ordinal)))
        {
            ShouldFit(stage.View with { Next = new Advice("wait", new Phrase(key, "197, 198, 199, 200", "3.550 V", "5 A", "12 Ah", "0.5 A")) { Cells = cells } });
        }
    }

    [Fact]
    public void Panels_fit_and_turn_their_pages()
    {
        using var stage = new ScreenStage(16);
        stage.Do("auto 8", "start", "wait 5000", "end hvc", "lamps 1 others dark", "trip 1");
        SessionView view = stage.View with { Cells = stage.Desk.Cells() };
        foreach (Overlay panel in Enum.GetValues<Overlay>())
        {
            foreach ((int width, int height) in Sizes)
            {
                for (int page = 0; page < 3; page++)
                {
                    ScreenStage.ShouldFit(view with { Panel = panel, Page = page, Said = ["a", "", "  b  c"] }, width, height, plain: page == 1);
                }
            }
        }

        string first = string.Join('\n', ScreenStage.Drawn(view with { Panel = Overlay.Belief }, 80, 18));
        string second = string.Join('\n', ScreenStage.Drawn(view with { Panel = Overlay.Belief, Page = 1 }, 80, 18));
        first.ShouldContain("page 1 of 2");
        second.ShouldContain("page 2 of 2");
        Enumerable.Range(1, 16).ShouldAllBe(n => first.Contains($"\n  {n,2} ") || second.Contains($"\n  {n,2} "));
    }

    [Theory]
    [InlineData(39, 24)]
    [InlineData(80, 17)]
    [InlineData(20, 6)]
    public void A_terminal_too_small_for_screens_shows_what_to_do(int width, int height)
    {
        using var stage = new ScreenStage(16);

        string[] lines = ScreenStage.Drawn(stage.View, width, height);

        lines.Length.ShouldBeLessThanOrEqualTo(height);
        lines.ShouldAllBe(l => l.Length <= width);
        string.Join(' ', lines).ShouldStartWith("PRACTICE: Read the warnings");
    }

    [Fact]
    [Trait("Row", "6")]
    public void The_board_hangs_as_the_boxes_say()
    {
        using var stage = new ScreenStage(6, "{ boxes: [ { rows: 2, columns: 2, direction: snake }, { rows: 1, columns: 2 } ] }");
        SessionView view = stage.View with
        {
            Shown = [],
            Marks = [CellMark.Lit, CellMark.Dark, CellMark.Tripped, CellMark.NotSeen, CellMark.Lit, CellMark.Dark],
            Next = new Advice("drain", new Phrase("advice.draining", "3")) { Cells = [new CellNumber(3)] },
        };

        PackBoard.Lines(view, 80, 10).Select(Plain).ShouldBe(
        [
            "     1   2", "1/  R   ·  ", "     4   3", "1/  ?  >R-<", "     5   6", "2/  R   ·  ",
        ]);
        PackBoard.Lines(view, 80, 3).Select(Plain).ShouldBe(["1/ 1-2  R   ·  ", "1/ 4-3  ?  >R-<", "2/ 5-6  R   ·  "]);
    }

    [Fact]
    public void A_board_too_large_for_the_screen_shows_the_page_that_the_step_is_about()
    {
        using var stage = new ScreenStage(200, "{ boxes: [ { rows: 50, columns: 4 } ] }");
        SessionView view = stage.View with { Next = new Advice("drain", new Phrase("advice.draining", "199")) { Cells = [new CellNumber(199)] } };

        string[] lines = [.. PackBoard.Lines(view, 80, 8).Select(Plain)];
        string[] turned = [.. PackBoard.Lines(view with { Page = 1 }, 80, 8).Select(Plain)];

        lines.Length.ShouldBeLessThanOrEqualTo(8);
        lines.ShouldContain(l => l.StartsWith("197-200", StringComparison.Ordinal));
        turned.ShouldContain(l => l.Trim().StartsWith("1-4", StringComparison.Ordinal));
    }

    [Fact]
    public void Practice_shows_the_truth_only_when_it_is_over()
    {
        using var stage = new ScreenStage(4);
        stage.Do("auto 8", "start", "wait 5000", "end hvc", "lamps 1 others dark", "trip 1", "reset");

        stage.View.TruthAh.ShouldBeEmpty();
        stage.Do("verdict");
        stage.View.TruthAh.Length.ShouldBe(4);
        SessionView over = stage.View with { Panel = Overlay.Belief, Cells = stage.Desk.Cells() };
        ScreenStage.Drawn(over).ShouldContain(l => l.Contains("truth", StringComparison.Ordinal));
        ScreenStage.ShouldFit(over, 80, 24, plain: false);
    }

    private static void Look(SessionView view, SortedSet<Phase> phases)
    {
        phases.Add(view.Session.Phase);
        ShouldFit(view);

        // at a real pack nobody knows what the lamps show now
        ShouldFit(view with { Shown = [] });
    }

    private static void ShouldFit(SessionView view)
    {
        foreach ((int width, int height) in Sizes)
        {
            ScreenStage.ShouldFit(view, width, height, plain: false);
            ScreenStage.ShouldFit(view, width, height, plain: true);
        }
    }

    private static string Plain(string markup) =>
        new Screen(new TopBalance.Cli.Terminal { Out = TextWriter.Null, Error = TextWriter.Null }, plain: false).Render(markup);
}
