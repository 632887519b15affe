using TopBalance.Packs;

namespace TopBalance.Verification.Setup;

/// <summary>The temperature and the charger's current against the range in which the cell's curves were measured.</summary>
internal sealed class Trusted : ISetupRule
{
    /// <inheritdoc/>
    public string Code => "trusted-range";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(PackSpec pack)
    {
        if (pack.Cell.Trusted is not { } range)
        {
            yield break;
        }

        if (!range.Holds(pack.Temperature))
        {
            yield return Found(
                pack,
                $"The cells are at {Say.Celsius(pack.Temperature.Value)}.",
                range.MinTemperature == range.MaxTemperature
                    ? $"at {Say.Celsius(range.MinTemperature.Value)}"
                    : $"from {Say.Celsius(range.MinTemperature.Value)} to {Say.Celsius(range.MaxTemperature.Value)}",
                "At another temperature the resistances near full differ by factors.",
                "Charge in that range, or log a charge at this temperature and fit the cell anew.");
        }

        double rate = pack.ChargeRate();
        if (!range.HoldsCharge(rate))
        {
            yield return Found(
                pack,
                $"The charger gives {Say.Amperes(pack.Charger.Current.Value)}: {Say.Rate(rate)} of a cell's capacity per hour.",
                range.ChargeRate > 0 ? $"up to {Say.Rate(range.ChargeRate)}" : "in no charge at all",
                "A larger current meets the knee earlier, by how much nobody has measured.",
                "Turn the charger down, or log a charge at this current and fit the cell anew.");
        }
    }

    private Finding Found(PackSpec pack, string seen, string range, string why, string what) => new(
        Code,
        Severity.Warning,
        seen,
        $"The curves of {pack.Cell.Name} were measured {range}. {why} Times and charges near full that are computed here are rough.",
        what);
}
