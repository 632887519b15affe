using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Verification.Verdicts;

namespace TopBalance.Procedure;

/// <summary>
/// Something that happened in a session: a fact, written once. All but <see cref="StepPermitted"/> are reports, and reports are never
/// refused.
/// </summary>
public abstract record SessionEvent
{
    private protected SessionEvent()
    {
    }
}

/// <summary>A text that the pack was described by: its own file, its cell's, its cell module's.</summary>
/// <param name="Name">Its name among the others.</param>
/// <param name="Sha256">Hash of its bytes, lower-case hexadecimal.</param>
/// <param name="Text">What it says.</param>
public sealed record PackText(string Name, string Sha256, string Text);

/// <summary>The session began, with all that is known of the pack.</summary>
/// <param name="Pack">The pack with its cell and cell module.</param>
/// <param name="Seed">Seed of what is believed.</param>
public sealed record SessionBegun(PackSpec Pack, ulong Seed) : SessionEvent
{
    /// <summary>What the pack was read from, its own file first; with these alone it can be read again. Empty if it was not read.</summary>
    public ImmutableArray<PackText> Files { get; init; } = [];

    /// <summary>The pack is simulated: nothing of this session is true of any pack.</summary>
    public bool Practice { get; init; }

    /// <summary>The session whose pack is checked again, and how that one left it; null for a first balancing.</summary>
    public CheckUp? CheckUp { get; init; }
}

/// <summary>The warnings were shown and accepted, and the pack is as described.</summary>
public sealed record WarningsAccepted : SessionEvent;

/// <summary>A check before the first charge was made, by its code in <see cref="PreChecks"/>.</summary>
/// <param name="Code">E.g. <c>lugs</c>.</param>
public sealed record CheckConfirmed(string Code) : SessionEvent;

/// <summary>Voltages of single cells were measured.</summary>
/// <param name="Cells">V by cell number.</param>
public sealed record CellsMeasured(ImmutableSortedDictionary<int, Volts> Cells) : SessionEvent
{
    /// <summary>Cells whose polarity was found reversed.</summary>
    public ImmutableArray<CellNumber> Reversed { get; init; } = [];
}

/// <summary>The temperature of the cells was measured.</summary>
/// <param name="Coldest">Of the coldest cell.</param>
/// <param name="Warmest">Of the warmest cell.</param>
public sealed record TemperatureMeasured(Celsius Coldest, Celsius Warmest) : SessionEvent;

/// <summary>The voltage of the whole pack was measured.</summary>
/// <param name="Voltage">V.</param>
public sealed record PackMeasured(Volts Voltage) : SessionEvent;

/// <summary>A supply was set and measured before it is connected.</summary>
/// <param name="Supply">Which of the tools: 0, 1 … for the bench supplies, -1 for the 12 V charger.</param>
/// <param name="OpenVoltage">With its output open, V.</param>
/// <param name="PolarityRight">Plus to plus, at the cell.</param>
public sealed record SupplyMeasured(int Supply, Volts OpenVoltage, bool PolarityRight) : SessionEvent;

/// <summary>What the loop test was made with.</summary>
public enum TestedPart
{
    /// <summary>The pack charger.</summary>
    Charger,

    /// <summary>The head board.</summary>
    HeadBoard,

    /// <summary>The wiring of the loop, or of the charger's control.</summary>
    Wiring,

    /// <summary>The pack: cells or cell modules.</summary>
    Pack,
}

/// <summary>Something that the loop test was made with is another now: its pass has lapsed.</summary>
/// <param name="Part">What.</param>
public sealed record PartChanged(TestedPart Part) : SessionEvent;

/// <summary>The loop was opened by hand during a test charge.</summary>
/// <param name="ChargerStopped">The charger was seen to stop.</param>
/// <param name="Buzzer">The buzzer was heard.</param>
public sealed record LoopTested(bool ChargerStopped, bool Buzzer) : SessionEvent
{
    /// <summary>After how long the charger stopped; null if not noted.</summary>
    public Seconds? After { get; init; }

    /// <summary>With the loop closed and the ignition cycled it charged again; null if that was not tried.</summary>
    public bool? ChargedAgain { get; init; }

    /// <summary>All of the test went as it must.</summary>
    public bool Passed => ChargerStopped && Buzzer && ChargedAgain == true;
}

/// <summary>A step was permitted. It is not begun by that.</summary>
/// <param name="Step">What may be done, with its limit.</param>
public sealed record StepPermitted(Step Step) : SessionEvent;

/// <summary>A step was begun, permitted or not.</summary>
/// <param name="Step"><see cref="Charge"/>, <see cref="ChargeCells"/>, <see cref="DrainCell"/> or <see cref="Rest"/>.</param>
public sealed record StepStarted(Step Step) : SessionEvent
{
    /// <summary>Which supply, as in <see cref="SupplyMeasured"/>; null if none is used.</summary>
    public int? Supply { get; init; }
}

/// <summary>A charge of the whole pack ended.</summary>
/// <param name="Ended">How.</param>
public sealed record ChargeEnded(ChargeEnding Ended) : SessionEvent
{
    /// <summary>Current at the end, A; null if not noted.</summary>
    public Amperes? EndCurrent { get; init; }

    /// <summary>Charge by a meter, Ah; null if there is none.</summary>
    public AmpereHours? Charge { get; init; }
}

/// <summary>A charge of single cells ended.</summary>
/// <param name="First">Its first cell.</param>
/// <param name="Ended">How.</param>
public sealed record CellChargeEnded(CellNumber First, CellChargeEnding Ended) : SessionEvent
{
    /// <summary>Cells seen red at its end; the others of that charge were looked at and dark. Null: nobody looked.</summary>
    public ImmutableArray<CellNumber>? Red { get; init; }

    /// <summary>Which green lamp went out, if it ended with the buzzer.</summary>
    public Trip Tripped { get; init; }

    /// <summary>Current at the end, A; null if not noted.</summary>
    public Amperes? EndCurrent { get; init; }
}

/// <summary>The load was taken off a cell.</summary>
/// <param name="Cell">Which.</param>
public sealed record DrainEnded(CellNumber Cell) : SessionEvent;

/// <summary>The rest is over.</summary>
/// <param name="LastLampOut">The last red lamp was seen to have gone out.</param>
public sealed record RestEnded(bool LastLampOut) : SessionEvent;

/// <summary>Everything is switched off and taken off.</summary>
public sealed record AllOff : SessionEvent;

/// <summary>Red lamps were looked at; when is in the stamp, and decides what they prove.</summary>
/// <param name="Red">Seen lit.</param>
/// <param name="Dark">Seen dark.</param>
public sealed record LampsNoted(ImmutableArray<CellNumber> Red, ImmutableArray<CellNumber> Dark) : SessionEvent
{
    /// <summary>It was said that all others were looked at and dark. Default: they were not seen.</summary>
    public bool OthersDark { get; init; }
}

/// <summary>A red lamp was seen to come on.</summary>
/// <param name="Cell">Which.</param>
public sealed record LampCameOn(CellNumber Cell) : SessionEvent;

/// <summary>Which green lamp went out at the end of the last charge: a cell, none, or missed.</summary>
/// <param name="Trip">What was seen.</param>
public sealed record TripNoted(Trip Trip) : SessionEvent;

/// <summary>The ignition key was cycled.</summary>
public sealed record IgnitionCycled : SessionEvent;

/// <summary>The pack was driven.</summary>
/// <param name="Charge">Taken out, Ah.</param>
public sealed record PackUsed(AmpereHours Charge) : SessionEvent;

/// <summary>Somebody is at the pack.</summary>
/// <param name="Seen">What can only be seen there, e.g. the load's current or which lamps are lit.</param>
public sealed record PresenceConfirmed(string Seen) : SessionEvent;

/// <summary>The person chose a way of balancing.</summary>
/// <param name="Method">E.g. <c>bench-supply</c>.</param>
public sealed record MethodChosen(string Method) : SessionEvent;

/// <summary>What is wrong.</summary>
public enum TroubleKind
{
    /// <summary>Something is hot.</summary>
    Hot,

    /// <summary>It smells.</summary>
    Smell,

    /// <summary>There is smoke.</summary>
    Smoke,

    /// <summary>A cell swells.</summary>
    Swelling,

    /// <summary>There was a spark.</summary>
    Spark,

    /// <summary>Something else.</summary>
    Other,
}

/// <summary>Something is wrong at the pack: nothing is permitted until it is over.</summary>
/// <param name="Kind">What.</param>
/// <param name="Text">In words.</param>
public sealed record TroubleReported(TroubleKind Kind, string Text) : SessionEvent;

/// <summary>It was found and put right.</summary>
/// <param name="Text">What it was.</param>
public sealed record TroubleOver(string Text) : SessionEvent;

/// <summary>An earlier line is wrong. What was done stays done; all that follows from the log is worked out anew.</summary>
/// <param name="Entry">Number of that line.</param>
/// <param name="Instead">What is true instead; null takes the line back.</param>
/// <param name="Why">Why.</param>
public sealed record EntryCorrected(int Entry, SessionEvent? Instead, string Why) : SessionEvent
{
    /// <summary>When it truly happened; null leaves that as it was.</summary>
    public DateTimeOffset? HappenedAt { get; init; }
}

/// <summary>A disputed line was settled by the person.</summary>
/// <param name="Entry">Number of that line.</param>
/// <param name="Counts">It is right after all and counts; else it stays out.</param>
/// <param name="Why">Why.</param>
public sealed record DisputeSettled(int Entry, bool Counts, string Why) : SessionEvent;

/// <summary>What was advised.</summary>
/// <param name="Action">As in <see cref="Advice.Action"/>.</param>
/// <param name="Cells">Which cells it was about.</param>
/// <param name="Text">As it was shown.</param>
public sealed record AdviceGiven(string Action, ImmutableArray<CellNumber> Cells, string Text) : SessionEvent;

/// <summary>A verdict was given.</summary>
/// <param name="Outcome">What it was.</param>
public sealed record VerdictGiven(VerdictOutcome Outcome) : SessionEvent;

/// <summary>The work was interrupted on purpose.</summary>
public sealed record SessionPaused : SessionEvent;

/// <summary>The work goes on.</summary>
public sealed record SessionResumed : SessionEvent;

/// <summary>The session was given up.</summary>
/// <param name="Why">Why.</param>
public sealed record SessionAbandoned(string Why) : SessionEvent;
