using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace TopBalance.Workbench.Fitting;

/// <summary>
/// The OCV in terms that only need to be positive: its first value, what it rises by from knot to knot, and in the knee before full what
/// its slope grows by. A curve made of these never falls, and the knee is convex, as every LFP curve measured slowly is.
/// </summary>
internal static class OcvSlopes
{
    // the knee of A002's C/30 charges is convex from here at all seven temperatures
    private const double Knee = 0.985;

    // V; a curve needs a slope at both ends
    private const double LeastRise = 1e-6;

    /// <summary>The matrix that turns these terms into volts at the knots; what stands beside the OCV is left as it is.</summary>
    /// <param name="soc">Knots of the OCV.</param>
    /// <param name="count">Number of all unknowns; those of the OCV come first.</param>
    public static Matrix<double> ToVolts(ImmutableArray<double> soc, int count)
    {
        Matrix<double> volts = Matrix<double>.Build.DenseIdentity(count);
        Vector<double> value = Vector<double>.Build.Dense(count);
        Vector<double> slope = Vector<double>.Build.Dense(count);
        value[0] = 1;
        for (int k = 1; k < soc.Length; k++)
        {
            double width = soc[k] - soc[k - 1];
            if (soc[k - 1] < Knee)
            {
                slope.Clear();
                slope[k] = 1 / width;
            }
            else
            {
                slope[k] = 1 / width;
            }

            value += slope * width;
            volts.SetRow(k, value);
        }

        return volts;
    }

    /// <summary>The least each term may be.</summary>
    public static double Lowest(int knot, int knots) =>
        knot == 0 ? double.NegativeInfinity : knot == 1 || knot == knots - 1 ? LeastRise : 0;
}
