using TopBalance.Inference.Observations;
using TopBalance.Methods;
using TopBalance.Packs;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Planning;

/// <summary>What a next step has to know of the pack and of what was done to it.</summary>
/// <param name="Pack">The pack.</param>
/// <param name="Now">What is known of its cells.</param>
internal sealed record PlanState(PackSpec Pack, Situation Now)
{
    /// <summary>Whether the BMS was seen to stop the charger: the last word on it; null if nobody has tried.</summary>
    public bool? LoopProven { get; private init; }

    /// <summary>The BMS has tripped and nobody noted a reset since.</summary>
    public bool Latched { get; private init; }

    /// <summary>Reads both out of a log.</summary>
    public static PlanState Of(PackSpec pack, Situation now, ObservationLog? log)
    {
        var state = new PlanState(pack, now);
        foreach (ObservationEntry entry in log?.Entries ?? [])
        {
            state = entry.Seen switch
            {
                LoopTestSeen test => state with { LoopProven = test.ChargerStopped },
                ChargeSeen charge => state with { Latched = charge.Ended == ChargeEnding.Hvc },
                CellChargeSeen { Ended: CellChargeEnding.Alarm } => state with { Latched = true },
                ResetSeen => state with { Latched = false },
                _ => state,
            };
        }

        return state;
    }

    /// <summary>Least Ah that may be missing anywhere, Ah: what can be the first lamp.</summary>
    public double LeastToFullAh => Math.Max(0, Now.Cells.Min(c => c.ToFullAh.P05 - ((c.ToFullAh.P95 - c.ToFullAh.P05) / 18)));
}
