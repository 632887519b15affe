using System.Collections.Immutable;
using TopBalance.Inference;
using TopBalance.Packs;
using TopBalance.Procedure;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Verification.Verdicts;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Store;

namespace TopBalance.Workbench.Sessions;

/// <summary>A kept session with its clock and its advice, and in practice with its simulated pack: all that a front end needs.</summary>
public sealed class SessionDesk
{
    private readonly StoredSession stored;
    private readonly Advisor advisor = new();
    private readonly TimeProvider time;
    private (int Entry, Seconds? From) watched;

    /// <param name="stored">The session.</param>
    /// <param name="time">The clock on the wall; in practice the pack's own time passes.</param>
    public SessionDesk(StoredSession stored, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(stored);
        (this.stored, this.time) = (stored, time);
        Practice = stored.Session.Practice ? PracticePack.Of(stored.Session) : null;
    }

    /// <summary>Its id.</summary>
    public string Id => stored.Id;

    /// <summary>Where it stands.</summary>
    public Session Session => stored.Session;

    /// <summary>The simulated pack; null at a real one.</summary>
    public PracticePack? Practice { get; }

    /// <summary>Why the mirror does not follow; null if it does.</summary>
    public string? MirrorProblem => stored.MirrorProblem;

    /// <summary>What the last line changed of the past; null if nothing.</summary>
    public Reconsidered? Changed { get; private set; }

    /// <summary>Now.</summary>
    public Stamp Now
    {
        get
        {
            if (Practice is null)
            {
                return SteadyClock.Stamp(time);
            }

            DateTimeOffset at = Session.Began.AddSeconds(Practice.Now);
            return Stamp.Now(at, new Tick("practice", Practice.Now));
        }
    }

    /// <summary>What to do next.</summary>
    public Advice Next() => advisor.Next(Session, Now);

    /// <summary>What is believed of each cell.</summary>
    public ImmutableArray<CellEstimate> Cells() => advisor.Believe(Session).Cells();

    /// <summary>What must be told now.</summary>
    public ImmutableArray<Alarm> Alarms() => Attendance.Of(Session, Session.SecondsAt(Now), WatchFrom);

    /// <summary>From when somebody should be at the pack, counted from the start of the charge of the whole pack that runs; null if none
    /// runs or it has a limit.</summary>
    public Seconds? WatchFrom => Session.OfString is { Step: Charge { Limit: null } charge } ? WatchFromOf(charge) : null;

    /// <summary>Notes what was seen or done.</summary>
    /// <param name="happened">What.</param>
    /// <param name="minutesAgo">How long ago; 0 for now.</param>
    public void Report(SessionEvent happened, double minutesAgo = 0)
    {
        ArgumentNullException.ThrowIfNull(happened);
        Session before = Session;
        Stamp now = Now;
        Stamp stamp = minutesAgo > 0 ? now with { HappenedAt = now.HappenedAt.AddMinutes(-minutesAgo) } : now;
        stored.Report(stamp, happened);
        Practice?.Follow(happened);
        Changed = Reconsidered.Of(before, Session, now, BeliefSize.Quick);
    }

    /// <summary>Asks whether something may be begun; if so it is noted as permitted.</summary>
    public Decision Ask(SessionRequest request) => stored.Ask(request);

    /// <summary>Asks, and notes that it was begun.</summary>
    /// <returns>The answer; nothing was begun if it is a refusal.</returns>
    public Decision Begin(SessionRequest request)
    {
        Decision decision = Ask(request);
        if (decision is Decision.Permitted { Events: [StepPermitted permitted, ..] })
        {
            Report(new StepStarted(permitted.Step) { Supply = (request as RequestCellCharge)?.Supply });
        }

        return decision;
    }

    /// <summary>Judges the pack and notes the verdict.</summary>
    public Verdict Judge()
    {
        var verdict = Verdict.Of(new VerdictCase(Session.Pack, SessionSeen.Of(Session).Observations, Session.Seed)
        {
            Practice = Session.Practice,
            Disputed = Session.Unsettled.Count(),
            LoopProved = Session.Interlock == Interlock.Passed,
        });
        Report(new VerdictGiven(verdict.Outcome));
        return verdict;
    }

    /// <summary>Lets practice time pass, up to the end of what runs.</summary>
    /// <returns>Minutes that passed.</returns>
    /// <exception cref="InputException">The pack is real: its time passes by itself.</exception>
    public double Wait(double minutes)
    {
        PracticePack pack = Practice ?? throw new InputException(null, 0, null, "the pack is real: time passes by itself");
        double before = pack.Now;
        double left = pack.Pass(60 * minutes);
        if (pack.Ended is null && left > 0)
        {
            pack.Pass(left);
        }

        return (pack.Now - before) / 60;
    }

    private Seconds? WatchFromOf(Charge charge)
    {
        // worked out once for each charge: nothing is learned of it while it runs
        int begun = Session.OfString!.Entry;
        if (watched.Entry == begun)
        {
            return watched.From;
        }

        Session before = Guide.Replay(Session.Log.Select(p => p.Entry).TakeWhile(e => e.Number < Session.OfString!.Entry));
        Amperes amps = charge.Current ?? Session.Pack.Charger.Current;
        watched = (begun, new Advisor(BeliefSize.Quick).Believe(before).WatchFrom(amps));
        return watched.From;
    }
}
