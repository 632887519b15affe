using TopBalance.Cli.Sessions.Screens;
using TopBalance.Procedure;

namespace TopBalance.Workbench.Tests.Cli.Screens;

/// <summary>Practice goes fast while nobody need look, and as fast as the world from 'watch from' until the lamps are noted.</summary>
public sealed class PracticeTimeTests
{
    [Fact]
    [Trait("Row", "5")]
    public void A_charge_is_fast_up_to_watch_from_and_real_until_the_lamps_are_noted()
    {
        using var stage = new ScreenStage(4);
        Rate(stage).ShouldBe(1, "nothing runs: the time is the person's");
        stage.Do("auto 7", "start");
        Rate(stage).ShouldBe(1, "the loop test is stood by");
        stage.Do("loop stopped buzzer again 1", "off", "start");
        SessionView charging = stage.View;
        double watch = charging.WatchFrom.ShouldNotBeNull();

        Rate(stage).ShouldBe(60);
        PracticeTime.Advance(charging.Session, charging.NowSeconds, watch, 60, 1).ShouldBe(60);
        PracticeTime.Advance(charging.Session, watch - 5, watch, 60, 1).ShouldBe(5, 1e-9, "not beyond the instant at which somebody must look");
        stage.Desk.Wait(watch / 60);
        Rate(stage).ShouldBe(1);
        stage.Desk.Wait(100_000);
        stage.Desk.Practice!.IsRunning.ShouldBeFalse();
        Rate(stage).ShouldBe(1, "the charger has stopped, and lamps go out");
        stage.Do("end hvc");
        Rate(stage).ShouldBe(1);
    }

    [Fact]
    [Trait("Row", "9")]
    public void A_drain_is_real_when_a_sign_is_due()
    {
        using var stage = new ScreenStage(4);
        stage.Do("auto 8", "start", "wait 5000", "end hvc", "lamps 1 others dark", "trip 1", "reset", "start drain 1 12");
        Activity drain = stage.Desk.Session.OfCells.ShouldHaveSingleItem();
        double due = Attendance.DueAt(drain).ShouldNotBeNull();

        Rate(stage).ShouldBe(60);
        PracticeTime.SkipMinutes(stage.Desk.Session, stage.View.NowSeconds, null).ShouldNotBeNull().ShouldBe((due - stage.View.NowSeconds) / 60, 1e-3);
        stage.Desk.Wait((due - stage.View.NowSeconds) / 60);
        Rate(stage).ShouldBe(1);
        stage.View.Alarms.ShouldContain(a => a.Code == "nobody-there");
        stage.Do("here 3.1 A");
        Rate(stage).ShouldBe(60);
    }

    private static double Rate(ScreenStage stage)
    {
        SessionView view = stage.View;
        return PracticeTime.Rate(view.Session, view.NowSeconds, view.WatchFrom, stage.Desk.Practice!.IsRunning, 60);
    }
}
