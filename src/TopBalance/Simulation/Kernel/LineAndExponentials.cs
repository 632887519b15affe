namespace TopBalance.Simulation.Kernel;

/// <summary>
/// A + B·t + ΣC_j·exp(-L_j·t), j = 1..3: the voltage of a member between two knots while its current is constant. Up to four zeros; the
/// first one is isolated by bounds on value and slope, never by the signs at the ends alone.
/// </summary>
internal struct LineAndExponentials
{
    public double A, B, C1, L1, C2, L2, C3, L3;

    public readonly double At(double t) =>
        A + (B * t) + Term(C1, L1, t) + Term(C2, L2, t) + Term(C3, L3, t);

    public readonly double SlopeAt(double t) =>
        B - (L1 * Term(C1, L1, t)) - (L2 * Term(C2, L2, t)) - (L3 * Term(C3, L3, t));

    /// <summary>The first time in (0, end] at which the value, below <paramref name="level"/> at 0, is at or above it; or NaN.</summary>
    public readonly double FirstRise(double level, double end)
    {
        // no exponential is needed to see that most stretches never come near the level
        if (Math.Max(A, A + (B * end)) + Math.Max(C1, 0) + Math.Max(C2, 0) + Math.Max(C3, 0) < level)
        {
            return double.NaN;
        }

        LineAndExponentials f = this;
        f.A -= level;
        return f.FirstRise(0, end, f.At(0), f.At(end), 0);
    }

    /// <summary>The first time in (0, end] at which the value, above <paramref name="level"/> at 0, is at or below it; or NaN.</summary>
    public readonly double FirstFall(double level, double end) =>
        new LineAndExponentials { A = -A, B = -B, C1 = -C1, C2 = -C2, C3 = -C3, L1 = L1, L2 = L2, L3 = L3 }.FirstRise(-level, end);

    // each term's slope is monotone in time, so that its bounds over a stretch are its values at the two ends
    private readonly (double Low, double High) SlopeBounds(double a, double b)
    {
        double low = B;
        double high = B;
        Widen(C1, L1, a, b, ref low, ref high);
        Widen(C2, L2, a, b, ref low, ref high);
        Widen(C3, L3, a, b, ref low, ref high);
        return (low, high);
    }

    private static void Widen(double c, double l, double a, double b, ref double low, ref double high)
    {
        if (c == 0 || l == 0)
        {
            return;
        }

        double atA = -l * c * Math.Exp(-l * a);
        double atB = -l * c * Math.Exp(-l * b);
        low += Math.Min(atA, atB);
        high += Math.Max(atA, atB);
    }

    private readonly double FirstRise(double a, double b, double fa, double fb, int depth)
    {
        (double low, double high) = SlopeBounds(a, b);
        double width = b - a;
        if (low >= 0)
        {
            return fb < 0 ? double.NaN : Root(a, b, fa);
        }

        // neither from the left nor from the right can the value climb to the level
        if (fa + (Math.Max(high, 0) * width) < 0 || (fb < 0 && fb - (low * width) < 0))
        {
            return double.NaN;
        }

        // a touch so close that arithmetic cannot tell: the ends decide
        if (depth > 60 || width <= 1e-13 * b)
        {
            return fb >= 0 ? b : double.NaN;
        }

        double m = a + (width / 2);
        double fm = At(m);
        double left = FirstRise(a, m, fa, fm, depth + 1);
        return double.IsNaN(left) ? fm >= 0 ? m : FirstRise(m, b, fm, fb, depth + 1) : left;
    }

    // the value rises from below 0 at a to 0 or more at b, monotone: Newton, kept inside the bracket
    private readonly double Root(double a, double b, double fa)
    {
        double t = fa >= 0 ? a : a + ((b - a) / 2);
        for (int k = 0; k < 100 && a < b; k++)
        {
            double f = At(t);
            if (f == 0)
            {
                return t;
            }

            if (f < 0)
            {
                a = t;
            }
            else
            {
                b = t;
            }

            double slope = SlopeAt(t);
            double next = slope > 0 ? t - (f / slope) : a - 1;
            if (!(next > a && next < b))
            {
                next = a + ((b - a) / 2);
            }

            if (Math.Abs(next - t) <= 2e-16 * Math.Abs(t))
            {
                return next;
            }

            t = next;
        }

        return t;
    }

    private static double Term(double c, double l, double t) => c == 0 ? 0 : c * Math.Exp(-l * t);
}
