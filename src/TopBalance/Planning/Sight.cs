using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Methods;
using TopBalance.Packs;

namespace TopBalance.Planning;

/// <summary>
/// What would be known of a believed pack that is played: bounds per cell, moved by the charge that is counted and cut by the lamps. A
/// stand-in for the full belief, which would cost a thousand times as much per play.
/// </summary>
internal sealed class Sight
{
    private readonly PackSpec pack;
    private readonly SharedDraw nominal;
    private readonly TopCharge top;
    private readonly double capacityAh, shuntAmps;
    private readonly double levels;
    private readonly double[] low, high;
    private (double Amps, double Red, double Trip) knee;

    public Sight(PackSpec pack)
    {
        this.pack = pack;
        nominal = SharedDraw.Nominal(pack);
        top = new TopCharge(pack.Module.ShuntOff.Value - 0.25, pack.Module.Hvc.Value + 0.3);
        capacityAh = pack.Cell.Capacity.Value * pack.Parallel;
        shuntAmps = pack.Module.Shunt.AmperesAt(pack.Module.ShuntOn.Value);
        levels = ModelError.Of(pack).ThresholdSigmaVolts / (pack.Module.Hvc.Value - pack.Module.ShuntOn.Value);
        (low, high) = (new double[pack.Series], new double[pack.Series]);
    }

    /// <summary>Begins with what a situation says.</summary>
    public void Begin(Situation from)
    {
        for (int c = 0; c < low.Length; c++)
        {
            (double p05, _, double p95) = from.Cells[c].ToFullAh;
            double tail = (p95 - p05) / 18;
            (low[c], high[c]) = (p05 - tail, p95 + tail);
        }
    }

    /// <summary>The pack was charged; the lamps of all cells were seen.</summary>
    public void Charged(CountedPack pack, double amps, double stringAh, int tripped)
    {
        (double red, double trip) = Knee(amps);
        double blur = levels * (red - trip);
        for (int c = 0; c < low.Length; c++)
        {
            (low[c], high[c]) = (low[c] - stringAh, high[c] - stringAh);
            if (c == tripped)
            {
                Cut(c, trip - blur, trip + blur);
            }
            else if (pack.Lit(c))
            {
                Cut(c, trip - blur, red + blur);
            }
            else
            {
                Cut(c, red - blur, double.PositiveInfinity);
            }
        }
    }

    /// <summary>A shunt has bled, or a load has taken charge out.</summary>
    public void Lost(int cell, double ah) => (low[cell], high[cell]) = (low[cell] + ah, high[cell] + ah);

    /// <summary>A cell was brought to its lamp, or to a taper, by a supply.</summary>
    public void Filled(int cell, double amps)
    {
        (double red, double trip) = Knee(amps);
        double blur = levels * (red - trip);
        (low[cell], high[cell]) = (red - (2 * blur) - 1e-6, red + (2 * blur));
    }

    /// <summary>Writes the bounds into a situation.</summary>
    public void Show(Situation to)
    {
        double least = double.PositiveInfinity;
        double most = double.NegativeInfinity;
        for (int c = 0; c < low.Length; c++)
        {
            double width = high[c] - low[c];
            to.Cells[c].ToFullAh = new Interval90(low[c] + (0.05 * width), low[c] + (0.5 * width), low[c] + (0.95 * width));
            least = Math.Min(least, to.Cells[c].ToFullAh.P50);
            most = Math.Max(most, to.Cells[c].ToFullAh.P95);
        }

        to.SpreadAh = most - least;
    }

    private void Cut(int cell, double least, double most)
    {
        (double a, double b) = (Math.Max(low[cell], least), Math.Min(high[cell], most));
        if (a > b)
        {
            // the count has drifted: the lamp is right
            double width = Math.Min(high[cell] - low[cell], double.IsInfinity(most) ? high[cell] - low[cell] : most - least);
            (a, b) = low[cell] > most ? (most - width, most) : (least, least + width);
        }

        (low[cell], high[cell]) = (a, b);
    }

    private (double Red, double Trip) Knee(double amps)
    {
        if (knee.Amps != amps)
        {
            top.Draw(nominal, capacityAh, amps, 36000, default, pack.Module.ShuntOn.Value, Math.Min(shuntAmps, 0.9 * amps));
            double red = capacityAh * top.DarkShare(pack.Module.ShuntOn.Value, 1, 1);
            knee = (amps, red, Math.Min(red - (1e-4 * capacityAh), capacityAh * top.RedShare(pack.Module.Hvc.Value, 1, 1)));
        }

        return (knee.Red, knee.Trip);
    }
}
