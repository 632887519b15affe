using System.Collections.Immutable;
using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Procedure;
using TopBalance.Verification.Verdicts;
using TopBalance.Workbench.Records.Parts;

namespace TopBalance.Workbench.Records;

/// <summary>What all parts of a record are made of.</summary>
internal sealed class RecordCase
{
    public RecordCase(Session session)
    {
        Session = session;
        Seen = SessionSeen.Of(session);
        Verdict = new VerdictCase(session.Pack, Seen.Observations, session.Seed)
        {
            Practice = session.Practice,
            Disputed = session.Unsettled.Count(),
            LoopProved = session.Interlock == Interlock.Passed,
        };
        FirstEnded = Enumerable.Range(0, Seen.Entries.Length).FirstOrDefault(
            k => Seen.Entries[k].Seen is ChargeSeen { Ended: ChargeEnding.Hvc or ChargeEnding.Charged }, -1);
    }

    /// <summary>The session.</summary>
    public Session Session { get; }

    /// <summary>What was done and seen in it, as far as it counts.</summary>
    public SessionSeen Seen { get; }

    /// <summary>What the verdict is given on.</summary>
    public VerdictCase Verdict { get; }

    /// <summary>Index of the first charge that ended by itself; -1 if none has.</summary>
    public int FirstEnded { get; }

    /// <summary>What was believed at the end of the first charge; null if none has ended by itself.</summary>
    public Belief? Before => field ??= FirstEnded < 0 ? null : Believe(FirstEnded + 1);

    /// <summary>What is believed at the end of the last charge; null if none has ended by itself.</summary>
    public Belief? After => FirstEnded < 0 ? null : Verdict.Belief;

    // voltages measured while that charge still flowed belong to its end
    private Belief Believe(int count)
    {
        var belief = Belief.Before(Session.Pack, Session.Seed);
        foreach (Observation seen in Seen.Observations.TakeWhile((s, k) => k < count || s is VoltagesSeen { Rested: null }))
        {
            belief.Observe(seen);
        }

        return belief;
    }
}

/// <summary>Draws up a record: a pure function of a session.</summary>
public static class RecordDraft
{
    private const int WordCount = 6;

    /// <summary>The record, not issued yet. Takes seconds for a large pack.</summary>
    /// <param name="session">The session.</param>
    /// <param name="id">Its id.</param>
    /// <param name="hash">Hash of the last line of its log.</param>
    /// <param name="progress">Told what is being worked out; may be null.</param>
    /// <param name="cancellationToken">Looked at between the parts.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static TopBalanceRecord Of(
        Session session, string id, string hash, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        var of = new RecordCase(session);
        T Part<T>(string name, Func<RecordCase, T> make)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(name);
            return make(of);
        }

        CellsSheet cells = Part("cells", CellsPart.Of);
        Verdict verdict = Part("verdict", static c => Verification.Verdicts.Verdict.Of(c.Verdict));
        return new TopBalanceRecord
        {
            Head = HeadOf(session, id, hash),
            Cells = cells,
            Verdict = VerdictPart.Of(of, verdict),
            Findings = Part("findings", c => FindingsPart.Of(c, verdict)),
            Pack = PackPart.Of(session.Pack),
            Interlock = LoopPart.Proof(session),
            LoopTests = LoopPart.Tests(of),
            Timeline = TimelinePart.Of(of),
            Charges = ChargesPart.Of(of),
            NextCheck = NextCheckPart.Of(of, verdict),
            Words = [.. Enumerable.Range(0, WordCount).Select(k => Sheet.Say("record.words." + Sheet.Number(k)))],
        };
    }

    private static RecordHead HeadOf(Session session, string id, string hash)
    {
        var begun = (SessionBegun)session.Log[0].Entry.Event;
        return new RecordHead(
            session.Practice ? RecordKind.Practice : RecordKind.UnfiledCopy,
            Sheet.Clean(id),
            hash,
            session.Log.Count,
            session.Began.ToUniversalTime(),
            session.Log[^1].Entry.Stamp.RecordedAt.ToUniversalTime(),
            [.. begun.Files.Select(f => new FileRow(Sheet.Clean(f.Name), f.Sha256))]);
    }
}
