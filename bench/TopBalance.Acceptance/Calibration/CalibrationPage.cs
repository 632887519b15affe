using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace TopBalance.Acceptance.Calibration;

/// <summary>The tables of a run as Markdown.</summary>
/// <param name="runs">The one that is judged, and those that are compared with it.</param>
/// <param name="commit">What was run.</param>
/// <param name="command">How it was started.</param>
internal sealed class CalibrationPage(IReadOnlyList<CalibrationRun> runs, string commit, string command)
{
    /// <summary>Ranges of the number of observations taken in.</summary>
    public static readonly ImmutableArray<(string Name, int From, int To)> Stages =
        [("1", 1, 1), ("2–3", 2, 3), ("4–6", 4, 6), ("7+", 7, int.MaxValue)];

    /// <summary>Classes in the order of the tables.</summary>
    public static readonly ImmutableArray<CellClass> Classes = [.. Enum.GetValues<CellClass>().Reverse()];

    private readonly CalibrationRun run = runs[0];
    private readonly ImmutableArray<CellRow> rows = runs[0].Rows;
    private readonly StringBuilder text = new();

    public static string Name(CellClass cell) => cell switch
    {
        CellClass.NotSeen => "not seen",
        _ => cell.ToString().ToLowerInvariant(),
    };

    /// <summary>The page.</summary>
    /// <param name="charts">Folder of the charts as the page names it; empty: beside it.</param>
    public string Write(string charts)
    {
        text.Clear();
        string folder = charts.Length == 0 ? "" : charts + "/";
        Line($"# How often inference is right");
        Line();
        Line($"Written by `{command}` at {commit}; do not edit it by hand.");
        Line();
        Line($"Random packs of library cells are drawn with the errors of curve, ammeter, clock, meter and eyes that their files state. An owner");
        Line($"works on each: a first charge, then up to twelve things that somebody who balances might do. What he notes is all that inference is");
        Line($"told. In a quarter of the packs the charger is set low, so that it ends charges on its own.");
        Line();
        Line($"How often does the true charge to full of a cell lie in its 90 % interval, and how wide is that? The belief shares no code with");
        Line($"what it is judged against, but it knows the sizes of the errors: a pack file that is wrong about them is a case of its own below.");
        Line();
        CalibrationPlan plan = run.Plan;
        Add($"{plan.Packs} packs, seeds {plan.First} to {plan.First + (ulong)plan.Packs - 1}, {plan.Size.Packs} × {plan.Size.Slices}. ");
        Line($"Spreads believed: {plan.PriorScale} times those true. Errors are standard errors over packs, whose cells err together.");
        Line();
        Line($"![Truths inside the 90 % interval]({folder}calibration-coverage.svg)");
        Line();
        Line($"![Width of the 90 % interval]({folder}calibration-width.svg)");
        Line();
        ByClass("At the end of the procedure", r => r.Instant.HasFlag(Instant.Last));
        ByClass("After the first charge", r => r.Instant.HasFlag(Instant.First));
        ByClass("At all instants", _ => true);
        ByGroup("Against the number of observations", "observations", Stages
            .Select(s => (s.Name, (Func<CellRow, bool>)(r => r.Observations >= s.From && r.Observations <= s.To))), _ => true);
        Dictionary<ulong, string> cells = run.Trials.ToDictionary(t => t.Seed, t => t.Pack.Cell.Id);
        ByGroup("By type of cell, at the end", "cell", cells.Values.Distinct().Order(StringComparer.Ordinal)
            .Select(id => (id, (Func<CellRow, bool>)(r => cells[r.Seed] == id))), r => r.Instant.HasFlag(Instant.Last));
        Scales();
        Faults();
        return text.ToString();
    }

    private void ByClass(string title, Func<CellRow, bool> wanted) =>
        ByGroup(title, "class", Classes.Select(c => (Name(c), (Func<CellRow, bool>)(r => r.Class == c))), wanted);

    private void ByGroup(string title, string what, IEnumerable<(string Name, Func<CellRow, bool> Holds)> groups, Func<CellRow, bool> wanted)
    {
        CellRow[] here = [.. rows.Where(wanted)];
        Line($"## {title}");
        Line();
        Line($"| {what} | cells | packs | in the 90 % interval | median width, % | median width, Ah | bias, widths | truth below, % | truth above, % |");
        Line($"|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach ((string name, Func<CellRow, bool> holds) in groups.Append(("all", _ => true)))
        {
            Row(name, [.. here.Where(holds)]);
        }

        Line();
    }

    private void Row(string name, CellRow[] here)
    {
        if (here.Length == 0)
        {
            Line($"| {name} | 0 | 0 | | | | | | |");
            return;
        }

        Share held = Share.Of(here, r => r.Held);
        Share bias = Share.Of(here, r => r.Bias);
        Share below = Share.Of(here, r => r.TruthAh < r.Believed.P05);
        Share above = Share.Of(here, r => r.TruthAh > r.Believed.P95);
        int packs = here.Select(r => r.Seed).Distinct().Count();
        double percent = Share.Point(here.Select(r => r.WidthPercent), 0.5);
        double width = Share.Point(here.Select(r => r.Believed.Width), 0.5);
        Add($"| {name} | {here.Length} | {packs} | {held} | {percent:0.00} | {width:0.00} ");
        Line($"| {bias.Mean:+0.000;−0.000}{(double.IsNaN(bias.Error) ? "" : $" ± {bias.Error:0.000}")} | {100 * below.Mean:0.0} | {100 * above.Mean:0.0} |");
    }

    // what a pack file does that is too sure of its cells, or not sure enough
    private void Scales()
    {
        if (runs.Count < 2)
        {
            return;
        }

        Line($"## With spreads that are not the true ones, at the end");
        Line();
        Line($"Spreads of charge, capacity, resistance and thresholds that are believed, as a multiple of those true.");
        Line();
        Line($"| believed spreads | packs | in the 90 % interval | of lit, drained and charged cells | of dark and not seen ones | median width, % | bias, widths |");
        Line($"|---|---:|---:|---:|---:|---:|---:|");
        foreach (CalibrationRun other in runs)
        {
            CellRow[] end = [.. other.Rows.Where(r => r.Instant.HasFlag(Instant.Last))];
            Share all = Share.Of(end, r => r.Held);
            Share seen = Share.Of([.. end.Where(r => r.Class >= CellClass.Lit)], r => r.Held);
            Share unseen = Share.Of([.. end.Where(r => r.Class < CellClass.Lit)], r => r.Held);
            Add($"| × {other.Plan.PriorScale} | {other.Plan.Packs} | {all} | {seen} ");
            Add($"| {unseen} | {Share.Point(end.Select(r => r.WidthPercent), 0.5):0.00} ");
            Line($"| {Share.Of(end, r => r.Bias).Mean:+0.000;−0.000} |");
        }

        Line();
    }

    private void Faults()
    {
        Line($"## Faults and times");
        Line();
        int observations = run.Trials.Sum(t => t.Milliseconds.Length);
        int falsely = run.Trials.Sum(t => t.FalselyNamed.Length);
        int rightly = run.Trials.Sum(t => t.RightlyNamed);
        int mistakes = run.Trials.Sum(t => t.Mistakes);
        double[] times = [.. run.Trials.SelectMany(t => t.Milliseconds)];
        Add($"Intervals that are empty or not finite: {rows.Count(r => r.IsBroken)} of {rows.Length}. ");
        Line($"Trials that failed: {run.Trials.Count(t => t.Failure is not null)}.");
        Line();
        Add($"Contradictions named although nothing noted of the cell was wrong: {falsely} in {observations} observations, ");
        Add($"{1000.0 * falsely / Math.Max(1, observations):0.0} per 1,000. ");
        Line($"Named rightly: {rightly}; cells noted wrongly: {mistakes}, most of which could be true.");
        Line();
        Line($"Time of an observation for 50 cells: median {Share.Point(times, 0.5):0.0} ms, 95 % below {Share.Point(times, 0.95):0} ms.");
        foreach (PackTrial failed in run.Trials.Where(t => t.Failure is not null))
        {
            Line();
            Line($"Seed {failed.Seed}, {failed.Pack.Arrangement} of {failed.Pack.Cell.Id}: {failed.Failure}");
        }
    }

    private void Add(FormattableString part) => text.Append(part.ToString(CultureInfo.InvariantCulture));

    private void Line(FormattableString line)
    {
        Add(line);
        Line();
    }

    private void Line() => text.Append('\n');
}
