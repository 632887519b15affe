using System.Collections.Immutable;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Verification.Setup;
using TopBalance.Words;

namespace TopBalance.Procedure;

/// <summary>Something that somebody at the pack must be told now.</summary>
/// <param name="Code">Names it; its words are <c>alarm.CODE</c> in the catalogue.</param>
/// <param name="Entry">Number of the line that says what goes on began.</param>
/// <param name="SinceSeconds">Since when, on the session's time.</param>
/// <param name="Text">In words.</param>
public sealed record Alarm(string Code, int Entry, double SinceSeconds, Phrase Text);

/// <summary>
/// Who must be at the pack, and what must be told: a function of the session and the time, so that it holds at once after a restart.
/// </summary>
public static class Attendance
{
    /// <summary>A drain wants a sign from the pack this often.</summary>
    public static Seconds OfDrain { get; } = new(180);

    /// <summary>The 12 V charger wants a sign this often.</summary>
    public static Seconds OfFour { get; } = new(300);

    /// <summary>A sign may come this late before it counts as a lapse.</summary>
    public static Seconds Grace { get; } = new(60);

    /// <summary>When the next sign from the pack is due, on the session's time; null if none is wanted.</summary>
    public static double? DueAt(Activity activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        if (IntervalOf(activity.Step) is not { } every)
        {
            return null;
        }

        double last = activity.Confirmed.DefaultIfEmpty(activity.StartSeconds).Max();
        double due = last + every.Value;
        foreach (double third in Thirds(activity))
        {
            due = last < third ? Math.Min(due, third) : due;
        }

        return due;
    }

    /// <summary>What must be told now.</summary>
    /// <param name="session">The session.</param>
    /// <param name="now">On its time, s.</param>
    /// <param name="watchFrom">From when somebody should be at the pack during a charge of the whole pack; null if that is not
    /// known.</param>
    public static ImmutableArray<Alarm> Of(Session session, double now, Seconds? watchFrom = null)
    {
        ArgumentNullException.ThrowIfNull(session);
        return [.. session.Running.Values.SelectMany(a => Of(session, a, now, watchFrom)).OrderBy(a => a.SinceSeconds)];
    }

    private static IEnumerable<Alarm> Of(Session session, Activity activity, double now, Seconds? watchFrom)
    {
        string cells = string.Join(", ", activity.Cells);
        if (activity.Limit is { } limit && activity.StartSeconds + limit.Value is double over && now >= over)
        {
            bool test = activity.OfString && session.Interlock != Interlock.Passed;
            string code = activity.Step switch
            {
                DrainCell => "dose-over",
                ChargeCells => "cells-over",
                Rest => "rest-over",
                _ => test ? "test-over" : "charge-over",
            };
            yield return Make(code, activity, over, cells, Say.Duration(now - over));
        }

        if (DueAt(activity) is { } due && now >= due)
        {
            yield return Make("nobody-there", activity, due, cells, Say.Duration(now - due));
        }

        if (activity.OfString && watchFrom is { } watch && activity.StartSeconds + watch.Value is double from && now >= from
            && !activity.Confirmed.Any(c => c >= from))
        {
            yield return Make("watch-now", activity, from, cells, Say.Duration(now - from));
        }
    }

    private static Alarm Make(string code, Activity activity, double since, params ImmutableArray<string> values) =>
        new(code, activity.Entry, since, new Phrase("alarm." + code, values));

    private static Seconds? IntervalOf(Step step) => step switch
    {
        DrainCell => OfDrain,
        ChargeCells { Cells.Length: > 1 } => OfFour,
        _ => null,
    };

    private static double[] Thirds(Activity activity) => activity.Limit is { } limit
        ? [activity.StartSeconds + (limit.Value / 3), activity.StartSeconds + (2 * limit.Value / 3)]
        : [];
}
