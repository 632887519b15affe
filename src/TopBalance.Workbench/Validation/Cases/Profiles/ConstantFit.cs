using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using TopBalance.Chemistry;
using TopBalance.Quantities;
using TopBalance.Workbench.Fitting;

namespace TopBalance.Workbench.Validation.Cases.Profiles;

/// <summary>
/// Least squares for a cell with constant resistances on a fixed OCV with fixed hysteresis: R0, R1 and R2 by linear least squares inside
/// a search over τ1, τ2 and γ, one after the other.
/// </summary>
/// <param name="ocv">Mean OCV.</param>
/// <param name="hysteresisVolts">M.</param>
/// <param name="capacityAh">Capacity.</param>
/// <param name="stretch">Current and voltage; all samples carry weight.</param>
/// <param name="judged">The samples that count.</param>
internal sealed class ConstantFit(OcvCurve ocv, double hysteresisVolts, double capacityAh, FitStretch stretch, int[] judged)
{
    private const int Sweeps = 3;
    private static readonly (double Low, double High)[] Bounds = [(3, 150), (300, 10_000), (3, 300)];
    private readonly NormalEquations equations = new(3);

    /// <summary>The cell that fits best.</summary>
    public CellParameters Fit(CancellationToken cancellationToken)
    {
        double[] logs = [Math.Log(25), Math.Log(2000), Math.Log(25)];
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            for (int k = 0; k < logs.Length; k++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int moved = k;
                logs[k] = Statistics.Least(
                    x => Solve([.. logs.Select((l, j) => j == moved ? x : l)]).Misfit, Math.Log(Bounds[k].Low), Math.Log(Bounds[k].High), 0.02);
            }
        }

        return Solve(logs).Cell;
    }

    // what the resistances are to explain is the voltage less OCV and hysteresis
    private (double Misfit, CellParameters Cell) Solve(double[] logs)
    {
        (double tau1, double tau2, double gamma) = (Math.Exp(logs[0]), Math.Exp(logs[1]), Math.Exp(logs[2]));
        var still = new CellParameters(ocv, Constant(0), [], new Volts(hysteresisVolts), gamma);
        double[] rest = new CellPlayback(still, capacityAh).Play(stretch);
        double[] first = Filtered(tau1);
        double[] second = Filtered(tau2);
        equations.Clear();
        foreach (int k in judged)
        {
            equations.Add([0, 1, 2], [stretch.Amps[k], first[k], second[k]], stretch.Volts[k] - rest[k], 1);
        }

        (Matrix<double> matrix, Vector<double> right) = equations.Build();
        Vector<double> ohms = matrix.Cholesky().Solve(right);
        ImmutableArray<RcPair> pairs = [new(Constant(ohms[1]), new Seconds(tau1)), new(Constant(ohms[2]), new Seconds(tau2))];
        return (equations.Squares - (ohms * right), new CellParameters(ocv, Constant(ohms[0]), pairs, new Volts(hysteresisVolts), gamma));
    }

    private double[] Filtered(double tau)
    {
        var filtered = new double[stretch.Amps.Length];
        for (int k = 1; k < filtered.Length; k++)
        {
            double kept = Math.Exp(-(stretch.Seconds[k] - stretch.Seconds[k - 1]) / tau);
            filtered[k] = stretch.Amps[k] + ((filtered[k - 1] - stretch.Amps[k]) * kept);
        }

        return filtered;
    }

    private static ResistanceCurve Constant(double ohms) => new([0.5], [Math.Max(0, ohms)], [Math.Max(0, ohms)]);
}
