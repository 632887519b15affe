using TopBalance.Packs;

namespace TopBalance.Verification.Setup;

/// <summary>The termination current against the charger's own current, the shunts and the maker's definition of full.</summary>
internal sealed class TerminationCurrent : ISetupRule
{
    // Nordkyn's line: full when v − I·(3.65 − 3.37)/(0.05·Ah) > 3.37 (YamBMS, code and table), with the maker's own end rate for 0.05
    private const double LineTop = 3.65, LineFoot = 3.37;

    // further than this from the line, in either direction, is worth a word
    private const double FarBelow = 0.2, FarAbove = 2;

    /// <inheritdoc/>
    public string Code => "termination-current";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(PackSpec pack)
    {
        double end = pack.Charger.TerminationCurrent.Value;
        double bulk = pack.Charger.Current.Value;
        double full = FullAtAmps(pack);
        double shunt = HoldingShuntAmps(pack);
        string line = $"At {Say.Volts(pack.SetPointPerCellVolts())} a cell of {Say.AmpereHours(pack.CellCapacityAh())} is full by the "
            + $"maker's line when the current has fallen to {Rounded(full)}";
        if (end >= bulk)
        {
            yield return Found(
                pack,
                Severity.Error,
                $"That is not below its {Say.Amperes(bulk)}: the charge ends the moment the set-point is reached, or before, and no cell "
                    + "is held there to fill up.",
                $"Set it to about {Rounded(Math.Min(full, bulk / 2))}.");
        }
        else if (end < shunt)
        {
            yield return Found(
                pack,
                Severity.Warning,
                $"With all red lamps lit the shunts alone take {Say.Amperes(shunt)}, so the current never falls that far: the charge "
                    + "never ends by itself, and the cells are held at the top.",
                $"Set it to about {Rounded(Math.Max(full, 1.2 * shunt))}, or end the charge by hand once the lamps are lit.");
        }
        else if (end < FarBelow * full)
        {
            yield return Found(
                pack,
                Severity.Warning,
                $"{line}. Held on to {Say.Amperes(end)} it is overfilled.",
                $"Set it to about {Rounded(full)}{NoteOfSmallCharger(full, bulk)}.");
        }
        else if (end > FarAbove * full && full > 0)
        {
            yield return Found(
                pack,
                Severity.Note,
                $"{line}. The charge ends well before that, and the cells are not quite full.",
                $"Set it to about {Rounded(Math.Max(full, 1.2 * shunt))} if the charger allows it.");
        }
    }

    private static string Rounded(double amps) => Say.Amperes(amps < 1 ? amps : Math.Round(amps, 1));

    private static double FullAtAmps(PackSpec pack)
    {
        double volts = Math.Clamp(pack.SetPointPerCellVolts(), LineFoot, LineTop);
        return pack.Cell.TerminationRate * pack.CellCapacityAh() * (volts - LineFoot) / (LineTop - LineFoot);
    }

    // what every shunt takes with its cell held at the set-point
    private static double HoldingShuntAmps(PackSpec pack) =>
        pack.Module.Relative is null && pack.SetPointPerCellVolts() >= pack.Module.ShuntOn.Value
            ? pack.Module.Shunt.AmperesAt(pack.SetPointPerCellVolts())
            : 0;

    private static string NoteOfSmallCharger(double full, double bulk) => full >= bulk
        ? $"; this charger gives only {Say.Amperes(bulk)}, so its cells are full as soon as they get there: end the charge by hand then"
        : "";

    private Finding Found(PackSpec pack, Severity severity, string why, string what) => new(
        Code,
        severity,
        $"The charger ends the charge at {Say.Amperes(pack.Charger.TerminationCurrent.Value)}.",
        why,
        what);
}
