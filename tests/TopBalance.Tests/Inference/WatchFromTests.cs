using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Practice;
using TopBalance.Quantities;
using TopBalance.Tests.Frozen;

namespace TopBalance.Tests.Inference;

/// <summary>From when somebody should be at the pack; <c>bench/sessions</c> asks it of 500 packs.</summary>
public class WatchFromTests
{
    private const int Packs = 40;

    [Fact]
    public void The_trip_comes_after_watch_from()
    {
        var drawn = new RandomPacks([(FrozenPack.Cell, FrozenPack.Module)]);
        int early = 0;
        for (ulong seed = 1; seed <= Packs; seed++)
        {
            PackSpec pack = drawn.Draw(seed);
            Seconds watch = Belief.Before(pack, seed, BeliefSize.Quick).WatchFrom(pack.Charger.Current);
            ChargeSeen seen = new SimulatedOwner(TruePack.Draw(pack, seed), seed).Charge();
            early += seen.Ended == ChargeEnding.Hvc && seen.Step.Limit!.Value.Value < watch.Value ? 1 : 0;
        }

        // 2 % of them, and one more by chance
        early.ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public void It_is_not_sooner_than_need_be()
    {
        PackSpec pack = FrozenPack.Of(0.5, 0.5, 0.5, 0.5);

        double hours = Belief.Before(pack, 1, BeliefSize.Quick).WatchFrom(pack.Charger.Current).Value / 3600;

        // 50 Ah at 10 A less what the knee lacks then; the ammeter is 2 % off, the state of charge half a percent
        hours.ShouldBeInRange(4.3, 4.95);
    }

    [Fact]
    public void A_shunt_that_is_lit_already_is_watched_at_once()
    {
        PackSpec pack = FrozenPack.Of(0.5, 0.6, 0.7, 0.8);
        var belief = Belief.Before(pack, 1, BeliefSize.Quick);
        var owner = new SimulatedOwner(TruePack.Draw(pack, 1), 1);
        belief.Observe(owner.Charge());

        belief.WatchFrom(pack.Charger.Current).Value.ShouldBeLessThan(60);
    }

    [Fact]
    public void The_faster_the_charge_the_less_time_lies_between_the_lamp_and_the_trip()
    {
        var belief = Belief.Before(FrozenPack.Of(0.5, 0.6, 0.7, 0.8), 1, BeliefSize.Quick);

        Interval90 fast = belief.RedToTripSeconds(new Amperes(20));
        Interval90 slow = belief.RedToTripSeconds(new Amperes(2));

        fast.P50.ShouldBeLessThan(slow.P50);
        fast.P05.ShouldBeGreaterThan(0);
        belief.RedToTripSeconds(new Amperes(0.5)).P50.ShouldBe(double.PositiveInfinity, "the shunt takes more");
    }
}
