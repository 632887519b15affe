using TopBalance.Simulation;

namespace TopBalance.Inference;

/// <summary>Whole packs out of what is believed.</summary>
public sealed partial class Belief
{
    /// <summary>
    /// Draws one whole pack, as of the moment after the last observation: its cells share one ammeter, temperature and curve.
    /// </summary>
    /// <param name="random">Where the draw comes from; moved on by it.</param>
    /// <returns>Ah to full per cell, by index. Length Ns; the caller's own.</returns>
    public double[] Draw(ref RandomStream random)
    {
        int draw = PickDraw(Weights(), random.NextUniform());
        double[] toFullAh = new double[pack.Series];
        for (int c = 0; c < toFullAh.Length; c++)
        {
            toFullAh[c] = PickPoint(Of(draw, c).Items, random.NextUniform(), random.NextUniform());
        }

        return toFullAh;
    }

    private static int PickDraw(double[] weights, double at)
    {
        int draw = 0;
        for (; draw < weights.Length - 1 && at >= weights[draw]; draw++)
        {
            at -= weights[draw];
        }

        return draw;
    }

    private static double PickPoint(ReadOnlySpan<Slice> slices, double at, double within)
    {
        int k = 0;
        for (; k < slices.Length - 1 && at >= slices[k].Weight; k++)
        {
            at -= slices[k].Weight;
        }

        return slices[k].Low + (within * slices[k].Width);
    }
}
