using TopBalance.Packs;

namespace TopBalance.Methods.ShuntAndCycle;

/// <summary>
/// Nothing but the shunts: after each trip the pack is left alone until the last lamp has gone out, then reset and charged again. A full
/// cell loses up to nearly an Ah each time without anybody standing by.
/// </summary>
internal sealed class ShuntAndCycleMethod : IBalancingMethod
{
    public string Name => "shunt-and-cycle";

    public string? ImpossibleBecause(PackSpec pack) =>
        pack.Module.Shunt.AmperesAt(pack.Module.ShuntOn.Value) <= 0 ? "the cell modules have no shunt" : null;

    public Proposal Next(Situation now) =>
        Moves.Frame(now) ?? Moves.LevelAndVerify(now);
}
