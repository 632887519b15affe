using System.Collections.Immutable;
using TopBalance.Simulation;

namespace TopBalance.Procedure;

/// <summary>
/// The guided session: two pure functions. <see cref="Decide"/> answers whether a step may be begun; <see cref="Evolve"/> remembers what
/// happened, and refuses nothing.
/// </summary>
public static class Guide
{
    /// <summary>Begins a session.</summary>
    /// <param name="first">The first line of its log.</param>
    /// <exception cref="ArgumentException">It is not line 1, or not <see cref="SessionBegun"/>.</exception>
    public static Session Begin(SessionEntry first)
    {
        ArgumentNullException.ThrowIfNull(first);
        return first is { Number: 1, Event: SessionBegun begun }
            ? new Session(begun, new Placed(first, 0))
            : throw new ArgumentException("A log begins with line 1, and that the session began.", nameof(first));
    }

    /// <summary>Whether a step may be begun now. What is permitted is data; nothing is switched by it.</summary>
    public static Decision Decide(Session session, SessionRequest request)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(request);
        ImmutableArray<Refusal> because = [.. Rules.All.Select(rule => rule.Against(session, request)).OfType<Refusal>()];
        return because.IsEmpty
            ? new Decision.Permitted([.. Granted(request).Select(step => new StepPermitted(step))])
            : new Decision.Refused(because);
    }

    /// <summary>The session after one more line.</summary>
    /// <exception cref="ArgumentException">Its number is not the next one.</exception>
    public static Session Evolve(Session session, SessionEntry entry)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(entry);
        Placed last = session.Log[^1];
        if (entry.Number != last.Entry.Number + 1)
        {
            throw new ArgumentException($"The log goes on with line {last.Entry.Number + 1}, not with {entry.Number}.", nameof(entry));
        }

        var placed = new Placed(entry, last.RecordedSeconds + entry.Stamp.SecondsSince(last.Entry.Stamp));
        ImmutableList<Placed> log = session.Log.Add(placed);
        bool inOrder = placed.Seconds >= session.LastSeconds && entry.Event is not (EntryCorrected or DisputeSettled);
        return inOrder ? Take(session with { Log = log }, Line.Of(placed)) : Replay(log);
    }

    /// <summary>The session of a log.</summary>
    /// <exception cref="ArgumentException">The log is empty, does not begin with <see cref="SessionBegun"/> or has gaps.</exception>
    public static Session Replay(IEnumerable<SessionEntry> log)
    {
        ArgumentNullException.ThrowIfNull(log);
        Session? session = null;
        foreach (SessionEntry entry in log)
        {
            session = session is null ? Begin(entry) : Evolve(session, entry);
        }

        return session ?? throw new ArgumentException("The log is empty.", nameof(log));
    }

    private static Session Replay(ImmutableList<Placed> log)
    {
        Session session = Begin(log[0].Entry) with { Log = log };
        return Line.InOrder(log).Skip(1).Aggregate(session, Take);
    }

    private static Session Take(Session before, Line line)
    {
        Session session = before with { LastSeconds = Math.Max(before.LastSeconds, line.Seconds) };
        DisputeRule? rule = Disputes.Of(session, line);
        if (rule is null && line.Counts != false)
        {
            return Phases.Move(Facts.Take(session, line), line.Event);
        }

        bool? settled = rule is { CanCount: false } && line.Counts == true ? null : line.Counts;
        var dispute = new Dispute(line.Number, rule?.Code ?? "taken-out") { Counts = settled };
        session = session with { Disputed = session.Disputed.SetItem(line.Number, dispute) };
        return settled == true ? Phases.Move(Facts.Take(session, line), line.Event) : session;
    }

    private static ImmutableArray<Step> Granted(SessionRequest request) => request switch
    {
        RequestTestCharge => [new Charge { Limit = RequestTestCharge.Longest }],
        RequestCharge asked => [asked.Charge],
        RequestCellCharge asked => [asked.Charge],
        RequestDrain asked => [asked.Drain],
        _ => [],
    };
}
