using System.Collections.Immutable;
using TopBalance.Cli.Output;
using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Procedure;
using TopBalance.Quantities;
using TopBalance.Verification.Verdicts;
using TopBalance.Words;
using TopBalance.Workbench.Sessions;

namespace TopBalance.Cli.Sessions.Screens;

/// <summary>What follows from a session's log: worked out once for each of its lengths, so that a screen can be drawn every second.</summary>
/// <param name="desk">The session.</param>
internal sealed class Glance(SessionDesk desk)
{
    // what is advised grows old with the temperature that was measured
    private const double AgesSeconds = 1800;
    private double takenAt = double.NegativeInfinity;
    private int lines;
    private SessionView? taken;
    private ImmutableArray<CellEstimate> cells = [];

    /// <summary>The session as it stands, at this moment.</summary>
    public SessionView View()
    {
        Session s = desk.Session;
        Stamp at = desk.Now;
        double now = s.SecondsAt(at);
        if (taken is null || lines != s.Log.Count || now - takenAt > AgesSeconds)
        {
            (taken, lines, takenAt) = (Taken(s, at), s.Log.Count, now);
            cells = [];
        }

        return taken with
        {
            NowSeconds = now,
            Clock = TimeZoneInfo.ConvertTime(at.HappenedAt, TimeZoneInfo.Local),
            Alarms = desk.Alarms(),
            Shown = desk.Practice is { } pack ? LampsOf(pack, s.Pack.Series) : [],
            MirrorProblem = desk.MirrorProblem,
        };
    }

    /// <summary>What is believed of the cells; worked out when somebody asks.</summary>
    public ImmutableArray<CellEstimate> Cells() => cells = cells.IsEmpty ? desk.Cells() : cells;

    /// <summary>The last line that can be taken back; null if there is none.</summary>
    public static SessionEntry? Undoable(Session s)
    {
        HashSet<int> corrected = [.. s.Log.Select(p => p.Entry.Event).OfType<EntryCorrected>().Select(c => c.Entry)];
        return s.Log.Skip(1).Select(p => p.Entry)
            .LastOrDefault(e => e.Event is not (EntryCorrected or StepPermitted or AdviceGiven) && !corrected.Contains(e.Number));
    }

    // the truth is told when it is over: before, it would spoil the practice
    private SessionView Taken(Session s, Stamp at)
    {
        SessionSeen seen = SessionSeen.Of(s);
        bool tells = desk.Practice is not null && s.Phase is Phase.Verdict or Phase.Abandoned;
        double? watch = s.OfString is { } charge && desk.WatchFrom is { } from ? charge.StartSeconds + from.Value : null;
        return new SessionView(s, desk.Next(), 0, at.HappenedAt)
        {
            DeadEnds = DeadEnds.Of(s, seen.Observations),
            Useless = [.. seen.Useless.Select(u => u.Why)],
            Marks = MarksOf(s, seen.Observations),
            WatchFrom = watch,
            DarkCountsUntil = s is { EndToCapture: true, LastCharge: { } last } ? last.Seconds + Release(s).Value : null,
            TruthAh = tells ? [.. Enumerable.Range(0, s.Pack.Series).Select(desk.Practice!.ToFullAh)] : [],
        };
    }

    private static Seconds Release(Session s) => LampRelease.Earliest(s.Pack, s.Pack.Charger.Current);

    private static ImmutableArray<CellMark> MarksOf(Session s, ImmutableArray<Observation> seen)
    {
        if (s.OfString is { } charge)
        {
            HashSet<int> on = [.. s.Log.Where(p => p.Entry.Number > charge.Entry).Select(p => p.Entry.Event).OfType<LampCameOn>().Select(l => l.Cell.Value)];
            return [.. Enumerable.Range(1, s.Pack.Series).Select(n => on.Contains(n) ? CellMark.Lit : CellMark.NotSeen)];
        }

        ChargeSeen? last = seen.OfType<ChargeSeen>().LastOrDefault();
        return
        [
            .. Enumerable.Range(0, s.Pack.Series).Select(CellNumber.FromIndex).Select(c =>
                last?.Tripped.Cell == c ? CellMark.Tripped : (last?.Lamps?.Of(c) ?? LampSight.NotSeen) switch
                {
                    LampSight.Lit => CellMark.Lit,
                    LampSight.Dark => CellMark.Dark,
                    _ => CellMark.NotSeen,
                }),
        ];
    }

    private static ImmutableArray<Lamps> LampsOf(PracticePack pack, int cells) =>
        [.. Enumerable.Range(0, cells).Select(c => new Lamps(pack.ShowsRed(c), pack.ShowsGreen(c)))];
}
