using System.Collections.Immutable;
using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Simulation;

namespace TopBalance.Verification.Diagnosis;

/// <summary>What all hypotheses look at: the pack, its log, what is believed if all is sound, and packs drawn from that.</summary>
internal sealed class DiagnosisCase
{
    private const int DrawCount = 200;

    public DiagnosisCase(PackSpec pack, IReadOnlyList<Observation> seen, ulong seed)
    {
        (Pack, Seen, Seed) = (pack, seen, seed);
        Belief = Believe(pack, BeliefSize.Quick);
        Log = new JobLog(pack, seen);
        Signs = CellSigns.Of(pack, seen, Belief);
        Posterior = CellFaultPosterior.Of(this);
        Draws = DrawPacks();
    }

    /// <summary>The pack as its file describes it.</summary>
    public PackSpec Pack { get; }

    /// <summary>What was done and seen, in order.</summary>
    public IReadOnlyList<Observation> Seen { get; }

    /// <summary>Seed of all samples.</summary>
    public ulong Seed { get; }

    /// <summary>What is believed after all of it if the pack is as its file says.</summary>
    public Belief Belief { get; }

    /// <summary>What was done, in figures.</summary>
    public JobLog Log { get; }

    /// <summary>What was seen of each cell, by index.</summary>
    public ImmutableArray<CellSigns> Signs { get; }

    /// <summary>
    /// Whole packs drawn from what is believed, Ah to full per cell by index: of a pack with a fault as often as the fault is probable.
    /// </summary>
    public ImmutableArray<double[]> Draws { get; }

    /// <summary>How probable each fault of each cell is, once they have been played.</summary>
    public CellFaultPosterior Posterior { get; }

    /// <summary>Share of the drawn packs for which a statement holds.</summary>
    public double Share(Func<double[], bool> holds) => (double)Draws.Count(holds) / Draws.Length;

    /// <summary>The middle of a figure over the drawn packs.</summary>
    public double Median(Func<double[], double> figure) => Draws.Select(figure).Order().ElementAt(Draws.Length / 2);

    /// <summary>Plays the log on a pack that is supposed to be otherwise.</summary>
    public Belief Believe(PackSpec supposed, BeliefSize size)
    {
        var belief = Belief.Before(supposed, Seed, size);
        foreach (Observation seen in Seen)
        {
            belief.Observe(seen);
        }

        return belief;
    }

    private ImmutableArray<double[]> DrawPacks()
    {
        var random = new RandomStream(Seed, 0xD1A6);
        var drawn = ImmutableArray.CreateBuilder<double[]>(DrawCount);
        for (int k = 0; k < DrawCount; k++)
        {
            drawn.Add(Posterior.Pick(Belief, random.NextUniform()).Draw(ref random).ToFullAh());
        }

        return drawn.MoveToImmutable();
    }
}
