using TopBalance.Quantities;
using TopBalance.Packs;

namespace TopBalance.Verification.Setup;

/// <summary>
/// What the tolerance of the cell modules does in a balanced pack, where all cells rise together: of a module's error 0.8σ is common to
/// its levels and 0.6σ is each level's own; modules are independent.
/// </summary>
/// <param name="modules">Number of modules, at least 1.</param>
/// <param name="shuntOnVolts">Nominal shunt-on, V.</param>
/// <param name="hvcVolts">Nominal HVC, V.</param>
/// <param name="sigmaVolts">σ, V, not negative.</param>
internal sealed class ThresholdSpread(int modules, double shuntOnVolts, double hvcVolts, double sigmaVolts)
{
    private const double Common = 0.8, Own = 0.6;

    /// <summary>The spread that a pack's modules have.</summary>
    public static ThresholdSpread Of(PackSpec pack) =>
        new(pack.Series, pack.Module.ShuntOn.Value, pack.Module.Hvc.Value, pack.ThresholdSigmaVolts());

    /// <summary>Where the lowest HVC of all modules is expected, V.</summary>
    public double LowestHvcVolts => hvcVolts - (sigmaVolts * Normal.ExpectedHighest(modules));

    /// <summary>Where the highest shunt-on of all modules is expected, V.</summary>
    public double HighestShuntOnVolts => shuntOnVolts + (sigmaVolts * Normal.ExpectedHighest(modules));

    /// <summary>Probability that some module has its HVC at or below <paramref name="cellVolts"/>.</summary>
    public double TripsAt(double cellVolts) => 1 - Math.Pow(1 - ShareBelow(hvcVolts, cellVolts), modules);

    /// <summary>How many red lamps are expected to stay dark with every cell at <paramref name="cellVolts"/>.</summary>
    public double DarkAt(double cellVolts) => modules * (1 - ShareBelow(shuntOnVolts, cellVolts));

    /// <summary>Probability that every red lamp is lit before the first HVC.</summary>
    public double AllLitBeforeTrip()
    {
        if (sigmaVolts == 0)
        {
            return 1;
        }

        // the first trip is at x volts: one module has its HVC there and its shunt-on below, all others their shunt-on below and HVC above
        double FirstTripAt(double z)
        {
            double x = hvcVolts + (sigmaVolts * z);
            double others = Average(a => Below(shuntOnVolts, x, a) * (1 - Below(hvcVolts, x, a)));
            double tripping = Average(a => Below(shuntOnVolts, x, a) * Normal.Density(OwnDeviation(hvcVolts, x, a)) / Own);
            return modules * tripping * Math.Pow(others, modules - 1);
        }

        return Math.Clamp(Normal.Integrate(FirstTripAt, 0.1), 0, 1);
    }

    private double ShareBelow(double level, double volts) =>
        sigmaVolts == 0 ? (level <= volts + PackFigures.Rounding ? 1 : 0) : Normal.Cumulative((volts - level) / sigmaVolts);

    private double OwnDeviation(double level, double volts, double common) =>
        (volts - level - (Common * sigmaVolts * common)) / (Own * sigmaVolts);

    private double Below(double level, double volts, double common) => Normal.Cumulative(OwnDeviation(level, volts, common));

    private static double Average(Func<double, double> ofCommon) => Normal.Integrate(a => Normal.Density(a) * ofCommon(a), 0.2);
}
