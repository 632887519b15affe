namespace TopBalance.Simulation.Kernel;

/// <summary>
/// First crossing of a polynomial over a step, by Bernstein coefficients: their sign changes bound the number of zeros (Descartes), so
/// that two crossings inside one step, and a touch, are seen.
/// </summary>
internal static class Polynomial
{
    /// <summary>Most coefficients a polynomial may have.</summary>
    public const int MostTerms = 32;

    /// <summary>Value at t of coefficients that lie <paramref name="stride"/> apart.</summary>
    public static double At(ReadOnlySpan<double> c, int offset, int stride, int terms, double t)
    {
        double sum = 0;
        for (int n = terms - 1; n >= 0; n--)
        {
            sum = (sum * t) + c[offset + (n * stride)];
        }

        return sum;
    }

    /// <summary>The first t in (0, end] at which the polynomial, below <paramref name="level"/> at 0, is at or above it; or NaN.</summary>
    public static double FirstRise(ReadOnlySpan<double> c, int offset, int stride, int terms, double level, double end) =>
        First(c, offset, stride, terms, level, end, 1);

    /// <summary>The first t in (0, end] at which the polynomial, above <paramref name="level"/> at 0, is at or below it; or NaN.</summary>
    public static double FirstFall(ReadOnlySpan<double> c, int offset, int stride, int terms, double level, double end) =>
        First(c, offset, stride, terms, level, end, -1);

    private static double First(ReadOnlySpan<double> c, int offset, int stride, int terms, double level, double end, double sign)
    {
        Span<double> scaled = stackalloc double[MostTerms];
        double power = 1;
        double reach = 0;
        double bend = 0;
        for (int n = 0; n < terms; n++)
        {
            scaled[n] = sign * (n == 0 ? c[offset] - level : c[offset + (n * stride)] * power);
            reach += n == 0 ? 0 : Math.Abs(scaled[n]);
            bend += n < 2 ? 0 : n * Math.Abs(scaled[n]);
            power *= end;
        }

        if (scaled[0] + reach < 0)
        {
            return double.NaN;
        }

        // a slope that outweighs all higher terms: monotone, so that the ends tell all
        if (terms > 1 && Math.Abs(scaled[1]) > bend && scaled[0] < 0)
        {
            return scaled[1] < 0 || At(scaled, 0, 1, terms, 1) < 0 ? double.NaN : end * Bisect(scaled[..terms], 0, 1);
        }

        Span<double> bernstein = stackalloc double[MostTerms];
        ToBernstein(scaled[..terms], bernstein[..terms]);
        double x = FirstZero(scaled[..terms], bernstein[..terms], 0, 1, 0);
        return x * end;
    }

    private static void ToBernstein(ReadOnlySpan<double> power, Span<double> bernstein)
    {
        // b_k = sum over n of C(k,n)/C(N,n) * a_n, built by repeated sums
        int degree = power.Length - 1;
        double choose = 1;
        for (int n = 0; n <= degree; n++)
        {
            bernstein[n] = power[n] / choose;
            choose *= (double)(degree - n) / (n + 1);
        }

        for (int round = 1; round <= degree; round++)
        {
            for (int k = degree; k >= round; k--)
            {
                bernstein[k] += bernstein[k - 1];
            }
        }
    }

    private static double FirstZero(ReadOnlySpan<double> power, ReadOnlySpan<double> b, double from, double to, int depth)
    {
        int changes = 0;
        for (int k = 1; k < b.Length; k++)
        {
            changes += b[k - 1] < 0 != b[k] < 0 ? 1 : 0;
        }

        if (changes == 0)
        {
            // it starts below the level or, within rounding, on it and leaving downwards
            return b[0] < 0 ? double.NaN : from;
        }

        if (changes == 1 && b[0] < 0)
        {
            return Bisect(power, from, to);
        }

        if (depth > 50)
        {
            return b[^1] >= 0 ? to : double.NaN;
        }

        return Split(power, b, from, to, depth);
    }

    private static double Split(ReadOnlySpan<double> power, ReadOnlySpan<double> b, double from, double to, int depth)
    {
        int n = b.Length;
        Span<double> left = stackalloc double[n];
        Span<double> right = stackalloc double[n];
        b.CopyTo(right);
        for (int k = 0; k < n; k++)
        {
            left[k] = right[0];
            for (int j = 0; j < n - 1 - k; j++)
            {
                right[j] = 0.5 * (right[j] + right[j + 1]);
            }
        }

        // de Casteljau has left the right half's coefficients in reverse order of creation
        double middle = 0.5 * (from + to);
        double first = FirstZero(power, left, from, middle, depth + 1);
        return double.IsNaN(first) ? FirstZero(power, right, middle, to, depth + 1) : first;
    }

    private static double Bisect(ReadOnlySpan<double> power, double from, double to)
    {
        // Newton inside the bracket; where the straight line meets the level is nearly always close
        double inset = 1e-3 * (to - from);
        double t = power[1] > 0 ? Math.Clamp(-power[0] / power[1], from + inset, to - inset) : 0.5 * (from + to);
        for (int k = 0; k < 100; k++)
        {
            double value = 0;
            double slope = 0;
            for (int n = power.Length - 1; n >= 0; n--)
            {
                slope = (slope * t) + value;
                value = (value * t) + power[n];
            }

            if (value == 0)
            {
                return t;
            }

            (from, to) = value < 0 ? (t, to) : (from, t);
            double next = slope > 0 ? t - (value / slope) : double.NaN;
            if (!(next > from && next < to))
            {
                next = 0.5 * (from + to);
            }

            if (Math.Abs(next - t) <= 2e-16 * t || next == from || next == to)
            {
                return next;
            }

            t = next;
        }

        return t;
    }
}
