using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Verification;
using TopBalance.Verification.Setup;

namespace TopBalance.Tests.Verification;

public class ChargerCurrentTests
{
    [Theory]
    [InlineData(60, 10, 1.1)]
    [InlineData(100, 10, 1.8)]
    [InlineData(180, 10, 3.2)]
    [InlineData(180, 30, 1.0)]
    [InlineData(180, 2, 22)]
    [InlineData(400, 5, 15)]
    public void From_shunt_to_HVC_it_takes_the_minutes_of_the_facts(double capacityAh, double amps, double minutes)
    {
        KneeTime knee = KneeTime.At(OhmlessPack(capacityAh), amps).ShouldNotBeNull();

        // the table (facts 4.2) has two digits, and 0.27 % of the charge where this cell has 0.278 %
        (knee.Seconds / 60).ShouldBe(minutes, 0.05 + (0.05 * minutes));
    }

    [Fact]
    public void A_knee_of_constant_slope_and_shunt_is_arithmetic()
    {
        // 0.1 V at 36 V per unit of charge on 180 Ah is 0.5 Ah, at 10 A less the shunt's 0.67 A
        KneeTime knee = KneeTime.At(OhmlessPack(180), 10).ShouldNotBeNull();

        double seconds = 0.1 / 36 * 180 * 3600 / 9.33;
        knee.Seconds.ShouldBe(seconds, 1e-3 * seconds);
        knee.BledAh.ShouldBe(seconds * 0.67 / 3600, 1e-3);
    }

    [Fact]
    public void Members_beside_each_other_are_one_bigger_cell()
    {
        KneeTime one = KneeTime.At(Setups.Paper(cell: Setups.Calb(200), parallel: 1), 10).ShouldNotBeNull();
        KneeTime two = KneeTime.At(Setups.Paper(cell: Setups.Calb(100), parallel: 2), 10).ShouldNotBeNull();

        // not exactly: two members have half the resistance of one
        two.Seconds.ShouldBe(one.Seconds, 0.05 * one.Seconds);
    }

    [Fact]
    public void It_is_what_a_first_charge_from_half_full_shows()
    {
        PackSpec pack = Setups.Paper(Setups.Charger(5, end: 0), Setups.Calb(200), series: 1, parallel: 1) with
        {
            Cells = [new CellKnowledge(new CellNumber(1)) { Soc = 0.5 }],
            Unknowns = null,
        };

        PackRun run = new PackSimulator().Run(PackDraw.Draw(pack), new Charge());
        double shuntOn = run.Events.ToArray().First(e => e.Kind == RunEventKind.ShuntOn).TimeSeconds;

        // diffusion is settled to e⁻⁵ in both
        KneeTime.At(pack, 10).ShouldNotBeNull().Seconds.ShouldBe(run.TripSeconds[0] - shuntOn, 0.5);
    }

    [Fact]
    public void A_current_that_the_shunt_takes_is_held() => KneeTime.At(Setups.Paper(), 0.6).ShouldBeNull();

    [Fact]
    public void A_charger_stronger_than_the_shunts_is_a_warning_with_minutes_and_the_current_that_holds()
    {
        Finding found = Setups.Paper().Only("charger-current");

        found.Severity.ShouldBe(Severity.Warning);
        found.Seen.ShouldContain("gives 10 A; a shunt takes 0.65 A when it comes on at 3.50 V");
        found.Why.ShouldMatch(@"At 10 A it goes from there to HVC at 3\.60 V in 3\.[5-8] min, and its shunt takes 0\.0(39|4|41) Ah");
        found.Do.ShouldContain("turned down to 0.6 A or less");
    }

    [Fact]
    public void A_charger_that_cannot_be_turned_down_far_enough_is_told_what_it_gains()
    {
        PackSpec pack = Setups.With(new ToolSpecs { ChargerCurrentMin = new Amperes(2) });

        pack.Only("charger-current").Do.ShouldMatch(@"yours goes down to 2 A\. At 2 A it goes from there to HVC at 3\.60 V in 2\d min");
    }

    [Fact]
    public void A_charger_within_the_shunts_is_not_spoken_of() =>
        Setups.Paper(Setups.Charger(180, amps: 0.6, end: 0.5)).Findings("charger-current").ShouldBeEmpty();

    [Fact]
    public void A_relative_module_is_played_on_its_highest_cell()
    {
        CellModuleSpec relative = Setups.MiniBms(3.6) with { Relative = new RelativeShuntRule(new Volts(0.028), new Volts(0.012)) };

        KneeTime.At(Setups.Paper(module: relative), 10).ShouldBe(KneeTime.At(Setups.Paper(), 10));
    }

    private static PackSpec OhmlessPack(double capacityAh)
    {
        var parameters = new CellParameters(Setups.Parameters.Ocv, ResistanceCurve.Constant(1e-9), []);
        var cell = new CellSpec(
            "ohmless",
            new AmpereHours(capacityAh),
            new Volts(3.6),
            new Volts(3.65),
            [new CellAtTemperature(new Celsius(25), parameters)]);
        CellModuleSpec mini = Setups.MiniBms(3.6);
        var module = new CellModuleSpec(
            "constant-current",
            mini.ShuntOn,
            mini.ShuntOff,
            new ShuntSpec.ConstantCurrent(new Amperes(0.67)),
            mini.Hvc,
            mini.HvcClear,
            mini.Lvc,
            mini.LvcClear);
        return Setups.Paper(cell: cell, module: module, parallel: 1);
    }
}
