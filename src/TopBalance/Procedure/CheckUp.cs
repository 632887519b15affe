using System.Collections.Immutable;
using TopBalance.Inference;
using TopBalance.Packs;
using TopBalance.Verification.Setup;

namespace TopBalance.Procedure;

/// <summary>A pack is looked at again: what the last session left, and how long ago.</summary>
/// <param name="Session">The last session of the pack.</param>
/// <param name="ToFullAh">What was believed of each cell at its end, by index, Ah.</param>
/// <param name="Months">Since then.</param>
public sealed record CheckUp(string Session, ImmutableArray<Interval90> ToFullAh, double Months)
{
    // cells of one batch lose a few percent a year and differ by a part of that: our estimate, as a share of capacity per month
    private const double DriftSigma = 0.001;

    // nobody knows how full the pack is after it was used
    private const double MeanSoc = 0.55, CommonSigma = 0.2;

    // 5 to 95 % of a normal distribution
    private const double Sigmas90 = 3.29;

    /// <summary>
    /// The pack as it is believed to be at the beginning: the cells stand to each other as they were left, and may have drifted since; how
    /// full they all are is not known.
    /// </summary>
    internal PackSpec Begin(PackSpec pack)
    {
        double capacityAh = pack.CellCapacityAh();
        double middle = ToFullAh.Select(c => c.P50).Order().ElementAt(ToFullAh.Length / 2);
        double left = ToFullAh.Average(c => c.Width) / Sigmas90 / capacityAh;
        double drifted = DriftSigma * Months;
        return pack with
        {
            Unknowns = (pack.Unknowns ?? new Unknowns()) with
            {
                SocMin = null,
                SocMax = null,
                SocMean = MeanSoc,
                SocSigma = Math.Sqrt((left * left) + (drifted * drifted)),
                SocCommonSigma = CommonSigma,
            },
            Cells =
            [
                .. pack.Cells.Select(k => k with { Soc = null }),
                .. ToFullAh.Select((c, k) => new CellKnowledge(CellNumber.FromIndex(k)) { SocAbove = (middle - c.P50) / capacityAh }),
            ],
        };
    }
}
