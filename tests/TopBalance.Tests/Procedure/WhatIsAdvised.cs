using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Procedure;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Verification.Verdicts;
using static TopBalance.Tests.Procedure.PlayedSession;

namespace TopBalance.Tests.Procedure;

/// <summary>What to do next, from the first line to a verdict, and where people get stuck.</summary>
public class WhatIsAdvised
{
    private readonly PlayedSession session = new(Pack(4));
    private readonly Advisor advisor = new(new BeliefSize(12, 12));

    [Fact]
    public void Advice_leads_through_the_phases()
    {
        Next().Action.ShouldBe("accept-warnings");
        session.Report(new WarningsAccepted());
        Next().Text.Key.ShouldBe("check.tools");
        session.Checked();
        Next().Action.ShouldBe("test-charge");
        session.Begin(at => new RequestTestCharge(at));
        Next().Action.ShouldBe("test-loop");
        session.Wait(2).Report(new LoopTested(true, true) { ChargedAgain = true }, new ChargeEnded(ChargeEnding.Stopped));
        Advice first = Next();
        first.Action.ShouldBe("charge");
        first.WatchFrom!.Value.Value.ShouldBeGreaterThan(3600);
        session.Begin(at => new RequestCharge(at, new Charge()));
        Next().Action.ShouldBe("watch");
        session.Wait(240).Report(new ChargeEnded(ChargeEnding.Hvc));
        Next().Action.ShouldBe("note-lamps");
        session.Report(new LampsNoted(Numbers(2), []) { OthersDark = true });
        Next().Action.ShouldBe("note-trip");
        session.Report(new TripNoted(Trip.Of(new CellNumber(2))));
        Next().Action.ShouldBe("choose");
        session.Report(new MethodChosen("drain-and-cycle"));
        Advice dose = Next();
        dose.Action.ShouldBe("drain");
        dose.Cells.ShouldBe(Numbers(2));
        session.Report(new MethodChosen("bench-supply"));
        Next().Action.ShouldBe("measure-supply");
        session.Report(new SupplyMeasured(0, new Volts(3.55), PolarityRight: true));
        Next().Action.ShouldBe("charge-cell");
        Next().Because.ShouldBeEmpty();
    }

    [Fact]
    public void A_charge_that_the_mains_ended_is_gone_on_with()
    {
        session.Ready().Begin(at => new RequestCharge(at, new Charge())).Wait(60).Report(new ChargeEnded(ChargeEnding.Mains));

        Next().Action.ShouldBe("charge");
        Ends().ShouldBe(["dead-end.mains"]);
    }

    [Fact]
    public void Places_where_people_get_stuck_are_named()
    {
        session.Ready().Begin(at => new RequestCharge(at, new Charge())).Wait(240)
            .Report(new ChargeEnded(ChargeEnding.Charged), new LampsNoted([], Numbers(1, 2, 3, 4)));
        Ends().ShouldBe(["dead-end.no-lamp-red"]);

        session.Begin(at => new RequestCharge(at, new Charge())).Wait(20)
            .Report(new ChargeEnded(ChargeEnding.Hvc), new LampsNoted(Numbers(1, 2, 3, 4), []), new TripNoted(Trip.None));
        Ends().ShouldBe(["dead-end.all-red", "dead-end.all-green"]);

        session.Wait(3 * 1440).Report(new IgnitionCycled());
        Ends().ShouldContain("dead-end.long-pause");
    }

    [Fact]
    [Trait("Row", "9")]
    public void The_12_V_charger_is_given_no_longer_than_is_harmless()
    {
        PackSpec pack = Pack(4) with { Unknowns = new Unknowns { SocMin = 0.5, SocMax = 0.55 } };
        var four = new PlayedSession(pack);
        four.Ready().Report(new MethodChosen("smart-charger-12v")).Begin(at => new RequestCharge(at, new Charge())).Wait(1)
            .Report(new ChargeEnded(ChargeEnding.Hvc), new LampsNoted([], Numbers(1, 2, 3, 4)), new TripNoted(Trip.None), new IgnitionCycled())
            .Report(new SupplyMeasured(-1, new Volts(13.8), PolarityRight: true));

        var request = advisor.Next(four.Session, four.Now).Request.ShouldBeOfType<RequestCellCharge>();

        request.Charge.Limit!.Value.Value.ShouldBe(Rules.SafeSeconds(request), 1e-6);
        (request.Charge.Limit.Value.Value / 3600).ShouldBeInRange(3.5, 4.6);   // about 45 Ah at 10 A less a quarter of an hour
        Guide.Decide(four.Session, request).ShouldBeOfType<Decision.Permitted>();
    }

    [Fact]
    public void After_a_verdict_that_was_no_pass_the_work_goes_on()
    {
        session.Ready().ChargedTo(240, 2, 1, 2, 3, 4).Report(new MethodChosen("bench-supply"), new VerdictGiven(VerdictOutcome.Fail));

        Next().Action.ShouldNotBe("verdict");
        session.Session.Phase.ShouldBe(Phase.Verdict);
        session.Begin(at => new RequestCharge(at, new Charge()));
        session.Session.Phase.ShouldBe(Phase.Verify);
    }

    [Fact]
    public void Smoke_comes_before_everything()
    {
        session.Ready().Report(new TroubleReported(TroubleKind.Smoke, "smoke at box 2"));

        Next().Text.ToString().ShouldStartWith("Switch the mains off from afar, get out");
    }

    private Advice Next() => advisor.Next(session.Session, session.Now);

    private string[] Ends() => [.. DeadEnds.Of(session.Session, SessionSeen.Of(session.Session).Observations).Select(d => d.Key)];
}
