using TopBalance.Packs;

namespace TopBalance.Verification.Setup;

/// <summary>With modules of this tolerance the lowest HVC stops the charge before the charger ends on its own.</summary>
internal sealed class HvcBeforeCharger : ISetupRule
{
    private const double WorthAWord = 0.05;

    /// <inheritdoc/>
    public string Code => "hvc-before-charger";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(PackSpec pack)
    {
        var spread = ThresholdSpread.Of(pack);
        double perCell = pack.SetPointPerCellVolts();
        double trips = spread.TripsAt(perCell);

        // a set-point that is plainly too high is another rule's finding
        if (trips < WorthAWord || perCell > pack.Module.Hvc.Value + (2 * PackFigures.Rounding))
        {
            yield break;
        }

        yield return new Finding(
            Code,
            Severity.Note,
            $"The charger's {Say.Volts(perCell)} per cell meets an HVC of {Say.Volts(pack.Module.Hvc.Value)}; module levels differ by "
                + $"{pack.ThresholdSigmaText()}.",
            $"Of {pack.Series} modules the lowest HVC is expected at {Say.Volts(spread.LowestHvcVolts)} and the highest shunt-on at "
                + $"{Say.Volts(spread.HighestShuntOnVolts)}. Even in a balanced pack the BMS, not the charger, ends the charge with a "
                + $"probability of {Say.Percent(trips)}{Lamps(pack, spread)}.",
            "Expect it: a lone trip is no failure once every red lamp has been seen lit. Note which cell trips. If it keeps tripping "
                + "while lamps are dark and its cell is not the fullest, compare its module with a meter.");
    }

    // a relative module's lamp stays dark on equal cells
    private static string Lamps(PackSpec pack, ThresholdSpread spread) => pack.Module.Relative is null
        ? $"; all red lamps are lit before that with {Say.Percent(spread.AllLitBeforeTrip())}"
        : "";
}
