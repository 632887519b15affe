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

    // a coarse look over all of it; from the best few the search goes on
    private static readonly double[] FastStarts = [5, 15, 40], SlowStarts = [250, 700, 1800], GammaStarts = [10, 40, 150];

    private const int Searched = 3, LookRounds = 3, FirstRounds = 5, LastRounds = 12;

    // of the logarithm, for the slopes that uncertainties come from
    private const double ProbeStep = 0.02;

    /// <summary>Finds them for the given stretches.</summary>
    /// <param name="create">A fresh inner fit.</param>
    /// <param name="pairs">How many time constants there are.</param>
    /// <param name="progress">Told the sum of squares as it falls.</param>
    /// <param name="cancellation">Stops between two solutions.</param>
    /// <returns>The best, its inner fit, and the standard deviation of the logarithm of each time constant and then of γ.</returns>
    public static (SlowParameters Slow, LinearFit Fit, double[] LogSigma) Find(
        Func<LinearFit> create, int pairs, IProgress<string>? progress, CancellationToken cancellation)
    {
        (double Cost, SlowParameters Slow, LinearFit Fit) best = (double.PositiveInfinity, default, create());
        foreach (SlowParameters start in Starts(pairs).OrderBy(s => Cost(Solved(create(), s, LookRounds, cancellation), s)).Take(Searched))
        {
            LinearFit fit = Solved(create(), start, FirstRounds, cancellation);
            SlowParameters slow = Descend(fit, start, pairs, cancellation);
            double cost = Cost(Solved(fit, slow, LastRounds, cancellation), slow);
            progress?.Report(Told(slow, pairs, cost));
            if (cost < best.Cost)
            {
                best = (cost, slow, fit);
            }
        }

        // the inner fits share their stretches, so the best one is made once more
        LinearFit last = Solved(create(), best.Slow, FirstRounds + LastRounds, cancellation);
        return (best.Slow, last, Sigmas(last, best.Slow, pairs));
    }

    private static IEnumerable<SlowParameters> Starts(int pairs) =>
        from fast in pairs > 0 ? FastStarts.Concat(pairs == 1 ? SlowStarts : []) : [LeastFast]
        from slow in pairs > 1 ? SlowStarts : [LeastSlow]
        from gamma in GammaStarts
        select new SlowParameters(fast, slow, gamma);

    private static LinearFit Solved(LinearFit fit, in SlowParameters slow, int rounds, CancellationToken cancellation)
    {
        fit.Solve(slow, rounds, cancellation);
        return fit;
    }

    private static double Cost(LinearFit fit, in SlowParameters slow) => fit.Residuals(slow).Sum(r => r * r);

    private static string Told(SlowParameters slow, int pairs, double cost)
    {
        string taus = string.Join(" and ", Enumerable.Range(0, pairs).Select(j => FormattableString.Invariant($"{slow.Tau(j):0.#} s")));
        return FormattableString.Invariant($"time constants {taus}, gamma {slow.Gamma:0}: sum of squares {cost:0}");
    }

    private static SlowParameters Descend(
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
        return FromLogs(found.MinimizingPoint);
    }

    // residuals of neighbours go together, so they are counted in blocks, as for the linear unknowns
    private static double[] Sigmas(LinearFit fit, in SlowParameters slow, int pairs)
    {
        Vector<double> logs = ToLogs(slow, pairs);
        double[] residuals = fit.Probe(slow);
        Matrix<double> slopes = Matrix<double>.Build.Dense(residuals.Length, logs.Count);
        for (int p = 0; p < logs.Count; p++)
        {
            Vector<double> step = Vector<double>.Build.Dense(logs.Count, k => k == p ? ProbeStep : 0);
            double[] above = fit.Probe(FromLogs(logs + step));
            double[] below = fit.Probe(FromLogs(logs - step));
            slopes.SetColumn(p, [.. above.Zip(below, (a, b) => (a - b) / (2 * ProbeStep))]);
        }

        Matrix<double> meat = Matrix<double>.Build.Dense(logs.Count, logs.Count);
        foreach (Range block in fit.Blocks())
        {
            Vector<double> score = Vector<double>.Build.Dense(logs.Count);
            for (int k = block.Start.Value; k < block.End.Value; k++)
            {
                score += residuals[k] * slopes.Row(k);
            }

            meat += score.OuterProduct(score);
        }

        Matrix<double> information = slopes.TransposeThisAndMultiply(slopes);
        if (information.Determinant() <= 0)
        {
            return [.. logs.Select(_ => double.PositiveInfinity)];
        }

        Matrix<double> inverse = information.Inverse();
        return [.. (inverse * meat * inverse).Diagonal().Select(v => Math.Sqrt(Math.Max(0, v)))];
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
