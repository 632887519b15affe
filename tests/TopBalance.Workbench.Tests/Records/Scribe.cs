using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Procedure;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Verification.Verdicts;
using TopBalance.Workbench.Store;
using TopBalance.Workbench.Tests.Cli;
using TopBalance.Workbench.Tests.Files;

namespace TopBalance.Workbench.Tests.Records;

/// <summary>Writes logs of sessions at the four-cell pack, and turns practice into what it would be at a real pack.</summary>
internal sealed class Scribe(StoredSession session)
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private double minutes;

    public string Id => session.Id;

    public StoredSession Stored => session;

    /// <summary>A session that has passed its checks and its loop test.</summary>
    public static Scribe Begun(SessionStore store, string? pack = null, bool practice = false)
    {
        (PackSpec spec, ImmutableArray<PackText> texts) = ResolvedPack.Read(pack ?? Example("four-cells.yaml"));
        StoredSession begun = store.Begin(new SessionBegun(spec, 3) { Files = texts, Practice = practice }, At(0));
        var scribe = new Scribe(begun);
        scribe.Note(1, new WarningsAccepted(), new CheckConfirmed("tools"), new CheckConfirmed("contactor"), new CheckConfirmed("lugs"), new CheckConfirmed("fuse"));
        scribe.Note(1, new CellsMeasured(Enumerable.Range(1, 4).ToImmutableSortedDictionary(n => n, _ => new Volts(3.3))), new TemperatureMeasured(new Celsius(20), new Celsius(21)));
        scribe.Note(1, new StepStarted(new Charge { Limit = new Seconds(300) }));
        scribe.Note(2, new LoopTested(ChargerStopped: true, Buzzer: true) { After = new Seconds(1), ChargedAgain = true }, new AllOff());
        return scribe;
    }

    /// <summary>Notes things, minutes after the ones before.</summary>
    public int Note(double after, params SessionEvent[] happened)
    {
        minutes += after;
        session.Report(At(minutes), happened);
        return session.Session.Log.Count;
    }

    /// <summary>A charge that one cell ends, with these red lamps and all others dark.</summary>
    public void Charged(double lasting, int tripped, params int[] red)
    {
        Note(1, new StepStarted(new Charge()));
        Note(lasting, new ChargeEnded(ChargeEnding.Hvc), new LampsNoted([.. red.Select(n => new CellNumber(n))], []) { OthersDark = true }, new TripNoted(Trip.Of(new CellNumber(tripped))), new PackMeasured(new Volts(13.7)));
        Note(1, new IgnitionCycled());
    }

    /// <summary>A practice session noted as if it had been at a real pack.</summary>
    public static string AsReal(SessionStore practice, SessionStore real)
    {
        Session played = practice.Open(practice.Find("last")).Session;
        SessionEntry[] log = [.. played.Log.Select(p => p.Entry)];
        StoredSession session = real.Begin(((SessionBegun)log[0].Event) with { Practice = false }, log[0].Stamp);
        foreach (SessionEntry entry in log.Skip(1).Where(e => e.Event is not VerdictGiven))
        {
            session.Report(entry.Stamp, entry.Event);
        }

        session.Report(log[^1].Stamp, new VerdictGiven(VerdictOutcome.Pass));
        return session.Id;
    }

    public static string Example(string name) => Path.Combine([Repository.Root, "examples", .. name.Split('/')]);

    private static Stamp At(double minutes) => Stamp.Now(Noon.AddMinutes(minutes), new Tick("boot", 60 * minutes));
}
