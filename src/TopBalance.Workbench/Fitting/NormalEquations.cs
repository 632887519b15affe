using MathNet.Numerics.LinearAlgebra;

namespace TopBalance.Workbench.Fitting;

/// <summary>Weighted least squares, gathered row by row: A'A and A'b. A row has few entries that are not 0.</summary>
internal sealed class NormalEquations
{
    private readonly double[] lower;
    private readonly double[] right;

    public NormalEquations(int count)
    {
        Count = count;
        lower = new double[count * count];
        right = new double[count];
    }

    public int Count { get; }

    /// <summary>Weighted sum of squares of the right-hand sides.</summary>
    public double Squares { get; private set; }

    public void Clear()
    {
        Array.Clear(lower);
        Array.Clear(right);
        Squares = 0;
    }

    /// <summary>Adds weight²·(row·x − target)² to what is made least.</summary>
    /// <param name="indexes">Unknowns of the row, rising.</param>
    /// <param name="values">Their factors. Same length.</param>
    /// <param name="target">What the row should come to.</param>
    /// <param name="weight">Not negative.</param>
    public void Add(ReadOnlySpan<int> indexes, ReadOnlySpan<double> values, double target, double weight)
    {
        double squared = weight * weight;
        for (int a = 0; a < indexes.Length; a++)
        {
            double factor = squared * values[a];
            if (factor == 0)
            {
                continue;
            }

            int row = indexes[a] * Count;
            right[indexes[a]] += factor * target;
            for (int b = 0; b <= a; b++)
            {
                lower[row + indexes[b]] += factor * values[b];
            }
        }

        Squares += squared * target * target;
    }

    /// <summary>A'A, symmetric, and A'b.</summary>
    public (Matrix<double> Matrix, Vector<double> Right) Build()
    {
        Matrix<double> matrix = Matrix<double>.Build.Dense(Count, Count);
        for (int a = 0; a < Count; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double value = lower[(a * Count) + b];
                matrix[a, b] = value;
                matrix[b, a] = value;
            }
        }

        return (matrix, Vector<double>.Build.Dense((double[])right.Clone()));
    }
}
