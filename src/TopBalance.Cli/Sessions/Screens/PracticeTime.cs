using TopBalance.Procedure;

namespace TopBalance.Cli.Sessions.Screens;

/// <summary>How fast time passes at a simulated pack: fast while something runs by itself, real while somebody must look.</summary>
internal static class PracticeTime
{
    /// <summary>Pack's seconds per second.</summary>
    /// <param name="session">The session.</param>
    /// <param name="now">On its time, s.</param>
    /// <param name="watchFrom">From when somebody should be at the pack, on its time; null if that is not known.</param>
    /// <param name="runs">Something goes on at the pack: the charger has not stopped by itself, or shunts still bleed.</param>
    /// <param name="speed">What was asked for, above 0.</param>
    public static double Rate(Session session, double now, double? watchFrom, bool runs, double speed) =>
        !runs || session.EndToCapture || NextInstant(session, now, watchFrom) is null ? Math.Min(1, speed) : speed;

    /// <summary>Seconds that pass: never beyond the next instant at which somebody must look.</summary>
    public static double Advance(Session session, double now, double? watchFrom, double rate, double seconds) =>
        rate > 1 && NextInstant(session, now, watchFrom) is { } next ? Math.Min(rate * seconds, next - now) : rate * seconds;

    /// <summary>Minutes to the next instant at which somebody must look; null if it is now, or nothing runs.</summary>
    public static double? SkipMinutes(Session session, double now, double? watchFrom) =>
        session.EndToCapture || NextInstant(session, now, watchFrom) is not { } next ? null : Math.Ceiling((next - now) / 0.06) / 1000;

    // null: it has come, or nothing runs
    private static double? NextInstant(Session session, double now, double? watchFrom)
    {
        double next = double.PositiveInfinity;
        foreach (Activity activity in session.Running.Values)
        {
            // the test charge is watched from its beginning; lamps that go out in a rest are looked at every ten minutes
            double watch = !activity.OfString ? double.PositiveInfinity
                : session.Interlock != Interlock.Passed ? activity.StartSeconds : watchFrom ?? double.PositiveInfinity;
            double over = activity.Limit is { } limit ? activity.StartSeconds + limit.Value : now + (activity.Step is Simulation.Rest ? LookSeconds : LongSeconds);
            double due = Attendance.DueAt(activity) ?? double.PositiveInfinity;
            next = Math.Min(next, Math.Min(watch, Math.Min(over, due)));
        }

        return next > now && !double.IsPositiveInfinity(next) ? next : null;
    }

    private const double LookSeconds = 600, LongSeconds = 12 * 3600;
}
