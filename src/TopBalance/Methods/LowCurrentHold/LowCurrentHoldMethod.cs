using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Methods.LowCurrentHold;

/// <summary>
/// The charger turned down to what the shunts carry: full cells are held while the others catch up, and nobody needs to stand by. Where
/// the charger can be turned down so far.
/// </summary>
internal sealed class LowCurrentHoldMethod : IBalancingMethod
{
    // a shunt that carries less than its neighbours still holds its cell at this share of their current
    private const double Margin = 0.9;

    // the lamps are looked at no less often than this, s
    private const double LongestHold = 12 * 3600;

    public string Name => "low-current-hold";

    public string? ImpossibleBecause(PackSpec pack)
    {
        double shunt = pack.Module.Shunt.AmperesAt(pack.Module.ShuntOn.Value);
        return pack.Tools.ChargerCurrentMin is not { } least ? "nobody has said how far the charger can be turned down (charger_current_min_a)"
            : least.Value > Margin * shunt ? FormattableString.Invariant($"the charger cannot be turned down to the {Margin * shunt:0.00} A that the shunts carry")
            : null;
    }

    public Proposal Next(Situation now)
    {
        if (Moves.Frame(now) is { } frame)
        {
            return frame;
        }

        if (now.LitShare >= now.RedShareAsked && Array.TrueForAll(now.Cells, c => c.RedSinceDrain))
        {
            // straight from the hold and with little current: after a wait, or with much, modules that open early hide lamps that light late
            return now.JustVerified ? Moves.LevelAndVerify(now) : new ChargePack(Moves.SmallestWatched(now));
        }

        double amps = Math.Max(now.Pack.Tools.ChargerCurrentMin!.Value.Value, Margin * now.ShuntAmps);
        double most = 0;
        foreach (ref CellSituation cell in now.Cells.AsSpan())
        {
            most = Math.Max(most, cell.ToFullAh.P50);
        }

        double seconds = Math.Clamp(most / amps * 3600, 3600, LongestHold);
        return new HoldPack(new Amperes(amps), new Seconds(seconds));
    }
}
