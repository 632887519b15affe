using System.Text.RegularExpressions;
using TopBalance.Cli.Sessions;
using TopBalance.Cli.Sessions.Screens;
using TopBalance.Inference.Observations;
using TopBalance.Procedure;
using TopBalance.Words;
using TopBalance.Workbench.Tests.Files;

namespace TopBalance.Workbench.Tests.Cli.Screens;

/// <summary>What keys do can be typed: a key is a line, and a line is what a script says.</summary>
public sealed partial class KeyTests
{
    [Fact]
    [Trait("Row", "4")]
    public void One_hand_leads_from_the_warnings_to_the_first_charge()
    {
        using var stage = new ScreenStage(16);

        stage.Press("a" + "yyyy" + "v3,30\r" + "t19 21\r");
        stage.Desk.Session.Phase.ShouldBe(Phase.LoopTest, stage.View.Next.Text.ToString());
        stage.Press("s");
        stage.Desk.Wait(2);
        stage.Press("yo");
        stage.Desk.Session.Interlock.ShouldBe(Interlock.Passed);
        stage.Press("s");

        stage.Desk.Session.OfString.ShouldNotBeNull().Limit.ShouldBeNull();
        stage.Desk.Session.CellVolts.Values.ShouldAllBe(v => v.Value == 3.3);
    }

    [Fact]
    [Trait("Row", "6")]
    public void At_the_end_of_a_charge_numbers_are_enough()
    {
        using var stage = new ScreenStage(16);
        stage.Do("auto 8", "start", "wait 5000");

        stage.Press("h" + "3 14\r" + "y" + "3\r");

        ChargeSeen seen = SessionSeen.Of(stage.Desk.Session).Observations.OfType<ChargeSeen>().Last();
        seen.Lamps!.Red.Select(c => c.Value).ShouldBe([3, 14]);
        seen.Lamps.NotSeen.ShouldBeEmpty();
        seen.Tripped.Cell!.Value.Value.ShouldBe(3);
        stage.Desk.Session.EndToCapture.ShouldBeFalse();
    }

    [Fact]
    [Trait("Row", "6")]
    public void I_missed_it_is_an_answer()
    {
        using var stage = new ScreenStage(4);
        stage.Do("auto 8", "start", "wait 5000");

        stage.Press("h" + "m" + "m" + "r");

        stage.Desk.Session.EndToCapture.ShouldBeFalse();
        ChargeSeen seen = SessionSeen.Of(stage.Desk.Session).Observations.OfType<ChargeSeen>().Last();
        seen.Tripped.Sight.ShouldBe(TripSight.Unseen);
        seen.Lamps.ShouldBeNull();
    }

    [Fact]
    public void Something_wrong_takes_two_keys_and_shows_first_lines_before_the_second()
    {
        using var stage = new ScreenStage(4);

        SessionView asked = stage.Press("!");
        string all = string.Join('\n', ScreenStage.Drawn(asked));
        stage.Press("!m");

        all.ShouldContain("call the");
        all.ShouldContain("Switch everything off and air the room.");
        stage.Desk.Session.Trouble!.Kind.ShouldBe(TroubleKind.Smoke);
        stage.View.Next.Text.ToString().ShouldStartWith("Switch the mains off from afar");
    }

    [Fact]
    public void Undo_asks_first_and_goes_back_line_by_line()
    {
        using var stage = new ScreenStage(4);
        stage.Press("a" + "yy");

        stage.Press("u").Prompt!.Text.ShouldStartWith("Take back line 4");
        stage.Press("un");
        stage.Desk.Session.Checked.Count.ShouldBe(2);
        stage.Press("uy" + "uy");

        stage.Desk.Session.Checked.ShouldBeEmpty();
        stage.Desk.Session.WarningsAccepted.ShouldBeTrue();
    }

    [Fact]
    public void What_is_typed_can_be_put_right_before_it_is_noted()
    {
        using var stage = new ScreenStage(4);

        SessionView view = stage.Press(":acceqt\b\b");
        view.Prompt!.Text.ShouldBe("acce");
        stage.Press(":acceqt\b\bpt\r");
        stage.Press(":abandon now\u001b");

        stage.Desk.Session.WarningsAccepted.ShouldBeTrue();
        stage.Desk.Session.Phase.ShouldBe(Phase.PreCheck);
    }

    [Fact]
    public void Every_key_at_every_step_stands_for_a_line_that_a_script_may_say()
    {
        string[] actions = Actions();
        actions.Length.ShouldBeGreaterThan(15);
        foreach (int cells in (int[])[4, 16])
        {
            using var stage = new ScreenStage(cells);
            stage.Do("auto 8");
            foreach (string action in actions.Where(a => a is not "settle"))
            {
                SessionView view = stage.View with { Next = stage.View.Next with { Action = action } };
                ScreenKey[] keys = [.. KeyMap.Of(view)];

                keys.Select(k => k.Press).ShouldBeUnique(action);
                keys.Select(k => k.Press).Intersect(KeyMap.Always.Select(a => a.Press)).ShouldBeEmpty(action);
                keys.Any(k => k.Press is not ('A' or 'f')).ShouldBe(action is not "none", action);
                foreach (ScreenKey key in keys)
                {
                    TypedCommand.All.Select(c => c.Name).ShouldContain(key.Line.Split(' ')[0], action);
                    Catalogue.English.Has("key." + key.Label).ShouldBeTrue(key.Label);
                }

                StepText.Why(view).ShouldNotBeEmpty(action);
            }
        }

        KeyMap.Always.ShouldAllBe(k => Catalogue.English.Has("key." + k.Label));
    }

    // every action that the advisor can name
    private static string[] Actions() =>
    [
        .. ActionName().Matches(File.ReadAllText(Path.Combine(Repository.Root, "src", "TopBalance", "Procedure", "Advisor.cs")))
            .Select(m => m.Groups["action"].Value).Distinct(StringComparer.Ordinal),
    ];

    [GeneratedRegex(@"(Say|new Advice)\(""(?<action>[a-z-]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ActionName();
}
