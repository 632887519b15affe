using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Procedure;
using TopBalance.Quantities;
using TopBalance.Simulation;
using static TopBalance.Tests.Procedure.PlayedSession;

namespace TopBalance.Tests.Procedure;

/// <summary>Durations, clocks that lie, and who must be at the pack.</summary>
public class TimeInASession
{
    private readonly PlayedSession session = new(Pack());

    [Fact]
    public void A_clock_that_is_set_right_by_an_hour_changes_no_duration_and_no_order()
    {
        session.Ready().Begin(at => new RequestCharge(at, new Charge())).Wait(100);
        session.Wall = session.Wall.AddHours(-1);

        session.Wait(82).Report(new ChargeEnded(ChargeEnding.Hvc), new LampsNoted(Numbers(3), []) { OthersDark = true });

        ChargeSeen charge = LastCharge();
        charge.Step.Limit.ShouldBe(new Seconds(182 * 60));
        charge.Lamps!.Red.ShouldBe(Numbers(3));
        session.Session.Disputed.ShouldBeEmpty();
    }

    [Fact]
    public void A_night_in_which_summer_time_ends_is_as_long_as_it_is()
    {
        session.Wall = new DateTimeOffset(2026, 10, 24, 22, 0, 0, TimeSpan.Zero);
        session.Ready().Begin(at => new RequestCharge(at, new Charge()));
        DateTimeOffset begun = session.Wall.ToOffset(TimeSpan.FromHours(2));

        session.Wait(6 * 60).Report(new ChargeEnded(ChargeEnding.Charged));

        LastCharge().Step.Limit.ShouldBe(new Seconds(6 * 3600));
        session.Wall.ToOffset(TimeSpan.FromHours(1)).TimeOfDay.ShouldBe(begun.TimeOfDay + TimeSpan.FromHours(5));
    }

    [Fact]
    public void A_laptop_that_slept_or_was_started_anew_falls_back_on_the_wall()
    {
        session.Ready().Begin(at => new RequestCharge(at, new Charge())).Wait(60);
        session.Clock = "boot-2";

        session.Wait(40).Report(new ChargeEnded(ChargeEnding.Charged));

        LastCharge().Step.Limit.ShouldBe(new Seconds(100 * 60));
    }

    [Fact]
    public void A_late_report_takes_its_place_in_the_order_in_which_things_happened()
    {
        session.Ready().ChargedTo(300, 3, 3).Wait(60);

        session.ReportLate(50, new StepStarted(Dose(3, 10))).ReportLate(40, new DrainEnded(new CellNumber(3)), withinMinutes: 2);

        DrainSeen drain = SessionSeen.Of(session.Session).Observations.OfType<DrainSeen>().ShouldHaveSingleItem();
        drain.Step.Duration.ShouldBe(new Seconds(600));
        drain.TimeSigma.ShouldBe(new Seconds(120));
        session.Session.Disputed.ShouldBeEmpty();
        session.Session.Running.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Row", "9")]
    public void A_drain_wants_a_sign_every_three_minutes_and_at_each_third()
    {
        session.Ready().ChargedTo(300, 3, 3).Begin(at => new RequestDrain(at, Dose(3, 12)));

        Alarms().ShouldBeEmpty();
        session.Wait(3.1);
        Alarms().ShouldBe(["nobody-there"]);
        session.Report(new PresenceConfirmed("0.98 A"));
        Alarms().ShouldBeEmpty();
        session.Wait(1);
        Alarms().ShouldBe(["nobody-there"], "a third of the dose is over");
        session.Report(new PresenceConfirmed("0.98 A")).Wait(9);
        Alarms().ShouldBe(["nobody-there", "dose-over"]);
    }

    [Fact]
    public void An_alarm_is_there_at_once_after_a_restart()
    {
        session.Ready().ChargedTo(300, 3, 3).Begin(at => new RequestDrain(at, Dose(3, 8))).Wait(30);

        Session restarted = Guide.Replay(session.Log);

        Attendance.Of(restarted, restarted.SecondsAt(session.Now)).Select(a => a.Code).ShouldBe(["nobody-there", "dose-over"]);
    }

    [Fact]
    public void A_dose_that_nobody_watched_to_its_end_is_an_interval()
    {
        session.Ready().ChargedTo(300, 3, 3).Begin(at => new RequestDrain(at, Dose(3, 20)))
            .Wait(2).Report(new PresenceConfirmed("0.98 A")).Wait(18).Report(new DrainEnded(new CellNumber(3)));

        DrainSeen drain = SessionSeen.Of(session.Session).Observations.OfType<DrainSeen>().ShouldHaveSingleItem();

        drain.Step.Duration.Value.ShouldBe(11 * 60);            // the middle of 2 and 20 minutes
        drain.TimeSigma!.Value.Value.ShouldBe(18 * 60 / Math.Sqrt(12), 1);
    }

    [Fact]
    [Trait("Row", "5")]
    public void A_test_charge_ends_after_five_minutes_and_the_first_lamp_is_waited_for()
    {
        session.Checked().Begin(at => new RequestTestCharge(at)).Wait(5.5);
        Alarms().ShouldBe(["test-over"]);
        session.Report(new AllOff());
        var charged = new PlayedSession(Pack());
        charged.Ready().Begin(at => new RequestCharge(at, new Charge())).Wait(130);

        Attendance.Of(charged.Session, charged.Session.SecondsAt(charged.Now), new Seconds(7200)).ShouldHaveSingleItem().Code.ShouldBe("watch-now");
        charged.Report(new PresenceConfirmed("no lamp yet"));
        Attendance.Of(charged.Session, charged.Session.SecondsAt(charged.Now), new Seconds(7200)).ShouldBeEmpty();
    }

    private string[] Alarms() => [.. Attendance.Of(session.Session, session.Session.SecondsAt(session.Now)).Select(a => a.Code)];

    private ChargeSeen LastCharge() => SessionSeen.Of(session.Session).Observations.OfType<ChargeSeen>().Last();
}
