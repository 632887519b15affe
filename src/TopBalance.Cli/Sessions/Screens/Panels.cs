using System.Collections.Immutable;
using TopBalance.Cli.Output;
using TopBalance.Inference;
using TopBalance.Procedure;
using TopBalance.Words;
using TopBalance.Workbench.Inference;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Cli.Sessions.Screens;

/// <summary>What lies over the step, page by page.</summary>
internal static class Panels
{
    /// <summary>The page as lines of markup, at most as many as there is room for.</summary>
    public static List<string> Lines(SessionView view, Sheet sheet, int room)
    {
        (string[] head, string[] all) = view.Panel switch
        {
            Overlay.Belief => Belief(view, sheet),
            Overlay.Why => ([], [.. Why(view, sheet)]),
            Overlay.Wrong => ([], [.. Wrong(sheet)]),
            _ => ([], view.Said.SelectMany(s => sheet.AsIs(s)).ToArray()),
        };
        int fit = Math.Max(1, room - head.Length);
        if (all.Length <= fit)
        {
            return [.. head, .. all];
        }

        fit = Math.Max(1, fit - 1);
        int pages = (all.Length + fit - 1) / fit;
        int page = view.Page % pages;
        string more = new Phrase("screen.more", Number(page + 1), Number(pages)).ToString();
        return [.. head, .. all.Skip(page * fit).Take(fit), .. sheet.Text(more, "dim")];
    }

    /// <summary>The fullest cell first; in practice, at the end, with the truth.</summary>
    private static (string[] Head, string[] Rows) Belief(SessionView view, Sheet sheet)
    {
        if (view.Cells.IsEmpty)
        {
            return ([], [.. sheet.Text(Catalogue.English.Say("screen.nothing-believed"))]);
        }

        CellBelief[] cells = [.. view.Cells.OrderBy(c => c.ToFullAh.P50).ThenBy(c => c.Cell.Value).Select(CellBelief.Of)];
        bool truth = !view.TruthAh.IsEmpty;
        var chart = new IntervalChart(cells, 0.02 * view.Session.Pack.Cell.Capacity.Value * view.Session.Pack.Parallel, sheet.Width)
        {
            Truth = truth ? cell => view.TruthAh[cell - 1] : null,
        };
        return ([.. sheet.Text(Catalogue.English.Say(truth ? "screen.belief-truth" : "screen.belief")), chart.Head()], [.. cells.Select(chart.Row)]);
    }

    private static IEnumerable<string> Why(SessionView view, Sheet sheet)
    {
        List<string> lines = [.. sheet.Text(view.Next.Text.ToString(), "bold"), .. sheet.Text(StepText.Why(view))];
        lines.AddRange(view.Next.Because.SelectMany(b => sheet.Text($"{b.Why} {b.Permit}", "bold red", "- ")));
        lines.AddRange(Evidence(view).SelectMany(e => sheet.Text(e, "default", "- ")));
        if (view.Plan is { } plan && view.Session.Running.IsEmpty)
        {
            lines.AddRange(sheet.Text(plan.Reason, "default", "- "));
        }

        lines.AddRange(view.DeadEnds.SelectMany(d => sheet.Text(d.ToString(), "default", "- ")));
        lines.AddRange(view.Useless.SelectMany(u => sheet.Text(u.ToString(), "default", "- ")));
        lines.AddRange(view.Session.Unsettled.SelectMany(d => sheet.Text(new Phrase(
            "screen.disputed", Number(d.Entry), Catalogue.English.Say("disputed." + d.Code)).ToString(), "bold", "- ")));
        lines.AddRange(view.Said.SelectMany(s => sheet.Text(s)));
        return lines;
    }

    // what is believed of the cells that the step is about
    private static IEnumerable<string> Evidence(SessionView view)
    {
        HashSet<int> about = [.. view.Next.Cells.Select(c => c.Value), .. view.Session.OfCells.SelectMany(a => a.Cells).Select(c => c.Value)];
        foreach (CellEstimate cell in view.Cells.Where(c => about.Contains(c.Cell.Value)))
        {
            (double low, double mid, double high) = cell.ToFullAh;
            yield return new Phrase("screen.lacks", cell.Cell.ToString(), Invariant($"{Rounded(mid, 1):0.0} Ah"),
                Invariant($"{Rounded(low, 1):0.0}"), Invariant($"{Rounded(high, 1):0.0}"), cell.Evidence).ToString();
        }
    }

    private static IEnumerable<string> Wrong(Sheet sheet) =>
        KeyMap.Troubles.SelectMany(t => sheet.Text(
            Catalogue.English.Say("advice.trouble." + t.Kind.ToString().ToLowerInvariant()),
            t.Kind == TroubleKind.Smoke ? "bold red" : "default",
            $"{t.Press} {Catalogue.English.Say("trouble." + t.Kind.ToString().ToLowerInvariant()),-10}"));

    private static string Number(int number) => Invariant($"{number}");
}
