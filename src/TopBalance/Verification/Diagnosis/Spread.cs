namespace TopBalance.Verification.Diagnosis;

/// <summary>Figures of one drawn pack: Ah to full per cell.</summary>
internal static class Spread
{
    /// <summary>Between the fullest and the emptiest cell, Ah.</summary>
    public static double GapAh(this double[] toFullAh) => toFullAh.Max() - toFullAh.Min();

    /// <summary>What all cells together lack to be as full as the fullest, Ah.</summary>
    public static double ToRaiseAh(this double[] toFullAh) => toFullAh.Sum(x => x - toFullAh.Min());

    /// <summary>What all cells together have more than the emptiest, Ah.</summary>
    public static double ToDrainAh(this double[] toFullAh) => toFullAh.Sum(x => toFullAh.Max() - x);
}
