namespace TopBalance.Acceptance.Loops;

/// <summary>Bounds of a probability from counts.</summary>
internal static class Bound
{
    /// <summary>Clopper and Pearson's upper bound: at this probability so few hits, or fewer, come in 5 % of the cases.</summary>
    public static double Upper(int hits, int of)
    {
        if (hits >= of)
        {
            return 1;
        }

        (double low, double high) = (0, 1);
        for (int k = 0; k < 50; k++)
        {
            double p = 0.5 * (low + high);
            (low, high) = AtMost(hits, of, p) > 0.05 ? (p, high) : (low, p);
        }

        return high;
    }

    private static double AtMost(int hits, int of, double p)
    {
        double term = of * Math.Log(1 - p);
        double sum = 0;
        for (int k = 0; k <= hits; k++)
        {
            sum += Math.Exp(term);
            term += Math.Log((double)(of - k) / (k + 1)) + Math.Log(p / (1 - p));
        }

        return sum;
    }
}
