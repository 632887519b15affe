using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Simulation;

namespace TopBalance.Procedure;

/// <summary>A way in which a line can contradict the others.</summary>
/// <param name="Code">Names it; its words are <c>disputed.CODE</c> in the catalogue.</param>
/// <param name="Contradicts">Whether it does, at the moment it happened.</param>
/// <param name="CanCount">A person may insist that it is right.</param>
public sealed record DisputeRule(string Code, Func<Session, SessionEvent, bool> Contradicts, bool CanCount = false);

/// <summary>How lines can contradict each other. They are kept, shown, and left out until somebody settles them.</summary>
public static class Disputes
{
    private const double MostCellVolts = 10, LoopTestSeconds = 600;

    /// <summary>All rules; the first that applies names the dispute.</summary>
    public static ImmutableArray<DisputeRule> All { get; } =
    [
        new("begun-twice", static (_, e) => e is SessionBegun),
        new("no-such-cell", static (s, e) => CellsOf(e).Any(c => c > s.Pack.Series)),
        new("no-such-step", static (_, e) => e is StepStarted { Step: not (Charge or ChargeCells or DrainCell or Rest) }),
        new("no-such-value", static (s, e) => !Possible(s, e)),
        new("not-running", static (s, e) => e switch
        {
            ChargeEnded or LampCameOn => s.OfString is null,
            CellChargeEnded ended => !s.OfCells.Any(a => a.Step is ChargeCells && a.Cells[0] == ended.First),
            DrainEnded ended => !s.OfCells.Any(a => a.Step is DrainCell && a.Cells[0] == ended.Cell),
            RestEnded => !s.Running.Values.Any(a => a.Step is Rest),
            _ => false,
        }),
        new("already-running", static (s, e) => e is StepStarted started && Running(s, started.Step)),
        new("loop-test-without-charge", static (s, e) => e is LoopTested && s.OfString is null
            && !(s.LastCharge is { } last && s.LastSeconds - last.Seconds < LoopTestSeconds), CanCount: true),
        new("no-charge-yet", static (s, e) => e is LampsNoted or TripNoted && s.LastCharge is null && s.OfString is null),
        new("trip-without-hvc", static (s, e) => e is TripNoted { Trip.Cell: not null } && s.LastCharge is not { Ended: ChargeEnding.Hvc }),
        new("lit-after-dark", static (s, e) => e is LampsNoted lamps && s.OfString is null
            && lamps.Red.Any(c => s.Captured.Dark.Contains(c.Value)), CanCount: true),
        new("lit-and-dark", static (_, e) => e is LampsNoted lamps && lamps.Red.Intersect(lamps.Dark).Any()),
    ];

    // a line can speak only of lines before it, and not of the first
    private static readonly DisputeRule NoSuchLine = new("no-such-line", static (_, _) => false);

    /// <summary>All codes, for the catalogue.</summary>
    public static IEnumerable<string> Codes => All.Add(NoSuchLine).Select(rule => rule.Code);

    /// <summary>The rule that a line breaks; null if it breaks none.</summary>
    internal static DisputeRule? Of(Session session, Line line) => line.Event switch
    {
        EntryCorrected { Entry: int target } when !line.MaySpeakOf(target) => NoSuchLine,
        DisputeSettled { Entry: int target } when !line.MaySpeakOf(target) => NoSuchLine,
        _ => All.FirstOrDefault(rule => rule.Contradicts(session, line.Event)),
    };

    /// <summary>Every cell number that a line holds.</summary>
    internal static IEnumerable<int> CellsOf(SessionEvent happened) => happened switch
    {
        StepStarted started => Activity.CellsOf(started.Step).Select(c => c.Value),
        CellsMeasured measured => measured.Cells.Keys.Concat(measured.Reversed.Select(c => c.Value)),
        CellChargeEnded ended => [ended.First.Value, .. (ended.Red ?? []).Select(c => c.Value), .. Of(ended.Tripped.Cell)],
        DrainEnded ended => [ended.Cell.Value],
        LampsNoted lamps => lamps.Red.Concat(lamps.Dark).Select(c => c.Value),
        LampCameOn lamp => [lamp.Cell.Value],
        TripNoted trip => Of(trip.Trip.Cell),
        _ => [],
    };

    private static IEnumerable<int> Of(CellNumber? cell) => cell is { } number ? [number.Value] : [];

    private static bool Running(Session session, Step step) => step switch
    {
        Charge => session.OfString is not null,
        Rest => session.Running.Values.Any(a => a.Step is Rest),
        _ => session.OfCells.Any(a => a.Cells.Intersect(Activity.CellsOf(step)).Any()),
    };

    private static bool Possible(Session session, SessionEvent happened) => happened switch
    {
        CellsMeasured cells => cells.Cells.Values.All(v => Math.Abs(v.Value) <= MostCellVolts),
        PackMeasured pack => pack.Voltage.Value >= 0 && pack.Voltage.Value <= MostCellVolts * session.Pack.Series,
        TemperatureMeasured t => t.Coldest.Value >= -60 && t.Warmest.Value <= 150 && t.Coldest.Value <= t.Warmest.Value,
        StepStarted { Step: DrainCell drain } => drain.Duration.Value > 0,
        StepStarted { Step: ChargeCells charge } => !charge.Cells.IsDefaultOrEmpty && charge.Supply.Current.Value > 0,
        StepStarted { Step: Charge { Current: { } amps } } => amps.Value > 0,
        ChargeEnded { Charge: { } ah } => ah.Value >= 0,
        PackUsed used => used.Charge.Value > 0,
        _ => true,
    };
}
