using TopBalance.Inference;
using TopBalance.Packs;

namespace TopBalance.Acceptance.Calibration;

/// <summary>What is known of a cell by what was done to it and seen of it; the last that fits counts.</summary>
internal enum CellClass
{
    /// <summary>Its lamp was not looked at at the end of the last charge of the pack.</summary>
    NotSeen,

    /// <summary>Dark there.</summary>
    Dark,

    /// <summary>Lit there, or noted as the one that tripped.</summary>
    Lit,

    /// <summary>Charged by a supply at any time.</summary>
    Charged,

    /// <summary>Drained at any time.</summary>
    Drained,
}

/// <summary>Where in a procedure an instant lies; the only one of a procedure is its first and its last.</summary>
[Flags]
internal enum Instant
{
    Between = 0,
    First = 1,
    Last = 2,
}

/// <summary>What was believed of one cell at one instant, and what was true.</summary>
/// <param name="Seed">Of the pack.</param>
/// <param name="Observations">Taken in so far.</param>
/// <param name="Instant">Where that is.</param>
/// <param name="Cell">Which.</param>
/// <param name="Class">What was known of it.</param>
/// <param name="CapacityAh">Nominal capacity of the whole cell, Ah.</param>
/// <param name="TruthAh">Ah to full.</param>
/// <param name="Believed">The interval, Ah.</param>
internal sealed record CellRow(
    ulong Seed, int Observations, Instant Instant, CellNumber Cell, CellClass Class, double CapacityAh, double TruthAh, Interval90 Believed)
{
    public bool Held => Believed.Holds(TruthAh);

    public double WidthPercent => 100 * Believed.Width / CapacityAh;

    /// <summary>Truth above the median, in widths.</summary>
    public double Bias => (TruthAh - Believed.P50) / Believed.Width;

    /// <summary>Not an interval at all: empty, not in order or not finite.</summary>
    public bool IsBroken => !(double.IsFinite(Believed.P05) && double.IsFinite(Believed.P95)
        && Believed.P05 < Believed.P95 && Believed.P05 <= Believed.P50 && Believed.P50 <= Believed.P95);
}
