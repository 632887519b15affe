using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Verification;

namespace TopBalance.Tests.Verification;

public class ToolRuleTests
{
    [Theory]
    [Trait("Row", "8")]
    [InlineData(3.6, "3.55 V is midway")]
    [InlineData(3.8, "3.75 V is midway")]
    public void A_bench_supply_is_set_midway_between_shunt_and_HVC(double hvc, string expected)
    {
        PackSpec pack = Setups.Paper(module: Setups.MiniBms(hvc)) with { Tools = Setups.Bench(Setups.Supply(5, 0.01)) };

        pack.Only("bench-set-point").Severity.ShouldBe(Severity.Note);
        pack.Only("bench-set-point").Why.ShouldContain(expected);
    }

    [Fact]
    public void Leads_of_24_milliohm_take_0_24_V_at_10_A()
    {
        Finding found = Setups.With(Setups.Bench(Setups.Supply(10, 0.024))).Only("bench-set-point");

        found.Severity.ShouldBe(Severity.Warning);
        found.Seen.ShouldContain("24 mΩ");
        found.Why.ShouldContain("the leads take 0.24 V: the supply shows 3.55 V while the cell has 3.31 V");
        found.Why.ShouldContain("the cell would come to 3.79 V, above HVC at 3.60 V");
    }

    [Fact]
    public void Supplies_that_are_alike_are_told_once()
    {
        ToolSpecs three = Setups.Bench(Setups.Supply(5, 0.01), Setups.Supply(3, 0.01), Setups.Supply(5, 0.01));

        Setups.With(three).Findings("bench-set-point").Select(f => f.Seen).ShouldBe(["Bench supplies 1, 3: up to 5 A, leads of 10 "
            + "mΩ.", "Bench supply 2: up to 3 A, leads of 10 "
            + "mΩ."]);
    }

    [Fact]
    public void Leads_that_nobody_measured_are_called_unknown()
    {
        Finding found = Setups.With(Setups.Bench(Setups.Supply(10))).Only("bench-set-point");

        found.Seen.ShouldContain("unknown resistance");
        found.Why.ShouldContain("would take 0.24 V at 10 A");
    }

    [Fact]
    public void A_weak_supply_is_slow_and_a_fair_one_is_not_spoken_of()
    {
        // 10 % of 200 Ah at 2 A
        Setups.With(Setups.Bench(Setups.Supply(2))).Only("bench-current").Why.ShouldContain("10 % short takes 10 h");
        Setups.With(Setups.Bench(Setups.Supply(5), Setups.Supply(2))).Findings("bench-current").ShouldBeEmpty();
        Setups.Paper().Findings("bench-current").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(new[] { Floating.Yes, Floating.Yes }, null)]
    [InlineData(new[] { Floating.Yes, Floating.No }, Severity.Note)]
    [InlineData(new[] { Floating.Yes, Floating.Unknown }, Severity.Note)]
    [InlineData(new[] { Floating.Unknown, Floating.Unknown }, Severity.Warning)]
    [InlineData(new[] { Floating.No, Floating.Unknown }, Severity.Warning)]
    [InlineData(new[] { Floating.No, Floating.Yes, Floating.No }, Severity.Error)]
    [InlineData(new[] { Floating.Yes }, null)]
    [InlineData(new[] { Floating.Unknown }, Severity.Note)]
    [InlineData(new[] { Floating.No }, Severity.Note)]
    public void Two_supplies_that_do_not_float_short_the_string(Floating[] supplies, Severity? expected)
    {
        PackSpec pack = Setups.With(Setups.Bench([.. supplies.Select(f => Setups.Supply(5, 0.01, f))]));

        pack.Findings("bench-supplies-floating").Select(f => (Severity?)f.Severity).ShouldBe(expected is null ? [] : [expected]);
    }

    [Theory]
    [InlineData(14.4, "towards 4.35 V")]
    [InlineData(14.8, "towards 4.75 V")]
    public void The_fullest_of_four_gets_the_stage_less_three_plateaus(double absorption, string expected)
    {
        Finding found = Setups.With(Smart(absorption)).Only("smart-charger-12v");

        // 4 × (3.6 V + 0.1 V) = 14.8 V is the last that is not refused
        found.Severity.ShouldBe(Severity.Warning);
        found.Why.ShouldContain("plateau at 3.35 V");
        found.Why.ShouldContain(expected);
        found.Why.ShouldContain("No stage is safe to leave");
    }

    [Fact]
    public void A_recondition_stage_is_refused()
    {
        var found = Setups.With(Smart(14.4, 15.8)).Findings("smart-charger-12v");

        found.Select(f => f.Severity).ShouldBe([Severity.Error, Severity.Warning]);
        found[0].Seen.ShouldContain("15.8 V: 3.95 V per cell");
        found[0].Why.ShouldContain("above 14.8 V");
    }

    [Fact]
    public void A_recondition_stage_of_16_5_V_is_refused_for_3_8_V_modules_too()
    {
        PackSpec pack = Setups.Paper(Setups.Charger(190), Setups.Thundersky(), Setups.MiniBms(3.8)) with { Tools = Smart(14.8, 16.5) };

        pack.Findings("smart-charger-12v")[0].Why.ShouldContain("above 15.6 V");
    }

    [Fact]
    public void An_absorption_stage_above_the_limit_is_refused_and_one_too_low_lights_no_lamps()
    {
        Setups.With(Smart(14.9)).Only("smart-charger-12v").Severity.ShouldBe(Severity.Error);
        Setups.With(Smart(13.8)).Only("smart-charger-12v").Why.ShouldContain("cannot light all four red lamps");
        Setups.Paper().Findings("smart-charger-12v").ShouldBeEmpty();
    }

    [Fact]
    public void A_12_V_charger_has_no_place_on_three_cells()
    {
        PackSpec three = Setups.Paper(Setups.Charger(10.8), series: 3) with { Tools = Smart(14.4) };

        three.Only("smart-charger-12v").Severity.ShouldBe(Severity.Error);
    }

    [Fact]
    [Trait("Row", "10")]
    public void A_drain_load_has_a_dose_in_minutes()
    {
        // 3.351 V / 3.3 Ω = 1.02 A; 0.1 Ah in 5.9 min: the paper's 5 to 10 minutes at 1 A; 3.6² / 3.3 = 3.93 W
        Finding found = Setups.With(Drain(3.3, 10)).Only("drain-load");

        found.Severity.ShouldBe(Severity.Note);
        found.Seen.ShouldBe("The drain load of 3.3 Ω takes 1.02 A from a cell at 3.35 V, and makes 3.93 W of heat at 3.60 V.");
        found.Why.ShouldContain("0.017 Ah per minute: 0.1 Ah in 5.9 min");
    }

    [Theory]
    [InlineData(2.0, Severity.Error)]
    [InlineData(4.5, Severity.Warning)]
    [InlineData(null, Severity.Note)]
    public void A_drain_load_above_its_rating_burns(double? rating, Severity expected)
    {
        Finding found = Setups.With(Drain(3.3, rating)).Only("drain-load");

        found.Severity.ShouldBe(expected);
        found.Do.ShouldContain("at least 7.85 W");
    }

    [Fact]
    [Trait("Row", "10")]
    public void A_drain_load_too_strong_to_stop_in_time_is_a_warning()
    {
        DrainLoadSpec strong = DrainLoadSpec.ConstantCurrent(new Amperes(20), new Watts(300));

        Finding found = Setups.With(new ToolSpecs { DrainLoad = strong }).Only("drain-load");

        found.Severity.ShouldBe(Severity.Warning);
        found.Why.ShouldContain("0.1 Ah in 18 s. That is too fast");
    }

    private static ToolSpecs Smart(double absorption, double? recondition = null) => new()
    {
        SmartCharger = new SmartChargerSpec(new Amperes(10), new Volts(absorption))
        {
            Recondition = recondition is { } v ? new Volts(v) : null,
        },
    };

    private static ToolSpecs Drain(double ohms, double? rating) => new()
    {
        DrainLoad = DrainLoadSpec.Resistor(new Ohms(ohms), rating is { } w ? new Watts(w) : null),
    };
}
