using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Validation.Cases.Profiles;

/// <summary>
/// Least squares for a cell with constant resistances on a fixed OCV with fixed hysteresis: R0, R1 and R2 by linear least squares inside
/// a search over τ1, τ2 and γ, one after the other.
/// </summary>
/// <param name="ocv">Mean OCV.</param>
/// <param name="hysteresisVolts">M.</param>
/// <param name="capacityAh">Capacity.</param>
/// <param name="soc">State of charge at the start.</param>
/// <param name="profile">Current and voltage.</param>
/// <param name="judged">The samples that count.</param>
internal sealed class ConstantFit(OcvCurve ocv, double hysteresisVolts, double capacityAh, double soc, Profile profile, int[] judged)
{
    private const int Sweeps = 3;
    private static readonly (double Low, double High)[] Bounds = [(3, 150), (300, 10_000), (3, 300)];

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

    // columns: current, current through each RC pair; what the resistances are to explain is the voltage less OCV and hysteresis
    private (double Misfit, CellParameters Cell) Solve(double[] logs)
    {
        (double tau1, double tau2, double gamma) = (Math.Exp(logs[0]), Math.Exp(logs[1]), Math.Exp(logs[2]));
        double[] rest = Remainder(gamma);
        double[][] columns = [profile.Amps, Filtered(tau1), Filtered(tau2)];
        double[] ohms = Normal.Solve(columns, rest, judged);
        double misfit = judged.Sum(k => Square(rest[k] - columns.Select((c, j) => ohms[j] * c[k]).Sum()));
        ImmutableArray<RcPair> pairs = [new(Constant(ohms[1]), new Seconds(tau1)), new(Constant(ohms[2]), new Seconds(tau2))];
        return (misfit, new CellParameters(ocv, Constant(ohms[0]), pairs, new Volts(hysteresisVolts), gamma));
    }

    private double[] Remainder(double gamma)
    {
        var still = new CellParameters(ocv, Constant(0), [], new Volts(hysteresisVolts), gamma);
        return [.. CellPlayer.Play(still, capacityAh, soc, profile).Select((v, k) => profile.Volts[k] - v)];
    }

    private double[] Filtered(double tau)
    {
        var filtered = new double[profile.Amps.Length];
        for (int k = 1; k < filtered.Length; k++)
        {
            double gain = -CellPlayer.Expm1(-(profile.Seconds[k] - profile.Seconds[k - 1]) / tau);
            filtered[k] = filtered[k - 1] + ((profile.Amps[k] - filtered[k - 1]) * gain);
        }

        return filtered;
    }

    private static ResistanceCurve Constant(double ohms) => new([0.5], [Math.Max(0, ohms)], [Math.Max(0, ohms)]);

    private static double Square(double x) => x * x;

    /// <summary>Linear least squares with few unknowns, by normal equations and elimination.</summary>
    private static class Normal
    {
        public static double[] Solve(double[][] columns, double[] wanted, int[] rows)
        {
            int n = columns.Length;
            var a = new double[n, n + 1];
            foreach (int row in rows)
            {
                for (int i = 0; i < n; i++)
                {
                    for (int j = 0; j < n; j++)
                    {
                        a[i, j] += columns[i][row] * columns[j][row];
                    }

                    a[i, n] += columns[i][row] * wanted[row];
                }
            }

            return Eliminated(a, n);
        }

        // the matrix is positive definite: no pivoting
        private static double[] Eliminated(double[,] a, int n)
        {
            for (int i = 0; i < n; i++)
            {
                for (int r = i + 1; r < n; r++)
                {
                    double factor = a[r, i] / a[i, i];
                    for (int c = i; c <= n; c++)
                    {
                        a[r, c] -= factor * a[i, c];
                    }
                }
            }

            var x = new double[n];
            for (int i = n - 1; i >= 0; i--)
            {
                double sum = a[i, n];
                for (int c = i + 1; c < n; c++)
                {
                    sum -= a[i, c] * x[c];
                }

                x[i] = sum / a[i, i];
            }

            return x;
        }
    }
}
