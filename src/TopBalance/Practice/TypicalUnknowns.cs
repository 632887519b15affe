using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Practice;

/// <summary>Spreads of a pack as it usually is, for those that its file does not give.</summary>
internal static class TypicalUnknowns
{
    private const double SocMin = 0.25, SocMax = 0.55;

    public static Unknowns Of(PackSpec pack)
    {
        Unknowns given = pack.Unknowns ?? new Unknowns();
        bool hasSoc = given.SocMin is not null || given.SocMean is not null;
        return given with
        {
            SocMin = hasSoc ? given.SocMin : SocMin,
            SocMax = hasSoc ? given.SocMax : SocMax,
            SocCommonSigma = given.SocCommonSigma ?? 0,
            CapacitySigma = given.CapacitySigma ?? 0.005,
            ResistanceSigma = given.ResistanceSigma ?? 0.08,
            ThresholdSigma = given.ThresholdSigma ?? new Volts(0.025),
            TemperatureSigma = given.TemperatureSigma ?? 5,
            CurrentSigma = given.CurrentSigma ?? 0.02,
            TimeSigmaMinutes = given.TimeSigmaMinutes ?? 0.5,
            MeterSigma = given.MeterSigma ?? new Volts(0.005),
            LampError = given.LampError ?? 0.01,
            WrongCell = given.WrongCell ?? 0.01,
        };
    }
}
