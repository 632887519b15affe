using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Methods.AllParallel;

/// <summary>
/// Not for this BMS, for comparison: the pack is taken apart, all cells are joined in parallel and charged as one, then put together again
/// and verified.
/// </summary>
internal sealed class AllParallelMethod : IBalancingMethod
{
    public string Name => "all-parallel";

    public string? ImpossibleBecause(PackSpec pack) =>
        pack.Tools.BenchSupplies.IsEmpty ? "there is no bench supply among the tools" : null;

    public Proposal Next(Situation now)
    {
        if (Moves.Frame(now) is { } frame)
        {
            return frame;
        }

        if (!Array.Exists(now.Cells, c => c.ChargedSince) && now.Charges == 1)
        {
            double amps = now.Pack.Tools.BenchSupplies.Max(s => s.Current.Value);
            return new JoinAll(now.Pack.Module.BenchSetpoint, new Amperes(0.95 * amps));
        }

        return now.JustVerified ? Moves.LevelAndVerify(now) : Moves.Charge(now);
    }
}
