using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Simulation;
using TopBalance.Tests.Verification.Diagnosis;

namespace TopBalance.Tests.Inference;

public class BeliefDraws
{
    [Fact]
    public void Drawn_packs_spread_as_the_belief_says()
    {
        Scenario scenario = Scenarios.ByCode["charger-outruns-shunts"](1);
        var belief = Belief.Before(scenario.Pack, 1, BeliefSize.Quick);
        foreach (Observation seen in scenario.Seen)
        {
            belief.Observe(seen);
        }

        var random = new RandomStream(1);
        double[][] drawn = new double[2000][];
        for (int k = 0; k < drawn.Length; k++)
        {
            drawn[k] = belief.Draw(ref random).ToFullAh();
        }

        foreach (CellEstimate cell in belief.Cells())
        {
            // 2000 draws: the share below a point is known to 1.1 % (1σ) in the middle and 0.5 % at the ends
            Below(cell.ToFullAh.P05).ShouldBe(0.05, 0.025);
            Below(cell.ToFullAh.P50).ShouldBe(0.50, 0.055);
            Below(cell.ToFullAh.P95).ShouldBe(0.95, 0.025);
            double Below(double ah) => drawn.Count(d => d[cell.Cell.Index] < ah) / (double)drawn.Length;
        }
    }
}
