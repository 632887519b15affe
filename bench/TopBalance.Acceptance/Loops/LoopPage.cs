using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace TopBalance.Acceptance.Loops;

/// <summary>What many jobs say together: <c>docs/loops.md</c>.</summary>
internal sealed class LoopPage
{
    private readonly StringBuilder text = new();
    private readonly ImmutableArray<LoopRow> sound, faulty;

    private LoopPage(ImmutableArray<LoopRow> rows) =>
        (sound, faulty) = ([.. rows.Where(r => r.Fault.Length == 0)], [.. rows.Where(r => r.Fault.Length > 0)]);

    /// <summary>Writes it.</summary>
    /// <param name="rows">All jobs.</param>
    /// <param name="commands">What played them.</param>
    /// <param name="commit">The code that did.</param>
    public static string Write(ImmutableArray<LoopRow> rows, string commands, string commit)
    {
        var page = new LoopPage(rows);
        page.Head(commands, commit);
        page.Predictions();
        page.Costs();
        page.Harm();
        page.Ends();
        return page.text.ToString();
    }

    private void Head(string commands, string commit)
    {
        int packs = sound.Select(r => r.Seed).Distinct().Count();
        Line($"# Advice followed to the end");
        Line($"");
        Line($"Written by `bench/loops merge` from jobs played with {commands} at {commit}; do not edit it by hand. **Everything here is simulated.**");
        Line($"");
        Line($"{packs} random packs of 50 cells, drawn as for [calibration](calibration.md). A simulated owner does what is advised, with mistakes of");
        Line($"his own, and notes what an owner would note; the advice knows nothing else. Each pack is done by `mixed`, by the single method whose");
        Line($"predicted cost was least before the start, and (every fourth pack) by the vendor's paper as a rule: most lamps lit, charge the dark");
        Line($"cells singly; at most three lit, drain the one that trips by 1/6 Ah and cycle; else fours on the 12 V charger, then singles. In its");
        Line($"favour it leaves those dark cells to the shunts for which moving leads would be more work.");
        Line($"The same pack is the same pack for all, with the same mistakes.");
    }

    private void Predictions()
    {
        Line($"");
        Line($"## Were the hours foretold?");
        Line($"");
        Line($"Where the hours that the job took lie among those predicted (`mixed`; 40 believed packs, ties cut at random): inside the middle");
        Line($"four fifths they should lie in 80 % of the jobs.");
        Line($"");
        Line($"| predicted | jobs | inside 10 to 90 % | below | above |");
        Line($"|---|---:|---:|---:|---:|");
        Prediction("before the first charge", r => r.PitBefore);
        Prediction("after the first charge", r => r.PitAfter);
    }

    private void Prediction(string when, Func<LoopRow, double> pit)
    {
        double[] pits = [.. sound.Where(r => r.Role == "mixed").Select(pit).Where(double.IsFinite)];
        double inside = pits.Count(p => p is >= 0.1 and <= 0.9) / (double)pits.Length;
        double error = Math.Sqrt(inside * (1 - inside) / pits.Length);
        Line($"| {when} | {pits.Length} | {100 * inside:0.0} ± {100 * error:0.0} % | {100.0 * pits.Count(p => p < 0.1) / pits.Length:0.0} % | {100.0 * pits.Count(p => p > 0.9) / pits.Length:0.0} % |");
    }

    private void Costs()
    {
        Line($"");
        Line($"## What it cost");
        Line($"");
        Line($"Cost: attended hours and a tenth of all hours. Medians; apart: Ah to full of the emptiest cell less that of the fullest at the");
        Line($"end, in percent of capacity.");
        Line($"");
        Line($"| followed | jobs | balanced | hours | attended | cost | apart, % |");
        Line($"|---|---:|---:|---:|---:|---:|---:|");
        foreach (string role in (string[])["mixed", "single", "paper"])
        {
            LoopRow[] jobs = [.. sound.Where(r => r.Role == role)];
            if (jobs.Length > 0)
            {
                Line($"| {role} | {jobs.Length} | {jobs.Count(r => r.Balanced)} | {Median(jobs, r => r.Hours):0.0} | {Median(jobs, r => r.AttendedHours):0.0} | {Median(jobs, r => r.Cost):0.00} | {100 * Median(jobs, r => r.ResidualShare):0.00} |");
            }
        }

        Line($"");
        Line($"On the same packs, median cost of `mixed` over that of the best single method: {Ratio("single"):0.000}; over that of the paper's rule: {Ratio("paper"):0.000}.");
        string chosen = string.Join(", ", sound.Where(r => r.Role == "single").GroupBy(r => r.Method).OrderByDescending(g => g.Count()).Select(g => $"{g.Key} {g.Count()}"));
        Line($"Single methods with the least predicted cost: {chosen}.");
    }

    // of the medians, over the packs that both did
    private double Ratio(string role)
    {
        HashSet<ulong> seeds = [.. sound.Where(r => r.Role == role).Select(r => r.Seed)];
        return seeds.Count == 0 ? double.NaN
            : Median([.. sound.Where(r => r.Role == "mixed" && seeds.Contains(r.Seed))], r => r.Cost)
                / Median([.. sound.Where(r => r.Role == role)], r => r.Cost);
    }

    private void Harm()
    {
        LoopRow[] advised = [.. sound.Where(r => r.Role != "paper")];
        Line($"");
        Line($"## Was a cell harmed?");
        Line($"");
        Line($"Jobs by advice in which a cell was held above its `max_v` for 10 s, or charge was taken out of it below empty. A module that opens");
        Line($"above what its cell may have lets every full charge do the former: with the spreads of the pack files (10 to 30 mV) some do, by");
        Line($"millivolts, and no advice can know before a meter has read them. That is a fault, and counted apart. The bound is that of 95 %.");
        Line($"");
        Line($"| packs | jobs | overcharged | reversed | at most |");
        Line($"|---|---:|---:|---:|---:|");
        Harm("no fault", [.. advised.Where(r => r.LateModules == 0)]);
        Harm("a module opens late", [.. advised.Where(r => r.LateModules > 0)]);
        foreach (IGrouping<string, LoopRow> kind in faulty.GroupBy(r => r.Fault).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            Harm($"hidden fault: {kind.Key}", [.. kind.Where(r => r.LateModules == 0)]);
        }

        LoopRow[] paper = [.. sound.Where(r => r.Role == "paper" && r.LateModules == 0)];
        if (paper.Length > 0)
        {
            Harm("no fault, by the paper's rule", paper);
        }
    }

    private void Harm(string packs, LoopRow[] jobs)
    {
        if (jobs.Length > 0)
        {
            (int over, int under) = (jobs.Count(r => r.Overcharges > 0), jobs.Count(r => r.Reversals > 0));
            Line($"| {packs} | {jobs.Length} | {over} | {under} | {100 * Bound.Upper(jobs.Count(r => r.Overcharges + r.Reversals > 0), jobs.Length):0.0} % |");
        }
    }

    private void Ends()
    {
        Line($"");
        Line($"## Did every job end?");
        Line($"");
        LoopRow[] open = [.. sound.Concat(faulty).Where(r => !r.Balanced)];
        Line($"All {sound.Length + faulty.Length} jobs ended: {sound.Length + faulty.Length - open.Length} balanced, {open.Length} given up and called so:");
        Line($"");
        Line($"| seed | followed | fault | said |");
        Line($"|---:|---|---|---|");
        foreach (LoopRow r in open)
        {
            Line($"| {r.Seed} | {r.Role} | {(r.Fault.Length > 0 ? r.Fault : r.LateModules > 0 ? "a module opens late" : "none")} | {r.GivenUp} |");
        }
    }

    private static double Median(LoopRow[] jobs, Func<LoopRow, double> of) => jobs.Select(of).Order().ElementAt(jobs.Length / 2);

    private void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
