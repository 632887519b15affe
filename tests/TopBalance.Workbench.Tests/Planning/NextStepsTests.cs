using TopBalance.Inference;
using TopBalance.Methods;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Planning;
using TopBalance.Workbench.Tests.Cli;

namespace TopBalance.Workbench.Tests.Planning;

public sealed class NextStepsTests
{
    private static readonly PackSpec Pack = Summaries.Pack(50) with
    {
        Tools = new ToolSpecs
        {
            BenchSupplies = [new BenchSupplySpec(new(5)), new BenchSupplySpec(new(5))],
            SmartCharger = new SmartChargerSpec(new(10), new(14.4)),
            DrainLoad = DrainLoadSpec.Resistor(new(3.3), new Watts(3)),
        },
    };

    private const string Tripped = "- charge: { minutes: 170, ended: hvc, tripped: 4, red: [4] }\n";

    [Fact]
    [Trait("Row", "10")]
    public void A_dose_is_never_longer_than_was_asked_for()
    {
        NextStep step = NextSteps.Of(new DrainDose(new CellNumber(30), new AmpereHours(0.14), new Seconds(509)), State());

        step.Action.ShouldBe("drain");
        (step.Cell, step.Minutes, step.LoadOhm).ShouldBe((30, 8.4, 3.3));
        step.Do.ShouldContain("8.4\u00a0minutes");
        step.Safety[0].ShouldStartWith("Do not leave the pack");
        step.Safety.ShouldContain(s => s.Contains("more than the 3\u00a0W it is rated for"));
    }

    [Fact]
    [Trait("Row", "8")]
    public void Single_cells_are_charged_midway_between_shunt_and_hvc_on_one_supply_at_a_time()
    {
        NextStep step = NextSteps.Of(Singles(atOnce: 1), State());

        (step.Action, step.SupplyV, step.SupplyA, step.EndA).ShouldBe(("charge_cell", 3.55, 4.75, 3.2));
        step.Cells!.Value.ShouldBe([5]);
        step.Then!.Value.ShouldBe([2, 7]);
        step.Safety[0].ShouldStartWith("Set 3.550\u00a0V with the output open");
        step.Safety.ShouldContain(s => s.StartsWith("One supply at a time"));
        NextSteps.Of(Singles(atOnce: 2), State()).Safety.ShouldNotContain(s => s.StartsWith("One supply at a time"));
    }

    [Fact]
    [Trait("Row", "9")]
    public void The_twelve_volt_charger_is_never_left_alone()
    {
        NextStep step = NextSteps.Of(new ChargeFour(new CellNumber(9)), State());

        step.Cells!.Value.ShouldBe([9, 10, 11, 12]);
        (step.SupplyV, step.SupplyA).ShouldBe((14.4, 10));
        step.Safety[0].ShouldStartWith("Never leave it");
    }

    [Fact]
    public void After_a_trip_the_key_comes_before_the_charge()
    {
        NextStep latched = NextSteps.Of(new ChargePack(new Amperes(10)), State(Tripped));

        latched.Do.ShouldStartWith("Cycle the ignition key, then charge the whole pack at 10\u00a0A");
        NextSteps.Of(new ChargePack(new Amperes(10)), State(Tripped + "- reset: ignition\n")).Do.ShouldStartWith("Charge");
    }

    [Theory]
    [InlineData("- rest: { hours: 2 }\n", "prove the loop")]
    [InlineData("- loop_test: { charger_stopped: true }\n", null)]
    public void A_charge_is_preceded_by_the_proof_of_the_loop_until_it_is_noted(string notes, string? first)
    {
        NextStep step = NextSteps.Of(new ChargePack(new Amperes(10)), State(notes));

        step.Safety.Any(s => s.Contains("prove the loop")).ShouldBe(first is not null);
        step.Safety[^1].ShouldStartWith("Above 60\u00a0V DC");
    }

    [Fact]
    public void Nothing_is_charged_after_a_loop_test_that_failed()
    {
        PlanState failed = State("- loop_test: { charger_stopped: true }\n- loop_test: { charger_stopped: false }\n");

        NextSteps.Of(new ChargePack(new Amperes(10)), failed).Action.ShouldBe("loop_test");
        NextSteps.Of(new HoldPack(new Amperes(0.5), new Seconds(3600)), failed).Action.ShouldBe("loop_test");
    }

    [Fact]
    public void A_person_is_told_to_be_there_before_the_fullest_cell_can_be_full()
    {
        // the fullest lacks 40 Ah or a little less: 4 h at 10 A
        NextStep step = NextSteps.Of(new ChargePack(new Amperes(10)), State());

        step.WatchFromMinutes!.Value.ShouldBeInRange(200, 240);
    }

    [Fact]
    public void What_is_balanced_is_left_alone() => NextSteps.Of(new Finished(), State()).Action.ShouldBe("none");

    private static ChargeSingles Singles(int atOnce) => new(
        [new CellNumber(5), new CellNumber(2), new CellNumber(7)],
        new Volts(3.55), new Amperes(4.75), new Amperes(3.2), new Seconds(36000), atOnce);

    private static PlanState State(string? notes = null)
    {
        var now = new Situation(Pack);
        foreach (ref CellSituation cell in now.Cells.AsSpan())
        {
            cell.ToFullAh = new Interval90(40, 55, 70);
        }

        return PlanState.Of(Pack, now, notes is null ? null : ObservationFile.Load("o.yaml", MemoryFiles.Of(("o.yaml", notes)), Pack));
    }
}
