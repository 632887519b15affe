using System.Collections.Immutable;
using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Methods.BenchSupply;

/// <summary>
/// The paper's first choice: after the main charge the dark cells are charged singly by a bench supply set midway between shunt and HVC,
/// those that lack most first, until the lamp is red, or until the current has tapered: dark at the set-point after the taper is a full
/// cell with a high threshold. What the last of them lack, the shunts of the others make up sooner than somebody who moves leads. Then the
/// shunts rest, and a main charge verifies.
/// </summary>
internal sealed class BenchSupplyMethod : IBalancingMethod
{
    // at 3.55 V a cell is as full with 0.032C as at 3.65 V with 0.05C: facts, section 4.3
    private const double TaperRate = 0.032;

    // a shunt takes out about so much of the capacity between a trip and its own end; each such cycle, and each cell whose leads are moved,
    // keeps somebody so many hours: HumanTimes
    private const double CycleShare = 0.007, CycleWork = 0.25, SingleWork = 0.22;

    public string Name => "bench-supply";

    public string? ImpossibleBecause(PackSpec pack) =>
        pack.Tools.BenchSupplies.IsEmpty ? "there is no bench supply among the tools" : null;

    public Proposal Next(Situation now)
    {
        if (Moves.Frame(now) is { } frame)
        {
            return frame;
        }

        ImmutableArray<CellNumber> low = WorthCharging(now);
        return low.IsEmpty ? Moves.LevelAndVerify(now) : Singles(now, low);
    }

    /// <summary>
    /// The dark cells that are charged singly, those that lack most first: as many as make what they take and what is left to the shunts
    /// the least work, in attended hours and a tenth of all hours.
    /// </summary>
    public static ImmutableArray<CellNumber> WorthCharging(Situation now)
    {
        ImmutableArray<CellNumber> low = [.. Moves.Low(now).OrderByDescending(c => Lacks(now, c)).ThenBy(c => c.Index)];
        double cycleAh = CycleShare * now.CapacityAh;
        double ofCycle = CycleWork + (0.1 * cycleAh / Math.Max(now.ShuntAmps, 0.01));
        double amps = now.Pack.Tools.BenchSupplies.Max(s => s.Current.Value);
        (double done, double least, int take) = (0, double.PositiveInfinity, 0);
        for (int m = 0; m <= low.Length; m++)
        {
            double left = m < low.Length ? Lacks(now, low[m]) : 0;
            double work = done + (Math.Ceiling(left / cycleAh) * ofCycle);
            (least, take) = work < least ? (work, m) : (least, take);
            done += SingleWork + (0.1 * left / amps);
        }

        return low[..take];
    }

    private static double Lacks(Situation now, CellNumber cell) => Math.Max(0, now.Cells[cell.Index].ToFullAh.P50);

    /// <summary>Charges these cells with the supplies at hand.</summary>
    public static Proposal Singles(Situation now, ImmutableArray<CellNumber> cells)
    {
        ImmutableArray<BenchSupplySpec> supplies = now.Pack.Tools.BenchSupplies;
        BenchSupplySpec strongest = supplies.MaxBy(s => s.Current.Value)!;

        // two supplies on different cells short the string unless both outputs float; a supply is turned down a little from its rating
        int atOnce = supplies.Length > 1 && supplies.All(s => s.Floating == Floating.Yes) ? supplies.Length : 1;
        double amps = atOnce > 1 ? supplies.Min(s => s.Current.Value) : strongest.Current.Value;
        double most = cells.Max(c => now.Cells[c.Index].ToFullAh.P95);
        return new ChargeSingles(
            cells,
            now.Pack.Module.BenchSetpoint,
            new Amperes(0.95 * amps),
            new Amperes(Math.Min(TaperRate * now.CapacityAh, 0.8 * amps)),
            new Seconds(Math.Max(3600, 1.5 * Math.Max(most, 0.02 * now.CapacityAh) / amps * 3600)),
            atOnce)
        {
            Lead = strongest.Lead,
        };
    }
}
