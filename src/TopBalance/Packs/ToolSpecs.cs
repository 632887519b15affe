using System.Collections.Immutable;
using TopBalance.Quantities;

namespace TopBalance.Packs;

/// <summary>Whether the output of a supply is free of earth and of other supplies.</summary>
public enum Floating
{
    /// <summary>Nobody has looked.</summary>
    Unknown,

    /// <summary>It floats.</summary>
    Yes,

    /// <summary>One side is earthed or shared: two such supplies on different cells short the string.</summary>
    No,
}

/// <summary>A bench supply the technician has.</summary>
/// <param name="Current">Its current limit, A, above 0.</param>
/// <param name="Lead">Resistance of both leads together, Ω, not negative.</param>
/// <param name="Floating">Whether its output floats.</param>
public sealed record BenchSupplySpec(Amperes Current, Ohms Lead = default, Floating Floating = Floating.Unknown)
{
    /// <summary>Its current limit, A.</summary>
    public Amperes Current { get; } = new(Require.Positive(Current.Value, nameof(Current)));

    /// <summary>Resistance of both leads together, Ω.</summary>
    public Ohms Lead { get; } = new(Require.InRange(Lead.Value, 0, 10, nameof(Lead)));
}

/// <summary>A 12 V automotive charger, used on four adjacent cells. It sees their sum and is not under BMS control.</summary>
/// <param name="Current">Its bulk current, A, above 0.</param>
/// <param name="Absorption">Voltage of its absorption stage, V; usually 14.4 to 14.8.</param>
public sealed record SmartChargerSpec(Amperes Current, Volts Absorption)
{
    /// <summary>Its bulk current, A.</summary>
    public Amperes Current { get; } = new(Require.Positive(Current.Value, nameof(Current)));

    /// <summary>Voltage of its absorption stage, V.</summary>
    public Volts Absorption { get; } = new(Require.InRange(Absorption.Value, 10, 20, nameof(Absorption)));

    /// <summary>Absorption ends when the current has fallen to this, A. Default a tenth of <see cref="Current"/>.</summary>
    public Amperes? AbsorptionEnd { get; init; }

    /// <summary>Absorption ends after this long at the latest, s. Default 6 h.</summary>
    public Seconds AbsorptionLimit { get; init; } = new(6 * 3600);

    /// <summary>Voltage of its float stage, V; null if it has none.</summary>
    public Volts? Float { get; init; }

    /// <summary>Voltage of its recondition stage, V (15.8 to 16.5 where there is one); null if it has none.</summary>
    public Volts? Recondition { get; init; }
}

/// <summary>What a cell is drained with: a resistor (a lamp counts as one) or a constant current.</summary>
public sealed record DrainLoadSpec
{
    private DrainLoadSpec(Ohms? resistance, Amperes? current, Watts? rating)
    {
        Resistance = resistance;
        Current = current;
        Rating = rating;
    }

    /// <summary>Ω, or null for a constant-current load.</summary>
    public Ohms? Resistance { get; }

    /// <summary>Size of the current in A, or null for a resistor.</summary>
    public Amperes? Current { get; }

    /// <summary>Most it may turn into heat, W; null if not known.</summary>
    public Watts? Rating { get; }

    /// <summary>A resistor or lamp.</summary>
    /// <param name="resistance">Ω, above 0.</param>
    /// <param name="rating">Most it may turn into heat, W.</param>
    public static DrainLoadSpec Resistor(Ohms resistance, Watts? rating = null) =>
        new(new Ohms(Require.Positive(resistance.Value, nameof(resistance))), null, Checked(rating));

    /// <summary>An electronic load.</summary>
    /// <param name="current">Size of the current in A, above 0.</param>
    /// <param name="rating">Most it may turn into heat, W.</param>
    public static DrainLoadSpec ConstantCurrent(Amperes current, Watts? rating = null) =>
        new(null, new Amperes(Require.Positive(current.Value, nameof(current))), Checked(rating));

    /// <summary>Current it takes from a cell at a voltage, A.</summary>
    public double AmperesAt(double volts) => Resistance is { } r ? volts / r.Value : Current!.Value.Value;

    private static Watts? Checked(Watts? rating) => rating is { } w ? new Watts(Require.Positive(w.Value, nameof(rating))) : null;
}

/// <summary>What the technician has; all optional.</summary>
public sealed record ToolSpecs
{
    /// <summary>Bench supplies.</summary>
    public ImmutableArray<BenchSupplySpec> BenchSupplies { get; init; } = [];

    /// <summary>A 12 V automotive charger.</summary>
    public SmartChargerSpec? SmartCharger { get; init; }

    /// <summary>A drain load.</summary>
    public DrainLoadSpec? DrainLoad { get; init; }

    /// <summary>The pack charger can be turned down to this, A.</summary>
    public Amperes? ChargerCurrentMin { get; init; }
}
