using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace TopBalance.Workbench.Fitting;

/// <summary>
/// How a full cell's voltage falls at rest: v = end + height·(1 + t/τ)^−p. Diffusion has no last time constant, so two RC pairs fitted to
/// half an hour of a rest miss the rest of it by many millivolts; this law does not.
/// </summary>
/// <param name="EndVolts">Voltage after a very long time, V.</param>
/// <param name="HeightVolts">What it falls by in all, V.</param>
/// <param name="Seconds">τ, s.</param>
/// <param name="Power">p.</param>
internal readonly record struct Relaxation(double EndVolts, double HeightVolts, double Seconds, double Power)
{
    private static readonly double[] FirstSeconds = [50, 150, 400];

    /// <summary>Voltage after a time at rest, V.</summary>
    public double At(double seconds) => EndVolts + (HeightVolts * Shape(seconds, Seconds, Power));

    /// <summary>The law nearest to a rest.</summary>
    public static Relaxation Fit(IReadOnlyList<double> seconds, IReadOnlyList<double> volts)
    {
        Vector<double> x = Vector<double>.Build.DenseOfEnumerable(seconds);
        Vector<double> y = Vector<double>.Build.DenseOfEnumerable(volts);
        double low = volts.Min();
        NonlinearMinimizationResult best = FirstSeconds
            .Select(tau => new LevenbergMarquardtMinimizer(maximumIterations: 2000).FindMinimum(
                ObjectiveFunction.NonlinearModel((p, t) => t.Map(s => p[0] + (p[1] * Shape(s, Math.Exp(p[2]), Math.Exp(p[3])))), x, y),
                Vector<double>.Build.Dense([low - 0.02, volts[0] - low + 0.02, Math.Log(tau), Math.Log(0.6)])))
            .MinBy(r => r.ModelInfoAtMinimum.Value)!;
        Vector<double> found = best.MinimizingPoint;
        return new Relaxation(found[0], found[1], Math.Exp(found[2]), Math.Exp(found[3]));
    }

    /// <summary>The law nearest to a rest with the time and power of this one.</summary>
    public Relaxation FitHeight(IReadOnlyList<double> seconds, IReadOnlyList<double> volts)
    {
        (double tau, double power) = (Seconds, Power);
        (double end, double height) = MathNet.Numerics.Fit.Line([.. seconds.Select(s => Shape(s, tau, power))], [.. volts]);
        return this with { EndVolts = end, HeightVolts = height };
    }

    private static double Shape(double seconds, double tau, double power) => Math.Pow(1 + (seconds / tau), -power);
}
