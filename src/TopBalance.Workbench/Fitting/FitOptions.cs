using TopBalance.Chemistry;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Fitting;

/// <summary>What a fit is told besides the logs.</summary>
public sealed record FitOptions
{
    /// <summary>Full is held here until C/20. Default 3.6 V.</summary>
    public Volts Full { get; init; } = new(3.6);

    /// <summary>Empty is here. Default 2.5 V.</summary>
    public Volts Min { get; init; } = new(2.5);

    /// <summary>Capacity of the cell, or null to find it from a log that goes from full to empty.</summary>
    public AmpereHours? Capacity { get; init; }

    /// <summary>Coulombic efficiency, or null to find it from a log that goes from empty to full after that.</summary>
    public double? Efficiency { get; init; }

    /// <summary>RC pairs looked for at most, 0 to 2. Fewer are kept where the logs do not show them.</summary>
    public int RcPairs { get; init; } = 2;

    /// <summary>
    /// A cell of the same chemistry: it lends what the logs do not reach, scaled to this capacity, and the result says which part that is.
    /// </summary>
    public CellSpec? Like { get; init; }

    /// <summary>
    /// State of charge of a cell that a log finds at rest after a full charge nobody logged. Default 1; a fit says what it was.
    /// </summary>
    public double RestedFullSoc { get; init; } = 1;

    /// <summary>Time constants and γ known beforehand, which are then not looked for; or null.</summary>
    internal SlowParameters? Slow { get; init; }
}
