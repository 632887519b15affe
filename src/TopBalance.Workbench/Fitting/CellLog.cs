using System.Collections.Immutable;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Fitting;

/// <summary>
/// A stretch of a cell's log in which the clock runs on: no gap, no jump. Between two stretches of one log time is unknown, charge is not.
/// </summary>
/// <param name="Source">File, and where in it the stretch begins, for messages.</param>
/// <param name="Seconds">Time of each sample, s, strictly rising. At least 1.</param>
/// <param name="Amps">Current of one member at each sample, A; positive charges. It has flowed since the sample before.</param>
/// <param name="Volts">Voltage at each sample, V.</param>
public sealed record LogStretch(
    string Source, ImmutableArray<double> Seconds, ImmutableArray<double> Amps, ImmutableArray<double> Volts)
{
    /// <summary>Mean temperature of the stretch, or null where the log has none.</summary>
    public Celsius? Temperature { get; init; }

    /// <summary>False: a fit counts the charge of the stretch and looks at no voltage. Default true.</summary>
    public bool IsCompared { get; init; } = true;
}

/// <summary>What was logged of one cell, in the order in which it happened: one file or several.</summary>
/// <param name="Name">For messages and sources, e.g. the file's name.</param>
/// <param name="Stretches">In order. At least 1.</param>
public sealed record CellLog(string Name, ImmutableArray<LogStretch> Stretches)
{
    /// <summary>What was thrown away or put right while reading, a sentence each.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}
