using TopBalance.Packs;

namespace TopBalance.Verification.Setup;

/// <summary>The charger's set-point against the number of cells, the full voltage of the brand and the levels of the modules.</summary>
internal sealed class ChargerSetPoint : ISetupRule
{
    // per cell: what nobody can set more finely, and what is beyond a charger that is a little off
    private const double Fine = 0.02, LittleOff = 0.05;

    /// <inheritdoc/>
    public string Code => "charger-set-point";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(PackSpec pack)
    {
        double perCell = pack.SetPointPerCellVolts();
        double wanted = pack.WantedPerCellVolts();
        double shuntOn = pack.Module.ShuntOn.Value;
        if (perCell < shuntOn - PackFigures.Rounding)
        {
            yield return Found(
                pack,
                Severity.Error,
                $"With all cells equal none gets to {Say.Volts(shuntOn)}, where the shunts come on: this charger can never balance the "
                    + "pack, and the red lamps stay dark.");
        }
        else if (perCell > wanted + LittleOff)
        {
            yield return Found(
                pack,
                Severity.Error,
                $"A full cell wants {Say.Volts(wanted)} here. The charger goes on pushing far above it; only the BMS stands between it "
                    + "and the cells, in every charge.");
        }
        else if (perCell > wanted + Fine)
        {
            yield return Found(
                pack,
                Severity.Warning,
                $"A full cell wants {Say.Volts(wanted)}. The charger is a little high: HVC will end every charge, also of a well "
                    + "balanced pack.");
        }
        else if (perCell < wanted - Fine)
        {
            yield return Low(pack, perCell, shuntOn);
        }
    }

    private Finding Low(PackSpec pack, double perCell, double shuntOn)
    {
        // a relative module's lamp stays dark on equal cells, whatever the set-point
        double dark = pack.Module.Relative is null ? ThresholdSpread.Of(pack).DarkAt(perCell) : 0;
        string lamps = dark >= 0.5
            ? $"about {Say.Number(dark)} of {pack.Series} red lamps will stay dark even in a balanced pack"
            : "every shunt can still come on, only later";
        return Found(
            pack,
            dark >= 0.5 ? Severity.Warning : Severity.Note,
            $"That is {Say.Volts(perCell - shuntOn)} above shunt-on ({Say.Volts(shuntOn)}). With module levels that differ by "
                + $"{pack.ThresholdSigmaText()}, {lamps}.");
    }

    private Finding Found(PackSpec pack, Severity severity, string why) => new(
        Code,
        severity,
        $"The charger is set to {Say.Volts(pack.Charger.Voltage.Value)} for {pack.Series} cells: "
            + $"{Say.Volts(pack.SetPointPerCellVolts())} per cell.{OtherCount(pack)}",
        why,
        $"Set it to {Say.Volts(pack.WantedPerCellVolts() * pack.Series)} ({pack.Series} × "
            + $"{Say.Volts(pack.WantedPerCellVolts())}){Count(severity)}.");

    private static string Count(Severity severity) => severity == Severity.Error
        ? ", count the modules, and do not charge before both are right"
        : severity == Severity.Warning ? "" : ", or leave it if the charger is meant to stay below HVC";

    // a wrong curve or a wrong cell count shows as a set-point that fits another number of cells exactly
    private static string OtherCount(PackSpec pack)
    {
        double cells = pack.Charger.Voltage.Value / pack.WantedPerCellVolts();
        double whole = Math.Round(cells);
        return whole >= 1 && whole != pack.Series && whole <= 2 * PackSpec.MostSeries && Math.Abs(cells - whole) < 0.02
            ? $" It is the set-point of {Say.Number(whole)} cells of {Say.Volts(pack.WantedPerCellVolts())}."
            : "";
    }
}
