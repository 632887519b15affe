using System.Collections.Immutable;
using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Simulation.Kernel;

/// <summary>Whether a step makes sense for a pack.</summary>
internal static class StepCheck
{
    /// <exception cref="ArgumentException">It does not; the message says why.</exception>
    public static void Check(Step step, int series)
    {
        switch (step)
        {
            case Charge charge:
                Limit(charge.Limit);
                Require.That(charge.Current is not { } c || Positive(c.Value), "A charge needs a current above 0 A.");
                break;
            case Rest rest:
                Limit(rest.Duration);
                Level(rest.UntilHighestAt);
                Require.That(
                    rest.Duration is not null || rest.UntilHighestAt is not null || rest.UntilShuntsOff,
                    "A rest needs a duration, a voltage or the shunts to wait for.");
                Require.That(
                    rest.UntilHighestAt is null || !rest.UntilShuntsOff, "A rest waits for a voltage or for the shunts, not for both.");
                break;
            case DrainCell drain:
                Cell(drain.Cell, series);
                Limit(drain.Duration);
                Level(drain.StopAt);
                break;
            case ChargeCells charge:
                Cells(charge.Cells, series);
                Supply(charge.Supply);
                Taper(charge.UntilTaperedTo);
                Limit(charge.Limit);
                break;
            case ChargeInParallel parallel:
                Supply(parallel.Supply);
                Taper(parallel.UntilTaperedTo);
                Limit(parallel.Limit);
                break;
            case Drive drive:
                Driving(drive);
                break;
            case Together together:
                Activities(together.Activities, series);
                break;
            default:
                break;
        }
    }

    // an infinite current is no number either
    private static bool Positive(double value) => value > 0 && double.IsFinite(value);

    private static void Level(Volts? volts) =>
        Require.That(volts is not { } v || double.IsFinite(v.Value), "A voltage to wait for is a number of volts.");

    private static void Limit(Seconds? limit) =>
        Require.That(limit is not { } s || (s.Value >= 0 && double.IsFinite(s.Value)), "A duration is a number of seconds, 0 or more.");

    private static void Taper(Amperes? amps) =>
        Require.That(amps is not { } a || (a.Value >= 0 && double.IsFinite(a.Value)), "A supply tapers to a current of 0 A or more.");

    private static void Cell(CellNumber cell, int series) =>
        Require.That(cell.Value >= 1 && cell.Value <= series, $"There is no cell {cell} in a pack of {series}.");

    private static void Cells(ImmutableArray<CellNumber> cells, int series)
    {
        Require.That(!cells.IsDefaultOrEmpty, "A supply needs a cell to charge.");
        for (int k = 0; k < cells.Length; k++)
        {
            Cell(cells[k], series);
            Require.That(
                k == 0 || cells[k].Value == cells[k - 1].Value + 1, "Cells charged in series must be adjacent and in rising order.");
        }
    }

    private static void Supply(SupplySetting supply)
    {
        Require.That(Positive(supply.Current.Value), "A supply needs a current limit above 0 A.");
        Require.That(supply.Lead.Value >= 0 && double.IsFinite(supply.Lead.Value), "The resistance of the leads is 0 or more.");
        Require.That(!supply.Stages.IsDefaultOrEmpty, "A supply needs a voltage.");
        foreach (SupplyStage stage in supply.Stages)
        {
            Require.That(Positive(stage.Voltage.Value), "A supply needs a voltage above 0 V.");
            Limit(stage.EndsAfter);
            Taper(stage.EndsAt);
        }
    }

    private static void Driving(Drive drive)
    {
        Require.That((drive.Current is null) != (drive.Power is null), "A drive is given by either a current or a power.");
        Require.That(Positive(drive.Current?.Value ?? drive.Power!.Value.Value), "A drive takes a current or power above 0.");
        Require.That(drive.Charge is not { } q || Positive(q.Value), "A drive takes a charge above 0 Ah.");
        Require.That(
            drive.ObeysLoop || drive.Limit is not null || drive.Charge is not null,
            "A drive that nobody watches needs a time or a charge at which it ends.");
        Limit(drive.Limit);
    }

    private static void Activities(ImmutableArray<Step> activities, int series)
    {
        Require.That(!activities.IsDefaultOrEmpty, "Nothing is done together.");
        var used = new HashSet<int>();
        foreach (Step activity in activities)
        {
            Require.That(activity is DrainCell or ChargeCells, "Only drains and single-cell charges can be done beside each other.");
            Check(activity, series);
            IEnumerable<CellNumber> cells = activity is DrainCell drain ? [drain.Cell] : ((ChargeCells)activity).Cells;
            Require.That(cells.All(c => used.Add(c.Value)), "Two activities share a cell.");
        }
    }
}
