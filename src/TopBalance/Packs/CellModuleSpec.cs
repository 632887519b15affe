using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Quantities;

namespace TopBalance.Packs;

/// <summary>What a cell module's shunt is made of.</summary>
public abstract record ShuntSpec
{
    private ShuntSpec()
    {
    }

    /// <summary>Share of the time it conducts while it is on, above 0 to 1; acts as a mean conductance or current. Default 1.</summary>
    public double Duty { get => field; init => field = Require.InRange(value, 1e-3, 1, nameof(Duty)); } = 1;

    /// <summary>A resistor across the cell.</summary>
    /// <param name="Resistance">Ω, above 0.</param>
    public sealed record Resistor(Ohms Resistance) : ShuntSpec
    {
        /// <summary>Ω, above 0.</summary>
        public Ohms Resistance { get; } = new(Require.Positive(Resistance.Value, nameof(Resistance)));
    }

    /// <summary>A constant current out of the cell.</summary>
    /// <param name="Current">Its size in A, not negative.</param>
    public sealed record ConstantCurrent(Amperes Current) : ShuntSpec
    {
        /// <summary>Its size in A, not negative.</summary>
        public Amperes Current { get; } = new(Require.NotNegative(Current.Value, nameof(Current)));
    }

    /// <summary>Mean current in A that it takes from a cell at a voltage.</summary>
    public double AmperesAt(double volts) => this switch
    {
        Resistor resistor => Duty * volts / resistor.Resistance.Value,
        ConstantCurrent constant => Duty * constant.Current.Value,
        _ => throw new InvalidOperationException("Unknown kind of shunt."),
    };
}

/// <summary>The rule of a module that shunts by comparison with the lowest cell; it couples the cells.</summary>
/// <param name="OnAbove">On when the cell is this far above the lowest, V.</param>
/// <param name="OffAbove">Off when it is no further than this above the lowest, V; below <paramref name="OnAbove"/>.</param>
public sealed record RelativeShuntRule(Volts OnAbove, Volts OffAbove)
{
    /// <summary>Off when the cell is no further than this above the lowest, V.</summary>
    public Volts OffAbove { get; } = new(Require.InRange(OffAbove.Value, 0, OnAbove.Value - 1e-3, nameof(OffAbove)));
}

/// <summary>A type of cell module: its levels, its shunt and how its contact acts on the loop.</summary>
public sealed record CellModuleSpec
{
    /// <summary>The least distance in V between the shunt's on and off level, and between a limit and its clearing.</summary>
    public const double LeastHysteresis = 1e-3;

    /// <param name="id">Name in the library, e.g. <c>minibms-3.6</c>.</param>
    /// <param name="shuntOn">The shunt conducts from here, V. Below <paramref name="hvc"/>.</param>
    /// <param name="shuntOff">It stops conducting here, V. At least 1 mV below <paramref name="shuntOn"/>.</param>
    /// <param name="shunt">What the shunt is.</param>
    /// <param name="hvc">High voltage cutoff: the contact opens from here, V.</param>
    /// <param name="hvcClear">It closes again here, V. At least 1 mV below <paramref name="hvc"/>.</param>
    /// <param name="lvc">Low voltage cutoff: the contact opens at or below, V.</param>
    /// <param name="lvcClear">It closes again here, V. At least 1 mV above <paramref name="lvc"/>.</param>
    /// <exception cref="ArgumentException">The levels are out of order or out of range; the message says which.</exception>
    public CellModuleSpec(string id, Volts shuntOn, Volts shuntOff, ShuntSpec shunt, Volts hvc, Volts hvcClear, Volts lvc, Volts lvcClear)
    {
        Require.That(!string.IsNullOrWhiteSpace(id), "A cell module needs a name.");
        Hvc = new(Require.InRange(hvc.Value, 2, 6, nameof(hvc)));
        ShuntOn = new(Require.InRange(shuntOn.Value, 1, hvc.Value - LeastHysteresis, nameof(shuntOn)));
        ShuntOff = new(Require.InRange(shuntOff.Value, 0.5, shuntOn.Value - LeastHysteresis, nameof(shuntOff)));
        HvcClear = new(Require.InRange(hvcClear.Value, 1, hvc.Value - LeastHysteresis, nameof(hvcClear)));
        Lvc = new(Require.InRange(lvc.Value, 0, hvcClear.Value - LeastHysteresis, nameof(lvc)));
        LvcClear = new(Require.InRange(lvcClear.Value, lvc.Value + LeastHysteresis, hvc.Value - LeastHysteresis, nameof(lvcClear)));
        Id = id;
        Shunt = shunt;
    }

    /// <summary>Name in the library, e.g. <c>minibms-3.6</c>.</summary>
    public string Id { get; }

    /// <summary>Name for people.</summary>
    public string Name { get => field ?? Id; init; }

    /// <summary>The shunt conducts (the red lamp is lit) from here, V. Under a relative rule: the least voltage at which it may.</summary>
    public Volts ShuntOn { get; }

    /// <summary>The shunt stops conducting here, V.</summary>
    public Volts ShuntOff { get; }

    /// <summary>What the shunt is.</summary>
    public ShuntSpec Shunt { get; }

    /// <summary>High voltage cutoff: the contact opens and the green lamp goes out from here, V.</summary>
    public Volts Hvc { get; }

    /// <summary>The contact closes and the green lamp is lit again here, V.</summary>
    public Volts HvcClear { get; }

    /// <summary>Low voltage cutoff: the contact opens and the green lamp goes out at or below, V.</summary>
    public Volts Lvc { get; }

    /// <summary>The contact closes again here, V.</summary>
    public Volts LvcClear { get; }

    /// <summary>A level must hold this long before the contact opens, s. Default 0.</summary>
    public Seconds Delay { get => field; init => field = new(Require.InRange(value.Value, 0, 3600, nameof(Delay))); }

    /// <summary>What the module itself draws from its cell, A, not negative. Default 0.</summary>
    public Amperes Quiescent { get => field; init => field = new(Require.InRange(value.Value, 0, 10, nameof(Quiescent))); }

    /// <summary>If given, the shunt compares its cell with the lowest one.</summary>
    public RelativeShuntRule? Relative { get; init; }

    /// <summary>Where the numbers come from.</summary>
    public ImmutableArray<Provenance> Sources { get; init; } = [];

    /// <summary>What a bench supply is set to: midway between shunt-on and HVC, V.</summary>
    public Volts BenchSetpoint => new((ShuntOn.Value + Hvc.Value) / 2);
}
