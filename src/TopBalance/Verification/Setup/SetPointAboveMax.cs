using TopBalance.Packs;

namespace TopBalance.Verification.Setup;

/// <summary>A set-point that would hold every cell above the maker's limit.</summary>
internal sealed class SetPointAboveMax : ISetupRule
{
    /// <inheritdoc/>
    public string Code => "set-point-above-max";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(PackSpec pack)
    {
        double max = pack.Cell.MaxVoltage.Value;
        if (pack.SetPointPerCellVolts() > max + PackFigures.Rounding)
        {
            yield return new Finding(
                Code,
                Severity.Error,
                $"At its set-point the charger holds {Say.Volts(pack.SetPointPerCellVolts())} on every cell.",
                $"{pack.Cell.Name} must never be held above {Say.Volts(max)}: if the BMS fails to stop the charger, all {pack.Series} "
                    + "cells are overcharged at once.",
                $"Never set the charger above {Say.Volts(RoundedDown(max * pack.Series))} on {pack.Series} of these cells.");
        }
    }

    // a limit is never rounded up
    private static double RoundedDown(double volts) => Math.Floor((volts * 10) + PackFigures.Rounding) / 10;
}
