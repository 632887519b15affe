using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Simulations;

/// <summary>What a simulation came to, in the words of the JSON that people script against.</summary>
/// <param name="Spec">The pack as it was described.</param>
public sealed record SimulationSummary([property: JsonIgnore] PackSpec Spec)
{
    /// <summary>Name of the pack.</summary>
    [JsonPropertyOrder(-1)]
    public string Pack => Spec.Name;

    /// <summary>How it ended.</summary>
    public required SimulationEnd Ended { get; init; }

    /// <summary>When the loop opened during a charge, s.</summary>
    [JsonPropertyName("trips_s")]
    public ImmutableArray<double> TripsSeconds { get; init; } = [];

    /// <summary>When a charge after the first began, s.</summary>
    [JsonPropertyName("restarts_s")]
    public ImmutableArray<double> RestartsSeconds { get; init; } = [];

    /// <summary>How long the pack rested between charges in all, s.</summary>
    [JsonIgnore]
    public double WaitedSeconds { get; init; }

    /// <summary>The cell that opened the loop and ended the charge; null if none did.</summary>
    [JsonIgnore]
    public int? TrippedCell => Ended.Reason is "hvc" or "lvc" ? Ended.Cell : null;

    /// <summary>Charge that the pack charger delivered in the whole run, Ah.</summary>
    public double DeliveredAh { get; init; }

    /// <summary>Pack voltage at the end, with the current still flowing.</summary>
    [JsonPropertyName("pack_voltage_v")]
    public double PackVolts { get; init; }

    /// <summary>String current at the end, A.</summary>
    [JsonIgnore]
    public double CurrentAmps { get; init; }

    /// <summary>What the pack can give.</summary>
    public UsableCharge UsableAh { get; init; } = new(0, 0);

    /// <summary>Dangers that cells were in, in order of their start.</summary>
    public ImmutableArray<HazardSummary> Hazards { get; init; } = [];

    /// <summary>The cells at the end, in order of their number. Length Ns.</summary>
    public required ImmutableArray<CellSummary> Cells { get; init; }

    /// <summary>What lies outside of where the cell's curves were measured, in a sentence; null if nothing does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OutsideTrusted => Simulations.OutsideTrusted.Of(Spec);

    /// <summary>Pack voltage at the end divided by the number of cells, V.</summary>
    [JsonIgnore]
    public Volts VoltsPerCell => new(PackVolts / Cells.Length);

    /// <summary>Number of cells whose red lamp is lit at the end.</summary>
    [JsonIgnore]
    public int RedCount => Cells.Count(c => c.Red);
}

/// <summary>How a simulation ended.</summary>
/// <param name="Reason"><c>hvc</c>, <c>charged</c>, <c>lvc</c>, <c>time</c>, <c>stuck</c> or <c>loop</c>.</param>
/// <param name="Cell">Number of the cell that ended it, or null.</param>
/// <param name="TimeSeconds">When, from the start of the run, s.</param>
public sealed record SimulationEnd(string Reason, int? Cell, [property: JsonPropertyName("time_s")] double TimeSeconds)
{
    /// <summary>Where the highest cell settles if a restart level is never reached, V; null otherwise.</summary>
    [JsonPropertyName("settles_v")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? SettlesVolts { get; init; }
}

/// <summary>What the pack can give from full use of its most limited cell.</summary>
/// <param name="Now">Smallest state of charge × capacity, Ah.</param>
/// <param name="Balanced">Smallest capacity, Ah.</param>
public sealed record UsableCharge(double Now, double Balanced);

/// <summary>A danger that a cell was in.</summary>
/// <param name="Cell">Number of the cell.</param>
/// <param name="Kind"><c>overcharge</c>, <c>reversal</c>, <c>over-hvc</c> or <c>over-wattage</c>.</param>
/// <param name="StartSeconds">From when, s.</param>
/// <param name="DurationSeconds">For how long, s.</param>
/// <param name="Depth">How bad at its worst: V, Ah, V or W.</param>
public sealed record HazardSummary(
    int Cell,
    string Kind,
    [property: JsonPropertyName("start_s")] double StartSeconds,
    [property: JsonPropertyName("duration_s")] double DurationSeconds,
    double Depth);

/// <summary>A cell at the end.</summary>
/// <param name="Cell">Its number.</param>
/// <param name="Soc">Mean state of charge of its members, weighted by capacity.</param>
/// <param name="Volts">At its module.</param>
/// <param name="Red">Its red lamp is lit: the shunt conducts.</param>
/// <param name="Green">Its green lamp is lit: the voltage is between LVC and HVC.</param>
/// <param name="ToFullAh">Charge that the whole cell still lacks, Ah; a little below 0 if it is past full.</param>
public sealed record CellSummary(
    int Cell, double Soc, [property: JsonPropertyName("voltage_v")] double Volts, bool Red, bool Green, double ToFullAh);
