using System.Collections.Immutable;

namespace TopBalance.Chemistry;

/// <summary>
/// Open-circuit voltage against state of charge: a monotone table, read linearly between its points and extrapolated with its end slopes
/// beyond them.
/// </summary>
public sealed class OcvCurve
{
    /// <param name="soc">State of charge at the points, strictly rising from 0 to 1. At least 2.</param>
    /// <param name="volts">OCV at the points in V, never falling, strictly rising at both ends. Same length.</param>
    /// <exception cref="ArgumentException">The table breaks one of these rules; the message says where.</exception>
    public OcvCurve(ImmutableArray<double> soc, ImmutableArray<double> volts)
    {
        PiecewiseLinear.Check(soc.AsSpan(), volts.AsSpan(), 2, "OCV");
        if (soc[0] != 0 || soc[^1] != 1)
        {
            throw new ArgumentException("The OCV table must run from a state of charge of exactly 0 to exactly 1.");
        }

        for (int k = 1; k < volts.Length; k++)
        {
            bool atEnd = k == 1 || k == volts.Length - 1;
            if (volts[k] < volts[k - 1] || (atEnd && volts[k] == volts[k - 1]))
            {
                throw new ArgumentException($"The OCV table must rise; point {k + 1} does not.");
            }
        }

        Soc = soc;
        Volts = volts;
    }

    /// <summary>State of charge at the points, 0 to 1.</summary>
    public ImmutableArray<double> Soc { get; }

    /// <summary>OCV at the points, V.</summary>
    public ImmutableArray<double> Volts { get; }

    /// <summary>OCV in V at a state of charge, which may lie beyond 0 and 1.</summary>
    public double At(double soc) => PiecewiseLinear.At(Soc.AsSpan(), Volts.AsSpan(), soc, extrapolate: true);

    /// <summary>The lowest state of charge at which the OCV is <paramref name="volts"/>; beyond 0 and 1 where the table is.</summary>
    public double SocAt(double volts)
    {
        int k = 0;
        for (int high = Volts.Length - 2; k < high;)
        {
            int middle = (k + high) >> 1;
            (k, high) = Volts[middle + 1] < volts ? (middle + 1, high) : (k, middle);
        }

        return Soc[k] + ((volts - Volts[k]) * (Soc[k + 1] - Soc[k]) / (Volts[k + 1] - Volts[k]));
    }
}
