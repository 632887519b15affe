using System.Collections.Immutable;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Inference.Observations;

/// <summary>
/// One thing that was done to the pack and what was seen of it, in the order in which things happened. What was done is the same
/// <see cref="Step"/> that the simulator plays; how long it lasted is its limit or duration.
/// </summary>
public abstract record Observation
{
    private protected Observation()
    {
    }

    /// <summary>When it began (UTC); null if nobody noted it: then 0 to 30 minutes lie between it and the one before.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Temperature of the cells at that time; null takes the pack file's.</summary>
    public Celsius? Temperature { get; init; }

    /// <summary>Standard deviation of how long it lasted; null takes the pack file's error of noted minutes.</summary>
    public Seconds? TimeSigma { get; init; }
}

/// <summary>The loop was opened by hand while charging.</summary>
/// <param name="ChargerStopped">The charger was seen to stop.</param>
public sealed record LoopTestSeen(bool ChargerStopped) : Observation
{
    /// <summary>After how long it stopped; null if not noted.</summary>
    public Seconds? After { get; init; }

    /// <summary>The buzzer sounded; null if not noted.</summary>
    public bool? Buzzer { get; init; }
}

/// <summary>How a charge of the whole pack ended.</summary>
public enum ChargeEnding
{
    /// <summary>The BMS stopped the charger.</summary>
    Hvc,

    /// <summary>The charger stopped on its own: its current had tapered.</summary>
    Charged,

    /// <summary>Somebody switched it off.</summary>
    Stopped,

    /// <summary>The mains failed.</summary>
    Mains,
}

/// <summary>Which green lamp went out.</summary>
public enum TripSight
{
    /// <summary>Nobody saw it, or it was not noted.</summary>
    Unseen,

    /// <summary>One cell's lamp was seen to go out.</summary>
    Cell,

    /// <summary>The BMS stopped the charger although every green stayed lit.</summary>
    None,
}

/// <summary>Which cell tripped, as far as it was seen.</summary>
/// <param name="Sight">What was seen.</param>
/// <param name="Cell">The cell for <see cref="TripSight.Cell"/>; else null.</param>
public readonly record struct Trip(TripSight Sight, CellNumber? Cell)
{
    /// <summary>Nobody saw which.</summary>
    public static Trip Unseen => default;

    /// <summary>All greens stayed lit.</summary>
    public static Trip None => new(TripSight.None, null);

    /// <summary>This cell's green lamp went out.</summary>
    public static Trip Of(CellNumber cell) => new(TripSight.Cell, cell);
}

/// <summary>The red lamps at the very end of a charge. A cell is lit, dark or was not looked at.</summary>
/// <param name="Red">Cells seen red.</param>
/// <param name="NotSeen">Cells nobody looked at.</param>
/// <param name="OthersNotSeen">True: only <paramref name="Red"/> was looked at; false: every other cell was looked at and dark.</param>
public sealed record LampsSeen(ImmutableArray<CellNumber> Red, ImmutableArray<CellNumber> NotSeen, bool OthersNotSeen = false)
{
    /// <summary>What was seen of one cell.</summary>
    public LampSight Of(CellNumber cell) =>
        Red.Contains(cell) ? LampSight.Lit : OthersNotSeen || NotSeen.Contains(cell) ? LampSight.NotSeen : LampSight.Dark;
}

/// <summary>A red lamp at the end of a charge.</summary>
public enum LampSight
{
    /// <summary>Nobody looked.</summary>
    NotSeen,

    /// <summary>It was looked at and dark.</summary>
    Dark,

    /// <summary>It was lit.</summary>
    Lit,
}

/// <summary>A charge of the whole pack.</summary>
/// <param name="Step">With which current (null: the charger's own) and, as <see cref="Charge.Limit"/>, how long it lasted.</param>
/// <param name="Ended">How it ended.</param>
public sealed record ChargeSeen(Charge Step, ChargeEnding Ended) : Observation
{
    /// <summary>Which cell tripped, for <see cref="ChargeEnding.Hvc"/>.</summary>
    public Trip Tripped { get; init; }

    /// <summary>The red lamps at the end; null if nobody looked.</summary>
    public LampsSeen? Lamps { get; init; }

    /// <summary>When single red lamps came on, from the start of this charge.</summary>
    public ImmutableSortedDictionary<int, Seconds> RedAfter { get; init; } = ImmutableSortedDictionary<int, Seconds>.Empty;

    /// <summary>Measured voltage of the whole pack at the end, V; null if not measured.</summary>
    public Volts? PackVoltage { get; init; }

    /// <summary>Current at the end, A; null if not noted.</summary>
    public Amperes? EndCurrent { get; init; }

    /// <summary>Charge that went in by a meter, Ah; null takes current times time.</summary>
    public AmpereHours? Charge { get; init; }
}

/// <summary>One cell was drained.</summary>
/// <param name="Step">Which, with what, for how long.</param>
public sealed record DrainSeen(DrainCell Step) : Observation;

/// <summary>How the charge of single cells ended.</summary>
public enum CellChargeEnding
{
    /// <summary>The red lamps of all these cells were lit.</summary>
    Red,

    /// <summary>The current had tapered.</summary>
    Tapered,

    /// <summary>Somebody switched it off.</summary>
    Stopped,

    /// <summary>The buzzer sounded.</summary>
    Alarm,
}

/// <summary>One cell, or several adjacent ones in series, were charged by a supply.</summary>
/// <param name="Step">Which cells, how the supply was set and, as <see cref="ChargeCells.Limit"/>, how long it lasted.</param>
/// <param name="Ended">How it ended.</param>
public sealed record CellChargeSeen(ChargeCells Step, CellChargeEnding Ended) : Observation
{
    /// <summary>Which cell sounded the buzzer, for <see cref="CellChargeEnding.Alarm"/>.</summary>
    public Trip Tripped { get; init; }

    /// <summary>The red lamps of these cells at the end; null if nobody looked.</summary>
    public LampsSeen? Lamps { get; init; }

    /// <summary>Current at the end, A; null if not noted.</summary>
    public Amperes? EndCurrent { get; init; }

    /// <summary>Charge that went in by a meter, Ah; null takes current times time.</summary>
    public AmpereHours? Charge { get; init; }
}

/// <summary>All cells were joined in parallel and charged by one supply.</summary>
/// <param name="Step">How the supply was set and, as <see cref="ChargeInParallel.Limit"/>, how long it lasted.</param>
/// <param name="Ended">How it ended.</param>
public sealed record ParallelChargeSeen(ChargeInParallel Step, CellChargeEnding Ended) : Observation
{
    /// <summary>Which cell sounded the buzzer, for <see cref="CellChargeEnding.Alarm"/>.</summary>
    public Trip Tripped { get; init; }

    /// <summary>The red lamps at the end; null if nobody looked.</summary>
    public LampsSeen? Lamps { get; init; }

    /// <summary>Current at the end, A; null if not noted.</summary>
    public Amperes? EndCurrent { get; init; }

    /// <summary>Charge that went in by a meter, Ah; null takes current times time.</summary>
    public AmpereHours? Charge { get; init; }
}

/// <summary>Voltages of single cells by a meter.</summary>
/// <param name="Cells">Volts by cell number.</param>
/// <param name="Rested">How long the pack had rested; null: measured at the end of a charge with the current still flowing.</param>
public sealed record VoltagesSeen(ImmutableSortedDictionary<int, Volts> Cells, Seconds? Rested) : Observation;

/// <summary>The pack was driven.</summary>
/// <param name="Charge">Charge taken out, Ah, above 0.</param>
public sealed record UseSeen(AmpereHours Charge) : Observation;

/// <summary>A log of current and all cell voltages, as a digital BMS writes it.</summary>
/// <param name="TimeSeconds">Rising.</param>
/// <param name="CurrentAmps">Positive charges. Same length.</param>
/// <param name="CellVolts">One entry per cell, each of the same length; NaN where a reading is missing.</param>
public sealed record LogSeen(
    ImmutableArray<double> TimeSeconds, ImmutableArray<double> CurrentAmps, ImmutableArray<ImmutableArray<double>> CellVolts)
    : Observation
{
    /// <summary>Smallest step between different readings of a voltage, V.</summary>
    public Volts Resolution { get; init; } = new(0.001);
}

/// <summary>Nothing was connected.</summary>
/// <param name="Step">For how long.</param>
public sealed record RestSeen(Rest Step) : Observation;

/// <summary>The ignition key was cycled.</summary>
public sealed record ResetSeen : Observation;
