using System.Collections.Immutable;

namespace TopBalance.Chemistry;

/// <summary>Linear interpolation over strictly rising abscissae; the kernel of every table in a cell file.</summary>
internal static class PiecewiseLinear
{
    /// <summary>Knots no further apart than this are one.</summary>
    public const double SameKnot = 1e-12;

    /// <summary>
    /// Index of the interval that holds <paramref name="x"/>: 0 to Length-2, the end intervals also for what lies beyond.
    /// </summary>
    public static int Interval(ReadOnlySpan<double> xs, double x)
    {
        int low = 0;
        int high = xs.Length - 1;
        while (high - low > 1)
        {
            int middle = (low + high) >> 1;
            if (xs[middle] <= x)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>Value at <paramref name="x"/>; beyond the ends the end value, or the end slope if <paramref name="extrapolate"/>.</summary>
    public static double At(ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, double x, bool extrapolate)
    {
        if (xs.Length == 1)
        {
            return ys[0];
        }

        double clamped = extrapolate ? x : Math.Clamp(x, xs[0], xs[^1]);
        int k = Interval(xs, clamped);
        return ys[k] + ((ys[k + 1] - ys[k]) * (clamped - xs[k]) / (xs[k + 1] - xs[k]));
    }

    /// <summary>Checks a table: at least <paramref name="least"/> points, finite, abscissae strictly rising.</summary>
    /// <exception cref="ArgumentException">The table is none of that; the message says which point.</exception>
    public static void Check(ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, int least, string what)
    {
        if (xs.Length != ys.Length || xs.Length < least)
        {
            throw new ArgumentException(
                $"The {what} table needs at least {least} points and as many values as states of charge, not {xs.Length} and {ys.Length}.");
        }

        for (int k = 0; k < xs.Length; k++)
        {
            if (!double.IsFinite(xs[k]) || !double.IsFinite(ys[k]))
            {
                throw new ArgumentException($"Point {k + 1} of the {what} table is not a finite number.");
            }

            if (k > 0 && xs[k] <= xs[k - 1])
            {
                throw new ArgumentException($"The states of charge of the {what} table must rise; point {k + 1} does not.");
            }
        }
    }

    /// <summary>All abscissae of several tables, sorted, without repeats.</summary>
    public static ImmutableArray<double> MergeKnots(params ReadOnlySpan<ImmutableArray<double>> tables)
    {
        var all = new SortedSet<double>();
        foreach (ImmutableArray<double> table in tables)
        {
            all.UnionWith(table);
        }

        // of two knots a rounding apart the upper one stands for both, but 0 stays 0: a segment that narrow has no slope
        var knots = new List<double>(all.Count);
        foreach (double knot in all)
        {
            if (knots.Count == 0 || knot - knots[^1] > SameKnot)
            {
                knots.Add(knot);
            }
            else if (knots[^1] != 0)
            {
                knots[^1] = knot;
            }
        }

        return [.. knots];
    }
}
