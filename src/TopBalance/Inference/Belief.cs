using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Packs;

namespace TopBalance.Inference;

/// <summary>How finely a belief is sampled.</summary>
/// <param name="Packs">Draws of what all cells share (ammeter, temperature, curve), at least 8.</param>
/// <param name="Slices">Slices per cell in each of them, at least 8.</param>
public sealed record BeliefSize(int Packs, int Slices)
{
    /// <summary>For commands: 96 × 24.</summary>
    public static BeliefSize Usual { get; } = new(96, 24);
}

/// <summary>The 5, 50 and 95 % points of a quantity.</summary>
/// <param name="P05">5 %.</param>
/// <param name="P50">The median.</param>
/// <param name="P95">95 %.</param>
public readonly record struct Interval90(double P05, double P50, double P95);

/// <summary>How far a cell is known.</summary>
public enum Known
{
    /// <summary>The interval is narrow: at most 1 % of capacity on either side of the median.</summary>
    Resolved,

    /// <summary>Only a bound: seen dark, or not at all.</summary>
    Bounded,
}

/// <summary>What is believed of one cell.</summary>
/// <param name="Cell">Which.</param>
/// <param name="ToFullAh">Ah to full of the whole cell, as of the moment after the last observation.</param>
/// <param name="Lamp">Its red lamp at the end of the last charge.</param>
/// <param name="Known">Resolved or only bounded.</param>
/// <param name="Evidence">What it rests on, one line.</param>
public sealed record CellEstimate(CellNumber Cell, Interval90 ToFullAh, LampSight Lamp, Known Known, string Evidence);

/// <summary>An observation that cannot be, given the others.</summary>
/// <param name="Observation">Its place in the list, from 1.</param>
/// <param name="Cell">The cell it is about; null for the pack.</param>
/// <param name="Text">What was seen, why it cannot be, and what to check.</param>
public sealed record Contradiction(int Observation, CellNumber? Cell, string Text);

/// <summary>Which single further observation would tell most.</summary>
/// <param name="Text">What to look at, in words.</param>
/// <param name="Cell">The cell it is about; null for the pack.</param>
/// <param name="NarrowsToAh">Expected width of the 90 % interval of that cell afterwards, Ah.</param>
public sealed record MostTelling(string Text, CellNumber? Cell, double NarrowsToAh);

/// <summary>What is believed of every cell of a pack. Owns its buffers; not shared between threads.</summary>
public sealed class Belief
{
    /// <summary>The belief before anything was seen.</summary>
    /// <param name="pack">The pack with its <c>unknowns</c>; typical spreads for those it does not give.</param>
    /// <param name="seed">Seed of all samples.</param>
    /// <param name="size">How finely; null is <see cref="BeliefSize.Usual"/>.</param>
    public static Belief Before(PackSpec pack, ulong seed, BeliefSize? size = null) => throw new NotSupportedException("stub");

    /// <summary>Contradictions so far, in order.</summary>
    public ImmutableArray<Contradiction> Contradictions => throw new NotSupportedException("stub");

    /// <summary>Takes in the next observation.</summary>
    /// <exception cref="ArgumentException">It names a cell outside the pack.</exception>
    public void Observe(Observation seen) => throw new NotSupportedException("stub");

    /// <summary>What is believed of each cell now.</summary>
    public ImmutableArray<CellEstimate> Cells() => throw new NotSupportedException("stub");

    /// <summary>Which single further observation would tell most; null if nothing would.</summary>
    public MostTelling? MostTelling() => throw new NotSupportedException("stub");
}
