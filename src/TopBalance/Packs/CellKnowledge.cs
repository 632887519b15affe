using TopBalance.Quantities;

namespace TopBalance.Packs;

/// <summary>What is known of one cell, or of one member of it. Null where nothing is; a later entry for the same cell overrides.</summary>
/// <param name="Cell">Which cell.</param>
public sealed record CellKnowledge(CellNumber Cell)
{
    /// <summary>Which member, from 1; null means all members of the cell.</summary>
    public int? Member { get; init; }

    /// <summary>State of charge at the start.</summary>
    public double? Soc { get; init; }

    /// <summary>Capacity of one member, Ah.</summary>
    public AmpereHours? Capacity { get; init; }

    /// <summary>R0 of one member at 50 % SoC, Ω: scales the cell's table.</summary>
    public Ohms? R0 { get; init; }

    /// <summary>R1 of one member at 50 % SoC, Ω: scales the cell's table.</summary>
    public Ohms? R1 { get; init; }

    /// <summary>C1 of one member, F: sets τ1 = r1·c1.</summary>
    public double? C1 { get; init; }

    /// <summary>R2 of one member at 50 % SoC, Ω.</summary>
    public Ohms? R2 { get; init; }

    /// <summary>C2 of one member, F: sets τ2 = r2·c2.</summary>
    public double? C2 { get; init; }

    /// <summary>
    /// The state of charge may be this much lower or higher than <see cref="Soc"/>; null takes it as right. Only inference asks.
    /// </summary>
    internal double? SocWithin { get; init; }

    /// <summary>
    /// Where <see cref="Soc"/> is null: the state of charge lies this much above what is believed of all cells alike. Only inference asks.
    /// </summary>
    internal double SocAbove { get; init; }

    /// <summary>Relative standard deviation of <see cref="Capacity"/>; null takes it as exact. Only inference asks.</summary>
    internal double? CapacitySigma { get; init; }
}
