using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Files;

/// <summary>The key <c>unknowns</c> of a pack file.</summary>
internal static class UnknownKeys
{
    private static readonly Shape<double> Share = Shapes.Number(NumberRange.From(0, 1));

    private static readonly Key<double> SocMin = new("soc_min", Share, "Lowest state of charge, uniform per cell.") { Example = "0.30" };

    private static readonly Key<double> SocMax = new("soc_max", Share, "Highest state of charge, uniform per cell.") { Example = "0.60" };

    private static readonly Key<double> SocMean = new("soc_mean", Share, "Mean state of charge, truncated normal per cell.")
    {
        Example = "0.5",
    };

    private static readonly Key<double> SocSigma = new("soc_sigma", Share, "Its standard deviation.") { Example = "0.05" };

    private static readonly Key<double> SocCommonSigma =
        new("soc_common_sigma", Share, "Standard deviation of an error shared by all cells.");

    private static readonly Key<double> CapacitySigma = new("capacity_sigma", Share, "Relative standard deviation, per member.");

    private static readonly Key<double> ResistanceSigma =
        new("resistance_sigma", Share, "Relative standard deviation, per member, one factor for all its resistances.");

    private static readonly Key<Volts> ThresholdSigma =
        new("threshold_sigma_v", Shapes.Volts(NumberRange.From(0, 1)), "Standard deviation of a module's threshold error, V.");

    private static readonly Key<double> TemperatureSigma =
        new("temperature_sigma_c", Shapes.Number(NumberRange.From(0, 50), "°C"), "Standard deviation of the temperature of the cells, one error for the pack, °C.");

    private static readonly Key<double> CurrentSigma =
        new("current_sigma", Share, "Relative error of the ammeter, one for the session. Taken as 0.02 where it matters and is not given.");

    private static readonly Key<double> TimeSigma =
        new("time_sigma_min", Shapes.Number(NumberRange.From(0, 1000), "min"), "Error of noted minutes. Taken as 0.5 if not given.");

    private static readonly Key<Volts> MeterSigma =
        new("meter_sigma_v", Shapes.Volts(NumberRange.From(0, 1)), "Error of the voltmeter, V. Taken as 0.005 if not given.");

    private static readonly Key<double> LampError =
        new("lamp_error", Share, "Probability that a lamp is misread. Taken as 0.01 if not given.");

    private static readonly Key<double> WrongCell =
        new("wrong_cell", Share, "Probability that a wrong cell number was noted. Taken as 0.01 if not given.");

    public static readonly Shape<Unknowns> Unknowns = new MapShape(
        [
            SocMin, SocMax, SocMean, SocSigma, SocCommonSigma, CapacitySigma, ResistanceSigma, ThresholdSigma, TemperatureSigma,
            CurrentSigma, TimeSigma, MeterSigma, LampError, WrongCell,
        ],
        new Rule.Needs(SocMin, SocMax),
        new Rule.Needs(SocMax, SocMin),
        new Rule.Needs(SocSigma, SocMean),
        new Rule.NotBoth(SocMin, SocMean)).Into(Make);

    private static Unknowns Make(MapValues values)
    {
        if (values.Find(SocMin) > values.Find(SocMax))
        {
            throw values.WrongAt(SocMin, "is above soc_max, expected the lower of the two; exchange them");
        }

        return new Unknowns
        {
            SocMin = values.Find(SocMin),
            SocMax = values.Find(SocMax),
            SocMean = values.Find(SocMean),
            SocSigma = values.Find(SocSigma),
            SocCommonSigma = values.Find(SocCommonSigma),
            CapacitySigma = values.Find(CapacitySigma),
            ResistanceSigma = values.Find(ResistanceSigma),
            ThresholdSigma = values.Find(ThresholdSigma),
            TemperatureSigma = values.Find(TemperatureSigma),
            CurrentSigma = values.Find(CurrentSigma),
            TimeSigmaMinutes = values.Find(TimeSigma),
            MeterSigma = values.Find(MeterSigma),
            LampError = values.Find(LampError),
            WrongCell = values.Find(WrongCell),
        };
    }
}
