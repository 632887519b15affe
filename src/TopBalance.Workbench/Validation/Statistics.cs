namespace TopBalance.Workbench.Validation;

/// <summary>What figures are made of.</summary>
internal static class Statistics
{
    /// <summary>Root of the mean square.</summary>
    public static double Rms(IEnumerable<double> values)
    {
        (double sum, long count) = (0, 0);
        foreach (double v in values)
        {
            sum += v * v;
            count++;
        }

        return Math.Sqrt(sum / count);
    }

    /// <summary>The middle one, or the mean of the middle two.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Spearman's rank correlation, −1 to 1; equal values share their rank. NaN if all values of a side are equal.</summary>
    public static double RankCorrelation(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        double[] x = Ranks(a);
        double[] y = Ranks(b);
        double middle = (x.Length + 1) / 2.0;
        double xy = x.Zip(y, (p, q) => (p - middle) * (q - middle)).Sum();
        return xy / Math.Sqrt(x.Sum(p => (p - middle) * (p - middle)) * y.Sum(q => (q - middle) * (q - middle)));
    }

    /// <summary>Where a function of one variable is least within bounds, by golden section; it should have one valley.</summary>
    public static double Least(Func<double, double> function, double low, double high, double tolerance)
    {
        const double golden = 0.6180339887498949;
        (double a, double b) = (high - (golden * (high - low)), low + (golden * (high - low)));
        (double atA, double atB) = (function(a), function(b));
        while (high - low > tolerance)
        {
            if (atA <= atB)
            {
                (high, b, atB) = (b, a, atA);
                a = high - (golden * (high - low));
                atA = function(a);
            }
            else
            {
                (low, a, atA) = (a, b, atB);
                b = low + (golden * (high - low));
                atB = function(b);
            }
        }

        return (low + high) / 2;
    }

    private static double[] Ranks(IReadOnlyList<double> values) =>
        [.. values.Select(v => values.Count(w => w < v) + ((values.Count(w => w == v) + 1) / 2.0))];
}
