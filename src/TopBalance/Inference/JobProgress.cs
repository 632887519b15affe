using TopBalance.Inference.Observations;
using TopBalance.Packs;

namespace TopBalance.Inference;

/// <summary>How far a job has come, from the log alone.</summary>
public sealed record JobProgress
{
    /// <summary>A rest of this long lets every shunt go, s.</summary>
    private const double LongRest = 3600;

    /// <summary>Charges of the whole pack.</summary>
    public int Charges { get; private init; }

    /// <summary>The last thing done was a charge of the pack that ended by itself, and all its lamps were seen.</summary>
    public bool JustVerified { get; private init; }

    /// <summary>The cell seen to trip the last charge; null if none did or nobody saw it.</summary>
    public CellNumber? Tripped { get; private init; }

    /// <summary>Noted current of the last charge of the pack, A.</summary>
    public double LastAmps { get; private init; }

    /// <summary>Every cell was measured at the end of the last charge.</summary>
    public bool Measured { get; private init; }

    /// <summary>There was a long rest since the last charge.</summary>
    public bool ShuntsHaveLetGo { get; private init; }

    internal JobProgress After(ChargeSeen seen, PackSpec pack, double amps) => this with
    {
        Charges = Charges + 1,
        JustVerified = seen.Ended is ChargeEnding.Hvc or ChargeEnding.Charged
            && seen.Lamps is { OthersNotSeen: false, NotSeen.IsEmpty: true },
        Tripped = seen.Tripped.Cell is { } cell && cell.Value <= pack.Series ? cell : null,
        LastAmps = amps,
        Measured = false,
        ShuntsHaveLetGo = false,
    };

    internal JobProgress After(Observation seen, PackSpec pack) => seen switch
    {
        VoltagesSeen { Rested: null } all when all.Cells.Count == pack.Series => this with { Measured = true },
        DrainSeen or CellChargeSeen or ParallelChargeSeen or UseSeen or LogSeen => this with { JustVerified = false, ShuntsHaveLetGo = false },
        RestSeen rest when rest.Step.UntilShuntsOff || rest.Step.Duration is { Value: >= LongRest } =>
            this with { ShuntsHaveLetGo = true, JustVerified = false },
        _ => this,
    };
}
