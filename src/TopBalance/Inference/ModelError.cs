using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Inference;

/// <summary>
/// How wrong notes, instruments and curves may be: what the pack file says, the defaults of its format where it is silent, typical spreads
/// of cells where it gives none, and the measured error of the curves.
/// </summary>
public sealed record ModelError
{
    /// <summary>
    /// Uncertain factor on all resistances of a pack's type of cell, relative: the two cells of one make that were measured differ by about
    /// this (docs/validation.md, second cell).
    /// </summary>
    public double ResistanceLawSigma { get; init; } = 0.10;

    /// <summary>Error of the open-circuit voltage on the plateau, V (docs/validation.md: 3 to 6 mV by profile).</summary>
    public Volts PlateauSigma { get; init; } = new(0.003);

    /// <summary>What a rest of hours leaves of hysteresis and slow relaxation that the model does not know, V (facts, section 4.4).</summary>
    public Volts RestSigma { get; init; } = new(0.008);

    /// <summary>Error of a charger's or supply's set-point, relative.</summary>
    public double SetpointSigma { get; init; } = 0.002;

    /// <summary>Error of the voltmeter's range for whole packs, relative: cheap meters state 0.5 to 0.8 % as their limit.</summary>
    public double PackMeterSigma { get; init; } = 0.003;

    /// <summary>Error of counting Ah beside that of the ammeter, relative.</summary>
    public double AmpHourSigma { get; init; } = 0.005;

    /// <summary>Probability that noted minutes are wrong altogether.</summary>
    public double WrongMinutes { get; init; } = 0.005;

    /// <summary>Longest unknown gap between two entries, s.</summary>
    public Seconds LongestGap { get; init; } = new(1800);

    /// <summary>Relative error of the ammeter, one for the session.</summary>
    public double CurrentSigma { get; init; } = 0.02;

    /// <summary>Error of noted minutes, s.</summary>
    public double TimeSigmaSeconds { get; init; } = 30;

    /// <summary>Error of the voltmeter, V.</summary>
    public double MeterSigmaVolts { get; init; } = 0.005;

    /// <summary>Probability that a lamp is misread.</summary>
    public double LampError { get; init; } = 0.01;

    /// <summary>Probability that a wrong cell was noted.</summary>
    public double WrongCell { get; init; } = 0.01;

    /// <summary>Spread of a cell's capacity, relative, per member.</summary>
    public double CapacitySigma { get; init; } = 0.005;

    /// <summary>Spread of a cell's resistance, relative, per member.</summary>
    public double ResistanceSigma { get; init; } = 0.08;

    /// <summary>Spread of a module's thresholds, V.</summary>
    public double ThresholdSigmaVolts { get; init; } = 0.025;

    /// <summary>Spread of the temperature, °C.</summary>
    public double TemperatureSigma { get; init; } = 5;

    /// <summary>The errors of a pack: its own where it gives them, else the defaults above.</summary>
    public static ModelError Of(PackSpec pack)
    {
        var usual = new ModelError();
        return pack.Unknowns is not { } u ? usual : usual with
        {
            CurrentSigma = u.CurrentSigma ?? usual.CurrentSigma,
            TimeSigmaSeconds = u.TimeSigmaMinutes * 60 ?? usual.TimeSigmaSeconds,
            MeterSigmaVolts = u.MeterSigma?.Value ?? usual.MeterSigmaVolts,
            LampError = u.LampError ?? usual.LampError,
            WrongCell = u.WrongCell ?? usual.WrongCell,
            CapacitySigma = u.CapacitySigma ?? usual.CapacitySigma,
            ResistanceSigma = u.ResistanceSigma ?? usual.ResistanceSigma,
            ThresholdSigmaVolts = u.ThresholdSigma?.Value ?? usual.ThresholdSigmaVolts,
            TemperatureSigma = u.TemperatureSigma ?? usual.TemperatureSigma,
        };
    }

    /// <summary>One standard deviation of 'charge still to come' at a rate and voltage, as a share of capacity.</summary>
    public static double KneeShare(CellSpec cell, double cRate, double volts) =>
        (cell.ModelError?.Percent(cRate, new Volts(volts)) ?? UsualPercent(volts)) / 100;

    // where nobody has measured it: as large as for the slow charges of the cell that was
    private static double UsualPercent(double volts) => Math.Clamp(0.3 - (2 * (volts - 3.45)), 0.1, 0.5);
}
