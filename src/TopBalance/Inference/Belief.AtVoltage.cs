using TopBalance.Quantities;

namespace TopBalance.Inference;

/// <summary>A source at its voltage: then the sum of the cells says more of the charge that passed than current and time.</summary>
public sealed partial class Belief
{
    // of a cell's slices only this many are looked at for the sum of a row
    private const int Looks = 5;

    // a slice wider than this share of capacity is looked at in three places
    private const double WideShare = 0.002;

    private const int Halvings = 24;

    // the current of a source that is at its voltage never quite ends
    private const double LeastCurrent = 0.02;

    // the current falls with the charge that is still missing: by nothing at full current, to nothing where the cells at rest are as high
    private readonly record struct Taper(double FromAh, double ToAh, double NotedAh)
    {
        // Current over full current when this charge has passed. With w Ah from full current to none, the charge that current times time
        // has too much after x time constants is w (x - 1 + exp(-x)).
        public double CurrentAt(double passed)
        {
            double wanted = Math.Max(0, NotedAh - passed) / Math.Max(ToAh - FromAh, 1e-6);
            double x = wanted > 1 ? wanted + 1 : Math.Sqrt(2 * wanted);
            for (int round = 0; round < 4; round++)
            {
                double gone = Math.Exp(-x);
                x -= (x - 1 + gone - wanted) / Math.Max(1 - gone, 1e-6);
            }

            return Math.Exp(-Math.Max(0, x));
        }
    }

    // Several cells whose source was switched off by hand: null if their sum had not come to its voltage by then.
    private Taper? AtItsVoltage(RowCharge charge, int draw, double stringAh)
    {
        bool noted = charge.EndAmps is not null || charge.MeteredAh is not null;
        if (charge.End != RowEnd.Nothing || charge.Cells.Count == 1 || !charge.MayTaper || noted)
        {
            return null;
        }

        double set = charge.Volts * (1 + shared[draw].SetpointError);
        double full = set - (charge.LeadOhms * charge.Amps);
        if (Sum(charge, draw, stringAh, top, 1, out _) <= full)
        {
            return null;
        }

        double from = ComesTo(charge, draw, full, 1, 0, stringAh);
        return new Taper(from, ComesTo(charge, draw, set, 0, from, stringAh), stringAh);
    }

    // the charge at which the sum comes to a voltage, Ah
    private double ComesTo(RowCharge charge, int draw, double volts, double current, double low, double high)
    {
        for (int k = 0; k < Halvings; k++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = Sum(charge, draw, middle, top, current, out _) > volts ? (low, middle) : (middle, high);
        }

        return 0.5 * (low + high);
    }

    // how long it was held follows from the time that was noted
    private TopCharge DrawHeld(RowCharge charge, int draw, in Taper taper)
    {
        double amps = Math.Max(charge.EndAmps!.Value, 1e-3 * capacityAh) * shared[draw].CurrentFactor;
        double seconds = (taper.NotedAh - taper.FromAh) * 3600 / (charge.Amps * shared[draw].CurrentFactor);
        (double, double) memory = top.MemoryAt(ShareAt(top, charge, charge.Amps));
        end.Draw(shared[draw], capacityAh, amps, seconds, memory, pack.Module.ShuntOn.Value, Math.Min(shuntAmps, 0.9 * amps));
        return end;
    }

    // what is noted of time says only that it was no more
    private (double Passed, int Tripping, double Likelihood) HeldAtVoltage(RowCharge charge, int draw, in Taper taper, TopCharge last)
    {
        const int bins = RowFigures.MostBins;
        double margin = taper.ToAh - taper.FromAh + (0.02 * capacityAh);
        double from = Math.Max(0, taper.FromAh - margin);
        double to = Math.Max(from + (Blur * capacityAh), Math.Min(taper.NotedAh, taper.ToAh + margin));
        double likelihood = Weigh(charge, draw, new Clock(taper.NotedAh, Blur * capacityAh, taper.NotedAh), from, to, bins, last);
        if (!(likelihood > Least))
        {
            // nothing that the cells can do fits the voltage: what passed is where it fits on average
            return (0.5 * (taper.FromAh + taper.ToAh), -1, Least);
        }

        int bin = Pick(row.Masses.AsSpan(0, bins));
        return (random.NextUniform(row.Edges[bin], row.Edges[bin + 1]), -1, likelihood);
    }

    // how well the sum of the cells agrees with the source's voltage, or with a measured one
    private double Agrees(RowCharge charge, int draw, double passed, TopCharge last)
    {
        double likelihood = 1;
        double atEnd = Sum(charge, draw, passed, last, 1, out double spread);
        if (charge.SumVolts is { } measured)
        {
            double sigma = Math.Sqrt((error.PackMeterSigma * error.PackMeterSigma * measured * measured) + spread);
            likelihood *= Bell((atEnd - measured) / sigma);
        }

        if (charge.AtVolts)
        {
            double set = charge.Volts * (1 + shared[draw].SetpointError);
            double volts = atEnd + (charge.LeadOhms * (charge.EndAmps ?? charge.Amps));
            likelihood *= Bell((volts - set) / Math.Sqrt((0.001 * 0.001 * set * set) + spread));
        }

        return likelihood;
    }

    private static double Bell(double deviations) => Math.Exp(-0.5 * deviations * deviations);

    // mean and variance of the row's voltage when this charge has passed, at a current relative to that of the drawing
    private double Sum(RowCharge charge, int draw, double passed, TopCharge last, double current, out double spread)
    {
        double sum = 0;
        spread = 0;
        for (int c = charge.Cells.First; c < charge.Cells.First + charge.Cells.Count; c++)
        {
            Span<Slice> mine = Of(draw, c).Items;
            Span<SliceFigures> figures = row.Of(c);
            int step = Math.Max(1, mine.Length / Looks);
            (double weights, double mean, double square) = (0, 0, 0);
            for (int k = (draw + c) % step; k < mine.Length; k += step)
            {
                ref Slice s = ref mine[k];
                int points = s.Width > WideShare * s.CapacityAh ? 3 : 1;
                for (int p = 0; p < points; p++)
                {
                    double volts = VoltsAfter(s, figures[k], s.Low + ((p + 0.5) / points * s.Width), passed, last, current);
                    double weight = s.Weight / points;
                    weights += weight;
                    mean += weight * volts;
                    square += weight * volts * volts;
                }
            }

            if (weights > 0)
            {
                mean /= weights;
                sum += mean;
                spread += Math.Max(0, (square / weights) - (mean * mean));
            }
        }

        return sum;
    }

    // a cell that would have tripped by then stands at its trip level: the charge would have ended there
    private static double VoltsAfter(in Slice s, in SliceFigures f, double toFullAh, double passed, TopCharge last, double current)
    {
        double left = Math.Max(f.After(toFullAh, passed, s.Lit), f.TripAh);
        double share = left / s.CapacityAh;
        return left <= f.LetGoAh
            ? last.RedVolts(share, s.Factor, f.Hysteresis, current)
            : last.DarkVolts(share, s.Factor, f.Hysteresis, current);
    }
}
