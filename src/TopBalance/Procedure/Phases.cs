using System.Collections.Immutable;
using TopBalance.Simulation;

namespace TopBalance.Procedure;

/// <summary>Where a session stands: the paper's table of contents.</summary>
public enum Phase
{
    /// <summary>The pack is described, the warnings are read.</summary>
    Describe,

    /// <summary>A pack that was balanced before is looked at again.</summary>
    CheckUp,

    /// <summary>Cells, lugs, fuse, contactor and tools are checked.</summary>
    PreCheck,

    /// <summary>It is proved that the BMS can stop the charger.</summary>
    LoopTest,

    /// <summary>The first full charge.</summary>
    FirstCharge,

    /// <summary>The seconds at the end of a charge: red lamps and the tripping cell are noted.</summary>
    CaptureEnd,

    /// <summary>The head board's latch is released.</summary>
    Reset,

    /// <summary>The next step is chosen.</summary>
    Choose,

    /// <summary>Single cells, or four, are charged.</summary>
    ChargeCells,

    /// <summary>A cell is drained.</summary>
    DrainCell,

    /// <summary>Shunts bleed, nothing is connected.</summary>
    Rest,

    /// <summary>The whole pack is charged again, to see where it stands.</summary>
    Verify,

    /// <summary>A verdict was given.</summary>
    Verdict,

    /// <summary>Interrupted on purpose.</summary>
    Paused,

    /// <summary>Given up.</summary>
    Abandoned,
}

/// <summary>One arrow between two phases.</summary>
/// <param name="From">Where it begins; null: anywhere.</param>
/// <param name="On">The kind of event that moves along it.</param>
/// <param name="To">Where it leads; null: back to where a pause began.</param>
/// <param name="When">The condition in words; empty if there is none.</param>
/// <param name="Holds">The condition, of the session that has taken the event in.</param>
public sealed record Transition(Phase? From, Type On, Phase? To, string When, Func<Session, SessionEvent, bool> Holds);

/// <summary>The phases and all arrows between them.</summary>
public static class Phases
{
    private static readonly ImmutableArray<Phase> Choosing = [Phase.Choose, Phase.Rest, Phase.Verdict];

    /// <summary>All arrows. Of those that fit, the first counts.</summary>
    public static ImmutableArray<Transition> All { get; } =
    [
        Arrow<SessionAbandoned>(null, Phase.Abandoned),
        Arrow<SessionPaused>(null, Phase.Paused),
        Arrow<SessionResumed>(Phase.Paused, null),
        Arrow<PartChanged>(null, Phase.LoopTest, "a charge was permitted before", (s, _) => IsPast(s, Phase.LoopTest)),
        Arrow<LoopTested>(null, Phase.LoopTest, "failed", (s, _) => s.Interlock == Interlock.Failed),
        Arrow<WarningsAccepted>(Phase.Describe, Phase.PreCheck),
        Arrow<WarningsAccepted>(Phase.CheckUp, Phase.PreCheck),
        Arrow<CheckConfirmed>(Phase.PreCheck, Phase.LoopTest, "nothing is missing", Complete),
        Arrow<CellsMeasured>(Phase.PreCheck, Phase.LoopTest, "nothing is missing", Complete),
        Arrow<TemperatureMeasured>(Phase.PreCheck, Phase.LoopTest, "nothing is missing", Complete),
        Arrow<LoopTested>(Phase.LoopTest, Phase.FirstCharge, "passed, no charge yet", (s, e) => Passed(s) && s.Charges == 0),
        Arrow<LoopTested>(Phase.LoopTest, Phase.Choose, "passed, charged before", (s, e) => Passed(s)),
        .. Ends(Phase.FirstCharge),
        .. Ends(Phase.Verify),
        .. Captures<LampsNoted>(),
        .. Captures<TripNoted>(),
        Arrow<IgnitionCycled>(Phase.Reset, Phase.Choose),
        .. Choosing.SelectMany(Starts),
        .. Ends<CellChargeEnded>(Phase.ChargeCells),
        .. Ends<DrainEnded>(Phase.DrainCell),
        .. Ends<AllOff>(Phase.ChargeCells),
        .. Ends<AllOff>(Phase.DrainCell),
        Arrow<RestEnded>(Phase.Rest, Phase.Choose),
        Arrow<VerdictGiven>(Phase.Choose, Phase.Verdict),
        Arrow<VerdictGiven>(Phase.Rest, Phase.Verdict),
        Arrow<VerdictGiven>(Phase.Reset, Phase.Verdict),
    ];

    /// <summary>Where an event leads.</summary>
    /// <param name="session">The session that has taken the event in, still in the phase before.</param>
    /// <param name="happened">The event.</param>
    internal static Session Move(Session session, SessionEvent happened)
    {
        foreach (Transition arrow in All)
        {
            if ((arrow.From ?? session.Phase) == session.Phase && arrow.On == happened.GetType() && arrow.Holds(session, happened))
            {
                Phase to = arrow.To ?? session.PausedIn;
                bool pauses = to == Phase.Paused && session.Phase != Phase.Paused;
                return session with { Phase = to, PausedIn = pauses ? session.Phase : session.PausedIn };
            }
        }

        return session;
    }

    private static bool Passed(Session session) => session.Interlock == Interlock.Passed;

    private static bool Complete(Session session, SessionEvent happened) => PreChecks.Missing(session).IsEmpty;

    private static bool IsPast(Session session, Phase phase) => session.Phase > phase && session.Phase < Phase.Paused;

    private static Transition Arrow<T>(Phase? from, Phase? to)
        where T : SessionEvent => new(from, typeof(T), to, "", static (_, _) => true);

    private static Transition Arrow<T>(Phase? from, Phase? to, string when, Func<Session, SessionEvent, bool> holds)
        where T : SessionEvent => new(from, typeof(T), to, when, holds);

    // a charge that ended by itself has something to show; one that was cut short may be gone on with
    private static Transition[] Ends(Phase charging) =>
    [
        Arrow<ChargeEnded>(charging, Phase.CaptureEnd, "it ended by itself", (s, _) => s.EndToCapture),
        Arrow<ChargeEnded>(charging, Phase.Choose, "it was cut short", (s, _) => s.Charges > 0),
        Arrow<AllOff>(charging, Phase.Choose, "it was cut short", (s, _) => s.Charges > 0),
    ];

    private static Transition[] Captures<T>()
        where T : SessionEvent =>
    [
        Arrow<T>(Phase.CaptureEnd, Phase.Reset, "all was answered, latched", (s, _) => !s.EndToCapture && s.Latched),
        Arrow<T>(Phase.CaptureEnd, Phase.Choose, "all was answered", (s, _) => !s.EndToCapture),
    ];

    private static Transition[] Starts(Phase from) =>
    [
        Arrow<StepStarted>(from, Phase.Verify, "of the pack", (_, e) => e is StepStarted { Step: Charge }),
        Arrow<StepStarted>(from, Phase.ChargeCells, "of cells", (_, e) => e is StepStarted { Step: ChargeCells }),
        Arrow<StepStarted>(from, Phase.DrainCell, "a drain", (_, e) => e is StepStarted { Step: DrainCell }),
        Arrow<StepStarted>(from, Phase.Rest, "a rest", (_, e) => e is StepStarted { Step: Rest }),
    ];

    private static Transition[] Ends<T>(Phase working)
        where T : SessionEvent =>
    [
        Arrow<T>(working, Phase.Reset, "nothing runs, latched", (s, _) => s.Running.IsEmpty && s.Latched),
        Arrow<T>(working, Phase.Choose, "nothing runs", (s, _) => s.Running.IsEmpty),
    ];
}
