using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Packs;

namespace TopBalance.Methods.Paper;

/// <summary>
/// The vendor's paper as a rule, to compare with: most lamps lit, charge the dark ones singly; at most three lit, drain the tripping cell
/// by a sixth of an Ah and cycle; else fours on the 12 V charger where they are neighbours, then singles. In its favour, dark cells are left
/// to the shunts where moving leads would be more work. Not one of the methods.
/// </summary>
public sealed class PaperRule : IBalancingMethod
{
    private const int Few = 3;
    private readonly DrainAndCycle.DrainAndCycleMethod drains = new(DrainAndCycle.DrainAndCycleMethod.PaperDoseAh);
    private readonly BenchSupply.BenchSupplyMethod singles = new();
    private readonly SmartCharger12V.SmartCharger12VMethod fours = new();

    /// <inheritdoc/>
    public string Name => "paper";

    /// <inheritdoc/>
    public string? ImpossibleBecause(PackSpec pack) =>
        drains.ImpossibleBecause(pack) is null || singles.ImpossibleBecause(pack) is null || fours.ImpossibleBecause(pack) is null
            ? null
            : "there is neither a load, nor a bench supply, nor a 12 V charger among the tools";

    /// <inheritdoc/>
    public Proposal Next(Situation now)
    {
        int lit = now.Cells.Count(c => c.Lamp == LampSight.Lit);
        bool most = lit > now.Cells.Length / 2;
        ImmutableArray<IBalancingMethod> order = most ? [singles, fours, drains] : lit <= Few ? [drains, singles, fours] : [fours, singles, drains];
        return order.First(m => m.ImpossibleBecause(now.Pack) is null).Next(now);
    }
}
