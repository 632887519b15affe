using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Practice;
using TopBalance.Tests.Frozen;
using Xunit.Abstractions;

namespace TopBalance.Tests.Inference;

/// <summary>What the pack file says is broken is believed to be broken.</summary>
public sealed class BelievedFaults(ITestOutputHelper output)
{
    [Fact]
    public void A_cell_whose_shunt_is_dead_trips_without_a_lamp()
    {
        SimulatedOwner owner = CarefulOwner.Of(FrozenPack.Of(0.60, 0.58, 0.50).With(new Fault.DeadShunt(new CellNumber(1))), 1);
        ChargeSeen charge = owner.Charge();
        charge.Tripped.Cell.ShouldBe(new CellNumber(1));
        charge.Lamps!.Of(new CellNumber(1)).ShouldBe(LampSight.Dark);

        Belief belief = CarefulOwner.Before(owner).Taking(charge);

        double truth = owner.ToFullAh(1);
        output.WriteLine($"{belief.Of(1)}, true {truth:0.00} Ah");
        belief.Of(1).P95.ShouldBeLessThan(3);
        belief.Of(1).Holds(truth).ShouldBeTrue();
    }

    [Fact]
    public void Nothing_is_wrong_with_a_dead_shunt_that_trips_dark()
    {
        SimulatedOwner owner = CarefulOwner.Of(FrozenPack.Of(0.60, 0.58, 0.50).With(new Fault.DeadShunt(new CellNumber(1))), 1);

        CarefulOwner.Before(owner).Taking(owner.Charge()).Contradictions.ShouldBeEmpty();
    }

    [Fact]
    public void A_red_lamp_that_is_dead_says_nothing()
    {
        SimulatedOwner owner = CarefulOwner.Of(FrozenPack.Of(0.60, 0.5999, 0.50).With(new Fault.DeadRedLamp(new CellNumber(2))), 4);
        ChargeSeen charge = owner.Charge();
        charge.Lamps!.Of(new CellNumber(2)).ShouldBe(LampSight.Dark);

        Belief belief = CarefulOwner.Before(owner).Taking(charge);

        output.WriteLine($"{belief.Of(2)}, true {owner.ToFullAh(2):0.00} Ah");
        belief.Contradictions.ShouldBeEmpty();
        // what the pack file states of a cell, 30 Ah wide and even, but for the little that not tripping first takes
        belief.Of(2).P05.ShouldBeInRange(1, 2);
        belief.Of(2).P95.ShouldBeInRange(27, 29.5);
    }

    [Fact]
    public void A_red_lamp_that_is_always_lit_says_nothing()
    {
        PackSpec pack = FrozenPack.Of(0.60, 0.58, 0.45);
        SimulatedOwner owner = CarefulOwner.Of(pack.With(new Fault.StuckOnShunt(new CellNumber(3))), 2);
        ChargeSeen charge = owner.Charge();
        charge.Lamps!.Of(new CellNumber(3)).ShouldBe(LampSight.Lit);

        Belief belief = CarefulOwner.Before(owner).Taking(charge);

        double truth = owner.ToFullAh(3);
        output.WriteLine($"{belief.Of(3)}, true {truth:0.00} Ah");
        belief.Contradictions.ShouldBeEmpty();
        belief.Of(3).Width.ShouldBeGreaterThan(10);
        belief.Of(3).Holds(truth).ShouldBeTrue();

        // who does not know of it takes the lamp for what it usually means
        CarefulOwner.Before(CarefulOwner.Of(pack, 2)).Taking(charge).Of(3).P50.ShouldBeLessThan(5);
    }

    [Fact]
    public void A_contact_that_never_opens_trips_nothing()
    {
        PackSpec pack = FrozenPack.Of(0.60, 0.597, 0.50).With(new Fault.DeadLoopContact(new CellNumber(1)));
        SimulatedOwner owner = CarefulOwner.Of(pack with { Charger = new ChargerSpec(new(12), new(10), new(2)) }, 3);
        ChargeSeen charge = owner.Charge();
        charge.Tripped.Cell.ShouldBe(new CellNumber(2));

        Belief belief = CarefulOwner.Before(owner).Taking(charge);

        output.WriteLine($"{belief.Of(1)}, true {owner.ToFullAh(1):0.00} Ah; cell 2 {belief.Of(2)}, true {owner.ToFullAh(2):0.00} Ah");
        belief.Contradictions.ShouldBeEmpty();
        belief.Of(1).P05.ShouldBeLessThan(owner.ToFullAh(1));
        belief.Of(2).Holds(owner.ToFullAh(2)).ShouldBeTrue();
    }
}
