using TopBalance.Packs;

namespace TopBalance.Verification.Setup;

/// <summary>The cell-module variant (3.6 or 3.8 V) against the brand of the cells.</summary>
internal sealed class ModuleVariant : ISetupRule
{
    // variants are 0.2 V apart; a relative of the right one may differ by half of that
    private const double AnotherVariant = 0.1;

    /// <inheritdoc/>
    public string Code => "module-variant";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(PackSpec pack)
    {
        double hvc = pack.Module.Hvc.Value;
        double max = pack.Cell.MaxVoltage.Value;
        double? made = pack.Cell.ModuleHvc?.Value;
        if (hvc > max + PackFigures.Rounding)
        {
            yield return Found(
                pack,
                Severity.Error,
                $"The module lets a cell pass its limit of {Say.Volts(max)} before it stops the charger.",
                $"Fit modules with an HVC of {Say.Volts(made ?? pack.Cell.FullVoltage.Value)}; do not charge with these.");
        }
        else if (made is { } variant && hvc > variant + AnotherVariant)
        {
            yield return Found(
                pack,
                Severity.Error,
                "A cell is driven far past full before its module stops the charger, and its shunt comes on only there.",
                $"Fit the {Say.Volts(variant)} variant; do not charge with these.");
        }
        else if (made is { } higher && hvc < higher - AnotherVariant)
        {
            yield return Found(
                pack,
                Severity.Warning,
                "Safe, and little charge is lost; but shunts and HVC act earlier than this brand is used to, and the charger must be set "
                    + "for the modules, not for the brand.",
                $"Set the charger to {Say.Volts(hvc * pack.Series)} ({pack.Series} × {Say.Volts(hvc)}), or fit the {Say.Volts(higher)} "
                    + "variant.");
        }
        else if (made is null)
        {
            yield return Found(
                pack,
                Severity.Note,
                "The cell's file does not say which variant is made for it; the HVC was only compared with the cell's limit of "
                    + $"{Say.Volts(max)}.",
                "Ask the cell's seller which full voltage is usual, and compare it with the figure printed on the modules.");
        }
    }

    private Finding Found(PackSpec pack, Severity severity, string why, string what)
    {
        string made = pack.Cell.ModuleHvc is { } hvc
            ? $"; {pack.Cell.Brand ?? pack.Cell.Name} cells take the {Say.Volts(hvc.Value)} variant"
            : "";
        return new Finding(Code, severity, $"{pack.Module.Name} has its HVC at {Say.Volts(pack.Module.Hvc.Value)}{made}.", why, what);
    }
}
