using System.Collections.Immutable;
using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Methods.BenchSupply;

/// <summary>
/// The paper's first choice: after the main charge each dark cell is charged singly by a bench supply set midway between shunt and HVC,
/// until its lamp is red, or until its current has tapered: dark at the set-point after the taper is a full cell with a high threshold.
/// Then the shunts rest, and a main charge verifies.
/// </summary>
internal sealed class BenchSupplyMethod : IBalancingMethod
{
    // at 3.55 V a cell is as full with 0.032C as at 3.65 V with 0.05C: facts, section 4.3
    private const double TaperRate = 0.032;

    public string Name => "bench-supply";

    public string? ImpossibleBecause(PackSpec pack) =>
        pack.Tools.BenchSupplies.IsEmpty ? "there is no bench supply among the tools" : null;

    public Proposal Next(Situation now)
    {
        if (Moves.Frame(now) is { } frame)
        {
            return frame;
        }

        ImmutableArray<CellNumber> low = Moves.Low(now);
        if (!low.IsEmpty)
        {
            return Singles(now, low);
        }

        return Moves.LevelAndVerify(now);
    }

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
