using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Verification.Verdicts;

namespace TopBalance.Procedure;

/// <summary>Whether it is proved that the BMS stops the charger.</summary>
public enum Interlock
{
    /// <summary>Not yet, or the proof has lapsed.</summary>
    Untested,

    /// <summary>It did.</summary>
    Passed,

    /// <summary>It did not: no charge of any kind.</summary>
    Failed,
}

/// <summary>Something that goes on at the pack.</summary>
/// <param name="Entry">Number of the line that says it began.</param>
/// <param name="Step">What.</param>
/// <param name="StartSeconds">When it began, on the session's time.</param>
public sealed record Activity(int Entry, Step Step, double StartSeconds)
{
    /// <summary>Which supply is used, as in <see cref="SupplyMeasured"/>.</summary>
    public int? Supply { get; init; }

    /// <summary>It was begun without having been permitted.</summary>
    public bool AlthoughRefused { get; init; }

    /// <summary>When somebody was seen to be there.</summary>
    public ImmutableArray<double> Confirmed { get; init; } = [];

    /// <summary>The whole string carries its current.</summary>
    public bool OfString => Step is Charge;

    /// <summary>The cells it is about; empty for the whole string.</summary>
    public ImmutableArray<CellNumber> Cells => CellsOf(Step);

    /// <summary>How long it may last; null if nothing was said.</summary>
    public Seconds? Limit => Step switch
    {
        Charge charge => charge.Limit,
        ChargeCells charge => charge.Limit,
        DrainCell drain => drain.Duration,
        Rest rest => rest.Duration,
        _ => null,
    };

    internal static ImmutableArray<CellNumber> CellsOf(Step step) => step switch
    {
        ChargeCells charge => charge.Cells,
        DrainCell drain => [drain.Cell],
        _ => [],
    };
}

/// <summary>A line that contradicts the others.</summary>
/// <param name="Entry">Its number.</param>
/// <param name="Code">Why, by the rule in <see cref="Disputes"/>.</param>
public sealed record Dispute(int Entry, string Code)
{
    /// <summary>The person has settled it: true, it counts; false, it stays out; null, not yet.</summary>
    public bool? Counts { get; init; }
}

/// <summary>
/// Where a session stands: a function of its log and of nothing else. It is worked out in the order in which things happened; the log keeps
/// the order in which they were written down.
/// </summary>
public sealed record Session
{
    internal Session(SessionBegun begun, Placed first)
    {
        (Seed, Practice, CheckUp) = (begun.Seed, begun.Practice, begun.CheckUp);
        Pack = begun.CheckUp is { } since ? since.Begin(begun.Pack) : begun.Pack;
        Phase = begun.CheckUp is null ? Phase.Describe : Phase.CheckUp;
        Log = [first];
        (LastSeconds, Began) = (0, first.Entry.Stamp.RecordedAt);
    }

    /// <summary>The log, in order of arrival.</summary>
    public ImmutableList<Placed> Log { get; internal init; }

    /// <summary>The pack; at a check-up with what the last session left to be believed of its cells.</summary>
    public PackSpec Pack { get; }

    /// <summary>Seed of what is believed.</summary>
    public ulong Seed { get; }

    /// <summary>Nothing of it is true of any pack.</summary>
    public bool Practice { get; }

    /// <summary>The session whose pack is checked again, and how that one left it; null for a first balancing.</summary>
    public CheckUp? CheckUp { get; }

    /// <summary>When it began by the clock on the wall, UTC.</summary>
    public DateTimeOffset Began { get; }

    /// <summary>Where it stands.</summary>
    public Phase Phase { get; internal init; }

    /// <summary>Where it stood when it was paused last.</summary>
    public Phase PausedIn { get; internal init; }

    /// <summary>Whether it is proved that the BMS stops the charger.</summary>
    public Interlock Interlock { get; internal init; }

    /// <summary>The head board has opened and no ignition was cycled since.</summary>
    public bool Latched { get; internal init; }

    /// <summary>The warnings were accepted.</summary>
    public bool WarningsAccepted { get; internal init; }

    /// <summary>Checks made, by code.</summary>
    public ImmutableSortedSet<string> Checked { get; internal init; } = ImmutableSortedSet<string>.Empty.WithComparer(StringComparer.Ordinal);

    /// <summary>The last voltage measured of each cell.</summary>
    public ImmutableSortedDictionary<int, Volts> CellVolts { get; internal init; } = ImmutableSortedDictionary<int, Volts>.Empty;

    /// <summary>Cells whose polarity was found reversed.</summary>
    public ImmutableSortedSet<int> Reversed { get; internal init; } = [];

    /// <summary>The last temperature measured, and when.</summary>
    public (TemperatureMeasured Reading, double Seconds)? Temperature { get; internal init; }

    /// <summary>Supplies that were set and measured since they were last used.</summary>
    public ImmutableSortedDictionary<int, SupplyMeasured> Ready { get; internal init; } = ImmutableSortedDictionary<int,
        SupplyMeasured>.Empty;

    /// <summary>What goes on, by the number of the line that says it began.</summary>
    public ImmutableSortedDictionary<int, Activity> Running { get; internal init; } = ImmutableSortedDictionary<int, Activity>.Empty;

    /// <summary>Steps permitted and not begun yet.</summary>
    public ImmutableArray<Step> Permitted { get; internal init; } = [];

    /// <summary>Charges of the whole pack that have ended by themselves.</summary>
    public int Charges { get; internal init; }

    /// <summary>When the last charge of the whole pack ended, and how; null before the first.</summary>
    public (double Seconds, ChargeEnding Ended)? LastCharge { get; internal init; }

    /// <summary>Lamps and tripping cell of the last charge have not been answered yet.</summary>
    public bool EndToCapture { get; internal init; }

    /// <summary>The lamps of the last charge were answered; which was seen dark after it.</summary>
    public (bool Lamps, bool Trip, ImmutableSortedSet<int> Dark) Captured { get; internal init; } = (false, false, []);

    /// <summary>Ah taken out of each cell by loads since the last charge of the whole pack.</summary>
    public ImmutableSortedDictionary<int, double> DrainedAh { get; internal init; } = ImmutableSortedDictionary<int, double>.Empty;

    /// <summary>The way of balancing that was chosen; null if none was.</summary>
    public string? Method { get; internal init; }

    /// <summary>What is wrong at the pack; null if nothing is known to be.</summary>
    public TroubleReported? Trouble { get; internal init; }

    /// <summary>The verdict on the last charge of the whole pack; null if none was given since.</summary>
    public VerdictOutcome? Verdict { get; internal init; }

    /// <summary>Lines that contradict others, settled or not, by number.</summary>
    public ImmutableSortedDictionary<int, Dispute> Disputed { get; internal init; } = ImmutableSortedDictionary<int, Dispute>.Empty;

    /// <summary>When the last line happened, on the session's time.</summary>
    public double LastSeconds { get; internal init; }

    /// <summary>Disputed lines that nobody has settled.</summary>
    public IEnumerable<Dispute> Unsettled => Disputed.Values.Where(d => d.Counts is null);

    /// <summary>What the whole string does; null if it is idle.</summary>
    public Activity? OfString => Running.Values.FirstOrDefault(a => a.OfString);

    /// <summary>What is done to single cells.</summary>
    public IEnumerable<Activity> OfCells => Running.Values.Where(a => !a.Cells.IsEmpty);

    /// <summary>An instant on the session's time.</summary>
    public double SecondsAt(Stamp at)
    {
        ArgumentNullException.ThrowIfNull(at);
        Placed last = Log[^1];
        return last.RecordedSeconds + at.SecondsSince(last.Entry.Stamp) - at.LateBySeconds;
    }

    /// <summary>An instant of the session's time by the clock on the wall as it went at the beginning, UTC.</summary>
    public DateTimeOffset WallAt(double seconds) => Began + TimeSpan.FromSeconds(seconds);
}
