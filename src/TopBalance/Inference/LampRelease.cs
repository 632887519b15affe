using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Inference;

/// <summary>How long a red lamp stays lit after a charge: when a dark lamp stops being evidence.</summary>
public static class LampRelease
{
    // a cell of high resistance falls furthest when the current stops; its module may let go early
    private const double HighFactor = 1.2, EarlySigmas = 1.7;

    /// <summary>
    /// The earliest instant after the end of a charge at which a lamp that was lit may be out again. Before it, a dark lamp was dark at the
    /// end; after it, a dark lamp says nothing.
    /// </summary>
    /// <param name="pack">The pack.</param>
    /// <param name="current">The current until then, A, above 0.</param>
    public static Seconds Earliest(PackSpec pack, Amperes current)
    {
        ArgumentNullException.ThrowIfNull(pack);
        Require.Positive(current.Value);
        double capacityAh = pack.Cell.Capacity.Value * pack.Parallel;
        CellModuleSpec module = pack.Module;
        SharedDraw nominal = SharedDraw.Nominal(pack);
        var top = new TopCharge(module.ShuntOff.Value - 0.25, module.Hvc.Value + 0.3);
        double shunt = Math.Min(module.Shunt.AmperesAt(module.ShuntOn.Value), 0.9 * current.Value);
        top.Draw(nominal, capacityAh, current.Value, 36000, default, module.ShuntOn.Value, shunt);
        double share = top.DarkShare(module.ShuntOn.Value, HighFactor, 1);
        double early = EarlySigmas * 0.6 * ModelError.Of(pack).ThresholdSigmaVolts;
        var lit = new Slice
        {
            CapacityAh = capacityAh,
            Factor = HighFactor,
            Off = Math.Min(module.ShuntOff.Value + early, module.ShuntOn.Value),
            Hysteresis = 1,
        };
        var bleeding = new Bleeding(pack);
        bleeding.Begin(nominal, top.MemoryAt(share));
        return new Seconds(Math.Min(bleeding.LetsGoAfter(lit, share * capacityAh), 24 * 3600));
    }
}
