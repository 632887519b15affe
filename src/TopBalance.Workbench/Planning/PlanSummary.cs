using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TopBalance.Packs;

namespace TopBalance.Workbench.Planning;

/// <summary>A plan, in the words of the JSON that people script against.</summary>
/// <param name="Spec">The pack as it was described.</param>
public sealed record PlanSummary([property: JsonIgnore] PackSpec Spec)
{
    /// <summary>Name of the pack.</summary>
    [JsonPropertyOrder(-1)]
    public string Pack => Spec.Name;

    /// <summary>All methods, in the order of their list.</summary>
    public required ImmutableArray<MethodPlan> Methods { get; init; }

    /// <summary>The recommended method; null if none is good enough, or nothing is left to do.</summary>
    public required string? Recommended { get; init; }

    /// <summary>Why, in two sentences.</summary>
    public required string Reason { get; init; }

    /// <summary>What to do now; null if no method is possible.</summary>
    public required NextStep? Next { get; init; }

    /// <summary>What would change the recommendation.</summary>
    public ImmutableArray<Change> WhatWouldChange { get; init; } = [];

    /// <summary>False if it was stopped: the figures are those of the plays until then.</summary>
    public required bool Complete { get; init; }

    /// <summary>Number of observations that were taken in.</summary>
    public int Observations { get; init; }

    /// <summary>Number of observations that cannot be, given the others.</summary>
    public int Contradicted { get; init; }

    /// <summary>What lies outside of where the cell's curves were measured, in a sentence; null if nothing does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OutsideTrusted => Simulations.OutsideTrusted.Of(Spec);

    /// <summary>The observations file; null without one.</summary>
    [JsonIgnore]
    public string? File { get; init; }

    /// <summary>Nobody works at night.</summary>
    [JsonIgnore]
    public bool DaytimeOnly { get; init; }
}

/// <summary>Something that would change the recommendation.</summary>
/// <param name="If">What would have to be so.</param>
/// <param name="Then">What would be best then, with numbers.</param>
public sealed record Change(string If, string Then);
