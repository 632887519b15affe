using TopBalance.Packs;

namespace TopBalance.Verification.Setup;

/// <summary>A pack whose voltage is dangerous to touch.</summary>
internal sealed class HighVoltage : ISetupRule
{
    // UN Regulation No. 100: direct voltage above 60 V is high voltage
    private const double TouchLimit = 60;

    /// <inheritdoc/>
    public string Code => "high-voltage";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(PackSpec pack)
    {
        double volts = Math.Max(pack.Charger.Voltage.Value, pack.Series * pack.PlateauVolts());
        if (volts > TouchLimit)
        {
            yield return new Finding(
                Code,
                Severity.Note,
                $"The pack comes to {Say.Volts(volts)}.",
                $"Above {Say.Volts(TouchLimit)} of direct current a touch can kill, and an arc does not go out by itself.",
                "Insulated tools, covered terminals, no rings or watches, one hand where possible, and never alone. Open the service "
                    + "disconnect before working on the cells.");
        }
    }
}
