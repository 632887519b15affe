using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace TopBalance.Workbench.Planning;

/// <summary>
/// What to do now. Keys are those of the observation entry that will be noted of it; settings are rounded as they can be set, doses down.
/// </summary>
/// <param name="Action"><c>charge</c>, <c>drain</c>, <c>charge_cell</c>, <c>rest</c>, <c>loop_test</c>, or <c>none</c>.</param>
/// <param name="Do">In words.</param>
/// <param name="Why">Why.</param>
public sealed record NextStep(string Action, string Do, string Why)
{
    /// <summary>The cell to drain.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Cell { get; init; }

    /// <summary>The cells to charge: one, or four neighbours in series.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<int>? Cells { get; init; }

    /// <summary>After it the same with these cells, one after another.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<int>? Then { get; init; }

    /// <summary>So many of these cells at the same time, each on a supply of its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? AtOnce { get; init; }

    /// <summary>What the pack charger is set to, V.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ChargerV { get; init; }

    /// <summary>Its current, A.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? CurrentA { get; init; }

    /// <summary>What the supply is set to with its output open, V.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? SupplyV { get; init; }

    /// <summary>Its current limit, A.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? SupplyA { get; init; }

    /// <summary>Take the supply off when its current has fallen to this, though the lamp is dark, A.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? EndA { get; init; }

    /// <summary>The load, Ω.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? LoadOhm { get; init; }

    /// <summary>The load, A.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? LoadA { get; init; }

    /// <summary>What that takes out, Ah.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Ah { get; init; }

    /// <summary>For so long, min.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Minutes { get; init; }

    /// <summary>No longer than this in any case, min.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? MostMinutes { get; init; }

    /// <summary>Be at the pack from here on, min after the start: the first lamps may come up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? WatchFromMinutes { get; init; }

    /// <summary>What ends it, in words; absent where the minutes do.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Until { get; init; }

    /// <summary>What to mind, the most important first.</summary>
    public ImmutableArray<string> Safety { get; init; } = [];
}
