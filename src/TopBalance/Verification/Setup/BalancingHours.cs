using TopBalance.Packs;

namespace TopBalance.Verification.Setup;

/// <summary>How long it takes after the first charge to bring the cells together: by the shunts alone, and with a bench supply.</summary>
internal sealed class BalancingHours : ISetupRule
{
    // a gap below this share of the capacity is no work
    private const double SmallGap = 0.005;

    // the paper's better supplies, where none is listed
    private const double CommonSupplyAmps = 5;

    /// <inheritdoc/>
    public string Code => "balancing-hours";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(PackSpec pack)
    {
        var belief = SocBelief.Of(pack);
        double highest = belief.HighestAt(0.5);
        double gap = highest - belief.LowestAt(0.5);
        if (gap < SmallGap)
        {
            yield break;
        }

        double gapAh = gap * pack.CellCapacityAh();
        yield return new Finding(
            Code,
            Severity.Note,
            $"From the fullest to the emptiest cell {(belief.IsAssumed ? "there may be" : "there are about")} "
                + $"{Say.AmpereHours(gapAh)}{(belief.IsAssumed ? " (the file does not say how full all the cells are)" : "")}.",
            $"{ByShunts(pack, gapAh)} {ByBench(pack, gapAh, Math.Max(0, highest - belief.Mean) * pack.CellCapacityAh() * pack.Series)}",
            "Plan days rather than hours. Which way is shortest depends on the lamps at the end of the first charge: note every one of "
                + "them.");
    }

    private static string ByShunts(PackSpec pack, double gapAh) => pack.ShuntAmps() > 1e-6
        ? $"Shunts alone take {Say.Duration(3600 * gapAh / pack.ShuntAmps())} to make up for it, and only while the charger gives no "
            + $"more than the {Say.Amperes(pack.ShuntAmps())} they take; at full current they do next to nothing."
        : "The shunts take no current and make up for nothing.";

    private static string ByBench(PackSpec pack, double gapAh, double allAh)
    {
        bool listed = !pack.Tools.BenchSupplies.IsEmpty;
        double amps = listed ? pack.Tools.BenchSupplies.Max(s => s.Current.Value) : CommonSupplyAmps;
        string supply = listed ? $"The bench supply of {Say.Amperes(amps)}" : $"A bench supply of {Say.Amperes(amps)} (none is listed)";
        return $"{supply} takes {Say.Duration(3600 * gapAh / amps)} for the emptiest cell, and {Say.Duration(3600 * allAh / amps)} for "
            + $"all cells one after another ({Say.AmpereHours(allAh)}).";
    }
}
