using TopBalance.Quantities;

namespace TopBalance.Inference;

/// <summary>What is foreseen of the end of a charge of the pack.</summary>
public sealed partial class Belief
{
    // from here on polarisation has settled and nothing of an earlier charge is left, s
    private const double Settled = 36000;

    /// <summary>
    /// The earliest time at which the first red lamp may come on: it is lit by then with this probability and no more. 0 if one may be
    /// lit already.
    /// </summary>
    /// <param name="current">Noted current of the charge that begins now, A, above 0.</param>
    /// <param name="probability">Above 0, below 1.</param>
    /// <returns>Time from the start of the charge.</returns>
    public Seconds WatchFrom(Amperes current, double probability = 0.01)
    {
        Require.Positive(current.Value);
        Require.InRange(probability, 1e-6, 0.999);
        double settled = KneeAh(current.Value, Settled, probability);

        // a short charge still has the polarisation of the one before, which may be more
        double shortAh = KneeAh(current.Value, Math.Max(1, settled * 3600 / current.Value), probability);
        return new Seconds(Math.Min(settled, shortAh) * 3600 / current.Value);
    }

    /// <summary>
    /// How long it takes from a cell's red lamp to its trip at a current: 5, 50 and 95 % points, s; infinite where the shunt holds it.
    /// </summary>
    public Interval90 RedToTripSeconds(Amperes current)
    {
        Require.Positive(current.Value);
        double[] weights = Weights();
        var spans = new List<(double Seconds, double Weight)>();
        for (int j = 0; j < size.Packs; j++)
        {
            double amps = DrawKnee(j, current.Value, Settled);
            for (int c = 0; c < pack.Series; c++)
            {
                foreach (ref Slice s in Of(j, c).Items)
                {
                    double red = s.CapacityAh * top.DarkShare(s.On, s.Factor, 1);
                    double trip = Math.Min(red, s.CapacityAh * top.RedShare(s.Hvc, s.Factor, 1));
                    double left = shuntAmps < amps ? 1 - top.ShuntShare : 0;
                    spans.Add((left > 0 ? (red - trip) / left / amps * 3600 : double.PositiveInfinity, weights[j] * s.Weight));
                }
            }
        }

        spans.Sort((a, b) => a.Seconds.CompareTo(b.Seconds));
        return new Interval90(PointOf(spans, 0.05), PointOf(spans, 0.5), PointOf(spans, 0.95));
    }

    /// <summary>
    /// Mean voltage of a cell of the pack with this current still flowing, as the cells are believed to be now: what a meter across the
    /// whole pack shows at the end of a charge, divided by the number of cells.
    /// </summary>
    /// <param name="current">Noted current at the end, A, above 0.</param>
    /// <param name="duration">How long that charge lasted.</param>
    /// <returns>V, and its standard deviation.</returns>
    public (double Mean, double Sigma) EndVolts(Amperes current, Seconds duration)
    {
        Require.Positive(current.Value);
        double[] weights = Weights();
        (double sum, double squares) = (0, 0);
        for (int j = 0; j < size.Packs; j++)
        {
            // how far polarisation had settled hangs on what was before: it lies between a start from rest and a long charge
            double settled = EndVolts(j, current.Value, Settled);
            double fromRest = EndVolts(j, current.Value, Math.Max(1, duration.Value));
            (double volts, double apart) = (0.5 * (settled + fromRest), settled - fromRest);
            (sum, squares) = (sum + (weights[j] * volts), squares + (weights[j] * ((volts * volts) + (apart * apart / 12))));
        }

        return (sum, Math.Sqrt(Math.Max(0, squares - (sum * sum))));
    }

    private double EndVolts(int draw, double noted, double seconds)
    {
        double amps = noted * shared[draw].CurrentFactor;
        top.Draw(shared[draw], capacityAh, amps, seconds, default, pack.Module.ShuntOn.Value, Math.Min(shuntAmps, 0.999 * amps));
        double volts = 0;
        for (int c = 0; c < pack.Series; c++)
        {
            foreach (ref Slice s in Of(draw, c).Items)
            {
                double share = s.Middle / s.CapacityAh;
                double cell = s.Lit ? top.RedVolts(share, s.Factor, 1) : top.DarkVolts(share, s.Factor, 1);
                volts += s.Weight * Math.Min(cell, s.Hvc) / pack.Series;
            }
        }

        return volts;
    }

    // charge by the ammeter that has passed when some lamp is lit with this probability
    private double KneeAh(double noted, double seconds, double probability)
    {
        double[] weights = Weights();
        (double Least, double Most)[][] knees = [.. Enumerable.Range(0, size.Packs).Select(j => KneesOf(j, noted, seconds))];
        (double low, double high) = (0, 2 * capacityAh);
        for (int round = 0; round < 40; round++)
        {
            double middle = 0.5 * (low + high);
            double lit = 0;
            for (int j = 0; j < size.Packs; j++)
            {
                lit += weights[j] * (1 - NoneLit(j, knees[j], middle));
            }

            (low, high) = lit < probability ? (middle, high) : (low, middle);
        }

        return low;
    }

    private double NoneLit(int draw, (double Least, double Most)[] knees, double notedAh)
    {
        double none = 1;
        int k = 0;
        for (int c = 0; c < pack.Series; c++)
        {
            double dark = 0;
            foreach (ref Slice s in Of(draw, c).Items)
            {
                (double least, double most) = knees[k++];
                dark += s.Weight * (most > least ? Math.Clamp((most - notedAh) / (most - least), 0, 1) : notedAh < most ? 1 : 0);
            }

            none *= Math.Min(1, dark);
        }

        return none;
    }

    // per slice of every cell, between which charges by the ammeter its lamp comes on
    private (double Least, double Most)[] KneesOf(int draw, double noted, double seconds)
    {
        DrawKnee(draw, noted, seconds);
        var knees = new List<(double, double)>(pack.Series * size.Slices);
        double factor = shared[draw].CurrentFactor;
        for (int c = 0; c < pack.Series; c++)
        {
            foreach (ref Slice s in Of(draw, c).Items)
            {
                double red = s.CapacityAh * top.DarkShare(s.On - (s.LugOhms * noted), s.Factor, 1);
                knees.Add(s.Lit ? (0, 0) : (Math.Max(0, s.Low - red) / factor, Math.Max(0, s.High - red) / factor));
            }
        }

        return [.. knees];
    }

    private double DrawKnee(int draw, double noted, double seconds)
    {
        double amps = noted * shared[draw].CurrentFactor;
        top.Draw(shared[draw], capacityAh, amps, seconds, memories[draw], pack.Module.ShuntOn.Value, Math.Min(shuntAmps, 0.999 * amps));
        return amps;
    }

    private static double PointOf(List<(double Seconds, double Weight)> sorted, double share)
    {
        double wanted = share * sorted.Sum(s => s.Weight);
        foreach ((double seconds, double weight) in sorted)
        {
            wanted -= weight;
            if (wanted <= 0)
            {
                return seconds;
            }
        }

        return sorted[^1].Seconds;
    }
}
