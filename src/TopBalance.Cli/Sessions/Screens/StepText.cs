using System.Collections.Immutable;
using TopBalance.Methods;
using TopBalance.Procedure;
using TopBalance.Words;
using TopBalance.Workbench.Planning;

namespace TopBalance.Cli.Sessions.Screens;

/// <summary>The words of a step: alarms, what to do, what to mind; and what else there is to say.</summary>
internal static class StepText
{
    // UN Regulation No. 100: direct voltage above 60 V is high voltage
    private const double TouchLimitVolts = 60;

    /// <summary>What must be on the screen.</summary>
    public static IEnumerable<string> Must(SessionView view, Sheet sheet)
    {
        IEnumerable<string> alarms = view.Alarms.Take(3).SelectMany(a => sheet.Text(a.Text.ToString(), "bold red", "! "));
        IEnumerable<string> heard = view.Heard is { } phrase ? sheet.Text(phrase.ToString(), "bold yellow") : [];
        IEnumerable<string> next = sheet.Text(view.Next.Text.ToString(), "bold", "> ");
        IEnumerable<string> because = view.Next.Because.Take(2).SelectMany(b => sheet.Text($"{b.Why} {b.Permit}", "bold red", "  "));
        return [.. alarms, .. heard, .. next, .. because, .. sheet.Text(Mind(view), "yellow", "  "), .. Ways(view, sheet)];
    }

    /// <summary>What else there is to say, the most important first.</summary>
    public static IEnumerable<string> Also(SessionView view, Sheet sheet)
    {
        IEnumerable<string> said = view.Said.Take(6).SelectMany(s => sheet.AsIs(s, "  "));
        IEnumerable<string> ends = view.DeadEnds.SelectMany(d => sheet.Text(d.ToString(), "default", "  "));
        IEnumerable<string> useless = view.Useless.TakeLast(1).SelectMany(u => sheet.Text(u.ToString(), "default", "  "));
        IEnumerable<string> mirror = view.MirrorProblem is { } problem ? sheet.Text(new Phrase("screen.mirror", problem).ToString(), "bold") : [];
        IEnumerable<string> checkUp = view.Session is { WarningsAccepted: false, CheckUp: { } since }
            ? sheet.Text(new Phrase("screen.check-up", since.Session, FormattableString.Invariant($"{since.Months:0.0}")).ToString(), "default", "  ")
            : [];
        return [.. checkUp, .. said, .. mirror, .. ends, .. useless];
    }

    /// <summary>The warning that goes with the step; empty if none does.</summary>
    public static string Mind(SessionView view)
    {
        string key = "mind." + Kind(view);
        string mind = Catalogue.English.Has(key) ? Catalogue.English.Say(key) : "";
        bool touch = view.Session.Pack.Charger.Voltage.Value > TouchLimitVolts
            && view.Next.Action is "drain" or "charge-cell" or "charge-four" or "measure-supply" or "check";
        return touch ? (mind + " " + Catalogue.English.Say("mind.touch")).Trim() : mind;
    }

    /// <summary>Why the step, in words.</summary>
    public static string Why(SessionView view) => Catalogue.English.Say("why." + Kind(view));

    // a step by what is done in it: what is waited for, and the first charge, are different things
    private static string Kind(SessionView view) => view.Next.Action switch
    {
        "wait" => view.Session.OfCells.FirstOrDefault()?.Step switch
        {
            Simulation.DrainCell => "draining",
            Simulation.ChargeCells { Cells.Length: > 1 } => "four-charging",
            Simulation.ChargeCells => "cell-charging",
            _ => "bleeding",
        },
        "charge" when view.Session.Charges == 0 => "first-charge",
        string action => action,
    };

    // at the choice: each way with what it comes to, by its key
    private static IEnumerable<string> Ways(SessionView view, Sheet sheet)
    {
        if (!string.Equals(view.Next.Action, "choose", StringComparison.Ordinal))
        {
            yield break;
        }

        IBalancingMethod[] ways = [.. KeyMap.Ways(view.Session)];
        for (int k = 0; k < ways.Length; k++)
        {
            string name = ways[k].Name;
            MethodPlan? plan = view.Plan?.Methods.FirstOrDefault(m => string.Equals(m.Method, name, StringComparison.Ordinal));
            string hours = plan is { Hours: { } h, AttendedHours: { } a }
                ? new Phrase("screen.way-hours", StatusLine.Hour(h.P50), StatusLine.Hour(a.P50)).ToString() : "";
            bool best = string.Equals(view.Plan?.Recommended, name, StringComparison.Ordinal);
            yield return sheet.Text(sheet.Clip(FormattableString.Invariant(
                    $"{k + 1} {name,-18}{hours,-22}{(best ? Catalogue.English.Say("screen.recommended") : MethodWords.Of(name))}"), sheet.Width)
                .Replace(' ', '\u00a0'), best ? "bold" : "default").First();
        }

        if (view.Plan is null)
        {
            yield return sheet.Text(Catalogue.English.Say("screen.planning"), "dim").First();
        }
    }
}
