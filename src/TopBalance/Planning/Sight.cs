using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Methods;
using TopBalance.Packs;
using TopBalance.Simulation;

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
    private readonly double levels, meterVolts, windowVolts;

    // curves as they may be: how far apart they put the lamp
    private readonly SharedDraw[] others;
    private const int Others = 12;
    private readonly double[] low, high;
    private (double Amps, double Red, double Trip, double Sigma) knee;

    public Sight(PackSpec pack)
    {
        this.pack = pack;
        nominal = SharedDraw.Nominal(pack);
        others = [.. Enumerable.Range(0, Others).Select(k => SharedDraw.From(pack, ModelError.Of(pack), new RandomStream((ulong)k, 0x516874)))];
        top = new TopCharge(pack.Module.ShuntOff.Value - 0.25, pack.Module.Hvc.Value + 0.3);
        capacityAh = pack.Cell.Capacity.Value * pack.Parallel;
        shuntAmps = pack.Module.Shunt.AmperesAt(pack.Module.ShuntOn.Value);
        var error = ModelError.Of(pack);
        windowVolts = pack.Module.Hvc.Value - pack.Module.ShuntOn.Value;
        (levels, meterVolts) = (error.ThresholdSigmaVolts / windowVolts, error.MeterSigmaVolts);
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
        (double red, double trip, double sigma) = Knee(amps);
        double blur = levels * (red - trip);
        double lamp = blur + (1.6 * sigma);
        for (int c = 0; c < low.Length; c++)
        {
            // the error of the ammeter is the same for all cells and does not set them apart
            Count(c, Math.Min(-stringAh, 0));
            if (c == tripped)
            {
                // the cell that trips first is likely one whose module trips early
                Cut(c, trip - blur, trip + (2 * blur) + (1.6 * sigma));
            }
            else if (pack.Lit(c))
            {
                Cut(c, trip - blur, red + lamp);
            }
            else
            {
                Cut(c, Math.Max(red - lamp, trip - blur), double.PositiveInfinity);
            }
        }
    }

    /// <summary>Every cell was measured at the end of a charge: as well known as the meter reads, where the voltage rises steeply.</summary>
    public void Measured(CountedPack pack, double amps)
    {
        (double red, double trip, _) = Knee(amps);
        double half = 2 * meterVolts * (red - trip) / windowVolts;
        for (int c = 0; c < low.Length; c++)
        {
            Cut(c, pack.ToFullAh(c) - half, pack.ToFullAh(c) + half);
        }
    }

    /// <summary>A shunt has bled, or a load has taken charge out.</summary>
    public void Lost(int cell, double ah) => Count(cell, ah);

    // counting is not exact: what is counted widens the bounds
    private void Count(int cell, double ah)
    {
        double error = (CountError * Math.Abs(ah)) + (LeastError * capacityAh);
        (low[cell], high[cell]) = (low[cell] + ah - error, high[cell] + ah + error);
    }

    private const double CountError = 0.01, LeastError = 1e-4;

    /// <summary>A cell's shunt has let go of it by itself: every such cell stands where its module's off level lies.</summary>
    public void LetGo(int cell, double ah)
    {
        Lost(cell, ah);
        (double red, double trip, _) = Knee(knee.Amps > 0 ? knee.Amps : pack.Charger.Current.Value);
        double blur = 2 * levels * (red - trip);
        double middle = capacityAh * nominal.Curve.ShareAt(pack.Module.ShuntOff.Value);
        Cut(cell, middle - blur, middle + blur);
    }

    /// <summary>A cell was brought to its lamp, or to a taper, by a supply.</summary>
    public void Filled(int cell, double amps)
    {
        (double red, double trip, _) = Knee(amps);
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
            // the count has drifted: the lamp is right, and the bound it gives is all that is known
            double room = 0.01 * capacityAh;
            (a, b) = low[cell] > most ? (Math.Max(least, most - room), most) : (least, Math.Min(most, least + room));
        }

        (low[cell], high[cell]) = (a, b);
    }

    private (double Red, double Trip, double Sigma) Knee(double amps)
    {
        if (knee.Amps != amps)
        {
            (double sum, double squares) = (0, 0);
            foreach (SharedDraw other in others)
            {
                (double at, _) = Levels(other, amps);
                (sum, squares) = (sum + at, squares + (at * at));
            }

            double mean = sum / Others;
            (double red, double trip) = Levels(nominal, amps);
            knee = (amps, red, trip, Math.Sqrt(Math.Max(0, (squares / Others) - (mean * mean))));
        }

        return (knee.Red, knee.Trip, knee.Sigma);
    }

    private (double Red, double Trip) Levels(SharedDraw draw, double amps)
    {
        top.Draw(draw, capacityAh, amps, 36000, default, pack.Module.ShuntOn.Value, Math.Min(shuntAmps, 0.9 * amps));
        double red = capacityAh * top.DarkShare(pack.Module.ShuntOn.Value, 1, 1);
        return (red, Math.Min(red - (1e-4 * capacityAh), capacityAh * top.RedShare(pack.Module.Hvc.Value, 1, 1)));
    }
}
