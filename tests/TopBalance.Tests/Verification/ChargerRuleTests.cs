using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Verification;

namespace TopBalance.Tests.Verification;

public class ChargerRuleTests
{
    private const string SetPoint = "charger-set-point", Variant = "module-variant", End = "termination-current";

    [Fact]
    public void Fifty_cells_want_180_V_with_CALB_and_190_V_with_Thundersky()
    {
        Setups.Paper(Setups.Charger(180)).Findings(SetPoint).ShouldBeEmpty();
        Setups.Paper(Setups.Charger(190), Setups.Thundersky(), Setups.MiniBms(3.8)).Findings(SetPoint).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Row", "3")]
    public void The_set_point_of_Thundersky_is_far_too_high_for_CALB()
    {
        Finding found = Setups.Paper(Setups.Charger(190)).Only(SetPoint);

        found.Severity.ShouldBe(Severity.Error);
        found.Seen.ShouldContain("190 V for 50 cells: 3.80 V per cell");
        found.Do.ShouldContain("180 V (50 × 3.60 V)");
    }

    [Fact]
    public void A_charger_for_16_cells_on_15_is_recognised()
    {
        PackSpec pack = Setups.Paper(Setups.Charger(57.6), series: 15, parallel: 1);

        pack.Only(SetPoint).Severity.ShouldBe(Severity.Error);
        pack.Only(SetPoint).Seen.ShouldContain("set-point of 16 cells of 3.60 V");
        pack.Only("set-point-above-max").Do.ShouldContain("Never set the charger above 54.7 V on 15");
    }

    [Fact]
    [Trait("Row", "3")]
    public void A_set_point_below_the_shunts_can_never_balance()
    {
        // 24 cells at 80.1 V: a charger that came wrongly programmed (facts 3.1)
        Finding found = Setups.Paper(Setups.Charger(80.1), series: 24, parallel: 1).Only(SetPoint);

        found.Severity.ShouldBe(Severity.Error);
        found.Why.ShouldContain("never balance");
        found.Seen.ShouldContain("3.338 V per cell");
    }

    [Fact]
    [Trait("Row", "3")]
    public void The_set_point_for_CALB_is_below_the_shunts_of_the_3_8_V_module() =>
        Setups.Paper(Setups.Charger(180), module: Setups.MiniBms(3.8)).Only(SetPoint).Why.ShouldContain("3.70 V, where the shunts come on");

    [Fact]
    public void A_charger_a_little_high_only_makes_HVC_end_every_charge() =>
        Setups.Paper(Setups.Charger(182)).Only(SetPoint).Severity.ShouldBe(Severity.Warning);

    [Fact]
    public void A_charger_kept_below_HVC_on_purpose_is_a_note_as_long_as_the_lamps_can_come_on()
    {
        Setups.Paper(Setups.Charger(177.5)).Only(SetPoint).Severity.ShouldBe(Severity.Note);

        // at 3.51 V per cell and ±20 mV, Φ(−0.5) = 31 % of 50 lamps stay dark
        Finding low = Setups.Paper(Setups.Charger(175.5)).Only(SetPoint);
        low.Severity.ShouldBe(Severity.Warning);
        low.Why.ShouldContain("about 15 of 50 red lamps will stay dark");
    }

    [Fact]
    [Trait("Row", "3")]
    public void No_set_point_may_hold_cells_above_their_limit()
    {
        Setups.Paper(Setups.Charger(182.5)).Findings("set-point-above-max").ShouldBeEmpty();
        Setups.Paper(Setups.Charger(183)).Only("set-point-above-max").Severity.ShouldBe(Severity.Error);
    }

    [Fact]
    public void The_module_variant_must_fit_the_brand()
    {
        Setups.Paper().Findings(Variant).ShouldBeEmpty();
        Setups.Paper(Setups.Charger(190), Setups.Thundersky(), Setups.MiniBms(3.8)).Findings(Variant).ShouldBeEmpty();
        Setups.Paper(module: Setups.MiniBms(3.8)).Only(Variant).Severity.ShouldBe(Severity.Error);
        Setups.Paper(cell: Setups.Thundersky()).Only(Variant).Severity.ShouldBe(Severity.Warning);
    }

    [Fact]
    public void A_brand_that_does_not_say_its_variant_is_not_reported_as_fine()
    {
        var cell = new CellSpec("cell", new AmpereHours(100), new Volts(3.6), new Volts(3.65), Setups.Calb().Temperatures);

        Setups.Paper(cell: cell).Only(Variant).Severity.ShouldBe(Severity.Note);
        Setups.Paper(cell: cell, module: Setups.MiniBms(3.8)).Only(Variant).Severity.ShouldBe(Severity.Error);
    }

    [Fact]
    public void A_termination_current_at_or_above_the_charging_current_holds_no_cell_at_the_top() =>
        Setups.Paper(Setups.Charger(180, amps: 5, end: 5)).Only(End).Severity.ShouldBe(Severity.Error);

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    public void A_termination_current_below_the_shunts_never_ends_the_charge(double amps)
    {
        Finding found = Setups.Paper(Setups.Charger(180, end: amps)).Only(End);

        // 3.6 V over 5.4 Ω
        found.Severity.ShouldBe(Severity.Warning);
        found.Why.ShouldContain("the shunts alone take 0.67 A");
    }

    [Fact]
    public void A_small_termination_current_on_a_big_bank_overfills()
    {
        // the maker's line at 3.60 V: 0.041 C, for 1000 Ah 41 A (facts 4.3)
        Finding found = Setups.Paper(Setups.Charger(180, amps: 10, end: 2), Setups.Calb(1000), parallel: 1).Only(End);

        found.Severity.ShouldBe(Severity.Warning);
        found.Why.ShouldContain("41.1 A");
        found.Why.ShouldContain("overfilled");
        found.Do.ShouldContain("gives only 10 A");
    }

    [Fact]
    public void The_makers_line_meets_the_table_of_facts()
    {
        // 100 Ah at 3.60 V: 4.1 A; 50 A is far above it
        Setups.Paper(Setups.Charger(180, amps: 60, end: 50), parallel: 1).Only(End).Why.ShouldContain("fallen to 4.1 A");

        // 280 Ah at 3.55 V: 9.0 A
        Setups.Paper(Setups.Charger(177.5, amps: 60, end: 50), Setups.Calb(280), parallel: 1).Only(End).Why.ShouldContain("fallen to 9 A");
    }

    [Fact]
    public void The_papers_termination_current_is_left_alone() => Setups.Paper().Findings(End).ShouldBeEmpty();

    [Fact]
    public void The_lowest_of_50_HVC_levels_trips_before_a_charger_set_to_HVC_ends()
    {
        Finding found = Setups.Paper().Only("hvc-before-charger");

        // the lowest of 50 normal draws lies 2.25 σ below the mean: 3.600 V − 2.25 × 20 mV
        found.Severity.ShouldBe(Severity.Note);
        found.Why.ShouldContain("lowest HVC is expected at 3.555 V");
        found.Why.ShouldContain("probability of over 99.9 %");
        found.Do.ShouldContain("no failure");
    }

    [Theory]
    [InlineData(0.02, Severity.Note)]
    [InlineData(0.03, Severity.Warning)]
    public void Modules_so_unlike_that_lamps_stay_dark_at_the_trip_are_a_warning(double sigma, Severity expected)
    {
        PackSpec pack = Setups.Paper() with { Unknowns = new Unknowns { ThresholdSigma = new Volts(sigma) } };

        pack.Only("hvc-before-charger").Severity.ShouldBe(expected);
    }

    [Fact]
    public void A_spread_that_is_only_assumed_is_no_warning() =>
        (Setups.Paper() with { Unknowns = null }).Only("hvc-before-charger").Severity.ShouldBe(Severity.Note);

    [Fact]
    public void Exact_modules_trip_at_the_set_point_itself_and_never_below()
    {
        PackSpec exact = Setups.Paper() with { Unknowns = new Unknowns { ThresholdSigma = new Volts(0) } };

        exact.Only("hvc-before-charger").Why.ShouldContain("probability of 100 %");
        (exact with { Charger = Setups.Charger(179.5) }).Findings("hvc-before-charger").ShouldBeEmpty();
    }
}
