namespace TopBalance.Tests.Oracle;

/// <content>Where in a step the first event lies.</content>
internal sealed partial class OraclePlayer
{
    private (double? Seconds, int Gap) FirstEvent(double seconds)
    {
        double? first = null;
        int which = -1;
        for (int k = 0; k < GapCount; k++)
        {
            if (Bracket(k, seconds) is { } bracket)
            {
                double root = Root(k, bracket, seconds);
                if (first is null || root < first)
                {
                    first = root;
                    which = k;
                }
            }
        }

        return (first, which);
    }

    // the level at which a gap counts as crossed: 0, or a hair below while it has not yet left 0 after an event
    private double Gate(int gap) => armed[gap] ? 0 : -Slack(gap);

    // an instant at which the gap is crossed, not before its first crossing's own half
    private double? Bracket(int gap, double seconds)
    {
        double gate = Gate(gap);
        if (gapsMiddle[gap] <= gate)
        {
            return seconds / 2;
        }

        if (gapsAhead[gap] <= gate)
        {
            return seconds;
        }

        double curvature = gaps[gap] - (2 * gapsMiddle[gap]) + gapsAhead[gap];
        double least = Math.Min(gaps[gap], Math.Min(gapsMiddle[gap], gapsAhead[gap]));
        bool mayDip = gap >= FirstCellGap && armed[gap] && curvature > 0 && least < curvature;
        return mayDip ? Dip(gap, seconds) : null;
    }

    // golden section for the lowest point of the gap; its place need not be sharp, its value is
    private double? Dip(int gap, double seconds)
    {
        const double Golden = 0.6180339887498949;
        double low = 0;
        double high = seconds;
        for (int n = 0; n < 45; n++)
        {
            double a = high - (Golden * (high - low));
            double b = low + (Golden * (high - low));
            double gapA = GapAhead(gap, a, seconds);
            double gapB = GapAhead(gap, b, seconds);
            if (gapA <= 0 || gapB <= 0)
            {
                return gapA <= 0 ? a : b;
            }

            (low, high) = gapA < gapB ? (low, b) : (a, high);
        }

        return null;
    }

    // Chandrupatla's method between 0 and an instant at which the gap is crossed; the answer is on the crossed side
    private double Root(int gap, double crossed, double seconds)
    {
        double gate = Gate(gap);
        double a = crossed;
        double fa = GapAhead(gap, a, seconds) - gate;
        double b = 0;
        double fb = gaps[gap] - gate;
        if (fb <= 0)
        {
            return 0;
        }

        double c = a;
        double fc = fa;
        double share = 0.5;
        while (Math.Abs(b - a) > RootSeconds)
        {
            double least = 0.4 * RootSeconds / Math.Abs(b - a);
            double x = a + (Math.Clamp(share, least, 1 - least) * (b - a));
            double fx = GapAhead(gap, x, seconds) - gate;
            (c, fc) = (a, fa);
            if (fx <= 0 != fa <= 0)
            {
                (c, fc, b, fb) = (b, fb, a, fa);
            }

            (a, fa) = (x, fx);
            share = NextShare(a, b, c, fa, fb, fc);
        }

        return fa <= 0 ? a : b;
    }

    // inverse quadratic interpolation where it can be trusted, else the middle
    private static double NextShare(double a, double b, double c, double fa, double fb, double fc)
    {
        double xi = (a - b) / (c - b);
        double phi = (fa - fb) / (fc - fb);
        bool trusted = phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi;
        return trusted ? (fa / (fb - fa) * fc / (fb - fc)) + ((c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)) : 0.5;
    }
}
