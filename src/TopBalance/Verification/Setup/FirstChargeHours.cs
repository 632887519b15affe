using TopBalance.Packs;

namespace TopBalance.Verification.Setup;

/// <summary>How long the first charge takes until the fullest cell trips.</summary>
internal sealed class FirstChargeHours : ISetupRule
{
    // 5 % and 95 % of a normal distribution, and the ammeter's error where the file is silent
    private const double Sides = 1.645, TypicalCurrentSigma = 0.02;

    /// <inheritdoc/>
    public string Code => "first-charge-hours";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(PackSpec pack)
    {
        var belief = SocBelief.Of(pack);
        double SecondsFrom(double soc) => 3600 * (1 - soc) * pack.CellCapacityAh() / pack.BulkAmps();
        double error = Math.Min(0.5, Sides * Math.Abs(pack.Unknowns?.CurrentSigma ?? TypicalCurrentSigma));
        double highest = belief.HighestAt(0.5);
        double lowest = belief.LowestAt(0.5);
        yield return new Finding(
            Code,
            Severity.Note,
            $"{SeenOf(belief)} the fullest cell is expected at {Say.Percent(highest)} SoC, the emptiest at {Say.Percent(lowest)}; the "
                + $"charger gives {Say.Amperes(pack.BulkAmps())}.",
            $"The first charge takes about {Say.Duration(SecondsFrom(highest))} until the fullest cell is full "
                + $"({Say.Duration(SecondsFrom(belief.HighestAt(0.95)) * (1 - error))} to "
                + $"{Say.Duration(SecondsFrom(belief.HighestAt(0.05)) * (1 + error))}). The emptiest is then at about "
                + $"{Say.Percent(Math.Clamp(1 - highest + lowest, 0, 1))}, and that is all the pack can give until it is balanced.",
            "Plan to be at the pack before the early end of that range: lamps and the trip can be seen only in the last minutes.");
    }

    private static string SeenOf(SocBelief belief) => belief.IsAssumed
        ? "The file does not say how full all the cells are; if they are as shipped (25 % to 50 %),"
        : "From what the file says of the cells,";
}
