namespace TopBalance.Quantities;

/// <summary>The standard normal distribution, and the extremes of several draws from it.</summary>
internal static class Normal
{
    /// <summary>Beyond this the distribution counts as 0 or 1.</summary>
    public const double Reach = 8;

    /// <summary>Probability density.</summary>
    public static double Density(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);

    /// <summary>Probability of at most <paramref name="x"/>; absolute error below 1e-14.</summary>
    public static double Cumulative(double x)
    {
        if (Math.Abs(x) >= Reach)
        {
            return x > 0 ? 1 : 0;
        }

        // Marsaglia 2004: 1/2 + φ(x)·(x + x³/3 + x⁵/15 + …)
        double term = x;
        double sum = x;
        for (int k = 3; Math.Abs(term) > 1e-17 * Math.Abs(sum); k += 2)
        {
            term *= x * x / k;
            sum += term;
        }

        return Math.Clamp(0.5 + (Density(x) * sum), 0, 1);
    }

    /// <summary>The value below which lies the share <paramref name="share"/>, within ±<see cref="Reach"/>.</summary>
    public static double Quantile(double share)
    {
        double low = -Reach;
        double high = Reach;
        for (int k = 0; k < 60; k++)
        {
            double middle = (low + high) / 2;
            (low, high) = Cumulative(middle) < share ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>Expected highest of <paramref name="count"/> independent draws; the lowest is its negative.</summary>
    public static double ExpectedHighest(int count) =>
        Integrate(x => x * count * Density(x) * Math.Pow(Cumulative(x), count - 1), 0.02);

    /// <summary>Integral over ±<see cref="Reach"/>; the trapezoidal rule is all but exact for what vanishes smoothly there.</summary>
    public static double Integrate(Func<double, double> integrand, double step)
    {
        double sum = 0;
        int count = (int)Math.Round(2 * Reach / step);
        for (int k = 0; k <= count; k++)
        {
            sum += integrand(-Reach + (k * step));
        }

        return sum * step;
    }
}
