namespace TopBalance.Tests.Oracle;

/// <summary>
/// One step of the extrapolated midpoint rule (Gragg, Bulirsch, Stoer) of order 10: no table of coefficients that could be wrong, and any
/// shorter step from the same state is at least as good.
/// </summary>
internal sealed class Extrapolation
{
    private static readonly int[] Substeps = [2, 4, 6, 8, 10];

    private readonly Action<double[], double[]> derivative;
    private readonly int controlled;
    private readonly double[][] table;
    private readonly double[] slopeAtStart;
    private readonly double[] slope;
    private readonly double[] state;
    private double[] before;
    private double[] now;

    /// <param name="dimension">Length of the state.</param>
    /// <param name="controlled">The error is that of the first so many components.</param>
    /// <param name="derivative">Writes dy/dt of a state.</param>
    public Extrapolation(int dimension, int controlled, Action<double[], double[]> derivative)
    {
        this.derivative = derivative;
        this.controlled = controlled;
        table = [.. Substeps.Select(_ => new double[dimension])];
        slopeAtStart = new double[dimension];
        slope = new double[dimension];
        state = new double[dimension];
        before = new double[dimension];
        now = new double[dimension];
    }

    /// <returns>An upper estimate of the error.</returns>
    public double Step(double[] y, double seconds, double[] result)
    {
        derivative(y, slopeAtStart);
        for (int row = 0; row < Substeps.Length; row++)
        {
            Midpoint(y, seconds / Substeps[row], Substeps[row]);
            Extrapolate(row);
        }

        double error = 0;
        for (int k = 0; k < y.Length; k++)
        {
            result[k] = y[k] + table[^1][k];
            if (k < controlled)
            {
                // not a number must not pass as small
                double difference = Math.Abs(table[^1][k] - table[^2][k]);
                error = difference <= error ? error : difference;
            }
        }

        return error;
    }

    // leaves the smoothed increment in `now`; increments keep more digits than states
    private void Midpoint(double[] y, double h, int substeps)
    {
        for (int k = 0; k < y.Length; k++)
        {
            before[k] = 0;
            now[k] = h * slopeAtStart[k];
        }

        for (int n = 1; n <= substeps; n++)
        {
            for (int k = 0; k < y.Length; k++)
            {
                state[k] = y[k] + now[k];
            }

            derivative(state, slope);
            for (int k = 0; k < y.Length; k++)
            {
                before[k] = n < substeps ? before[k] + (2 * h * slope[k]) : (before[k] + now[k] + (h * slope[k])) / 2;
            }

            (before, now) = (now, before);
        }
    }

    // Aitken and Neville in the square of the substep; table[j] holds column j of the row before
    private void Extrapolate(int row)
    {
        for (int k = 0; k < now.Length; k++)
        {
            double value = now[k];
            for (int j = 0; j < row; j++)
            {
                double ratio = (double)Substeps[row] / Substeps[row - j - 1];
                double next = value + ((value - table[j][k]) / ((ratio * ratio) - 1));
                table[j][k] = value;
                value = next;
            }

            table[row][k] = value;
        }
    }
}
