using System.Collections.Immutable;

namespace TopBalance.Methods;

/// <summary>All methods.</summary>
public static class BalancingMethods
{
    /// <summary>Each once, in the order in which plans list them; the mixed one last, because it chooses among the others.</summary>
    public static ImmutableArray<IBalancingMethod> All { get; } =
    [
        new BenchSupply.BenchSupplyMethod(),
        new SmartCharger12V.SmartCharger12VMethod(),
        new DrainAndCycle.DrainAndCycleMethod(),
        new ShuntAndCycle.ShuntAndCycleMethod(),
        new LowCurrentHold.LowCurrentHoldMethod(),
        new AllParallel.AllParallelMethod(),
        new Mixed.MixedMethod(),
    ];
}
