using System.Collections.Frozen;
using System.Text.Json;
using TopBalance.Inference.Observations;
using TopBalance.Procedure;
using TopBalance.Workbench.Store;

namespace TopBalance.Workbench.Sessions;

/// <summary>An event in a few words, its numbers with their units: what was understood of what somebody typed.</summary>
public static class EventText
{
    private static readonly FrozenDictionary<string, string> Units = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["v"] = "V",
        ["a"] = "A",
        ["ohm"] = "Ω",
        ["ah"] = "Ah",
        ["w"] = "W",
        ["s"] = "s",
        ["c"] = "°C",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>E.g. <c>temperature measured: coldest 19 °C, warmest 21 °C</c>.</summary>
    public static string Of(SessionEvent happened)
    {
        if (happened is TripNoted { Trip: var trip })
        {
            return "green lamp out: " + (trip.Cell is { } cell ? $"cell {cell}" : trip.Sight == TripSight.None ? "none" : "missed");
        }

        using JsonDocument written = JsonDocument.Parse(SessionLines.Shown(happened));
        string kind = written.RootElement.GetProperty("event").GetString()!.Replace('-', ' ');
        string[] fields = [.. Fields(written.RootElement)];
        return fields.Length == 0 ? kind : $"{kind}: {string.Join(", ", fields)}";
    }

    private static IEnumerable<string> Fields(JsonElement of)
    {
        foreach (JsonProperty field in of.EnumerateObject())
        {
            string[] words = field.Name.Split('_');
            bool hasUnit = words.Length > 1 && Units.ContainsKey(words[^1]);
            string name = string.Join(' ', hasUnit ? words[..^1] : words);
            string text = Value(field) + (hasUnit ? " " + Units[words[^1]] : "");
            if (field.Name is not ("event" or "files") && text.Length > 0)
            {
                yield return field.Name is "step" ? text : $"{name} {text}";
            }
        }
    }

    private static string Value(JsonProperty field) => field.Value.ValueKind switch
    {
        JsonValueKind.Object when field.Name is "cells" => Volts(field.Value),
        JsonValueKind.Object => string.Join(' ', Fields(field.Value)),
        JsonValueKind.Array => string.Join(' ', field.Value.EnumerateArray().Select(
            v => v.ValueKind == JsonValueKind.Object ? string.Join(' ', Fields(v)) : v.ToString())),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        _ => field.Value.ToString(),
    };

    // voltages by cell: all alike are said once
    private static string Volts(JsonElement cells)
    {
        (string Cell, double Volts)[] all = [.. cells.EnumerateObject().Select(c => (c.Name, c.Value.GetDouble()))];
        return all.Length > 1 && all.All(c => c.Volts == all[0].Volts)
            ? FormattableString.Invariant($"{all[0].Cell} to {all[^1].Cell} at {all[0].Volts:0.000} V")
            : string.Join(", ", all.Select(c => FormattableString.Invariant($"{c.Cell} at {c.Volts:0.000} V")));
    }
}
