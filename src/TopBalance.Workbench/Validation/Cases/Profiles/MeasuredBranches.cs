using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Workbench.Reports;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Workbench.Validation.Cases.Profiles;

/// <summary>OCV on charge and discharge as measured, and as the model has it: a mean on knots and one half gap.</summary>
/// <param name="Soc">State of charge of the measured points.</param>
/// <param name="Charge">Charge branch, V.</param>
/// <param name="Discharge">Discharge branch, V.</param>
/// <param name="Mean">The model's OCV.</param>
/// <param name="HalfGapVolts">The model's M: median of half the gap from 20 to 80 %.</param>
internal sealed record MeasuredBranches(double[] Soc, double[] Charge, double[] Discharge, OcvCurve Mean, double HalfGapVolts)
{
    private const double LowKnee = 0.05, HighKnee = 0.98;

    /// <summary>Reads branches and puts their mean on knots, the ends of the measured range included.</summary>
    public static MeasuredBranches Of(DataTable table, ImmutableArray<double> knots)
    {
        double[] soc = table["soc"].ToArray();
        double[] charge = table["charge_branch_V"].ToArray();
        double[] discharge = table["discharge_branch_V"].ToArray();
        double[] mean = [.. charge.Zip(discharge, (c, d) => (c + d) / 2)];
        var curve = new OcvCurve(knots, [.. knots.Select(z => At(soc, mean, z))]);
        double half = Statistics.Median(
            from k in Enumerable.Range(0, soc.Length)
            where soc[k] is >= 0.2 and <= 0.8
            select (charge[k] - discharge[k]) / 2);
        return new MeasuredBranches(soc, charge, discharge, curve, half);
    }

    /// <summary>How far the model's branches are from the measured ones.</summary>
    public IEnumerable<Figure> Figures(double voltsPerPercent)
    {
        double[] grid = Errors(LowKnee, HighKnee, (z, k) => Mean.At(z) - ((Charge[k] + Discharge[k]) / 2));
        yield return new Figure("mean OCV on the library's knots, 5 to 98 % SoC, RMS", 1000 * Statistics.Rms(grid), "mV")
        {
            Margin = Margin.AtMost(1),
            OnHundredAh = Figure.Ah(Statistics.Rms(grid) / voltsPerPercent) + " if charge were read off it",
            Limit = Invariant($"at most {1000 * grid.Max(Math.Abs):0.0} mV, in the bend near 9 %"),
        };
        double[] middle = BranchErrors(0.2, 0.8);
        yield return new Figure("both branches with one half gap, 20 to 80 % SoC, RMS", 1000 * Statistics.Rms(middle), "mV")
        {
            Margin = Margin.AtMost(6),
            OnHundredAh = Figure.Ah(Statistics.Rms(middle) / voltsPerPercent) + " if charge were read off it",
        };
        double[] all = BranchErrors(LowKnee, HighKnee);
        yield return new Figure("both branches with one half gap, 5 to 98 % SoC, RMS", 1000 * Statistics.Rms(all), "mV")
        {
            OnHundredAh = Figure.Ah(Statistics.Rms(all) / voltsPerPercent) + " if charge were read off it",
            Limit = "below 10 % the gap grows to 90 mV, which one number cannot follow",
        };
        double[] top = BranchErrors(0.95, 0.995);
        yield return new Figure("both branches with one half gap, 95 to 99.5 % SoC, RMS", 1000 * Statistics.Rms(top), "mV")
        {
            OnHundredAh = Figure.Ah(Statistics.Rms(top) / (100 * (Mean.At(0.995) - Mean.At(0.98)) / 1.5)) + " on the knee",
        };
    }

    /// <summary>Measured and modelled branches.</summary>
    public LineChart Chart() => new(
        "Second cell: OCV branches",
        "SoC, %",
        "V",
        [
            Series("measured, charge", k => Charge[k]),
            Series("measured, discharge", k => Discharge[k]),
            Series("model, charge", k => Mean.At(Soc[k]) + HalfGapVolts) with { Style = SeriesStyle.Dashed, Colour = 0 },
            Series("model, discharge", k => Mean.At(Soc[k]) - HalfGapVolts) with { Style = SeriesStyle.Dashed, Colour = 1 },
        ])
    {
        YRange = (3.0, 3.65),
    };

    // a smooth curve wants no more than every fifth of its 2001 points
    private ChartSeries Series(string name, Func<int, double> volts)
    {
        int[] shown = [.. Enumerable.Range(0, Soc.Length).Where(k => k % 5 == 0)];
        return new ChartSeries(name, [.. shown.Select(k => 100 * Soc[k])], [.. shown.Select(volts)]);
    }

    private static double At(double[] xs, double[] ys, double x)
    {
        int k = Math.Clamp(Array.FindIndex(xs, v => v >= x), 1, xs.Length - 1);
        return ys[k - 1] + ((ys[k] - ys[k - 1]) * (x - xs[k - 1]) / (xs[k] - xs[k - 1]));
    }

    private double[] BranchErrors(double low, double high) =>
    [
        .. Errors(low, high, (z, k) => Mean.At(z) + HalfGapVolts - Charge[k]),
        .. Errors(low, high, (z, k) => Mean.At(z) - HalfGapVolts - Discharge[k]),
    ];

    private double[] Errors(double low, double high, Func<double, int, double> error) =>
        [.. Enumerable.Range(0, Soc.Length).Where(k => Soc[k] >= low && Soc[k] <= high).Select(k => error(Soc[k], k))];
}
