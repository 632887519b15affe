using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Procedure;
using TopBalance.Quantities;
using TopBalance.Simulation;
using static TopBalance.Tests.Procedure.PlayedSession;

namespace TopBalance.Tests.Procedure;

/// <summary>What may not be begun, why, and what makes it permitted.</summary>
public class WhatIsRefused
{
    private readonly PlayedSession session = new(Pack());

    [Fact]
    public void Nothing_is_permitted_before_the_warnings_are_read_and_the_pack_is_checked()
    {
        Codes(at => new RequestTestCharge(at)).ShouldBe(["warnings", "pre-check"]);

        session.Checked();

        Codes(at => new RequestTestCharge(at)).ShouldBeEmpty();
        session.Session.Phase.ShouldBe(Phase.LoopTest);
    }

    [Fact]
    [Trait("Row", "4")]
    public void Charger_stays_off_until_the_interlock_is_proven()
    {
        session.Checked();

        Codes(at => new RequestCharge(at, new Charge())).ShouldBe(["interlock-untested"]);
        session.LoopProved();

        Codes(at => new RequestCharge(at, new Charge())).ShouldBeEmpty();
        session.Session.Phase.ShouldBe(Phase.FirstCharge);
    }

    [Fact]
    public void A_test_charge_is_permitted_for_five_minutes()
    {
        session.Checked();

        var permitted = session.Ask(at => new RequestTestCharge(at)).ShouldBeOfType<Decision.Permitted>();

        permitted.Events.ShouldHaveSingleItem().ShouldBe(new StepPermitted(new Charge { Limit = new Seconds(300) }));
    }

    [Fact]
    public void A_test_charge_is_refused_where_a_cell_stands_above_shunt_off()
    {
        session.Checked().Report(new CellsMeasured(Volts(session.Session.Pack, 3.3).SetItem(5, new Volts(3.46))));

        Codes(at => new RequestTestCharge(at)).ShouldBe(["above-shunt-off"]);
    }

    [Theory]
    [Trait("Row", "4")]
    [InlineData(false, true, true)]
    [InlineData(true, false, true)]
    [InlineData(true, true, false)]
    public void A_loop_test_that_went_wrong_in_any_part_blocks_everything_until_something_was_changed(bool stopped, bool buzzer, bool again)
    {
        session.Checked().Begin(at => new RequestTestCharge(at)).Wait(1)
            .Report(new LoopTested(stopped, buzzer) { ChargedAgain = again }, new AllOff(), new IgnitionCycled());

        Codes(at => new RequestTestCharge(at)).ShouldBe(["interlock-failed"]);
        Codes(at => new RequestCharge(at, new Charge())).ShouldContain("interlock-failed");

        session.Report(new PartChanged(TestedPart.Wiring));

        Codes(at => new RequestTestCharge(at)).ShouldBeEmpty();
        Codes(at => new RequestCharge(at, new Charge())).ShouldBe(["interlock-untested"]);
    }

    [Theory]
    [InlineData(TestedPart.Charger)]
    [InlineData(TestedPart.HeadBoard)]
    [InlineData(TestedPart.Wiring)]
    [InlineData(TestedPart.Pack)]
    public void The_proof_lapses_when_what_it_was_made_with_is_changed(TestedPart part)
    {
        session.Ready().ChargedTo(300, 3, 3).Report(new PartChanged(part));

        Codes(at => new RequestCharge(at, new Charge())).ShouldContain("interlock-untested");
        session.Session.Phase.ShouldBe(Phase.LoopTest);
    }

    [Fact]
    public void A_reversed_or_empty_cell_is_beyond_this_program()
    {
        session.Checked().Report(new CellsMeasured(Volts(session.Session.Pack, 3.3).SetItem(2, new Volts(2.4))) { Reversed = Numbers(7) });

        Codes(at => new RequestTestCharge(at)).ShouldBe(["reversed", "below-lvc"]);
    }

    [Theory]
    [InlineData(-1, 20, "too-cold")]
    [InlineData(20, 46, "too-hot")]
    public void Cells_are_charged_only_in_the_range_of_their_file(double coldest, double warmest, string code)
    {
        session.Checked().Report(new TemperatureMeasured(new Celsius(coldest), new Celsius(warmest)));

        Codes(at => new RequestTestCharge(at)).ShouldBe([code]);
    }

    [Fact]
    public void After_a_pause_of_three_days_the_temperature_is_measured_again()
    {
        session.Ready().Report(new SessionPaused());

        Codes(at => new RequestCharge(at, new Charge())).ShouldBe(["paused"]);
        session.Wait(3 * 1440).Report(new SessionResumed());

        session.Session.Phase.ShouldBe(Phase.FirstCharge);
        Codes(at => new RequestCharge(at, new Charge())).ShouldBe(["temperature-old"]);
    }

    [Fact]
    public void A_latched_head_board_wants_the_ignition_cycled()
    {
        session.Ready().Begin(at => new RequestCharge(at, new Charge())).Wait(200)
            .Report(new ChargeEnded(ChargeEnding.Hvc), new LampsNoted(Numbers(3), []), new TripNoted(Trip.Unseen));

        session.Session.Phase.ShouldBe(Phase.Reset);
        Codes(at => new RequestCharge(at, new Charge())).ShouldBe(["latched"]);
    }

    [Fact]
    public void The_end_of_a_charge_must_be_answered_and_missed_is_an_answer()
    {
        session.Ready().Begin(at => new RequestCharge(at, new Charge())).Wait(200).Report(new ChargeEnded(ChargeEnding.Charged));

        Codes(at => new RequestCharge(at, new Charge())).ShouldBe(["end-not-answered"]);
        session.Report(new LampsNoted([], []));

        Codes(at => new RequestCharge(at, new Charge())).ShouldBeEmpty();
    }

    [Fact]
    public void One_thing_at_a_time_is_done_with_the_string_and_nothing_beside_it()
    {
        session.Ready().ChargedTo(300, 3, 3).Begin(at => new RequestDrain(at, Dose(3, 8)));

        Codes(at => new RequestCharge(at, new Charge())).ShouldBe(["cells-busy"]);
        Codes(at => new RequestDrain(at, Dose(3, 8))).ShouldBe(["cell-in-use"]);
        Codes(at => new RequestDrain(at, Dose(4, 8))).ShouldBeEmpty();
    }

    [Fact]
    public void A_supply_is_measured_with_its_output_open_before_each_connection()
    {
        session.Ready().ChargedTo(300, 3, 3);

        Codes(Cell(5)).ShouldBe(["supply-not-measured"]);
        session.Report(new SupplyMeasured(0, new Volts(3.60), PolarityRight: true));
        Codes(Cell(5)).ShouldBe(["off-setting"]);
        session.Report(new SupplyMeasured(0, new Volts(3.55), PolarityRight: false));
        Codes(Cell(5)).ShouldBe(["polarity"]);
        session.Report(new SupplyMeasured(0, new Volts(3.55), PolarityRight: true));
        session.Begin(Cell(5), supply: 0).Wait(60).Report(new CellChargeEnded(new CellNumber(5), CellChargeEnding.Red));

        Codes(Cell(6)).ShouldBe(["supply-not-measured"]);
    }

    [Fact]
    [Trait("Row", "8")]
    public void A_bench_supply_is_never_set_to_the_hvc_of_its_cell()
    {
        session.Ready().ChargedTo(300, 3, 3).Report(new SupplyMeasured(0, new Volts(3.6), PolarityRight: true));

        Codes(at => new RequestCellCharge(at, new ChargeCells(Numbers(5), Bench(3.6)), 0)).ShouldBe(["supply-too-high"]);
    }

    [Theory]
    [InlineData(Floating.Unknown, false)]
    [InlineData(Floating.No, false)]
    [InlineData(Floating.Yes, true)]
    public void Two_supplies_run_beside_each_other_only_if_both_float(Floating second, bool permitted)
    {
        PackSpec pack = Pack() with
        {
            Tools = Tools with { BenchSupplies = [new BenchSupplySpec(new Amperes(5), default, Floating.Yes), new BenchSupplySpec(new Amperes(5), default, second)] },
        };
        var two = new PlayedSession(pack);
        two.Ready().ChargedTo(300, 3, 3)
            .Report(new SupplyMeasured(0, new Volts(3.55), true), new SupplyMeasured(1, new Volts(3.55), true))
            .Begin(Cell(5), supply: 0);

        Decision decision = two.Ask(Cell(7, supply: 1));

        (decision is Decision.Permitted).ShouldBe(permitted);
    }

    [Fact]
    [Trait("Row", "8")]
    public void Four_cells_on_the_12_V_charger_are_neighbours_and_far_enough_from_full()
    {
        PackSpec pack = Pack() with { Layout = new PackLayout(8, [new BoxLayout(1, 6), new BoxLayout(1, 2)]) };
        var boxes = new PlayedSession(pack);
        boxes.Ready().ChargedTo(300, 3, 3).Report(new SupplyMeasured(-1, new Volts(13.8), PolarityRight: true));

        Codes(boxes, Four(5, hours: 1, leastAh: 30)).ShouldBe(["not-neighbours"]);
        Codes(boxes, Four(1, hours: 1, leastAh: 10)).ShouldBe(["four-too-full"]);
        Codes(boxes, Four(1, hours: 1, leastAh: null)).ShouldBe(["four-too-full"]);
        Codes(boxes, Four(1, hours: 1, leastAh: 12.6)).ShouldBeEmpty();
    }

    [Fact]
    public void A_dose_that_would_do_harm_if_it_were_ignored_is_split()
    {
        session.Ready().ChargedTo(300, 3, 3);

        var refused = session.Ask(at => new RequestDrain(at, Dose(3, 2000))).ShouldBeOfType<Decision.Refused>();

        refused.Because.ShouldHaveSingleItem().Code.ShouldBe("dose-too-long");
        double safe = Rules.SafeSeconds(session.Session, Dose(3, 2000));
        (safe / 3600).ShouldBe((25 / (3.35 / 3.3)) - 0.25, 0.01);   // a quarter of 100 Ah, less 15 minutes
    }

    [Fact]
    public void A_load_that_would_burn_is_refused()
    {
        PackSpec pack = Pack() with { Tools = Tools with { DrainLoad = DrainLoadSpec.Resistor(new Ohms(3.3), new Watts(3)) } };
        var hot = new PlayedSession(pack);
        hot.Ready().ChargedTo(300, 3, 3);

        Codes(hot, at => new RequestDrain(at, new DrainCell(new CellNumber(3), pack.Tools.DrainLoad!, new Seconds(300)))).ShouldBe(["load-too-hot"]);
    }

    [Fact]
    public void Nothing_is_permitted_while_something_is_wrong()
    {
        session.Ready().Report(new TroubleReported(TroubleKind.Smell, "a sharp smell at box 2"));

        Codes(at => new RequestCharge(at, new Charge())).ShouldBe(["trouble"]);
        session.Report(new TroubleOver("it was the paint"));

        Codes(at => new RequestCharge(at, new Charge())).ShouldBeEmpty();
    }

    [Fact]
    public void Every_refusal_says_why_and_what_would_make_it_permitted()
    {
        var refused = session.Ask(at => new RequestCharge(at, new Charge())).ShouldBeOfType<Decision.Refused>();

        refused.Because.ShouldAllBe(b => b.Why.ToString().Length > 10 && b.Permit.ToString().Length > 10);
        refused.Because[1].Why.ToString().ShouldBe(
            "Not checked yet: insulated tools, main contactor open, lugs and torque, fuses in the test leads, voltage and polarity of every cell, temperature of the cells.");
    }

    private static Func<Stamp, SessionRequest> Cell(int cell, int supply = 0) =>
        at => new RequestCellCharge(at, new ChargeCells(Numbers(cell), Bench()) { Limit = new Seconds(36000) }, supply);

    private static Func<Stamp, SessionRequest> Four(int first, double hours, double? leastAh) => at => new RequestCellCharge(
        at, new ChargeCells([.. Enumerable.Range(first, 4).Select(n => new CellNumber(n))], SupplySetting.Of(Tools.SmartCharger!)) { Limit = new Seconds(3600 * hours) }, -1)
    {
        LeastToFull = leastAh is { } ah ? new AmpereHours(ah) : null,
    };

    private string[] Codes(Func<Stamp, SessionRequest> request) => Codes(session, request);

    private static string[] Codes(PlayedSession played, Func<Stamp, SessionRequest> request) =>
        Guide.Decide(played.Session, request(played.Now)) is Decision.Refused refused ? [.. refused.Because.Select(b => b.Code)] : [];
}
