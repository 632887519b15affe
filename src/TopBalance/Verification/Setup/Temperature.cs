using TopBalance.Packs;

namespace TopBalance.Verification.Setup;

/// <summary>The temperature of the cells against the range in which they may be charged.</summary>
internal sealed class Temperature : ISetupRule
{
    /// <inheritdoc/>
    public string Code => "temperature";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(PackSpec pack)
    {
        double now = pack.Temperature.Value;
        double min = pack.Cell.ChargeMinTemperature.Value;
        double max = pack.Cell.ChargeMaxTemperature.Value;
        double spread = 2 * Math.Max(0, pack.Unknowns?.TemperatureSigma ?? 0);
        if (now < min || now > max)
        {
            yield return Found(
                pack,
                Severity.Error,
                $"The cells are at {Say.Celsius(now)}.",
                now < min
                    ? "Charging colder than that plates lithium and spoils a cell for good."
                    : "Charging hotter than that ages a cell fast and leaves no margin near full.");
        }
        else if (now - spread < min || now + spread > max)
        {
            yield return Found(
                pack,
                Severity.Warning,
                $"The cells are at {Say.Celsius(now)}, single ones perhaps {Say.Celsius(spread)} away from that.",
                "Some cell may be outside the range.");
        }
    }

    private Finding Found(PackSpec pack, Severity severity, string seen, string consequence) => new(
        Code,
        severity,
        seen,
        $"{pack.Cell.Name} may be charged from {Say.Celsius(pack.Cell.ChargeMinTemperature.Value)} to "
            + $"{Say.Celsius(pack.Cell.ChargeMaxTemperature.Value)}. {consequence}",
        severity == Severity.Error
            ? "Do not charge. Bring the cells into the range first; a big cell needs a day."
            : "Measure the coldest and the warmest cell, not the air, before charging.");
}
