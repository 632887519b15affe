using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Fitting;

/// <summary>A number found by a fit.</summary>
/// <param name="Name">What it is, e.g. <c>r0 on charge at SoC 0.5</c>.</param>
/// <param name="Value">In <paramref name="Unit"/>.</param>
/// <param name="Sigma">One standard deviation, same unit.</param>
/// <param name="Unit">V, A, Ω, Ah, s, or empty.</param>
public sealed record FittedNumber(string Name, double Value, double Sigma, string Unit);

/// <summary>A stretch of a log beside the model.</summary>
/// <param name="Source">Which one.</param>
/// <param name="Seconds">Time of the compared samples.</param>
/// <param name="Soc">State of charge there.</param>
/// <param name="Amps">Current there, A.</param>
/// <param name="Measured">V.</param>
/// <param name="Model">V.</param>
public sealed record FittedStretch(
    string Source,
    ImmutableArray<double> Seconds,
    ImmutableArray<double> Soc,
    ImmutableArray<double> Amps,
    ImmutableArray<double> Measured,
    ImmutableArray<double> Model)
{
    /// <summary>Root of the mean squared difference where <paramref name="within"/> holds for the state of charge, V; NaN if nowhere.</summary>
    public double Rms(Func<double, bool> within)
    {
        double sum = 0;
        int count = 0;
        for (int k = 0; k < Soc.Length; k++)
        {
            if (within(Soc[k]))
            {
                sum += (Model[k] - Measured[k]) * (Model[k] - Measured[k]);
                count++;
            }
        }

        return count == 0 ? double.NaN : Math.Sqrt(sum / count);
    }
}

/// <summary>A cell at one temperature as fitted.</summary>
/// <param name="Temperature">°C.</param>
/// <param name="Parameters">The equivalent circuit.</param>
/// <param name="Numbers">Its numbers with uncertainties.</param>
/// <param name="Stretches">What it was fitted to, beside the model.</param>
public sealed record FittedTemperature(
    Celsius Temperature, CellParameters Parameters, ImmutableArray<FittedNumber> Numbers, ImmutableArray<FittedStretch> Stretches);

/// <summary>What a fit found.</summary>
/// <param name="Capacity">Ah.</param>
/// <param name="Temperatures">Rising.</param>
public sealed record FittedCell(FittedNumber Capacity, ImmutableArray<FittedTemperature> Temperatures)
{
    /// <summary>Coulombic efficiency.</summary>
    public required FittedNumber Efficiency { get; init; }

    /// <summary>Time constants and γ.</summary>
    public required ImmutableArray<FittedNumber> Slow { get; init; }

    /// <summary>Mean state of charge of stretches that began at rest after a full charge nobody logged, or null if there were none.</summary>
    public double? RestedFullSoc { get; init; }

    /// <summary>What was put right or taken for granted, a sentence each.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>What the logs do not determine, a sentence each.</summary>
    public ImmutableArray<string> Undetermined { get; init; } = [];

    /// <summary>Lowest and highest state of charge that was compared.</summary>
    public required (double Lowest, double Highest) Soc { get; init; }

    /// <summary>Highest charging and discharging current, as multiples of the capacity per hour.</summary>
    public required (double Charge, double Discharge) Rates { get; init; }

    /// <summary>Root of the mean squared difference over all stretches, each counted alike, V.</summary>
    public double RmsVolts => Math.Sqrt(Temperatures.SelectMany(t => t.Stretches).Average(s => Math.Pow(s.Rms(_ => true), 2)));
}
