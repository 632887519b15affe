using System.Collections.Immutable;
using System.Text.Json;
using TopBalance.Workbench.Json;
using TopBalance.Workbench.Store;

namespace TopBalance.Workbench.Records;

/// <summary>What a new issue says otherwise than the one it takes the place of.</summary>
internal static class Differences
{
    /// <summary>A sentence each; at least one.</summary>
    /// <param name="before">The earlier issue. Of its JSON only what is there is compared: it may be of an older version.</param>
    /// <param name="now">The new one.</param>
    public static ImmutableArray<string> Of(FiledIssue before, TopBalanceRecord now)
    {
        using JsonDocument old = JsonDocument.Parse(before.Json.AsMemory());
        using JsonDocument written = JsonDocument.Parse(JsonText.Of(now));
        (JsonElement was, JsonElement @is) = (old.RootElement, written.RootElement);
        ImmutableArray<string> figures = [.. Figures(was, @is)];
        return [.. Grounds(before, now, was), .. figures.IsEmpty ? [Sheet.Say("record.differs.figures")] : figures];
    }

    private static IEnumerable<string> Grounds(FiledIssue before, TopBalanceRecord now, JsonElement was)
    {
        RecordHead head = now.Head;
        if (!string.Equals(before.LogHash, head.LogHash, StringComparison.Ordinal))
        {
            string lines = Text(was, "head", "log_lines");
            yield return string.Equals(lines, Sheet.Number(head.LogLines), StringComparison.Ordinal)
                ? Sheet.Say("record.differs.log-other") : Sheet.Say("record.differs.log", lines, Sheet.Number(head.LogLines));
        }

        if (!string.Equals(before.Software, head.Software, StringComparison.Ordinal))
        {
            yield return Sheet.Say("record.differs.software", before.Software, head.Software);
        }

        if (!string.Equals(before.Model, head.Model, StringComparison.Ordinal))
        {
            yield return Sheet.Say("record.differs.model", before.Model, head.Model);
        }
    }

    private static IEnumerable<string> Figures(JsonElement was, JsonElement now)
    {
        (string old, string outcome) = (Text(was, "verdict", "outcome"), Text(now, "verdict", "outcome"));
        if (!string.Equals(old, outcome, StringComparison.Ordinal))
        {
            yield return Sheet.Say("record.differs.verdict", old, outcome);
        }

        ImmutableSortedDictionary<string, string> criteria = Criteria(was);
        foreach ((string code, string says) in Criteria(now))
        {
            if (!criteria.TryGetValue(code, out string? said) || !string.Equals(said, says, StringComparison.Ordinal))
            {
                yield return Sheet.Say("record.differs.criterion", Sheet.Say("criterion." + code), said ?? "-", says);
            }
        }

        (string usable, string usableNow) = (Usable(was), Usable(now));
        if (!string.Equals(usable, usableNow, StringComparison.Ordinal))
        {
            yield return Sheet.Say("record.differs.usable", usable, usableNow);
        }
    }

    private static ImmutableSortedDictionary<string, string> Criteria(JsonElement record) =>
        Find(record, "verdict", "criteria") is { ValueKind: JsonValueKind.Array } all
            ? all.EnumerateArray().ToImmutableSortedDictionary(c => Text(c, "code"), c => Text(c, "outcome"), StringComparer.Ordinal)
            : ImmutableSortedDictionary<string, string>.Empty;

    private static string Usable(JsonElement record) =>
        Find(record, "cells", "usable", "after") is { } after && Find(after, "p50") is { ValueKind: JsonValueKind.Number } middle
            ? Simulations.Wording.Invariant($"{middle.GetDouble():0.0}\u00a0Ah") : Sheet.Say("record.mark.not-known");

    private static string Text(JsonElement of, params ReadOnlySpan<string> path) => Find(of, path) is { } found ? found.ToString() : "?";

    private static JsonElement? Find(JsonElement of, params ReadOnlySpan<string> path)
    {
        foreach (string key in path)
        {
            if (of.ValueKind != JsonValueKind.Object || !of.TryGetProperty(key, out of))
            {
                return null;
            }
        }

        return of;
    }
}
