using System.Collections.Immutable;
using TopBalance.Packs;

namespace TopBalance.Methods.SmartCharger12V;

/// <summary>
/// Four neighbouring dark cells at a time on a 12 V charger, attended; what is left over, or tripped the buzzer, is charged singly where a
/// bench supply is at hand.
/// </summary>
internal sealed class SmartCharger12VMethod : IBalancingMethod
{
    private const int Group = 4;

    public string Name => "smart-charger-12v";

    public string? ImpossibleBecause(PackSpec pack) =>
        pack.Tools.SmartCharger is not { } charger ? "there is no 12 V charger among the tools"
        : pack.Series < Group ? "the pack has fewer than four cells"
        : charger.Recondition is { } stage && stage.Value >= Group * (pack.Module.Hvc.Value + 0.1)
            ? "its recondition stage lies above what four cells may have"
        : null;

    public Proposal Next(Situation now)
    {
        if (Moves.Frame(now) is { } frame)
        {
            return frame;
        }

        if (FirstFour(now) is { } first)
        {
            return new ChargeFour(first);
        }

        ImmutableArray<CellNumber> low = now.Pack.Tools.BenchSupplies.IsEmpty ? [] : BenchSupply.BenchSupplyMethod.WorthCharging(now);
        return low.IsEmpty ? Moves.LevelAndVerify(now) : BenchSupply.BenchSupplyMethod.Singles(now, low);
    }

    // the four neighbours that lack most while they lack about the same; none twice between two main charges
    private static CellNumber? FirstFour(Situation now)
    {
        CellNumber? best = null;
        double most = 0;
        for (int c = 0; c + Group <= now.Cells.Length; c++)
        {
            ReadOnlySpan<CellSituation> four = now.Cells.AsSpan(c, Group);
            if (Usable(now, four, c) && Sum(four) > most)
            {
                (best, most) = (CellNumber.FromIndex(c), Sum(four));
            }
        }

        return best;
    }

    private static double Sum(ReadOnlySpan<CellSituation> four)
    {
        double sum = 0;
        foreach (ref readonly CellSituation cell in four)
        {
            sum += cell.ToFullAh.P50;
        }

        return sum;
    }

    private static bool Usable(Situation now, ReadOnlySpan<CellSituation> four, int first)
    {
        for (int k = 0; k < Group; k++)
        {
            bool neighbours = k == 0 || now.Pack.Layout.AreNeighbours(CellNumber.FromIndex(first + k - 1), CellNumber.FromIndex(first + k));
            if (!Moves.IsLow(four[k]) || !neighbours)
            {
                return false;
            }
        }

        return true;
    }
}
