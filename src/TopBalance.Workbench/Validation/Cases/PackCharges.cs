using System.Collections.Immutable;
using TopBalance.Workbench.Reports;
using TopBalance.Workbench.Validation.Cases.Pylontech;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Workbench.Validation.Cases;

/// <summary>Two days of eight modules: which cells run away in the second charge, told from the log before it.</summary>
internal sealed class PackCharges : IValidationCase
{
    // chosen on these same eight modules, which the limit of the case says
    private const double RunsAwayVolts = 0.05, LagsVolts = 0.005;

    private static readonly ImmutableArray<(string Name, string File)> Modules =
    [
        ("01", "packs/pylontech_15s/module01_us3000c_two_days.csv.gz"),
        ("03", "packs/pylontech_15s/module03_us3000c_two_days.csv.gz"),
        ("05", "packs/pylontech_15s/module05_us2000c_two_days.csv.gz"),
        ("06", "packs/pylontech_15s/module06_us2000c_two_days.csv.gz"),
        ("07", "packs/pylontech_15s/module07_us2000c_two_days.csv.gz"),
        ("09", "packs/pylontech_15s/module09_us2000c_two_days.csv.gz"),
        ("12", "packs/pylontech_15s/module12_us2000c_two_days.csv.gz"),
        ("13", "packs/pylontech_15s/module13_us2000c_two_days.csv.gz"),
    ];

    public string Id => "pack-charges";

    public string Title => "Which cells run away at the top of a pack charge";

    public string Method =>
        "Eight modules of 15 cells in one rack over 34 hours: a charge, a float, a slow discharge, a second charge. Everything up to the end of the "
        + "discharge is the log before; the second charge is judged. Two rules, each alone: *the charge before* ranks the cells by their mean lead "
        + "over the median cell while the pack rose the first time; *the discharge* ranks them by how far they lag below the median cell while it "
        + "is emptied (a weak cell is low at the bottom and early at the top). A cell runs away if it comes to lead the median cell by 50 mV or "
        + "more. No cell model takes part: this asks whether such a log holds the answer at all. Cells are numbered from 0 as in the source.";

    public ImmutableArray<MeasuredData> Data { get; } = [PylontechData.Of([.. Modules.Select(m => m.File)])];

    public CaseResult Run(DataFolder data, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var days = new List<(string Name, TwoDays Days)>();
        foreach ((string name, string file) in Modules)
        {
            cancellationToken.ThrowIfCancellationRequested();
            days.Add((name, TwoDays.Read(data.Read(file))));
            progress?.Report((double)days.Count / Modules.Length);
        }

        return new CaseResult(Figures([.. days.Select(d => d.Days)]))
        {
            Remarks = [.. days.Select(d => Remark(d.Name, d.Days))],
            Charts = [Leads(days)],
            Limit = "three of the eight modules have a cell that runs away, five cells in all; the two thresholds (5 mV of lag, 50 mV of lead) were "
                + "chosen on these modules, so hits are an upper bound. Order among healthy cells is a matter of 2 to 10 mV and hardly to be told.",
        };
    }

    private static ImmutableArray<Figure> Figures(TwoDays[] all)
    {
        const string order = "none: an order has no Ah";
        TwoDays[] with = [.. all.Where(d => d.Peak.Max() >= RunsAwayVolts)];
        TwoDays[] without = [.. all.Except(with)];
        int runaways = all.Sum(d => d.Peak.Count(p => p >= RunsAwayVolts));
        int found = all.Sum(d => d.Peak.Zip(d.Lag).Count(c => c.First >= RunsAwayVolts && c.Second >= LagsVolts));
        int wrongly = all.Sum(d => d.Peak.Zip(d.Lag).Count(c => c.First < RunsAwayVolts && c.Second >= LagsVolts));
        string of = Invariant($"of {with.Length} modules");
        return
        [
            First("first cell to run away, told by the charge before", with, d => d.LeadBefore, of),
            First("first cell to run away, told by the discharge", with, d => d.Lag, of),
            new Figure("cells that run away, told by a lag of 5 mV in the discharge", found, Invariant($"of {runaways} cells"))
            {
                Margin = Margin.AtLeast(runaways - 1),
                OnHundredAh = order,
                Limit = "the least of them lags 5.4 mV, the most of the healthy 3.7",
            },
            new Figure("cells told to run away that do not", wrongly, Invariant($"of {(all.Length * PylontechData.Cells) - runaways} cells"))
            {
                Margin = Margin.AtMost(1),
                OnHundredAh = order,
            },
            Order("order of all cells, rank correlation with the charge before, modules with a runaway", with, d => d.LeadBefore),
            Order("order of all cells, rank correlation with the discharge, modules with a runaway", with, d => d.Lag),
            Order("order of all cells, rank correlation with the charge before, other modules", without, d => d.LeadBefore),
            Order("order of all cells, rank correlation with the discharge, other modules", without, d => d.Lag),
            First("first cell, told by the charge before, other modules", without, d => d.LeadBefore, Invariant($"of {without.Length} modules"))
                with { Margin = null, Limit = Invariant($"no cell of them leads by more than {1000 * without.Max(d => d.Peak.Max()):0} mV") },
        ];
    }

    private static Figure First(string name, TwoDays[] days, Func<TwoDays, double[]> told, string of) =>
        new(name, days.Count(d => Highest(told(d)) == Highest(d.Lead)), of)
        {
            Margin = Margin.AtLeast(days.Length),
            OnHundredAh = "none: an order has no Ah",
        };

    private static Figure Order(string name, TwoDays[] days, Func<TwoDays, double[]> told) =>
        new(name, days.Average(d => Statistics.RankCorrelation(told(d), d.Lead)), "") { OnHundredAh = "none: an order has no Ah" };

    private static int Highest(double[] values) => Array.IndexOf(values, values.Max());

    private static string Remark(string name, TwoDays d)
    {
        int first = Highest(d.Lead);
        string told = Invariant($"told: cell {Highest(d.LeadBefore)} by the charge before, cell {Highest(d.Lag)} by the discharge; ");
        double before = Statistics.RankCorrelation(d.LeadBefore, d.Lead);
        return Invariant($"Module {name}: cell {first} leads by up to {1000 * d.Peak[first]:0} mV; ") + told
            + Invariant($"rank correlation {before:0.00;−0.00} and {Statistics.RankCorrelation(d.Lag, d.Lead):0.00;−0.00}.");
    }

    private static CaseChart Leads(List<(string Name, TwoDays Days)> days)
    {
        ImmutableArray<ChartSeries> series =
        [
            .. days.Where(d => d.Days.Peak.Max() >= RunsAwayVolts).Select(d =>
                new ChartSeries("module " + d.Name, Millivolts(d.Days.Lag), Millivolts(d.Days.Peak)) { Style = SeriesStyle.Dots }),
            new ChartSeries(
                "the others",
                [.. days.Where(d => d.Days.Peak.Max() < RunsAwayVolts).SelectMany(d => Millivolts(d.Days.Lag))],
                [.. days.Where(d => d.Days.Peak.Max() < RunsAwayVolts).SelectMany(d => Millivolts(d.Days.Peak))]) { Style = SeriesStyle.Dots },
        ];
        var chart = new LineChart("Lead in the second charge against lag in the discharge before", "mean lag, mV", "greatest lead, mV", series)
        {
            Marks = [new ChartMark(1000 * RunsAwayVolts, "runs away"), new ChartMark(1000 * LagsVolts, "told") { Vertical = true }],
        };
        return new CaseChart("leads", chart) { LocalOnly = true };
    }

    private static double[] Millivolts(double[] volts) => [.. volts.Select(v => 1000 * v)];
}
