using TopBalance.Packs;

namespace TopBalance.Verification.Setup;

/// <summary>With modules of this tolerance the lowest HVC stops the charge before the charger ends on its own.</summary>
internal sealed class HvcBeforeCharger : ISetupRule
{
    private const double WorthAWord = 0.05, Likely = 0.5;

    private const string WhatIfLit = "Expect it: a lone trip is no failure once every red lamp has been seen lit. Note which cell trips. "
        + "If it keeps tripping while lamps are dark and its cell is not the fullest, compare its module with a meter.";

    private const string WhatIfDark = "Expect trips with some lamps still dark, also when the cells are equal: it takes several charges "
        + "until every lamp has been seen lit. Compare the module that always trips first, and those that stay dark, with a meter, and "
        + "exchange the worst.";

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

        // a relative module's lamp stays dark on equal cells
        double? allLit = pack.Module.Relative is null ? spread.AllLitBeforeTrip() : null;
        bool dark = allLit < Likely;
        string lamps = allLit is { } share ? $"; all red lamps are lit before that with {Say.Percent(share)}" : "";
        yield return new Finding(
            Code,
            dark && pack.Unknowns?.ThresholdSigma is not null ? Severity.Warning : Severity.Note,
            $"The charger's {Say.Volts(perCell)} per cell meets an HVC of {Say.Volts(pack.Module.Hvc.Value)}; module levels differ by "
                + $"{pack.ThresholdSigmaText()}.",
            $"Of {pack.Series} modules the lowest HVC is expected at {Say.Volts(spread.LowestHvcVolts)} and the highest shunt-on at "
                + $"{Say.Volts(spread.HighestShuntOnVolts)}. With all cells equal the BMS, not the charger, ends the charge with a "
                + $"probability of {Say.Percent(trips)}{lamps}.",
            dark ? WhatIfDark : WhatIfLit);
    }
}
