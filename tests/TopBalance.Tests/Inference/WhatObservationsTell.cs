using System.Collections.Immutable;
using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Practice;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Tests.Frozen;
using Xunit.Abstractions;

namespace TopBalance.Tests.Inference;

/// <summary>Which observation narrows what is believed, and which does not.</summary>
public sealed class WhatObservationsTell(ITestOutputHelper output)
{
    private const double CapacityAh = 100;

    [Fact]
    public void A_voltage_at_rest_on_the_plateau_tells_next_to_nothing()
    {
        SimulatedOwner owner = CarefulOwner.Of(1, 0.60, 0.55, 0.50, 0.40);
        Belief belief = CarefulOwner.Before(owner).Taking(owner.Charge());
        double before = belief.Of(4).Width;

        belief.Observe(owner.MeasureAtRest(new Seconds(5 * 3600), new CellNumber(4)));

        output.WriteLine($"{before:0.00} Ah, then {belief.Of(4).Width:0.00} Ah");
        belief.Of(4).Width.ShouldBeGreaterThan(0.85 * before);
    }

    [Fact]
    public void A_voltage_at_rest_above_the_plateau_says_that_the_cell_is_nearly_full()
    {
        SimulatedOwner owner = CarefulOwner.Of(2, 0.995, 0.60);
        Belief belief = CarefulOwner.Before(owner, 0.5, 1);
        double before = belief.Of(1).Width;

        belief.Observe(owner.MeasureAtRest(new Seconds(5 * 3600), new CellNumber(1), new CellNumber(2)));

        output.WriteLine($"{before:0.00} Ah, then {belief.Of(1)}; cell 2 {belief.Of(2)}");

        // one reading in a hundred is taken to be wrong, and half of the cells were believed far from full
        belief.Of(1).Width.ShouldBeLessThan(0.5 * before);
        belief.Of(1).P50.ShouldBeLessThan(3);
        owner.ToFullAh(1).ShouldBeInRange(belief.Of(1).P05 - 0.2, belief.Of(1).P95);   // one pack: where coverage is measured, many are
        belief.Of(2).Width.ShouldBeGreaterThan(0.5 * before);
    }

    [Fact]
    public void A_voltage_at_the_end_of_a_charge_finds_a_dark_cell_in_the_knee()
    {
        SimulatedOwner owner = CarefulOwner.Of(3, 0.60, 0.59, 0.50);
        ChargeSeen charge = owner.Charge();
        charge.Lamps!.Of(new CellNumber(2)).ShouldBe(LampSight.Dark);
        Belief belief = CarefulOwner.Before(owner).Taking(charge);
        double before = belief.Of(2).Width;
        double truth = owner.ToFullAh(2);

        belief.Observe(owner.MeasureEndOfCharge(new CellNumber(2)));

        output.WriteLine($"{before:0.00} Ah, then {belief.Of(2)}, true {truth:0.00} Ah");
        belief.Of(2).Width.ShouldBeLessThan(0.25 * before);
        belief.Of(2).Holds(truth).ShouldBeTrue();
    }

    [Fact]
    public void A_second_look_narrows()
    {
        SimulatedOwner owner = CarefulOwner.Of(4, 0.60, 0.585, 0.50);
        Belief belief = CarefulOwner.Before(owner).Taking(owner.Charge());
        Interval90 dark = belief.Of(2);

        // two doses out of the highest, and cell 2 is red
        DrainLoadSpec load = DrainLoadSpec.ConstantCurrent(new Amperes(2));
        belief.Taking(owner.Drain(new CellNumber(1), load, new Seconds(3600)), owner.Charge());

        output.WriteLine($"dark {dark}, then {belief.Of(2)}, true {owner.ToFullAh(2):0.00} Ah");
        belief.Of(2).Width.ShouldBeLessThan(0.25 * dark.Width);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_cell_charged_singly_until_it_is_red_is_known_to_a_percent(ulong seed)
    {
        SimulatedOwner owner = CarefulOwner.Of(seed, 0.60, 0.55, 0.50, 0.45);
        SupplySetting supply = SupplySetting.Bench(owner.Pack.Spec.Module.BenchSetpoint, new Amperes(10), new Ohms(0.01));
        Belief belief = CarefulOwner.Before(owner).Taking(owner.Charge());

        belief.Observe(owner.ChargeCells([new CellNumber(3)], supply, untilRed: true));

        double truth = owner.ToFullAh(3);
        output.WriteLine($"seed {seed}: {belief.Of(3)}, true {truth:0.00} Ah");
        belief.Of(3).P05.ShouldBeGreaterThan(truth - (0.01 * CapacityAh));
        belief.Of(3).P95.ShouldBeLessThan(truth + (0.01 * CapacityAh));
    }

    [Fact]
    public void A_supply_left_on_for_a_day_fills_no_cell_beyond_its_voltage()
    {
        SimulatedOwner owner = CarefulOwner.Of(6, 0.60, 0.50, 0.50, 0.50, 0.50);

        // below the level of the shunts, so that no lamp tells
        SupplySetting supply = SupplySetting.Bench(new Volts(4 * 3.45), new Amperes(10));
        ImmutableArray<CellNumber> four = [.. Enumerable.Range(2, 4).Select(n => new CellNumber(n))];
        Belief belief = CarefulOwner.Before(owner).Taking(owner.Charge());

        CellChargeSeen seen = owner.ChargeCells(four, supply, limit: new Seconds(24 * 3600));
        belief.Observe(seen);

        seen.Ended.ShouldBe(CellChargeEnding.Stopped);
        output.WriteLine($"{belief.Of(4)}, true {owner.ToFullAh(4):0.00} Ah");
        belief.Of(4).Holds(owner.ToFullAh(4)).ShouldBeTrue();
    }

    [Fact]
    public void Readings_at_rest_of_many_cells_on_the_plateau_still_tell_next_to_nothing()
    {
        const int cells = 30;
        SimulatedOwner owner = CarefulOwner.Of(7, [.. Enumerable.Range(0, cells).Select(k => 0.40 + (0.20 * k / cells))]);
        Belief belief = CarefulOwner.Before(owner).Taking(owner.Charge());
        double before = belief.Of(20).Width;

        belief.Observe(owner.MeasureAtRest(new Seconds(5 * 3600), Enumerable.Range(1, cells).Select(n => new CellNumber(n))));

        int held = Enumerable.Range(1, cells).Count(n => belief.Of(n).Holds(owner.ToFullAh(n)));
        output.WriteLine($"{before:0.00} Ah, then {belief.Of(20)}, true {owner.ToFullAh(20):0.00} Ah; {held} of {cells} inside");
        belief.Of(20).Width.ShouldBeGreaterThan(0.8 * before);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits()
    {
        SimulatedOwner owner = CarefulOwner.Of(5, 0.60, 0.58, 0.55, 0.50, 0.40);
        ChargeSeen charge = owner.Charge();
        DrainSeen drain = owner.Drain(new CellNumber(1), DrainLoadSpec.ConstantCurrent(new Amperes(2)), new Seconds(1800));
        ImmutableArray<Observation> seen = [charge, drain, owner.Charge(), owner.MeasureEndOfCharge(new CellNumber(3))];
        ImmutableArray<CellEstimate> one = CarefulOwner.Before(owner).Taking(seen).Cells();

        CarefulOwner.Before(owner).Taking(seen).Cells().ShouldBe(one);
        CarefulOwner.Before(owner, seed: 12).Taking(seen).Cells().ShouldNotBe(one);
    }
}
