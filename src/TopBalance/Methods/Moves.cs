using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Methods;

/// <summary>What several methods do alike.</summary>
internal static class Moves
{
    /// <summary>More charges of the pack than this, and a method gives up.</summary>
    public const int MostCharges = 600;

    /// <summary>After so many charges of the pack that brought nothing nearer, this way leads nowhere.</summary>
    public const int MostStalled = 24;

    /// <summary>A cell that has been charged singly so often and is still dark is not brought up by charging it again.</summary>
    public const int MostSingleCharges = 3;

    /// <summary>The main charge at the charger's own current.</summary>
    public static Proposal Charge(Situation now) => new ChargePack(now.Pack.Charger.Current);

    /// <summary>The first step, and the last one, of every method; null in between.</summary>
    public static Proposal? Frame(Situation now) =>
        now.Balanced ? new Finished()
        : now.Charges >= MostCharges ? new GiveUp($"not balanced after {now.Charges} charges of the pack")
        : now.Stalled >= MostStalled ? new GiveUp(Stuck(now))
        : now.Charges == 0 ? Charge(now)
        : null;

    private static string Stuck(Situation now) => now.Tripped >= 0
        ? $"{MostStalled} charges brought nothing nearer: cell {now.Tripped + 1} trips before the others are red; look at its module, its lugs and its resistance"
        : $"{MostStalled} charges brought nothing nearer";

    /// <summary>
    /// All lamps are red but the cells are not known well enough: the end of a charge at a smaller current tells more, because lamp and
    /// trip then lie closer together. Where even the smallest does not tell enough, the modules' own spread hides the rest, and a meter
    /// shows it.
    /// </summary>
    public static Proposal? LookCloser(Situation now)
    {
        if (!now.JustVerified || now.LitShare < now.RedShareAsked || !Array.TrueForAll(now.Cells, c => c.RedSinceDrain)
            || now.Pack.Tools.ChargerCurrentMin is null)
        {
            return null;
        }

        double closer = Math.Max(SmallestWatched(now).Value, 0.4 * now.LastAmps);
        return closer < 0.8 * now.LastAmps ? new ChargePack(new Amperes(closer))
            : now.Measured ? null
            : new ChargePack(new Amperes(now.LastAmps)) { Measure = true };
    }

    /// <summary>The least current with which a charge still ends by itself: more than the shunts carry.</summary>
    public static Amperes SmallestWatched(Situation now) =>
        new(Math.Min(Math.Max(now.Pack.Tools.ChargerCurrentMin?.Value ?? 0, 1.5 * now.ShuntAmps), now.Pack.Charger.Current.Value));

    /// <summary>
    /// Every cell has been brought up: the shunts level the cells that are lit, and a charge shows it. Where that charge shows it too
    /// coarsely, a smaller current; where it shows that they are not level, the shunts again.
    /// </summary>
    public static Proposal LevelAndVerify(Situation now) =>
        LookCloser(now) ?? (now.ShuntsHaveLetGo ? Charge(now) : new LetShuntsBleed());

    /// <summary>Cells that lack charge as far as can be seen: dark at the last charge and not charged singly since.</summary>
    public static ImmutableArray<CellNumber> Low(Situation now)
    {
        var low = ImmutableArray.CreateBuilder<CellNumber>();
        for (int c = 0; c < now.Cells.Length; c++)
        {
            if (IsLow(now.Cells[c]))
            {
                low.Add(CellNumber.FromIndex(c));
            }
        }

        return low.ToImmutable();
    }

    /// <summary>See <see cref="Low"/>.</summary>
    public static bool IsLow(in CellSituation cell) =>
        cell.Lamp != LampSight.Lit && !cell.ChargedSince && cell.SingleCharges < MostSingleCharges;

    /// <summary>
    /// Ah that can be taken out of a cell so that it ends below the emptiest one with no more than this probability: the point of the
    /// emptiest cell's distribution less the upper point of its own.
    /// </summary>
    public static double SafeDose(Situation now, int cell, double risk)
    {
        double low = 0;
        double high = 0;
        foreach (ref CellSituation c in now.Cells.AsSpan())
        {
            high = Math.Max(high, c.ToFullAh.P95);
        }

        for (int k = 0; k < 40; k++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = EmptiestBelow(now, cell, middle) < risk ? (middle, high) : (low, middle);
        }

        return low - now.Cells[cell].ToFullAh.P95;
    }

    // probability that the emptiest of the other cells lacks less than this
    private static double EmptiestBelow(Situation now, int except, double ah)
    {
        double all = 1;
        for (int c = 0; c < now.Cells.Length; c++)
        {
            if (c != except)
            {
                (double p05, _, double p95) = now.Cells[c].ToFullAh;
                double width = Math.Max(p95 - p05, 1e-9);
                all *= Math.Clamp(0.05 + (0.9 * (ah - p05) / width), 0, 1);
            }
        }

        return all;
    }
}
