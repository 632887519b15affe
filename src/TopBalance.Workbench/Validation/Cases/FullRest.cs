using System.Collections.Immutable;
using TopBalance.Workbench.Fitting;
using TopBalance.Workbench.Reports;
using TopBalance.Workbench.Validation.Cases.Lab;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Workbench.Validation.Cases;

/// <summary>The two hours of rest after a slow full charge, told from their first half hour.</summary>
internal sealed class FullRest : IValidationCase
{
    private const double FittedSeconds = 1800;

    private static readonly ImmutableArray<double> PairSeconds = [30, 60, 120, 240, 480, 960, 1920, 3840];

    public string Id => "full-rest";

    public string Title => "Rest after a full charge";

    public string Method =>
        "After a C/30 charge to 3.60 V the cell rests for two hours and falls to 3.49 V (25 °C). The first half hour is fitted, 30 to 120 minutes are predicted. "
        + "At 25 °C height, end, time and power of the law v = end + height·(1 + t/τ)^−p are fitted; at other temperatures only height and end, with the time "
        + "and power of 25 °C. Two RC pairs, as the engine plays them, are told beside it.";

    public ImmutableArray<MeasuredData> Data { get; } = [LabLogs.Data];

    public CaseResult Run(DataFolder data, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        var series = new List<ChartSeries>();
        (double[] seconds, double[] volts) = Rest(data, "P25", 25);
        Relaxation law = Relaxation.Fit(First(seconds, seconds), First(seconds, volts));
        foreach ((double celsius, string slow, _) in LabLogs.Temperatures)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (seconds, volts) = Rest(data, slow, celsius);
            Relaxation own = celsius == 25 ? law : law.FitHeight(First(seconds, seconds), First(seconds, volts));
            double worst = Worst(seconds, volts, own.At);
            figures.Add(new Figure(Invariant($"{celsius:0} °C, 30 to 120 min, greatest"), 1000 * worst, "mV")
            {
                Margin = celsius == 25 ? Margin.AtMost(3) : null,
                OnHundredAh = "none: nothing flows",
                Limit = celsius == 25 ? "" : "with the time and power of 25 °C",
            });
            int colour = series.Count / 2;
            double[] minutes = [.. seconds.Select(s => s / 60)];
            series.Add(new ChartSeries(Invariant($"{celsius:0} °C measured"), minutes, volts) { Colour = colour });
            series.Add(new ChartSeries(Invariant($"{celsius:0} °C law"), minutes, [.. seconds.Select(own.At)])
            {
                Colour = colour,
                Style = SeriesStyle.Dashed,
            });
            progress?.Report(figures.Count / (double)LabLogs.Temperatures.Length);
        }

        (seconds, volts) = Rest(data, "P25", 25);
        figures.Add(new Figure("25 °C, 30 to 120 min, two RC pairs, greatest", 1000 * Worst(seconds, volts, TwoPairs(seconds, volts)), "mV")
        {
            OnHundredAh = "none: nothing flows",
            Limit = "the best two time constants of the first half hour know nothing of the next hour",
        });
        return new CaseResult([.. figures])
        {
            Charts =
            [
                new CaseChart("rests", new LineChart("Rest after a C/30 charge, fitted in the first 30 minutes", "min", "V", [.. series])
                {
                    Marks = [new ChartMark(FittedSeconds / 60, "fitted before") { Vertical = true }],
                }),
            ],
            Remarks =
            [
                Invariant($"At 25 °C: end {law.EndVolts:0.000} V, height {1000 * law.HeightVolts:0} mV, τ {law.Seconds:0} s, p {law.Power:0.00}.")
                    + " The law is for reading a rest; the engine's two RC pairs are for playing one, and end a rest too early or too late by what is told here.",
            ],
            Limit = "one cell of 2.5 Ah after one kind of charge; nothing measured beyond two hours.",
        };
    }

    private static (double[] Seconds, double[] Volts) Rest(DataFolder data, string name, double celsius)
    {
        LogStretch charge = LabLogs.Slow(data, name, celsius).Stretches[2];
        int last = charge.Seconds.Length - 1;
        while (charge.Amps[last] == 0)
        {
            last--;
        }

        return (
            [.. charge.Seconds.Skip(last + 1).Select(s => s - charge.Seconds[last])],
            [.. charge.Volts.Skip(last + 1)]);
    }

    private static double[] First(double[] seconds, double[] values) => [.. values.Where((_, k) => seconds[k] <= FittedSeconds)];

    private static double Worst(double[] seconds, double[] volts, Func<double, double> law) =>
        Enumerable.Range(0, seconds.Length).Where(k => seconds[k] > FittedSeconds).Max(k => Math.Abs(law(seconds[k]) - volts[k]));

    private static Func<double, double> TwoPairs(double[] seconds, double[] volts)
    {
        double[] t = First(seconds, seconds), v = First(seconds, volts);
        (double Error, Func<double, double> Law) best = (double.PositiveInfinity, s => s);
        foreach (double fast in PairSeconds)
        {
            foreach (double slow in PairSeconds.Where(s => s > fast))
            {
                double[] p = MathNet.Numerics.Fit.LinearCombination(t, v, _ => 1, s => Math.Exp(-s / fast), s => Math.Exp(-s / slow));
                double Law(double s) => p[0] + (p[1] * Math.Exp(-s / fast)) + (p[2] * Math.Exp(-s / slow));
                double error = t.Zip(v, (s, u) => Math.Pow(Law(s) - u, 2)).Sum();
                best = error < best.Error ? (error, Law) : best;
            }
        }

        return best.Law;
    }
}
