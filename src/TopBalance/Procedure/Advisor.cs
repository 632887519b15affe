using System.Collections.Immutable;
using System.Text.Json;
using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Methods;
using TopBalance.Methods.Mixed;
using TopBalance.Packs;
using TopBalance.Planning;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Verification.Verdicts;
using TopBalance.Words;
using Tell = TopBalance.Verification.Setup.Say;

namespace TopBalance.Procedure;

/// <summary>What to do next.</summary>
/// <param name="Action">A word for it, e.g. <c>charge</c>, <c>drain</c>, <c>note-lamps</c>.</param>
/// <param name="Text">In one sentence with numbers.</param>
public sealed record Advice(string Action, Phrase Text)
{
    /// <summary>The request that goes with it; null where nothing needs to be permitted.</summary>
    public SessionRequest? Request { get; init; }

    /// <summary>Which cells it is about.</summary>
    public ImmutableArray<CellNumber> Cells { get; init; } = [];

    /// <summary>For a charge of the pack: be there from here on, counted from its start.</summary>
    public Seconds? WatchFrom { get; init; }

    /// <summary>Why it cannot be begun yet.</summary>
    public ImmutableArray<Refusal> Because { get; init; } = [];

    /// <summary>The same advice for the same cells; minutes and Ah may have moved a little.</summary>
    public bool IsLike(Advice other) =>
        other is not null && string.Equals(Action, other.Action, StringComparison.Ordinal) && Cells.SequenceEqual(other.Cells);
}

/// <summary>
/// Says what to do next: a function of the session. It keeps what it has worked out of a log for the next time that log is longer; owns its
/// buffers, not shared between threads.
/// </summary>
/// <param name="size">How finely cells are believed; null is the usual.</param>
public sealed class Advisor(BeliefSize? size = null)
{
    private const double LeastFourSeconds = 600, LeastDoseSeconds = 60, BelievedQuantile = 0.01;
    private const int FourDraws = 300;
    private readonly List<string> taken = [];
    private Belief? belief;
    private Situation? tracked;
    private (PackSpec Pack, ulong Seed) of;

    /// <summary>What is believed of the pack after all that counts.</summary>
    public Belief Believe(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        ImmutableArray<Observation> seen = SessionSeen.Of(session).Observations;

        // two observations are the same if they are written alike
        string[] written = [.. seen.Select(s => JsonSerializer.Serialize(s, s.GetType()))];
        bool goesOn = belief is not null && of == (session.Pack, session.Seed) && taken.Count <= written.Length
            && taken.SequenceEqual(written.Take(taken.Count), StringComparer.Ordinal);
        if (!goesOn)
        {
            belief = Belief.Before(session.Pack, session.Seed, size);
            (tracked, of) = (new Situation(session.Pack), (session.Pack, session.Seed));
            taken.Clear();
        }

        for (int k = taken.Count; k < seen.Length; k++)
        {
            belief!.Observe(seen[k]);
            taken.Add(written[k]);
            if (seen[k] is ChargeSeen)
            {
                tracked!.See(new Rehearsal(belief, 0, session.Seed + (ulong)k).Now);
                tracked.Track();
            }
        }

        return belief!;
    }

    /// <summary>What to do next.</summary>
    /// <param name="session">The session.</param>
    /// <param name="at">Now.</param>
    public Advice Next(Session session, Stamp at)
    {
        ArgumentNullException.ThrowIfNull(session);
        Advice next = Before(session, at) ?? Work(session, at);
        return next.Request is { } request && Guide.Decide(session, request) is Decision.Refused refused
            ? next with { Because = refused.Because }
            : next;
    }

    // what comes before any choice
    private Advice? Before(Session s, Stamp at) => s switch
    {
        { Phase: Phase.Abandoned } => Say("none", "abandoned"),
        { Phase: Phase.Paused } => Say("resume", "resume"),
        { Trouble: { } trouble } => Say("stop", "trouble." + trouble.Kind.ToString().ToLowerInvariant()),
        { WarningsAccepted: false } => Say("accept-warnings", "warnings"),
        { Reversed.IsEmpty: false } => Say("stop", "outside"),
        _ when PreChecks.Missing(s) is [var check, ..] => new Advice("check", new Phrase("check." + check.Code)),
        _ when s.CellVolts.Values.Any(v => v.Value < s.Pack.Module.Lvc.Value) => Say("stop", "outside"),
        { Interlock: Interlock.Failed } => Say("stop", "loop-failed"),
        { Interlock: Interlock.Untested, OfString: not null } => Say("test-loop", "open-the-loop"),
        { Interlock: Interlock.Untested, Latched: true } => Say("reset", "reset"),
        { Interlock: Interlock.Untested } => Say("test-charge", "test-charge") with { Request = new RequestTestCharge(at) },
        { OfString: { } charge } => Watching(s, charge),
        _ when s.OfCells.FirstOrDefault() is { } activity => Attending(activity),
        { EndToCapture: true, Captured.Lamps: false } => Say("note-lamps", "note-lamps"),
        { EndToCapture: true } => Say("note-trip", "note-trip"),
        _ when s.Temperature is { } t && s.SecondsAt(at) - t.Seconds > 12 * 3600 => Say("check", "temperature-again"),
        { Charges: 0 } => Charge(s, at, new Charge(), "first-charge"),
        { Method: null } => Say("choose", "choose"),
        _ => null,
    };

    private Advice Work(Session s, Stamp at)
    {
        IBalancingMethod method = BalancingMethods.All.FirstOrDefault(m => string.Equals(m.Name, s.Method, StringComparison.Ordinal))
            ?? BalancingMethods.All[^1];
        if (method.ImpossibleBecause(s.Pack) is { } impossible)
        {
            return Say("choose", "method-impossible", method.Name, impossible);
        }

        Belief believed = Believe(s);
        var rehearsal = new Rehearsal(believed, 0, s.Seed + (ulong)taken.Count);
        tracked!.See(rehearsal.Now);
        tracked.Foresight = method is MixedMethod ? rehearsal.NewStage() : null;
        Proposal next = method.Next(tracked);
        return next is Finished && Dark(tracked) is { Length: > 0 } dark && !s.Pack.Tools.BenchSupplies.IsEmpty && !Tried(tracked, dark)
            ? Singles(s, at, (ChargeSingles)Methods.BenchSupply.BenchSupplyMethod.Singles(tracked, dark), believed)
            : Of(next, s, at, believed);
    }

    private Advice Of(Proposal next, Session s, Stamp at, Belief believed) => next switch
    {
        Finished when IsJudged(s) => Of(Moves.LevelAndVerify(tracked!), s, at, believed),
        GiveUp gaveUp when IsJudged(s) => Say("choose", "another-way", gaveUp.Reason),
        Finished => Verdict(s, at, "verdict"),
        GiveUp gaveUp => Verdict(s, at, "give-up", gaveUp.Reason),
        ChargePack charge => Charge(s, at, new Charge { Current = charge.Current }, "charge"),
        HoldPack hold => Charge(s, at, new Charge { Current = hold.Current, Limit = hold.Duration }, "hold"),
        LetShuntsBleed => s.Running.Values.Any(a => a.Step is Rest) ? Say("wait", "bleeding") : Say("rest", "rest"),
        DrainDose dose => Drain(s, at, dose),
        ChargeSingles singles => Singles(s, at, singles, believed),
        ChargeFour four => Four(s, at, four, believed),
        _ => Say("none", "nothing"),
    };

    // it was not a pass: another charge, or another way, before it is judged again
    private static bool IsJudged(Session s) =>
        s.Verdict is VerdictOutcome.Fail || (s.Verdict is VerdictOutcome.Inconclusive && !s.Practice);

    private static Advice Verdict(Session s, Stamp at, string words, params ImmutableArray<string> values) =>
        s.Unsettled.Any() ? Say("settle", "settle", string.Join(", ", s.Unsettled.Select(d => d.Entry)))
        : Say("verdict", words, values) with { Request = new RequestVerdict(at) };

    private Advice Charge(Session s, Stamp at, Charge charge, string words)
    {
        if (s.Latched)
        {
            return Say("reset", "reset");
        }

        Amperes amps = charge.Current ?? s.Pack.Charger.Current;
        Seconds watch = Believe(s).WatchFrom(amps);
        string from = watch.Value < 60 ? Catalogue.English.Say("advice.from-the-start") : Tell.Duration(watch.Value);
        string limit = charge.Limit is { } most ? Tell.Duration(most.Value) : "";
        return Say("charge", words, Tell.Amperes(amps.Value), from, limit) with { Request = new RequestCharge(at, charge), WatchFrom = watch };
    }

    private static Advice Drain(Session s, Stamp at, DrainDose dose)
    {
        DrainLoadSpec load = s.Pack.Tools.DrainLoad!;
        double seconds = Math.Min(dose.Duration.Value, Rules.SafeSeconds(s, new DrainCell(dose.Cell, load, dose.Duration)));
        if (seconds < Math.Min(LeastDoseSeconds, dose.Duration.Value))
        {
            // what may be taken out before the next charge is out
            return s.Latched ? Say("reset", "reset")
                : Say("charge", "charge-between") with { Request = new RequestCharge(at, new Charge()) };
        }

        var drain = new DrainCell(dose.Cell, load, new Seconds(seconds));
        string dosed = Tell.AmpereHours(dose.Charge.Value * seconds / dose.Duration.Value);
        Advice advice = Say("drain", "drain", dose.Cell.ToString(), Tell.Duration(seconds), dosed);
        return advice with { Request = new RequestDrain(at, drain), Cells = [dose.Cell] };
    }

    private static Advice Singles(Session s, Stamp at, ChargeSingles singles, Belief believed)
    {
        CellNumber cell = singles.Cells[0];
        int supply = Enumerable.Range(0, s.Pack.Tools.BenchSupplies.Length).MaxBy(k => s.Pack.Tools.BenchSupplies[k].Current.Value);
        Interval90 lacks = believed.ToFullOf(cell);
        ImmutableArray<string> values =
        [
            cell.ToString(), Tell.Volts(singles.Voltage.Value), Tell.Amperes(singles.Current.Value),
            Tell.AmpereHours(Math.Max(0, lacks.P50)), Tell.Amperes(singles.Taper.Value),
        ];
        if (!s.Ready.ContainsKey(supply))
        {
            return Say("measure-supply", "measure-supply", values) with { Cells = [cell] };
        }

        var step = new ChargeCells([cell], SupplySetting.Bench(singles.Voltage, singles.Current, singles.Lead))
        {
            UntilRed = true,
            UntilTaperedTo = singles.Taper,
            Limit = singles.Limit,
        };
        return Say("charge-cell", "charge-cell", values) with { Request = new RequestCellCharge(at, step, supply), Cells = [cell] };
    }

    private Advice Four(Session s, Stamp at, ChargeFour four, Belief believed)
    {
        ImmutableArray<CellNumber> cells = [.. Enumerable.Range(four.First.Value, 4).Select(n => new CellNumber(n))];
        SupplySetting supply = SupplySetting.Of(s.Pack.Tools.SmartCharger!);
        double least = LeastToFull(believed, cells, s.Seed + (ulong)taken.Count);
        var request = new RequestCellCharge(at, new ChargeCells(cells, supply) { UntilRed = true }, -1)
        {
            LeastToFull = new AmpereHours(least),
        };
        double safe = Rules.SafeSeconds(request);
        if (safe < LeastFourSeconds)
        {
            return NearlyFull(s, at, believed);
        }

        ImmutableArray<string> values = [string.Join(", ", cells), Tell.Duration(safe)];
        RequestCellCharge limited = request with { Charge = request.Charge with { Limit = new Seconds(safe) } };
        return s.Ready.ContainsKey(-1)
            ? Say("charge-four", "charge-four", values) with { Request = limited, Cells = cells }
            : Say("measure-supply", "measure-charger", values) with { Cells = cells };
    }

    // the 12 V charger must not finish four cells that nobody controls: a bench supply does, or the shunts
    private Advice NearlyFull(Session s, Stamp at, Belief believed)
    {
        ImmutableArray<CellNumber> low = Moves.Low(tracked!);
        Proposal next = !s.Pack.Tools.BenchSupplies.IsEmpty && !low.IsEmpty
            ? Methods.BenchSupply.BenchSupplyMethod.Singles(tracked!, low)
            : Moves.LevelAndVerify(tracked!);
        return Of(next, s, at, believed);
    }

    private static double LeastToFull(Belief believed, ImmutableArray<CellNumber> cells, ulong seed)
    {
        double[] least = [.. believed.Draws(FourDraws, seed).Select(d => cells.Min(c => d.ToFullAh(c.Index))).Order()];
        return Math.Max(0, least[(int)(BelievedQuantile * FourDraws)]);
    }

    // a test charge that has proved the loop has done its work
    private static Advice Watching(Session s, Activity charge) =>
        charge.Limit == RequestTestCharge.Longest ? Say("watch", "test-done")
        : Say("watch", s.Captured.Lamps || charge.Limit is null ? "watch" : "look-in");

    private static Advice Attending(Activity activity) => activity.Step switch
    {
        DrainCell drain => Say("wait", "draining", drain.Cell.ToString()) with { Cells = activity.Cells },
        ChargeCells { Cells.Length: > 1 } =>
            Say("wait", "four-charging", string.Join(", ", activity.Cells)) with { Cells = activity.Cells },
        _ => Say("wait", "cell-charging", string.Join(", ", activity.Cells)) with { Cells = activity.Cells },
    };

    private static ImmutableArray<CellNumber> Dark(Situation now) =>
        [.. Enumerable.Range(0, now.Cells.Length).Where(c => now.Cells[c].Lamp == LampSight.Dark).Select(CellNumber.FromIndex)];

    private static bool Tried(Situation now, ImmutableArray<CellNumber> dark) =>
        dark.All(c => now.Cells[c.Index].SingleCharges >= Moves.MostSingleCharges || now.Cells[c.Index].ChargedSince);

    private static Advice Say(string action, string words, params ImmutableArray<string> values) =>
        new(action, new Phrase("advice." + words, values));
}
