namespace TopBalance.Practice;

/// <summary>
/// A monotone map of the axis of charge: where on it the true cell does what the nominal one does at a state of charge. The charge still
/// to come is multiplied by a smooth random factor; what is full stays where it is, and so does the lower part of the axis.
/// </summary>
internal sealed class Warp
{
    // the axis is never pressed to less than this share of its length
    private const double LeastSlope = 0.15, Farthest = 0.25;
    private const int Points = 200;

    private readonly double anchor;
    private readonly double nearest;
    private readonly double step;
    private readonly double[] moved = new double[Points];

    public Warp(KneeSpread spread, SmoothNoise knee)
    {
        (anchor, nearest) = (spread.AnchorSoc, 0.05 * spread.Near);
        step = Math.Log(Farthest / nearest) / (Points - 1);
        double before = 0;
        for (int k = 0; k < Points; k++)
        {
            // exp of a normal number has a mean above 1, which is taken off
            double toCome = ToCome(k);
            double sigma = spread.Relative(toCome);
            double log = sigma * knee.At(Math.Log(Math.Max(toCome, spread.Near) / spread.Near));
            double pressed = k == 0 ? 0 : moved[k - 1] + (LeastSlope * (toCome - before));
            moved[k] = Math.Max(toCome * Math.Exp(log - (0.5 * sigma * sigma)), pressed);
            before = toCome;
        }

        // a curve pressed all the way down would end above its place: what is left over is taken back over the lower part
        double excess = moved[^1] - Farthest;
        for (int k = 0; k < Points; k++)
        {
            moved[k] -= excess * (ToCome(k) / Farthest);
        }
    }

    /// <summary>The state of charge at which the true cell does what the nominal one does at this.</summary>
    public double At(double soc)
    {
        double toCome = anchor - soc;
        if (toCome <= 0 || toCome >= Farthest)
        {
            return soc;
        }

        if (toCome <= nearest)
        {
            return anchor - (toCome * moved[0] / nearest);
        }

        double at = Math.Log(toCome / nearest) / step;
        int k = Math.Min((int)at, Points - 2);
        double share = (toCome - ToCome(k)) / (ToCome(k + 1) - ToCome(k));
        return anchor - (moved[k] + (share * (moved[k + 1] - moved[k])));
    }

    private double ToCome(int k) => nearest * Math.Exp(k * step);
}
