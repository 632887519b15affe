using System.Collections.Immutable;
using TopBalance.Quantities;

namespace TopBalance.Chemistry;

/// <summary>How sure a number from outside is.</summary>
public enum Sureness
{
    /// <summary>Nobody has a source: a stand-in that says so when it is used.</summary>
    Placeholder,

    /// <summary>One person's report.</summary>
    Forum,

    /// <summary>The maker's or vendor's sheet.</summary>
    DataSheet,

    /// <summary>Measured data that can be looked up.</summary>
    Measured,
}

/// <summary>Where a number of a cell or cell-module file comes from.</summary>
/// <param name="Key">The key it belongs to, e.g. <c>capacity_ah</c>.</param>
/// <param name="Sure">How sure it is.</param>
/// <param name="Text">The source in words.</param>
public sealed record Provenance(string Key, Sureness Sure, string Text);

/// <summary>The parameters of a cell at one temperature.</summary>
/// <param name="Temperature">°C.</param>
/// <param name="Parameters">The equivalent circuit there.</param>
public sealed record CellAtTemperature(Celsius Temperature, CellParameters Parameters);

/// <summary>A brand and size of cell: its limits, what full means, and its equivalent circuit per temperature.</summary>
public sealed record CellSpec
{
    /// <param name="id">Name in the library, e.g. <c>calb-ca100</c>.</param>
    /// <param name="capacity">Capacity of one member, Ah, above 0.</param>
    /// <param name="fullVoltage">Full (z = 1) is held here until C/20 at 25 °C, V.</param>
    /// <param name="maxVoltage">Must never be held above this, V; above <paramref name="fullVoltage"/> or equal.</param>
    /// <param name="temperatures">At least one, rising in temperature.</param>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public CellSpec(string id, AmpereHours capacity, Volts fullVoltage, Volts maxVoltage, ImmutableArray<CellAtTemperature> temperatures)
    {
        Require.That(!string.IsNullOrWhiteSpace(id), "A cell needs a name.");
        Require.That(temperatures.Length > 0, "A cell needs its parameters at one temperature at least.");
        for (int k = 1; k < temperatures.Length; k++)
        {
            Require.That(
                temperatures[k].Temperature.Value > temperatures[k - 1].Temperature.Value,
                "The temperatures of a cell must rise.");
            Require.That(
                temperatures[k].Parameters.RcPairs.Length == temperatures[0].Parameters.RcPairs.Length,
                "A cell has the same number of RC pairs at every temperature.");
        }

        Id = id;
        Capacity = new(Require.Positive(capacity.Value, nameof(capacity)));
        FullVoltage = new(Require.InRange(fullVoltage.Value, 2.5, 5, nameof(fullVoltage)));
        MaxVoltage = new(Require.InRange(maxVoltage.Value, fullVoltage.Value, 6, nameof(maxVoltage)));
        Temperatures = temperatures;
    }

    /// <summary>Name in the library, e.g. <c>calb-ca100</c>.</summary>
    public string Id { get; }

    /// <summary>Name for people, e.g. <c>CALB CA100</c>.</summary>
    public string Name { get => field ?? Id; init; }

    /// <summary>Brand, e.g. <c>CALB</c>, or null.</summary>
    public string? Brand { get; init; }

    /// <summary>Capacity of one member, Ah.</summary>
    public AmpereHours Capacity { get; }

    /// <summary>Full (z = 1) is held here until C/20 at 25 °C, V.</summary>
    public Volts FullVoltage { get; }

    /// <summary>Must never be held above this, V.</summary>
    public Volts MaxVoltage { get; }

    /// <summary>Discharge ends here, V. Default 2.5.</summary>
    public Volts MinVoltage { get; init; } = new(2.5);

    /// <summary>No charging below this temperature. Default 0 °C.</summary>
    public Celsius ChargeMinTemperature { get; init; } = new(0);

    /// <summary>No charging above this temperature. Default 45 °C.</summary>
    public Celsius ChargeMaxTemperature { get; init; } = new(45);

    /// <summary>The maker's end of CV as a multiple of capacity per hour. Default 0.05 (C/20).</summary>
    public double TerminationRate { get; init; } = 0.05;

    /// <summary>The cell-module variant made for this brand, by its HVC: 3.6 or 3.8 V. Null if the brand does not say.</summary>
    public Volts? ModuleHvc { get; init; }

    /// <summary>The equivalent circuit per temperature, rising.</summary>
    public ImmutableArray<CellAtTemperature> Temperatures { get; }

    /// <summary>Where the curves may be trusted; null where nobody has said.</summary>
    public TrustedRange? Trusted { get; init; }

    /// <summary>How uncertain 'charge still to come' is near full; null where nobody has said.</summary>
    public KneeError? ModelError { get; init; }

    /// <summary>What the curves leave between model and measurement, root mean square; null where they were not fitted.</summary>
    public Volts? FitError { get; init; }

    /// <summary>Where the numbers come from.</summary>
    public ImmutableArray<Provenance> Sources { get; init; } = [];

    /// <summary>
    /// The equivalent circuit at a temperature, interpolated between the two nearest (OCV linearly, resistances geometrically) and held at
    /// the ends.
    /// </summary>
    public CellParameters At(Celsius temperature) => TemperatureInterpolation.At(Temperatures, temperature);
}
