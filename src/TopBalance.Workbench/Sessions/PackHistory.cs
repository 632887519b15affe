using System.Collections.Immutable;
using System.Globalization;
using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Procedure;
using TopBalance.Verification;
using TopBalance.Verification.Verdicts;
using TopBalance.Workbench.Store;

namespace TopBalance.Workbench.Sessions;

/// <summary>One session of a pack's history.</summary>
/// <param name="Session">Its id.</param>
/// <param name="BegunAt">When it began, UTC.</param>
/// <param name="EndedAt">When its last line was written, UTC.</param>
/// <param name="Lines">How many lines its log has.</param>
/// <param name="Charges">Charges of the whole pack that ended by themselves.</param>
/// <param name="Verdict">The last verdict; null if none was given since the last charge.</param>
/// <param name="CheckUpOf">The session that it began from; null for a first balancing.</param>
public sealed record HistoryRow(
    string Session, DateTimeOffset BegunAt, DateTimeOffset EndedAt, int Lines, int Charges, VerdictOutcome? Verdict, string? CheckUpOf);

/// <summary>All sessions of a pack, and how its cells drift between them.</summary>
/// <param name="Pack">Its name.</param>
/// <param name="Sessions">Its sessions, the earliest first.</param>
/// <param name="Months">Months between the two sessions that the drift is of; null if there are no two.</param>
/// <param name="Drift">Of the last period; null if it cannot be asked yet.</param>
public sealed record PackHistory(string Pack, ImmutableArray<HistoryRow> Sessions, double? Months, PackDrift? Drift)
{
    /// <summary>Mean length of a month, days.</summary>
    public const double DaysInMonth = 365.25 / 12;

    // a drift over less than this is only noise, months
    private const double LeastMonths = 0.25;

    /// <summary>When to look again, UTC; null if the drift is not known.</summary>
    public DateTimeOffset? NextCheckAt => Drift is { } drift && !Sessions.IsEmpty
        ? Sessions[^1].EndedAt.AddDays(drift.NextCheckMonths * DaysInMonth) : null;

    /// <summary>Of the sessions that are kept.</summary>
    /// <param name="store">Where.</param>
    /// <param name="pack">Name of the pack.</param>
    public static PackHistory Of(SessionStore store, string pack)
    {
        ArgumentNullException.ThrowIfNull(store);
        (string Id, Session Session)[] all =
        [
            .. store.Sessions().Where(r => string.Equals(r.Pack, pack, StringComparison.Ordinal))
                .OrderBy(r => r.BegunAt).ThenBy(r => r.Id, StringComparer.Ordinal).Select(r => (r.Id, store.Open(r.Id).Session)),
        ];
        (Session Before, Session After)[] pairs = [.. Pairs([.. all.Where(s => s.Session.Charges > 0).Select(s => s.Session)])];
        PackDrift? drift = pairs.Length == 0 ? null : PackDrift.Of(pairs[^1].After.Pack, [.. pairs.TakeLast(2).Select(Period)]);
        return new PackHistory(
            pack, [.. all.Select(s => Row(s.Id, s.Session))], pairs.Length == 0 ? null : MonthsBetween(pairs[^1].Before, pairs[^1].After), drift);
    }

    /// <summary>
    /// What a new session of a pack begins from: the last one that knows anything of its cells, and what it left. Null if there is none,
    /// or the pack has another number of cells by now.
    /// </summary>
    /// <param name="store">Where sessions are kept.</param>
    /// <param name="pack">Name of the pack.</param>
    /// <param name="series">Its cells in series.</param>
    /// <param name="now">When the new one begins.</param>
    public static CheckUp? CheckUpOf(SessionStore store, string pack, int series, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(store);
        foreach (SessionRow row in store.Sessions().Where(r => string.Equals(r.Pack, pack, StringComparison.Ordinal)))
        {
            Session last = store.Open(row.Id).Session;
            if (last.Charges > 0)
            {
                return last.Pack.Series != series ? null
                    : new CheckUp(row.Id, [.. new Advisor().Believe(last).Cells().Select(c => c.ToFullAh)], InMonths(now - EndOf(last)));
            }
        }

        return null;
    }

    /// <summary>A date as people and scripts write it.</summary>
    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // two sessions in a row of one pack with time between
    private static IEnumerable<(Session Before, Session After)> Pairs(Session[] charged) =>
        charged.Zip(charged.Skip(1)).Where(p => p.First.Pack.Series == p.Second.Pack.Series && MonthsBetween(p.First, p.Second) >= LeastMonths);

    private static DriftPeriod Period((Session Before, Session After) pair) => new(
        [.. new Advisor().Believe(pair.Before).Cells().Select(c => c.ToFullAh)], AfterFirstCharge(pair.After), MonthsBetween(pair.Before, pair.After));

    // how the cells were found, before anything was done to one of them
    private static ImmutableArray<Interval90> AfterFirstCharge(Session session)
    {
        Belief belief = Belief.Before(session.Pack, session.Seed);
        foreach (Observation seen in SessionSeen.Of(session).Observations)
        {
            belief.Observe(seen);
            if (seen is ChargeSeen { Ended: ChargeEnding.Hvc or ChargeEnding.Charged })
            {
                break;
            }
        }

        return [.. belief.Cells().Select(c => c.ToFullAh)];
    }

    private static HistoryRow Row(string id, Session s) =>
        new(id, s.Began, EndOf(s), s.Log.Count, s.Charges, s.Verdict, s.CheckUp?.Session);

    private static double MonthsBetween(Session before, Session after) => InMonths(after.Began - EndOf(before));

    private static double InMonths(TimeSpan time) => Math.Max(0, time.TotalDays / DaysInMonth);

    private static DateTimeOffset EndOf(Session s) => s.Log[^1].Entry.Stamp.RecordedAt;
}
