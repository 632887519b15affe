namespace TopBalance.Simulation.Kernel;

/// <summary>What fixes the current through a row of cells.</summary>
internal enum LawKind
{
    /// <summary>The current itself, A.</summary>
    Current,

    /// <summary>The voltage behind a series resistance, V.</summary>
    Voltage,

    /// <summary>The power at the row's ends, W; negative drives.</summary>
    Power,
}

/// <summary>What fixes the current through a row of cells.</summary>
/// <param name="Kind">Which quantity is given.</param>
/// <param name="Value">A, V or W.</param>
/// <param name="SeriesOhms">Resistance of the leads, for <see cref="LawKind.Voltage"/>.</param>
internal readonly record struct SourceLaw(LawKind Kind, double Value, double SeriesOhms = 0);
