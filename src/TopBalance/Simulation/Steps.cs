using System.Collections.Immutable;
using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Simulation;

/// <summary>
/// One thing done to the pack. A run is a list of them; observations, plans and guided sessions use the same records.
/// </summary>
public abstract record Step
{
    private protected Step()
    {
    }
}

/// <summary>
/// The pack charger is on: constant current, then constant voltage, until the first HVC trip or the termination current. Ends with
/// <see cref="EndReason.Hvc"/>, <see cref="EndReason.Charged"/>, <see cref="EndReason.Time"/>, <see cref="EndReason.Stuck"/>, with
/// <see cref="EndReason.Lvc"/> if a cell that loses charge all the while has fallen so low (the head board takes either for HVC and
/// latches), or at once with <see cref="EndReason.Loop"/> if the loop is open or the head board still latched.
/// </summary>
public sealed record Charge : Step
{
    /// <summary>The charger turned to this current, A; null takes the pack's charger as it is.</summary>
    public Amperes? Current { get; init; }

    /// <summary>It is switched off after this long at the latest; null means no limit.</summary>
    public Seconds? Limit { get; init; }
}

/// <summary>
/// Nothing is connected; shunts bleed on. Ends with <see cref="EndReason.Time"/>, <see cref="EndReason.Reached"/> or, if the voltage
/// waited for never comes, at once with <see cref="EndReason.Stuck"/>. At least one of the limits is given.
/// </summary>
public sealed record Rest : Step
{
    /// <summary>At most this long; null means no limit.</summary>
    public Seconds? Duration { get; init; }

    /// <summary>Until the highest cell is at or below this, V; null does not wait for a voltage.</summary>
    public Volts? UntilHighestAt { get; init; }

    /// <summary>
    /// Until no shunt conducts any more: each lets go at its own module's level. One that is stuck on has let go of a cell that is at or
    /// below that level. Not together with <see cref="UntilHighestAt"/>. Default false.
    /// </summary>
    public bool UntilShuntsOff { get; init; }
}

/// <summary>The ignition key is cycled: the head board's latch is released. Takes no time.</summary>
public sealed record ResetIgnition : Step;

/// <summary>
/// A load drains one cell. Ends with <see cref="EndReason.Time"/>, <see cref="EndReason.Reached"/> or, if attended, with
/// <see cref="EndReason.Alarm"/> when the loop opens.
/// </summary>
/// <param name="Cell">Which cell.</param>
/// <param name="Load">With what.</param>
/// <param name="Duration">For how long, s.</param>
public sealed record DrainCell(CellNumber Cell, DrainLoadSpec Load, Seconds Duration) : Step
{
    /// <summary>Taken off earlier when the cell has fallen to this, V.</summary>
    public Volts? StopAt { get; init; }

    /// <summary>Somebody hears the buzzer and takes the load off, unless it has sounded since before the step. Default true.</summary>
    public bool Attended { get; init; } = true;
}

/// <summary>One stage of a supply: constant current until the voltage is reached, then constant voltage.</summary>
/// <param name="Voltage">At the supply's terminals, V.</param>
public sealed record SupplyStage(Volts Voltage)
{
    /// <summary>The stage ends when the current has fallen to this at constant voltage, A; null: not by current.</summary>
    public Amperes? EndsAt { get; init; }

    /// <summary>The stage ends after this long at the latest; null: no limit.</summary>
    public Seconds? EndsAfter { get; init; }
}

/// <summary>A supply as it is set: a current limit and its stages, and the leads to the cell. After its last stage it is off.</summary>
/// <param name="Current">Current limit, A, above 0.</param>
/// <param name="Lead">Resistance of both leads together, Ω.</param>
/// <param name="Stages">At least one; the last one holds until the step ends it.</param>
public sealed record SupplySetting(Amperes Current, Ohms Lead, ImmutableArray<SupplyStage> Stages)
{
    /// <summary>A bench supply at one voltage.</summary>
    public static SupplySetting Bench(Volts voltage, Amperes current, Ohms lead = default) =>
        new(current, lead, [new SupplyStage(voltage)]);

    /// <summary>A 12 V automotive charger: absorption, a recondition stage of an hour if it has one, float if it has one.</summary>
    public static SupplySetting Of(SmartChargerSpec charger)
    {
        var stages = ImmutableArray.CreateBuilder<SupplyStage>();
        stages.Add(new SupplyStage(charger.Absorption)
        {
            EndsAt = charger.AbsorptionEnd ?? new Amperes(charger.Current.Value / 10),
            EndsAfter = charger.AbsorptionLimit,
        });
        if (charger.Recondition is { } recondition)
        {
            stages.Add(new SupplyStage(recondition) { EndsAfter = new Seconds(3600) });
        }

        if (charger.Float is { } floating)
        {
            stages.Add(new SupplyStage(floating));
        }

        return new SupplySetting(charger.Current, default, stages.ToImmutable());
    }
}

/// <summary>
/// A supply charges one cell, several adjacent cells in series (a 12 V charger on four), or all cells joined in parallel. Ends with the
/// first of the conditions given: <see cref="EndReason.Red"/>, <see cref="EndReason.Tapered"/>, <see cref="EndReason.Time"/>,
/// <see cref="EndReason.Alarm"/>; with <see cref="EndReason.Stuck"/> if none will ever come.
/// </summary>
/// <param name="Cells">One cell, or several adjacent ones in rising order.</param>
/// <param name="Supply">How the supply is set.</param>
public sealed record ChargeCells(ImmutableArray<CellNumber> Cells, SupplySetting Supply) : Step
{
    /// <summary>Ends when the shunts of all these cells conduct (all red lamps lit).</summary>
    public bool UntilRed { get; init; }

    /// <summary>Ends when the current has fallen to this at constant voltage, A.</summary>
    public Amperes? UntilTaperedTo { get; init; }

    /// <summary>Ends after this long at the latest.</summary>
    public Seconds? Limit { get; init; }

    /// <summary>Somebody hears the buzzer and switches the supply off, unless it has sounded since before the step. Default true.</summary>
    public bool Attended { get; init; } = true;
}

/// <summary>All cells of the pack are joined in parallel and charged from one supply. Ends as <see cref="ChargeCells"/> does.</summary>
/// <param name="Supply">How the supply is set.</param>
public sealed record ChargeInParallel(SupplySetting Supply) : Step
{
    /// <summary>Ends when the current has fallen to this at constant voltage, A.</summary>
    public Amperes? UntilTaperedTo { get; init; }

    /// <summary>Ends after this long at the latest.</summary>
    public Seconds? Limit { get; init; }

    /// <summary>Somebody hears the buzzer and switches the supply off, unless it has sounded since before the step. Default true.</summary>
    public bool Attended { get; init; } = true;
}

/// <summary>
/// A load on the whole pack with the key on: shows usable capacity, LVC and, without a BMS, reversal. Exactly one of
/// <see cref="Current"/> and <see cref="Power"/> is given. Ends with <see cref="EndReason.Lvc"/>, <see cref="EndReason.Time"/>,
/// <see cref="EndReason.Reached"/> (the charge asked for is out) or <see cref="EndReason.Stuck"/> (the pack cannot give that power).
/// </summary>
public sealed record Drive : Step
{
    /// <summary>Size of the current, A, above 0.</summary>
    public Amperes? Current { get; init; }

    /// <summary>Size of the power, W, above 0.</summary>
    public Watts? Power { get; init; }

    /// <summary>At most this long.</summary>
    public Seconds? Limit { get; init; }

    /// <summary>At most this much charge, Ah, above 0.</summary>
    public AmpereHours? Charge { get; init; }

    /// <summary>The drive stops when the loop opens. False: nobody watches the cells. Default true.</summary>
    public bool ObeysLoop { get; init; } = true;
}

/// <summary>
/// Activities on different cells beside each other, with the string idle: each of <see cref="DrainCell"/> or <see cref="ChargeCells"/>,
/// no two on one cell. Ends when the last of them has ended.
/// </summary>
/// <param name="Activities">At least one.</param>
public sealed record Together(ImmutableArray<Step> Activities) : Step;

/// <summary>Why a step ended.</summary>
public enum EndReason
{
    /// <summary>The loop opened above HVC.</summary>
    Hvc,

    /// <summary>The current had tapered to the termination current.</summary>
    Charged,

    /// <summary>The loop opened below LVC.</summary>
    Lvc,

    /// <summary>The time given was over.</summary>
    Time,

    /// <summary>Nothing more will happen.</summary>
    Stuck,

    /// <summary>The loop was open, or the head board latched, when the charger should have started.</summary>
    Loop,

    /// <summary>The voltage or charge asked for was reached.</summary>
    Reached,

    /// <summary>All red lamps asked for were lit.</summary>
    Red,

    /// <summary>The supply's current had tapered.</summary>
    Tapered,

    /// <summary>The buzzer sounded and somebody ended the step.</summary>
    Alarm,
}
