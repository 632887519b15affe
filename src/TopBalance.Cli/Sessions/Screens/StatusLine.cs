using Spectre.Console;
using TopBalance.Cli.Output;
using TopBalance.Procedure;
using TopBalance.Simulation;
using TopBalance.Words;
using TopBalance.Workbench.Planning;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Cli.Sessions.Screens;

/// <summary>The second line of a screen: what runs and for how long, else how long the job still takes.</summary>
internal static class StatusLine
{
    /// <summary>As markup.</summary>
    public static string Of(SessionView view, Sheet sheet)
    {
        string speed = view.Rate > 0 ? Invariant($"time x{view.Rate:0.##}") : "";
        string text = sheet.Clip(Running(view) ?? Capture(view) ?? ToGo(view), sheet.Width - speed.Length - 1);
        return Markup.Escape(text) + new string(' ', Math.Max(1, sheet.Width - text.Length - speed.Length)) + $"[dim]{speed}[/]";
    }

    /// <summary>Hours and minutes as a clock counts them.</summary>
    public static string Timer(double seconds)
    {
        int whole = (int)Math.Max(0, Math.Round(seconds));
        return whole < 3600 ? Invariant($"{whole / 60}:{whole % 60:00}") : Invariant($"{whole / 3600}:{whole / 60 % 60:00}:{whole % 60:00}");
    }

    private static string? Running(SessionView view)
    {
        if ((view.Session.OfString ?? view.Session.Running.Values.FirstOrDefault()) is not { } activity)
        {
            return null;
        }

        double lasted = view.NowSeconds - activity.StartSeconds;
        string what = activity.Step switch
        {
            Charge charge => Charging(view.Session, charge, lasted),
            DrainCell drain => new Phrase("status.drain", drain.Cell.ToString(), Timer(lasted)).ToString(),
            ChargeCells cells => new Phrase("status.cells", string.Join(", ", cells.Cells), Timer(lasted)).ToString(),
            _ => new Phrase("status.rest", Timer(lasted)).ToString(),
        };
        return what + Limit(activity, lasted) + Watch(view, activity) + Sign(view, activity);
    }

    // what a constant current has brought so far; the charger may have turned it down meanwhile
    private static string Charging(Session s, Charge charge, double lasted)
    {
        double amps = (charge.Current ?? s.Pack.Charger.Current).Value;
        return new Phrase("status.charge", Invariant($"{amps:0.##} A"), Timer(lasted), Invariant($"{amps * lasted / 3600:0.0} Ah")).ToString();
    }

    private static string Limit(Activity activity, double lasted) => activity.Limit is not { } limit ? ""
        : new Phrase(lasted < limit.Value ? "status.left" : "status.over", Timer(Math.Abs(limit.Value - lasted))).ToString();

    private static string Watch(SessionView view, Activity activity) =>
        !activity.OfString || view.WatchFrom is not { } from || activity.Limit is not null ? ""
        : from > view.NowSeconds ? new Phrase("status.watch-in", Timer(from - view.NowSeconds)).ToString() : new Phrase("status.watch-now").ToString();

    private static string Sign(SessionView view, Activity activity) => Attendance.DueAt(activity) is { } due && due > view.NowSeconds
        ? new Phrase("status.sign", Timer(due - view.NowSeconds)).ToString() : "";

    private static string? Capture(SessionView view) => !view.Session.EndToCapture || view.DarkCountsUntil is not { } until ? null
        : until > view.NowSeconds ? new Phrase("status.dark-counts", Timer(until - view.NowSeconds)).ToString()
        : new Phrase("status.dark-too-late").ToString();

    private static string ToGo(SessionView view)
    {
        MethodPlan? way = view.Plan?.Methods.FirstOrDefault(m => m.Hours is not null && string.Equals(
            m.Method, view.Session.Method ?? view.Plan.Recommended, StringComparison.Ordinal));
        return way is { Hours: { } hours, AttendedHours: { } attended }
            ? new Phrase("status.to-go", Hour(hours.P50), Hour(hours.P10), Hour(hours.P90), Hour(attended.P50), way.Method).ToString()
            : Catalogue.English.Say("loop." + view.Session.Interlock);
    }

    internal static string Hour(double hours) => hours < 10 ? Invariant($"{hours:0.#}") : Invariant($"{hours:0}");
}
