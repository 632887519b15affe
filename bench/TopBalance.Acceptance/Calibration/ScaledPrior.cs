using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Acceptance.Calibration;

/// <summary>A pack file whose owner is too sure of it, or not sure enough: what is believed beforehand is wider than what is true.</summary>
internal static class ScaledPrior
{
    /// <summary>The pack with its spreads of cells and modules this many times as wide; states of charge stay between 0 and 1.</summary>
    public static PackSpec Of(PackSpec pack, double scale)
    {
        if (scale == 1 || pack.Unknowns is not { } u)
        {
            return pack;
        }

        double? middle = 0.5 * (u.SocMin + u.SocMax);
        return pack with
        {
            Unknowns = u with
            {
                SocMin = middle + (scale * (u.SocMin - middle)) is { } low ? Math.Max(0, low) : null,
                SocMax = middle + (scale * (u.SocMax - middle)) is { } high ? Math.Min(1, high) : null,
                SocSigma = scale * u.SocSigma,
                CapacitySigma = scale * u.CapacitySigma,
                ResistanceSigma = scale * u.ResistanceSigma,
                ThresholdSigma = u.ThresholdSigma is { } volts ? new Volts(scale * volts.Value) : null,
            },
        };
    }
}
