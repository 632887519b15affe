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

    /// <summary>
    /// As much as there is room for, in the order in which it is read: alarms and what is heard, what to do, why not, what to mind, the ways
    /// to choose from, what was answered. What to do comes before all; what is left out is told with the why.
    /// </summary>
    /// <param name="view">What is to be shown.</param>
    /// <param name="sheet">For how many columns.</param>
    /// <param name="room">Lines there are.</param>
    public static List<string> Lines(SessionView view, Sheet sheet, int room)
    {
        string[][] alarms = [.. view.Alarms.Take(3).Select(a => sheet.Text(a.Text.ToString(), "bold red", "! ").ToArray())];
        string[] next = [.. sheet.Text(view.Next.Text.ToString(), "bold", "> ")];
        (int Place, int Weight, string[] Lines)[] blocks =
        [
            (0, 1, alarms.FirstOrDefault([])),
            (1, 5, [.. alarms.Skip(1).SelectMany(a => a)]),
            (2, 2, view.Heard is { } heard ? [.. sheet.Text(heard.ToString(), "bold yellow")] : []),
            (3, 0, next),
            (4, 4, [.. view.Next.Because.Take(2).SelectMany(b => sheet.Text($"{b.Why} {b.Permit}", "bold red", "  "))]),
            (5, 4, [.. sheet.Text(Mind(view), "yellow", "  ")]),
            (6, 3, [.. Ways(view, sheet)]),
            (7, 6, [.. Also(view, sheet)]),
        ];
        if (blocks.Sum(b => b.Lines.Length) <= room)
        {
            return Kept(blocks, room);
        }

        string[] more = room > next.Length + 1 ? [.. sheet.Text(Catalogue.English.Say("screen.more-why"), "dim").Take(1)] : [];
        return [.. Kept(blocks, room - more.Length), .. more];
    }

    private static List<string> Kept((int Place, int Weight, string[] Lines)[] blocks, int room)
    {
        var kept = new List<(int Place, string[] Lines)>();
        foreach ((int place, int _, string[] lines) in blocks.OrderBy(b => b.Weight))
        {
            string[] fit = [.. lines.Take(room)];
            room -= fit.Length;
            kept.Add((place, fit));
        }

        return [.. kept.OrderBy(k => k.Place).SelectMany(k => k.Lines)];
    }

    private static IEnumerable<string> Also(SessionView view, Sheet sheet)
    {
        IEnumerable<string> checkUp = view.Session is { WarningsAccepted: false, CheckUp: { } since }
            ? sheet.Text(new Phrase("screen.check-up", since.Session, FormattableString.Invariant($"{since.Months:0.0}")).ToString(), "default", "  ")
            : [];
        IEnumerable<string> said = view.Said.Take(6).SelectMany(s => sheet.AsIs(s, "  "));
        IEnumerable<string> ends = view.DeadEnds.SelectMany(d => sheet.Text(d.ToString(), "default", "  "));
        IEnumerable<string> useless = view.Useless.TakeLast(1).SelectMany(u => sheet.Text(u.ToString(), "default", "  "));
        IEnumerable<string> mirror = view.MirrorProblem is { } problem ? sheet.Text(new Phrase("screen.mirror", problem).ToString(), "bold") : [];
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
