using TopBalance.Chemistry;
using TopBalance.Quantities;

namespace TopBalance.Practice;

/// <summary>
/// How far the true axis of charge lies from the nominal one near full, as a standard deviation against the charge still to come until the
/// cell, held at its full voltage, takes no more than C/20: the error that the cell file states, at the voltages that a pack's charge shows.
/// </summary>
internal sealed class KneeSpread
{
    // below the knee the plateau begins, of which a pack that is charged to its HVC tells nothing
    private const double FullRate = 0.05, KneeVolts = 0.15;

    // a warp wider than this would not be one, and what lies this far from full is the plateau
    private const double MostRelative = 0.45, FadesFrom = 0.06, FadesTo = 0.24;

    // the OCV has no table beyond a state of charge of 1: up to there the warp is one factor
    private const double Nearest = 3e-4, FactorAt = 0.7, FactorUpTo = 1.6;
    private const int Points = 64;

    // where packs are charged
    private static readonly double[] Rates = [FullRate, 0.0707, 0.1];

    private static readonly KneeError Usual = new(
        [new(FullRate, new(3.45), 0.3), new(FullRate, new(3.5), 0.2), new(FullRate, new(3.55), 0.1)]);

    private readonly double[] relative = new double[Points];
    private readonly double nearest;
    private readonly double step;

    public KneeSpread(CellSpec cell)
    {
        CellParameters at25 = cell.At(new(25));
        double capacityAh = cell.Capacity.Value;
        AnchorSoc = Anchor(at25, FullRate * capacityAh, cell.FullVoltage.Value);
        nearest = Math.Max(Nearest, AnchorSoc - 1);
        step = Math.Log(FadesTo / nearest) / (Points - 1);
        Course[] courses = [.. Rates.Select(rate => new Course(at25, rate, capacityAh, cell.FullVoltage.Value - KneeVolts))];
        KneeError error = cell.ModelError ?? Usual;
        for (int k = 0; k < Points; k++)
        {
            double toCome = nearest * Math.Exp(k * step);
            double way = Math.Min(1, Math.Log(toCome / nearest) / Math.Log(FactorUpTo));
            double at = toCome * (FactorAt + ((1 - FactorAt) * way));
            double sigma = Math.Sqrt(courses.Average(c => c.Variance(error, AnchorSoc - at)));
            relative[k] = Math.Min(MostRelative, sigma / at) * Fade(toCome);
        }

        Smooth(relative);
    }

    /// <summary>State of charge at which the nominal cell, held at its full voltage, takes C/20: 1 or near it. It stays where it is.</summary>
    public double AnchorSoc { get; }

    /// <summary>Where the relative spread begins to depend on the charge still to come, as a share of capacity.</summary>
    public double Near => nearest;

    /// <summary>The spread as a share of the charge still to come, at a charge still to come as a share of capacity.</summary>
    public double Relative(double toCome)
    {
        double at = Math.Log(Math.Max(toCome, nearest) / nearest) / step;
        int k = Math.Min((int)at, Points - 2);
        return at >= Points - 1 ? 0 : relative[k] + ((at - k) * (relative[k + 1] - relative[k]));
    }

    private static double Fade(double toCome)
    {
        double way = Math.Clamp(Math.Log(toCome / FadesFrom) / Math.Log(FadesTo / FadesFrom), 0, 1);
        return 1 - (way * way * (3 - (2 * way)));
    }

    private static double Anchor(CellParameters cell, double amps, double fullVolts)
    {
        const double least = 0.95, most = 1.02, fine = 1e-5;
        double soc = least;
        while (soc < most && Settled(cell, soc, amps) < fullVolts)
        {
            soc += fine;
        }

        return soc;
    }

    private static double Settled(CellParameters cell, double soc, double amps) => cell.Ocv.At(soc) + cell.Hysteresis.Value
        + (amps * (cell.R0.At(soc, charging: true) + cell.RcPairs.Sum(pair => pair.Resistance.At(soc, charging: true))));

    // a spread that changes too fast would fold the curve
    private static void Smooth(double[] values)
    {
        for (int pass = 0; pass < 4; pass++)
        {
            double before = values[0];
            for (int k = 1; k < values.Length - 1; k++)
            {
                double own = values[k];
                values[k] = (0.25 * before) + (0.5 * own) + (0.25 * values[k + 1]);
                before = own;
            }
        }
    }

    /// <summary>The nominal cell charged at one rate.</summary>
    private sealed class Course(CellParameters cell, double rate, double capacityAh, double leastVolts)
    {
        private readonly NominalCharge nominal = new(cell, rate * capacityAh, capacityAh);

        // of the charge still to come at the voltage that the nominal cell shows here
        public double Variance(KneeError error, double soc)
        {
            double volts = Math.Max(nominal.VoltsAt(soc), leastVolts);
            double sigma = error.Percent(rate, new Volts(volts)) / 100;
            return sigma * sigma;
        }
    }
}
