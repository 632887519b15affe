using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Procedure;
using TopBalance.Quantities;
using TopBalance.Simulation;
using static TopBalance.Tests.Procedure.PlayedSession;

namespace TopBalance.Tests.Procedure;

/// <summary>What was seen or done is never refused; what contradicts the log is kept, shown and left out.</summary>
public class WhatIsReported
{
    private readonly PlayedSession session = new(Pack());

    [Fact]
    public void What_was_begun_although_it_was_refused_is_kept_and_counts()
    {
        session.Report(new StepStarted(new Charge()));

        session.Session.OfString!.AlthoughRefused.ShouldBeTrue();
        session.Session.Disputed.ShouldBeEmpty();
        session.Wait(30).Report(new AllOff());

        session.Session.Running.ShouldBeEmpty();
        Seen().ShouldHaveSingleItem().ShouldBeOfType<ChargeSeen>().Step.Limit.ShouldBe(new Seconds(1800));
    }

    [Fact]
    public void It_is_switched_off_always_works()
    {
        session.Report(new AllOff()).Ready().ChargedTo(300, 3, 3);
        session.Begin(at => new RequestDrain(at, Dose(3, 8))).Begin(at => new RequestDrain(at, Dose(4, 8))).Wait(2).Report(new AllOff());

        session.Session.Running.ShouldBeEmpty();
        session.Session.Disputed.ShouldBeEmpty();
        Seen().OfType<DrainSeen>().Select(d => d.Step.Duration.Value).ShouldBe([120, 120]);
    }

    [Fact]
    public void A_charge_is_seen_with_its_time_its_lamps_and_who_tripped()
    {
        session.Ready().ChargedTo(182.5, 3, 3, 5);

        var charge = Seen().OfType<ChargeSeen>().Last();
        charge.Step.Limit.ShouldBe(new Seconds(182.5 * 60));
        charge.Ended.ShouldBe(ChargeEnding.Hvc);
        charge.Tripped.ShouldBe(Trip.Of(new CellNumber(3)));
        charge.Lamps!.Red.ShouldBe(Numbers(3, 5));
        charge.Lamps.NotSeen.ShouldBeEmpty();
        charge.Lamps.OthersNotSeen.ShouldBeFalse();
        Seen().ShouldContain(s => s is ResetSeen);
    }

    [Fact]
    [Trait("Row", "7")]
    public void Lamps_that_nobody_spoke_of_were_not_seen()
    {
        session.Ready().Begin(at => new RequestCharge(at, new Charge())).Wait(100).Report(new ChargeEnded(ChargeEnding.Charged), new LampsNoted(Numbers(3), Numbers(4)));

        LampsSeen lamps = Seen().OfType<ChargeSeen>().Last().Lamps!;

        lamps.Of(new CellNumber(3)).ShouldBe(LampSight.Lit);
        lamps.Of(new CellNumber(4)).ShouldBe(LampSight.Dark);
        lamps.Of(new CellNumber(5)).ShouldBe(LampSight.NotSeen);
    }

    [Fact]
    public void Red_seen_late_is_evidence_and_dark_seen_late_is_none()
    {
        session.Ready().Begin(at => new RequestCharge(at, new Charge())).Wait(100).Report(new ChargeEnded(ChargeEnding.Charged))
            .Wait(20).Report(new LampsNoted(Numbers(3), []) { OthersDark = true });

        LampsSeen lamps = Seen().OfType<ChargeSeen>().Last().Lamps!;

        lamps.Of(new CellNumber(3)).ShouldBe(LampSight.Lit);
        lamps.Of(new CellNumber(4)).ShouldBe(LampSight.NotSeen);
        UselessMark useless = SessionSeen.Of(session.Session).Useless.ShouldHaveSingleItem();
        useless.Late.ShouldBe(new Seconds(1200));
        useless.Release.Value.ShouldBeInRange(0, 600);
    }

    [Fact]
    public void A_photo_from_the_end_counts_as_what_it_shows_though_it_is_looked_at_an_hour_later()
    {
        session.Ready().Begin(at => new RequestCharge(at, new Charge())).Wait(100).Report(new ChargeEnded(ChargeEnding.Charged)).Wait(60)
            .ReportLate(60, new LampsNoted(Numbers(3), []) { OthersDark = true });

        Seen().OfType<ChargeSeen>().Last().Lamps!.Of(new CellNumber(4)).ShouldBe(LampSight.Dark);
        session.Session.EndToCapture.ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void What_contradicts_the_log_is_disputed_and_left_out(string code, SessionEvent happened)
    {
        session.Ready().ChargedTo(300, 3, 3).Wait(60);
        int before = Seen().Length;

        session.Report(happened);

        session.Session.Unsettled.ShouldHaveSingleItem().Code.ShouldBe(code);
        Seen().Length.ShouldBe(before);
        Catalog.ShouldContain("disputed." + code);
    }

    public static TheoryData<string, SessionEvent> Contradictions { get; } = new()
    {
        { "begun-twice", new SessionBegun(Pack(), 1) },
        { "no-such-cell", new DrainEnded(new CellNumber(9)) },
        { "no-such-step", new StepStarted(new ResetIgnition()) },
        { "no-such-value", new PackMeasured(new Volts(3550)) },
        { "no-such-line", new EntryCorrected(400, null, "typo") },
        { "not-running", new ChargeEnded(ChargeEnding.Hvc) },
        { "not-running", new DrainEnded(new CellNumber(3)) },
        { "lit-after-dark", new LampsNoted(Numbers(4), []) },
        { "lit-and-dark", new LampsNoted(Numbers(3), Numbers(3)) },
        { "loop-test-without-charge", new LoopTested(true, true) },
    };

    [Fact]
    public void A_trip_on_a_charge_that_tapered_is_disputed_until_the_person_corrects_one_of_them()
    {
        session.Ready().Begin(at => new RequestCharge(at, new Charge())).Wait(300).Report(new ChargeEnded(ChargeEnding.Charged));
        int ended = session.Session.Log.Count;
        session.Report(new TripNoted(Trip.Of(new CellNumber(3))));
        session.Session.Unsettled.ShouldHaveSingleItem().Code.ShouldBe("trip-without-hvc");

        session.Report(new EntryCorrected(ended, new ChargeEnded(ChargeEnding.Hvc), "the buzzer did sound"));

        session.Session.Unsettled.ShouldBeEmpty();
        Seen().OfType<ChargeSeen>().Last().Tripped.ShouldBe(Trip.Of(new CellNumber(3)));
    }

    [Fact]
    public void A_person_may_insist_or_take_back()
    {
        session.Ready().ChargedTo(300, 3, 3).Report(new LampsNoted(Numbers(4), []));
        int line = session.Session.Log.Count;

        session.Report(new DisputeSettled(line, Counts: true, "I had misread it first"));
        session.Session.Unsettled.ShouldBeEmpty();
        Seen().OfType<ChargeSeen>().Last().Lamps!.Of(new CellNumber(4)).ShouldBe(LampSight.Lit);

        session.Report(new DisputeSettled(line, Counts: false, "no, that was cell 5"));
        session.Session.Unsettled.ShouldBeEmpty();
        Seen().OfType<ChargeSeen>().Last().Lamps!.Of(new CellNumber(4)).ShouldBe(LampSight.Dark);
    }

    [Fact]
    public void The_wrong_cell_was_drained_and_the_differences_are_told()
    {
        session.Ready().ChargedTo(180, 3, 3).Begin(at => new RequestDrain(at, Dose(3, 20)));
        int began = session.Session.Log.Count;
        session.Wait(19).Report(new PresenceConfirmed("1 A")).Wait(1).Report(new DrainEnded(new CellNumber(3)));
        int ended = session.Session.Log.Count;
        Session before = session.Session;
        var wrong = new StepStarted(Dose(4, 20));

        session.Report(new EntryCorrected(began, wrong, "it was cell 4"), new EntryCorrected(ended, new DrainEnded(new CellNumber(4)), "it was cell 4"));

        Seen().OfType<DrainSeen>().ShouldHaveSingleItem().Step.Cell.ShouldBe(new CellNumber(4));
        Reconsidered changed = Reconsidered.Of(before, session.Session, session.Now, new BeliefSize(64, 24)).ShouldNotBeNull();
        CellChange cell = changed.Cells.Single(c => c.Cell.Value == 4);
        (cell.After.P50 - cell.Before.P50).ShouldBe(0.34, 0.1);   // 20 minutes at 1.02 A
        cell.Undo!.ToString().ShouldStartWith("Cell 4 lacks 0.3");
        changed.Cells.Single(c => c.Cell.Value == 3).Undo!.Key.ShouldBe("undo.lacks-less");
    }

    [Fact]
    public void A_late_report_that_changes_what_was_advised_is_noticed()
    {
        session.Ready().ChargedTo(180, 3, 3).Report(new MethodChosen("drain-and-cycle")).Wait(30)
            .Report(new AdviceGiven("drain", Numbers(3), "Drain cell 3 …"));
        Session before = session.Session;

        session.ReportLate(5, new StepStarted(Dose(3, 5)));

        Reconsidered.Of(before, session.Session, session.Now, new BeliefSize(16, 16)).ShouldNotBeNull().AdviceChanged.ShouldBeTrue();
        Session inOrder = session.Wait(1).Report(new PresenceConfirmed("the lamp glows")).Session;
        Reconsidered.Of(session.Session, inOrder, session.Now).ShouldBeNull();
    }

    [Fact]
    public void A_correction_can_itself_be_taken_back()
    {
        session.Ready().Begin(at => new RequestCharge(at, new Charge())).Wait(300).Report(new ChargeEnded(ChargeEnding.Hvc));
        int ended = session.Session.Log.Count;
        session.Report(new EntryCorrected(ended, new ChargeEnded(ChargeEnding.Mains), "the mains failed"));
        session.Session.LastCharge!.Value.Ended.ShouldBe(ChargeEnding.Mains);

        session.Report(new EntryCorrected(ended + 1, null, "no, it was the BMS"));

        session.Session.LastCharge!.Value.Ended.ShouldBe(ChargeEnding.Hvc);
    }

    private static string[] Catalog => [.. Words.Catalogue.English.Keys];

    private Observation[] Seen() => [.. SessionSeen.Of(session.Session).Observations.Where(s => s is not (LoopTestSeen or VoltagesSeen) and not ChargeSeen { Step.Limit: { Value: 180 } })];
}
