using System.Collections.Immutable;
using TopBalance.Workbench.Reports;

namespace TopBalance.Acceptance.Calibration;

/// <summary>The charts of a run.</summary>
internal static class CalibrationCharts
{
    // a group of fewer packs says nothing
    private const int LeastPacks = 5;

    /// <summary>How often the truth lies inside, by class and number of observations, with standard errors.</summary>
    public static LineChart Coverage(CalibrationRun run)
    {
        var series = ImmutableArray.CreateBuilder<ChartSeries>();
        ImmutableArray<CellRow> rows = run.Rows;
        for (int c = 0; c < CalibrationPage.Classes.Length; c++)
        {
            (double At, CellRow[] Rows)[] points = Points(rows, CalibrationPage.Classes[c]);
            double beside = 0.12 * (c - 2);
            Share[] shares = [.. points.Select(p => Share.Of(p.Rows, r => r.Held))];
            for (int k = 0; k < points.Length; k++)
            {
                double x = points[k].At + beside;
                series.Add(new ChartSeries("", [x, x], [100 * (shares[k].Mean - shares[k].Error), 100 * (shares[k].Mean + shares[k].Error)])
                {
                    Style = SeriesStyle.Faint,
                });
            }

            series.Add(new ChartSeries(
                CalibrationPage.Name(CalibrationPage.Classes[c]), [.. points.Select(p => p.At + beside)], [.. shares.Select(s => 100 * s.Mean)])
            {
                Style = SeriesStyle.Dots,
            });
        }

        double last = series.SelectMany(s => s.X).DefaultIfEmpty(1).Max();
        return new LineChart("Truths inside the 90 % interval", "observations taken in", "share of cells, %", series.DrainToImmutable())
        {
            Marks = [new ChartMark(90, "90 %")],

            // room at the right for the name of the mark
            XRange = (0, 1.12 * last),
        };
    }

    /// <summary>How wide intervals are, by class and number of observations.</summary>
    public static LineChart Width(CalibrationRun run)
    {
        ImmutableArray<CellRow> rows = run.Rows;
        return new LineChart("Width of the 90 % interval, median over cells", "observations taken in", "width, % of capacity",
        [
            .. CalibrationPage.Classes.Select(c => (Class: c, Points: Points(rows, c))).Select(p => new ChartSeries(
                CalibrationPage.Name(p.Class), [.. p.Points.Select(q => q.At)], [.. p.Points.Select(q => Share.Point(q.Rows.Select(r => r.WidthPercent), 0.5))])),
        ]);
    }

    private static (double At, CellRow[] Rows)[] Points(ImmutableArray<CellRow> rows, CellClass wanted) =>
    [
        .. from row in rows
           where row.Class == wanted
           group row by CalibrationPage.Stages.First(s => row.Observations >= s.From && row.Observations <= s.To).From into stage
           where stage.Select(r => r.Seed).Distinct().Count() >= LeastPacks
           orderby stage.Key
           select (stage.Average(r => (double)r.Observations), stage.ToArray()),
    ];
}
