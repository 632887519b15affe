using System.Collections.Immutable;
using TopBalance.Quantities;

namespace TopBalance.Chemistry;

/// <summary>A measured error of the model near full.</summary>
/// <param name="CRate">Charge current as a multiple of capacity per hour, above 0.</param>
/// <param name="Volts">Voltage that the cell first shows while charged at that rate.</param>
/// <param name="Percent">One standard deviation of 'charge still to come to full' there, in percent of capacity, not negative.</param>
public readonly record struct KneeErrorPoint(double CRate, Volts Volts, double Percent);

/// <summary>
/// How uncertain 'charge still to come to full' is when a cell first shows a voltage while it is charged: one standard deviation, in
/// percent of capacity.
/// </summary>
public sealed class KneeError
{
    private readonly ImmutableArray<Row> rows;

    /// <param name="points">At least 1, in any order; no pair of rate and voltage twice.</param>
    /// <exception cref="ArgumentException">A value is out of range, or a pair is given twice.</exception>
    public KneeError(ImmutableArray<KneeErrorPoint> points)
    {
        Require.That(points.Length > 0, "A model error needs at least one point.");
        foreach (KneeErrorPoint point in points)
        {
            Require.Positive(point.CRate, "cRate");
            Require.InRange(point.Volts.Value, 0, 6, "volts");
            Require.InRange(point.Percent, 0, 100, "percent");
        }

        Points = [.. points.OrderBy(p => p.CRate).ThenBy(p => p.Volts.Value)];
        for (int k = 1; k < points.Length; k++)
        {
            Require.That(
                Points[k].CRate != Points[k - 1].CRate || Points[k].Volts != Points[k - 1].Volts,
                "A model error has the same rate and voltage twice.");
        }

        rows = [.. Points.GroupBy(p => p.CRate).Select(
            g => new Row(Math.Log(g.Key), [.. g.Select(p => p.Volts.Value)], [.. g.Select(p => p.Percent)]))];
    }

    /// <summary>The points, by rate, then by voltage.</summary>
    public ImmutableArray<KneeErrorPoint> Points { get; }

    /// <summary>The error at a rate and voltage: linear in voltage and in the logarithm of the rate, held at the ends.</summary>
    /// <param name="cRate">Charge current as a multiple of capacity per hour, above 0.</param>
    /// <param name="volts">Voltage that the cell first shows.</param>
    /// <returns>One standard deviation, in percent of capacity.</returns>
    /// <exception cref="ArgumentException">A value is no finite number, or the rate is not above 0.</exception>
    public double Percent(double cRate, Volts volts)
    {
        Require.Positive(cRate);
        Require.That(double.IsFinite(volts.Value), "A voltage must be a finite number.");
        double rate = Math.Log(cRate);
        int upper = 0;
        while (upper < rows.Length && rows[upper].LogRate < rate)
        {
            upper++;
        }

        if (upper == 0 || upper == rows.Length)
        {
            return rows[Math.Min(upper, rows.Length - 1)].At(volts.Value);
        }

        Row low = rows[upper - 1], high = rows[upper];
        double share = (rate - low.LogRate) / (high.LogRate - low.LogRate);
        return ((1 - share) * low.At(volts.Value)) + (share * high.At(volts.Value));
    }

    private sealed record Row(double LogRate, ImmutableArray<double> Volts, ImmutableArray<double> Percents)
    {
        public double At(double volts) => PiecewiseLinear.At(Volts.AsSpan(), Percents.AsSpan(), volts, extrapolate: false);
    }
}
