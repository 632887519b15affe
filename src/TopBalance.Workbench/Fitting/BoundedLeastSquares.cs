using MathNet.Numerics.LinearAlgebra;

namespace TopBalance.Workbench.Fitting;

/// <summary>
/// Least squares with lower bounds on some unknowns, by block principal pivoting (L. F. Portugal, J. J. Júdice and L. N. Vicente,
/// Mathematics of Computation 63, 1994): guess which unknowns stand at their bound, solve for the others, exchange all that are wrong.
/// </summary>
internal sealed class BoundedLeastSquares
{
    private const int MostRounds = 400;

    // exchanges of all that is wrong at once may run in a circle; after this many that do not help, the last one alone is exchanged
    private const int Patience = 4;

    private bool[] bound = [];

    /// <summary>The x with least x'Ax/2 − b'x and x[k] at least <paramref name="lowest"/>[k].</summary>
    /// <param name="matrix">Symmetric, positive definite.</param>
    /// <param name="right">b.</param>
    /// <param name="lowest">Lower bounds; negative infinity where there is none.</param>
    public double[] Solve(Matrix<double> matrix, Vector<double> right, ReadOnlySpan<double> lowest)
    {
        int count = right.Count;
        if (bound.Length != count)
        {
            // the guess of the call before is the best one for the next, which differs little
            bound = new bool[count];
        }

        var x = new double[count];
        int least = int.MaxValue;
        int patience = Patience;
        for (int round = 0; round < MostRounds; round++)
        {
            SolveFree(matrix, right, lowest, x);
            int wrong = Wrong(matrix, right, lowest, x, out int last);
            if (wrong == 0)
            {
                break;
            }

            if (wrong < least)
            {
                least = wrong;
                patience = Patience;
            }
            else
            {
                patience--;
            }

            Exchange(matrix, right, lowest, x, patience > 0 ? -1 : last);
        }

        for (int k = 0; k < count; k++)
        {
            x[k] = Math.Max(x[k], lowest[k]);
        }

        return x;
    }

    /// <summary>True for the unknowns that stand at their bound in the last solution.</summary>
    public ReadOnlySpan<bool> AtBound => bound;

    private void SolveFree(Matrix<double> matrix, Vector<double> right, ReadOnlySpan<double> lowest, double[] x)
    {
        int[] free = [.. Enumerable.Range(0, x.Length).Where(k => !bound[k])];
        for (int k = 0; k < x.Length; k++)
        {
            x[k] = bound[k] ? lowest[k] : 0;
        }

        Matrix<double> part = Matrix<double>.Build.Dense(free.Length, free.Length);
        Vector<double> target = Vector<double>.Build.Dense(free.Length);
        for (int a = 0; a < free.Length; a++)
        {
            double sum = right[free[a]];
            for (int k = 0; k < x.Length; k++)
            {
                sum -= bound[k] ? matrix[free[a], k] * x[k] : 0;
            }

            target[a] = sum;
            for (int b = 0; b < free.Length; b++)
            {
                part[a, b] = matrix[free[a], free[b]];
            }
        }

        Vector<double> solved = part.Cholesky().Solve(target);
        for (int a = 0; a < free.Length; a++)
        {
            x[free[a]] = solved[a];
        }
    }

    private int Wrong(Matrix<double> matrix, Vector<double> right, ReadOnlySpan<double> lowest, double[] x, out int last)
    {
        int wrong = 0;
        last = -1;
        for (int k = 0; k < x.Length; k++)
        {
            if (IsWrong(matrix, right, lowest, x, k))
            {
                wrong++;
                last = k;
            }
        }

        return wrong;
    }

    private bool IsWrong(Matrix<double> matrix, Vector<double> right, ReadOnlySpan<double> lowest, double[] x, int k)
    {
        if (!bound[k])
        {
            return x[k] < lowest[k] - 1e-12;
        }

        double slope = -right[k];
        for (int j = 0; j < x.Length; j++)
        {
            slope += matrix[k, j] * x[j];
        }

        return slope < -1e-9 * matrix[k, k];
    }

    private void Exchange(Matrix<double> matrix, Vector<double> right, ReadOnlySpan<double> lowest, double[] x, int only)
    {
        if (only >= 0)
        {
            bound[only] = !bound[only];
            return;
        }

        var exchanged = new bool[x.Length];
        for (int k = 0; k < x.Length; k++)
        {
            exchanged[k] = IsWrong(matrix, right, lowest, x, k);
        }

        for (int k = 0; k < x.Length; k++)
        {
            bound[k] ^= exchanged[k];
        }
    }
}
