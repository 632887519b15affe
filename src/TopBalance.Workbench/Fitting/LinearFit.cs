using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace TopBalance.Workbench.Fitting;

/// <summary>
/// The inner fit: OCV, resistances, M and the state of charge each stretch began with, for given time constants and γ. The first three are
/// linear; the starts follow by Newton steps; outliers lose weight from step to step (Huber).
/// </summary>
internal sealed class LinearFit
{
    // residuals up to here count in full, V: the model's own error on good data
    private const double OutlierVolts = 0.03;

    private const double StartStep = 1e-5, MostStartStep = 0.003;

    // the steep end of the OCV must not decide alone where a stretch began
    private const double MostSlope = 50;

    // a resistance may vanish, but a cell without any R0 is no cell
    private const double LeastDrop = 0.01;

    private const int BlocksPerStretch = 30;

    private readonly FitGrid grid;
    private readonly FitPriors priors;
    private readonly double capacityAh;
    private readonly VoltageRows rows;
    private readonly NormalEquations equations;
    private readonly BoundedLeastSquares solver = new();
    private readonly double[] lowest;
    private readonly Matrix<double> toVolts;

    public LinearFit(FitGrid grid, FitPriors priors, ImmutableArray<FitStretch> stretches, double capacityAh)
    {
        this.grid = grid;
        this.priors = priors;
        this.capacityAh = capacityAh;
        Stretches = stretches;
        rows = new VoltageRows(grid);
        equations = new NormalEquations(grid.Count + stretches.Length);
        toVolts = OcvSlopes.ToVolts(grid.OcvSoc, equations.Count);
        lowest = new double[equations.Count];
        for (int k = 0; k < grid.OcvSoc.Length; k++)
        {
            lowest[k] = OcvSlopes.Lowest(k, grid.OcvSoc.Length);
        }

        for (int k = grid.OcvSoc.Length; k < grid.Count; k++)
        {
            lowest[k] = 0;
        }

        for (int k = 0; k < 2 * grid.ResistanceSoc.Length; k++)
        {
            lowest[grid.Table(0, charging: true) + k] = LeastDrop / capacityAh;
        }

        for (int s = 0; s < stretches.Length; s++)
        {
            lowest[grid.Count + s] = -MostStartStep;
        }
    }

    /// <summary>What is fitted; the fit moves where each begins.</summary>
    public ImmutableArray<FitStretch> Stretches { get; }

    /// <summary>The unknowns of the last solution, in the order of the grid.</summary>
    public double[] Solution { get; private set; } = [];

    /// <summary>Solves, moving the starts and weighing outliers anew in each of <paramref name="rounds"/> rounds.</summary>
    public void Solve(in SlowParameters slow, int rounds, CancellationToken cancellation)
    {
        for (int round = 0; round < rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            Gather(slow);
            double[] x = SolveGathered();
            for (int s = 0; s < Stretches.Length; s++)
            {
                Stretches[s].StartSoc += Math.Clamp(x[grid.Count + s], -MostStartStep, MostStartStep);
            }

            Solution = x[..grid.Count];
            Weigh(slow);
        }
    }

    /// <summary>
    /// Weighted residuals of the best solution for other time constants and γ, while starts and weights stay as they are: a smooth
    /// function of what it is asked for.
    /// </summary>
    public double[] Probe(SlowParameters slow)
    {
        Gather(slow);
        double[] x = SolveGathered();
        double[] kept = Solution;
        Solution = x[..grid.Count];
        double[] residuals = Residuals(slow, x.AsSpan(grid.Count));
        Solution = kept;
        return residuals;
    }

    /// <summary>The residuals of <see cref="Probe"/> in blocks of neighbours; what was believed before is in none.</summary>
    public IEnumerable<Range> Blocks()
    {
        int first = 0;
        foreach (FitStretch stretch in Stretches)
        {
            int compared = stretch.Weights.Count(w => w > 0);
            int size = Math.Max(1, compared / BlocksPerStretch);
            for (int k = 0; k < compared; k += size)
            {
                yield return new Range(first + k, first + Math.Min(compared, k + size));
            }

            first += compared + 1;
        }
    }

    /// <summary>How the solution changes with one of the time constants or γ, for what these are uncertain by.</summary>
    /// <param name="slow">Where the solution was found.</param>
    /// <param name="other">A little beside it.</param>
    public double[] Change(in SlowParameters slow, in SlowParameters other)
    {
        Gather(slow);
        double[] here = SolveGathered();
        Gather(other);
        double[] there = SolveGathered();
        return [.. here.Take(grid.Count).Zip(there, (a, b) => b - a)];
    }

    /// <summary>Model voltage of every compared sample.</summary>
    public void Play(in SlowParameters slow, FitStretch stretch, Span<double> volts)
    {
        double[] played = new double[stretch.Seconds.Length];
        rows.Walk(stretch, slow, capacityAh, (k, indexes, values) => played[k] = Voltage(indexes, values));
        played.CopyTo(volts);
    }

    /// <summary>All weighted residuals of the last solution: of samples, of starts, of what was believed before.</summary>
    public double[] Residuals(in SlowParameters slow) => Residuals(slow, []);

    // shifts: how much fuller each stretch is to begin, to first order; or empty
    private double[] Residuals(SlowParameters slow, ReadOnlySpan<double> shifts)
    {
        var residuals = new List<double>();
        for (int s = 0; s < Stretches.Length; s++)
        {
            FitStretch stretch = Stretches[s];
            double shift = shifts.IsEmpty ? 0 : shifts[s];
            double[] slopes = shift == 0 ? new double[stretch.Seconds.Length] : Slopes(stretch, slow);
            rows.Walk(stretch, slow, capacityAh, (k, indexes, values) => residuals.Add(
                stretch.Weights[k] * Math.Sqrt(stretch.Trust[k]) * (Voltage(indexes, values) + (shift * slopes[k]) - stretch.Volts[k])));
            residuals.Add((stretch.StartSoc + shift - stretch.CountedSoc) / stretch.SocSigma);
        }

        residuals.AddRange(priors.Residuals(Solution));
        return [.. residuals];
    }

    /// <summary>
    /// Standard deviation of every unknown of the last solution. Residuals of neighbouring samples go together, so they are counted in
    /// blocks (the cluster-robust or sandwich estimate); where the log says nothing, what was believed before remains.
    /// </summary>
    public double[] StandardDeviations(in SlowParameters slow)
    {
        Gather(slow);
        (Matrix<double> gathered, _) = equations.Build();
        Matrix<double> matrix = toVolts.TransposeThisAndMultiply(gathered * toVolts);
        Matrix<double> meat = toVolts.TransposeThisAndMultiply(Blocks(slow) * toVolts);
        int[] free = [.. Enumerable.Range(0, equations.Count).Where(k => !solver.AtBound[k])];
        Matrix<double> part = Matrix<double>.Build.Dense(free.Length, free.Length, (a, b) => matrix[free[a], free[b]]);
        Matrix<double> middle = Matrix<double>.Build.Dense(free.Length, free.Length, (a, b) => meat[free[a], free[b]]);
        Matrix<double> inverse = part.Cholesky().Solve(Matrix<double>.Build.DenseIdentity(free.Length));
        Matrix<double> ofFree = Matrix<double>.Build.Dense(equations.Count, free.Length, (k, a) => toVolts[k, free[a]]);
        Matrix<double> spread = ofFree * inverse;
        Matrix<double> covariance = spread * middle * spread.Transpose();
        return [.. Enumerable.Range(0, grid.Count).Select(k => Math.Sqrt(Math.Max(0, covariance[k, k])))];
    }

    private double[] SolveGathered()
    {
        (Matrix<double> matrix, Vector<double> right) = equations.Build();
        Matrix<double> inTerms = toVolts.TransposeThisAndMultiply(matrix * toVolts);
        double[] terms = solver.Solve(inTerms, toVolts.TransposeThisAndMultiply(right), lowest);
        return (toVolts * Vector<double>.Build.Dense(terms)).ToArray();
    }

    private double Voltage(ReadOnlySpan<int> indexes, ReadOnlySpan<double> values)
    {
        double volts = 0;
        for (int k = 0; k < indexes.Length; k++)
        {
            volts += values[k] * Solution[indexes[k]];
        }

        return volts;
    }

    private void Gather(SlowParameters slow)
    {
        equations.Clear();
        priors.AddTo(equations);
        for (int s = 0; s < Stretches.Length; s++)
        {
            FitStretch stretch = Stretches[s];
            int start = grid.Count + s;
            double[] slopes = Solution.Length > 0 ? Slopes(stretch, slow) : new double[stretch.Seconds.Length];
            int[] wider = new int[grid.Count + 1];
            double[] factors = new double[grid.Count + 1];
            rows.Walk(stretch, slow, capacityAh, (k, indexes, values) =>
            {
                indexes.CopyTo(wider);
                values.CopyTo(factors);
                wider[indexes.Length] = start;
                factors[indexes.Length] = slopes[k];
                equations.Add(
                    wider.AsSpan(0, indexes.Length + 1),
                    factors.AsSpan(0, indexes.Length + 1),
                    stretch.Volts[k],
                    stretch.Weights[k] * Math.Sqrt(stretch.Trust[k]));
            });
            equations.Add([start], [1 / stretch.SocSigma], (stretch.CountedSoc - stretch.StartSoc) / stretch.SocSigma, 1);
        }
    }

    // dv/dz of every sample, as the stretch would look had it begun a little fuller
    private double[] Slopes(FitStretch stretch, in SlowParameters slow)
    {
        var here = new double[stretch.Seconds.Length];
        var above = new double[stretch.Seconds.Length];
        Play(slow, stretch, here);
        stretch.StartSoc += StartStep;
        Play(slow, stretch, above);
        stretch.StartSoc -= StartStep;
        for (int k = 0; k < here.Length; k++)
        {
            above[k] = Math.Clamp((above[k] - here[k]) / StartStep, -MostSlope, MostSlope);
        }

        return above;
    }

    private void Weigh(SlowParameters slow)
    {
        foreach (FitStretch stretch in Stretches)
        {
            rows.Walk(stretch, slow, capacityAh, (k, indexes, values) =>
            {
                double off = Math.Abs(Voltage(indexes, values) - stretch.Volts[k]);
                stretch.Trust[k] = off <= OutlierVolts ? 1 : OutlierVolts / off;
            });
        }
    }

    private Matrix<double> Blocks(SlowParameters slow)
    {
        Matrix<double> meat = Matrix<double>.Build.Dense(equations.Count, equations.Count);
        var believed = new NormalEquations(equations.Count);
        priors.AddTo(believed);
        for (int s = 0; s < Stretches.Length; s++)
        {
            FitStretch stretch = Stretches[s];
            believed.Add([grid.Count + s], [1 / stretch.SocSigma], 0, 1);
            double[] slopes = Slopes(stretch, slow);
            int compared = stretch.Weights.Count(w => w > 0);
            int perBlock = Math.Max(1, compared / BlocksPerStretch);
            int inBlock = 0;
            Vector<double> score = Vector<double>.Build.Dense(equations.Count);
            int start = grid.Count + s;
            rows.Walk(stretch, slow, capacityAh, (k, indexes, values) =>
            {
                double weight = stretch.Weights[k] * stretch.Weights[k] * stretch.Trust[k];
                double off = weight * (stretch.Volts[k] - Voltage(indexes, values));
                for (int e = 0; e < indexes.Length; e++)
                {
                    score[indexes[e]] += off * values[e];
                }

                score[start] += off * slopes[k];
                if (++inBlock >= perBlock)
                {
                    AddOuter(meat, score);
                    score.Clear();
                    inBlock = 0;
                }
            });
            AddOuter(meat, score);
        }

        return meat + believed.Build().Matrix;
    }

    private static void AddOuter(Matrix<double> meat, Vector<double> score)
    {
        int[] entries = [.. Enumerable.Range(0, score.Count).Where(k => score[k] != 0)];
        foreach (int a in entries)
        {
            foreach (int b in entries)
            {
                meat[a, b] += score[a] * score[b];
            }
        }
    }
}
