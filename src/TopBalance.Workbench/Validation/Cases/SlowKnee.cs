using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Workbench.Fitting;
using TopBalance.Workbench.Reports;
using TopBalance.Workbench.Validation.Cases.Lab;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Workbench.Validation.Cases;

/// <summary>Charge still to come at the end of a slow charge, and the way back down, at temperatures left out of the fit.</summary>
internal sealed class SlowKnee : IValidationCase
{
    private const double HighSoc = 0.95, DrawnPercent = 4;

    public string Id => "slow-knee";

    public string Title => "The last percent of a C/30 charge, and the first of a discharge";

    public string Method =>
        "How much charge is still to come when the cell first shows 3.40, 3.45, 3.50 and 3.55 V, to the moment it first shows 3.60 V? Charged at C/30 at 5 "
        + "to 35 °C, each temperature left out and the cell interpolated between the fits at the others. The same interpolated cell is judged on the "
        + "discharge from full, above 95 % SoC: at C/30, and at 1C on two logs that no fit has seen. A model fitted to charges alone is 65 mV off there at "
        + "C/30 and 264 mV at 1C.";

    public ImmutableArray<MeasuredData> Data { get; } = [LabLogs.Data];

    public CaseResult Run(DataFolder data, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        FittedCell fit = LabFits.AllTemperatures(data, cancellationToken);
        progress?.Report(0.8);
        var figures = new List<Figure>();
        var series = new List<ChartSeries>();
        foreach ((double celsius, string slow, _) in LabLogs.Temperatures.Where(t => t.Celsius is >= 5 and <= 35))
        {
            CellParameters cell = LabFits.LeftOut(fit, celsius);
            CellLog log = LabLogs.Slow(data, slow, celsius);
            figures.AddRange(KneeFigures(celsius, cell, log.Stretches[2], fit.Capacity.Value));
            figures.Add(Down(Invariant($"{celsius:0} °C, C/30 from full, above 95 %"), LabFits.Judge(fit, cell, log, 0), 40));
            series.AddRange(Curves(celsius, cell, log.Stretches[2], fit.Capacity.Value, series.Count / 2));
        }

        CellParameters warm = fit.Temperatures.Single(t => t.Temperature.Value == 25).Parameters;
        foreach ((string name, CellLog log) in ((string, CellLog)[])
            [("driving at 12C", LabLogs.FastDriven(data)), ("pulses of 8C", LabLogs.Pulses(data))])
        {
            FittedStretch stretch = LabFits.Judge(fit, warm, log, 0);
            figures.Add(Down($"25 °C, 1C from full before {name}, above 95 %", stretch, 80));
        }

        return new CaseResult([.. figures])
        {
            Charts =
            [
                new CaseChart("charges", new LineChart(
                    "The end of C/30 charges: measured, and the cell interpolated between the other temperatures",
                    "% of capacity to 3.60 V",
                    "V",
                    [.. series])
                {
                    YRange = (3.36, 3.6),
                }),
            ],
            Limit = "one cell of 2.5 Ah; nothing measured on large prismatic cells. At rest before a discharge the full cell stands up to 100 mV above what two time "
                + "constants say; it was not judged there.",
        };
    }

    private static IEnumerable<Figure> KneeFigures(double celsius, CellParameters cell, LogStretch charge, double capacityAh)
    {
        double[] measured = Knee.Measured(charge, capacityAh);
        double amps = Statistics.Median(charge.Amps.Where(a => a > 0));
        double[] model = Knee.Modelled(cell, capacityAh, amps);
        for (int k = 0; k < measured.Length; k++)
        {
            double off = Math.Abs(model[k] - measured[k]);
            yield return new Figure(Invariant($"{celsius:0} °C, from {Knee.Volts[k]:0.00} V, error"), off, "%")
            {
                Margin = Knee.Volts[k] > 3.42 ? Margin.AtMost(0.3) : null,
                OnHundredAh = Figure.Ah(off),
                Limit = Invariant($"measured {measured[k]:0.00} %, model {model[k]:0.00} %"),
            };
        }
    }

    private static Figure Down(string name, FittedStretch stretch, double margin)
    {
        int[] judged = [.. Enumerable.Range(1, stretch.Soc.Length - 1).Where(k => stretch.Soc[k] > HighSoc && stretch.Amps[k] < 0)];

        // per charge that passes, not per row: a logger writes most rows in the first minute, where the voltage falls by the second
        double passed = judged.Sum(k => Math.Abs(stretch.Soc[k] - stretch.Soc[k - 1]));
        double rms = Math.Sqrt(judged.Sum(k =>
            Math.Abs(stretch.Soc[k] - stretch.Soc[k - 1]) * Math.Pow(stretch.Model[k] - stretch.Measured[k], 2)) / passed);
        return new Figure(name + ", RMS", 1000 * rms, "mV") { Margin = Margin.AtMost(margin), OnHundredAh = "none: the voltage falls at once" };
    }

    private static IEnumerable<ChartSeries> Curves(double celsius, CellParameters cell, LogStretch charge, double capacityAh, int colour)
    {
        (double[] percent, double[] volts) = Knee.Course(charge, capacityAh);
        yield return new ChartSeries(
            Invariant($"{celsius:0} °C measured"), [.. percent.Where(p => p < DrawnPercent).Select(p => -p)], [.. volts.Where((_, k) => percent[k] < DrawnPercent)])
        {
            Colour = colour,
        };
        ImmutableArray<double> levels = [.. Enumerable.Range(0, 120).Select(k => 3.36 + (0.002 * k))];
        double[] model = Knee.Modelled(cell, capacityAh, Statistics.Median(charge.Amps.Where(a => a > 0)), levels);
        int[] drawn = [.. Enumerable.Range(0, levels.Length).Where(k => model[k] < DrawnPercent)];
        yield return new ChartSeries(Invariant($"{celsius:0} °C model"), [.. drawn.Select(k => -model[k])], [.. drawn.Select(k => levels[k])])
        {
            Colour = colour,
            Style = SeriesStyle.Dashed,
        };
    }
}
