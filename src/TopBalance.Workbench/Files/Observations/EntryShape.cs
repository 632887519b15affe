using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace TopBalance.Workbench.Files;

/// <summary>An entry: one kind, and perhaps <see cref="EntryKeys.OfAny"/> beside it.</summary>
internal sealed class EntryShape(ImmutableArray<EntryKind> kinds) : Shape<EntryValues>
{
    private readonly MapShape map = new(
        [.. kinds.Select(k => k.Key), .. EntryKeys.OfAny], new Rule.ExactlyOne([.. kinds.Select(k => k.Key)]));

    public override string Expected => map.Expected;

    public override EntryValues Read(YamlNode node, Place place)
    {
        if (node is YamlMap entry)
        {
            CheckOneKind(entry, place);
        }

        MapValues values = map.Read(node, place);
        return new EntryValues(kinds.First(k => values.Has(k.Key)), values);
    }

    public override JsonObject Schema() => map.Schema();

    // two slips of those who write YAML by hand: a dash forgotten, and keys that should stand further in
    private void CheckOneKind(YamlMap entry, Place place)
    {
        YamlEntry[] named = [.. entry.Entries.Where(e => KindOf(e) is not null)];
        if (named.Length > 1)
        {
            const string advice = "begin it with a dash of its own";
            throw place.Inside(named[1].Name).Wrong(named[1].Line, $"stands in one entry with '{named[0].Name}'; {advice}");
        }

        if (named.Length == 0 && entry.Entries.Length == 0)
        {
            throw place.Wrong(entry.Line, "is empty, expected what was done or seen; write it, or remove the dash");
        }

        if (named.Length == 1 && KindOf(named[0]) is MapKind kind && named[0].Value is YamlMap or YamlScalar { IsNothing: true }
            && entry.Entries.FirstOrDefault(e => IsOf(kind, e)) is { } outside)
        {
            throw place.Inside(outside.Name).Wrong(
                outside.Line, $"stands beside '{named[0].Name}', expected it inside; indent it further, or put it between the braces");
        }
    }

    private EntryKind? KindOf(YamlEntry entry) =>
        kinds.FirstOrDefault(k => string.Equals(k.Key.Name, entry.Name, StringComparison.Ordinal));

    private static bool IsOf(MapKind kind, YamlEntry entry) =>
        kind.Keys.Any(key => string.Equals(key.Name, entry.Name, StringComparison.Ordinal));
}
