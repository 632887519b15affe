using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace TopBalance.Workbench.Files;

/// <summary>A map with known keys.</summary>
/// <param name="keys">The keys in the order they are documented.</param>
/// <param name="rules">Which of them go together.</param>
internal sealed class MapShape(ImmutableArray<Key> keys, params ImmutableArray<Rule> rules) : Shape<MapValues>
{
    public ImmutableArray<Key> Keys => keys;

    public ImmutableArray<Rule> Rules => rules;

    public override string Expected =>
        "a map of keys (" + string.Join(", ", keys.Take(6).Select(k => k.Name)) + (keys.Length > 6 ? " …)" : ")");

    public override MapValues Read(YamlNode node, Place place)
    {
        if (node is not YamlMap map)
        {
            throw Unexpected(node, place);
        }

        // unknown keys first: a decimal comma cuts the value before it short, and the key after it explains why
        Key[] known = [.. map.Entries.Select(e => Find(e.Name) ?? throw Unknown(map, e, place))];
        var given = new Dictionary<Key, (object? Value, int Line)>(known.Length);
        foreach ((Key key, YamlEntry entry) in known.Zip(map.Entries))
        {
            given.Add(key, (key.ReadValue(entry.Value, place), entry.Line));
        }

        var values = new MapValues(this, given, place, map.Line);
        RequireKeys(values);
        foreach (Rule rule in rules)
        {
            rule.Check(values);
        }

        return values;
    }

    public override JsonObject Schema()
    {
        var properties = new JsonObject();
        foreach (Key key in keys)
        {
            properties[key.Name] = key.Schema();
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (keys.Any(k => k.Required))
        {
            schema["required"] = new JsonArray([.. keys.Where(k => k.Required).Select(k => (JsonNode)k.Name)]);
        }

        if (rules.Length > 0)
        {
            schema["allOf"] = new JsonArray([.. rules.Select(r => r.Schema())]);
        }

        return schema;
    }

    private Key? Find(string name) => keys.FirstOrDefault(k => string.Equals(k.Name, name, StringComparison.Ordinal));

    private void RequireKeys(MapValues values)
    {
        if (keys.FirstOrDefault(k => k.Required && !values.Has(k)) is { } missing)
        {
            string advice = missing.Example is { } example ? $"add e.g. '{missing.Name}: {example}'" : "add it";
            throw values.WrongAt(missing, $"is missing, expected {missing.Expected}; {advice}");
        }
    }

    // inside braces '3,55' arrives as the value 3 and a key 55 without a value
    private InputException Unknown(YamlMap map, YamlEntry entry, Place place)
    {
        Place at = place.Inside(OneLine.Quote(entry.Name).Trim('\''));
        int index = map.Entries.IndexOf(entry);
        if (entry.Name.All(char.IsAsciiDigit) && entry.Value.IsNothing && index > 0
            && map.Entries[index - 1] is { Value: YamlScalar before } previous)
        {
            string meant = $"{previous.Name}: {before.Text}.{entry.Name}";
            return at.Wrong(entry.Line, $"saw a key {OneLine.Quote(entry.Name)}, expected no decimal comma; write {OneLine.Of(meant)}");
        }

        string[] known = [.. keys.Select(k => k.Name)];
        return at.Wrong(entry.Line, Spelling.Nearest(entry.Name, known) is { } nearest
            ? $"is an unknown key; the nearest known key is '{nearest}'; rename or remove it"
            : known.Length > 0 ? $"is an unknown key; known here: {Spelling.Few(entry.Name, known)}; rename or remove it"
            : "is an unknown key; there is none to give here; remove it");
    }
}
