using TopBalance.Packs;

namespace TopBalance.Verification.Setup;

/// <summary>A cell at or below LVC holds the loop open: the charger does not start.</summary>
internal sealed class CellBelowLvc : ISetupRule
{
    // of unknown cells: likely is an error, possible a warning
    private const double Likely = 0.5, Possible = 0.05;

    private const int MostNamed = 10;

    /// <inheritdoc/>
    public string Code => "cell-below-lvc";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(PackSpec pack)
    {
        var belief = SocBelief.Of(pack);
        double Ocv(double soc) => pack.Cell.At(pack.Temperature).Ocv.At(soc);
        double lvc = pack.Module.Lvc.Value;
        (int Cell, double Soc)[] empty = [.. belief.Known.Where(k => Ocv(k.Soc) <= lvc)];
        if (empty.Length > 0)
        {
            (int cell, double soc) = empty.MinBy(k => k.Soc);
            yield return Found(
                pack,
                Severity.Error,
                $"Cell {cell} is at {Say.Percent(soc)} SoC, where it rests at {Say.Volts(Ocv(soc))}.{Others(empty, cell)}");
        }

        if (belief.IsAssumed || double.IsInfinity(belief.UnknownLowestAt(Likely)) || Ocv(belief.UnknownLowestAt(Possible)) > lvc)
        {
            yield break;
        }

        bool likely = Ocv(belief.UnknownLowestAt(Likely)) <= lvc;
        double lowest = belief.UnknownLowestAt(likely ? Likely : Possible);
        yield return Found(
            pack,
            likely ? Severity.Error : Severity.Warning,
            $"The emptiest of the cells nobody has measured is {(likely ? "expected" : "possibly")} at {Say.Percent(lowest)} SoC, where "
                + $"it rests at {Say.Volts(Ocv(lowest))}.");
    }

    private static string Others((int Cell, double Soc)[] empty, int told)
    {
        string named = string.Join(", ", empty.Where(k => k.Cell != told).Take(MostNamed).Select(k => k.Cell));
        return empty.Length > 1 ? $" So low, too: {named}{(empty.Length > MostNamed + 1 ? " and more" : "")}." : "";
    }

    private Finding Found(PackSpec pack, Severity severity, string seen) => new(
        Code,
        severity,
        seen,
        $"That is not above the modules' LVC of {Say.Volts(pack.Module.Lvc.Value)}: its contact holds the loop open, and the charger "
            + "will not start.",
        "Measure the cells. Charge every cell below it alone with a bench supply at no more than "
            + $"{Say.Amperes(0.05 * pack.CellCapacityAh())} until it is above {Say.Volts(pack.Module.LvcClear.Value)}; replace a cell "
            + "that does not hold it.");
}
