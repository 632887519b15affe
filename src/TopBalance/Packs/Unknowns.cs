using TopBalance.Quantities;

namespace TopBalance.Packs;

/// <summary>
/// What is believed of cells that nobody has measured, as the pack file says it; null where it is silent. A simulation takes a silent
/// spread as 0; inference takes a typical one.
/// </summary>
public sealed record Unknowns
{
    /// <summary>Lowest state of charge of the uniform distribution per cell.</summary>
    public double? SocMin { get; init; }

    /// <summary>Highest state of charge of the uniform distribution per cell.</summary>
    public double? SocMax { get; init; }

    /// <summary>Mean of the truncated normal distribution per cell.</summary>
    public double? SocMean { get; init; }

    /// <summary>Standard deviation of the truncated normal distribution per cell.</summary>
    public double? SocSigma { get; init; }

    /// <summary>Standard deviation of a state-of-charge error shared by all cells.</summary>
    public double? SocCommonSigma { get; init; }

    /// <summary>Relative standard deviation of the capacity, per member.</summary>
    public double? CapacitySigma { get; init; }

    /// <summary>Relative standard deviation of the resistances, per member; one factor for all of them.</summary>
    public double? ResistanceSigma { get; init; }

    /// <summary>Standard deviation of a module's threshold error, V.</summary>
    public Volts? ThresholdSigma { get; init; }

    /// <summary>Standard deviation of the temperature of the cells, °C; one error for the whole pack.</summary>
    public double? TemperatureSigma { get; init; }

    /// <summary>Relative error of the ammeter, one for the session. Default 0.02.</summary>
    public double? CurrentSigma { get; init; }

    /// <summary>Error of noted minutes. Default 0.5.</summary>
    public double? TimeSigmaMinutes { get; init; }

    /// <summary>Error of the voltmeter, V. Default 0.005.</summary>
    public Volts? MeterSigma { get; init; }

    /// <summary>Probability that a lamp is misread. Default 0.01.</summary>
    public double? LampError { get; init; }

    /// <summary>Probability that a wrong cell number was noted. Default 0.01.</summary>
    public double? WrongCell { get; init; }
}
