using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace TopBalance.Workbench.Fitting;

/// <summary>
/// The outer fit: time constants and γ by Levenberg and Marquardt, each trial with the linear rest solved anew (variable projection,
/// G. Golub and V. Pereyra, SIAM J. Numer. Anal. 10, 1973). Several starts, since the valley has side valleys.
/// </summary>
internal static class SlowSearch
{
    private const double LeastFast = 1, MostFast = 120, LeastSlow = 60, MostSlow = 7200, LeastGamma = 3, MostGamma = 1000;

    // one pair alone starts between the two
    private static readonly SlowParameters[] Starts = [new(6, 200, 70), new(15, 900, 70), new(40, 2000, 150)];

    /// <summary>Finds them for the given stretches.</summary>
    /// <param name="create">A fresh inner fit.</param>
    /// <param name="pairs">How many time constants there are.</param>
    /// <param name="progress">Told the sum of squares as it falls.</param>
    /// <param name="cancellation">Stops between two solutions.</param>
    /// <returns>The best, its inner fit, and the standard deviation of the logarithm of each time constant and then of γ.</returns>
    public static (SlowParameters Slow, LinearFit Fit, double[] LogSigma) Find(
        Func<LinearFit> create, int pairs, IProgress<string>? progress, CancellationToken cancellation)
    {
        (double Cost, SlowParameters Slow, LinearFit Fit, double[] LogSigma) best = (double.PositiveInfinity, default, create(), []);
        foreach (SlowParameters start in Starts)
        {
            LinearFit fit = create();
            fit.Solve(start, 5, cancellation);
            (SlowParameters slow, double[] sigma) = Descend(fit, start, pairs, cancellation);
            fit.Solve(slow, 4, cancellation);
            double cost = fit.Residuals(slow).Sum(r => r * r);
            progress?.Report(FormattableString.Invariant(
                $"time constants {slow.FastSeconds:0.#} s and {slow.SlowSeconds:0} s, gamma {slow.Gamma:0}: sum of squares {cost:0}"));
            if (cost < best.Cost)
            {
                best = (cost, slow, fit, sigma);
            }
        }

        return (best.Slow, best.Fit, best.LogSigma);
    }

    private static (SlowParameters Slow, double[] LogSigma) Descend(
        LinearFit fit, SlowParameters start, int pairs, CancellationToken cancellation)
    {
        Vector<double> Residuals(Vector<double> p, Vector<double> x)
        {
            cancellation.ThrowIfCancellationRequested();
            return Vector<double>.Build.Dense(fit.Probe(FromLogs(p)));
        }

        Vector<double> zero = Vector<double>.Build.Dense(fit.Residuals(start).Length);
        var minimizer = new LevenbergMarquardtMinimizer(maximumIterations: 12, functionTolerance: 1e-5, stepTolerance: 1e-4);
        NonlinearMinimizationResult found = minimizer.FindMinimum(
            ObjectiveFunction.NonlinearModel(Residuals, zero, zero),
            ToLogs(start, pairs),
            ToLogs(new SlowParameters(LeastFast, LeastSlow, LeastGamma), pairs),
            ToLogs(new SlowParameters(pairs == 1 ? MostSlow : MostFast, MostSlow, MostGamma), pairs));
        return (FromLogs(found.MinimizingPoint), [.. found.StandardErrors]);
    }

    // the logarithms of what there is: a time constant per pair, then gamma
    private static Vector<double> ToLogs(in SlowParameters slow, int pairs)
    {
        double[] values = [slow.FastSeconds, slow.SlowSeconds, slow.Gamma];
        return Vector<double>.Build.DenseOfEnumerable(values[..pairs].Append(slow.Gamma).Select(v => Math.Log(v)));
    }

    private static SlowParameters FromLogs(Vector<double> p) =>
        new(p.Count > 1 ? Math.Exp(p[0]) : LeastFast, p.Count > 2 ? Math.Exp(p[1]) : LeastSlow, Math.Exp(p[^1]));
}
