using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace TopBalance.Workbench.Files;

/// <summary>A map whose key <c>kind</c> decides which other keys it has.</summary>
/// <param name="kinds">Each kind's word, its other keys, and what it is made into.</param>
internal sealed class KindShape<T>(params ImmutableArray<(string Kind, MapShape Keys, Func<MapValues, T> Build)> kinds) : Shape<T>
{
    private static readonly YamlNode Absent = new YamlScalar("", Quoted: false, 0);

    public override string Expected => "a map with 'kind' and its keys";

    public override T Read(YamlNode node, Place place)
    {
        if (node is not YamlMap map)
        {
            throw Unexpected(node, place);
        }

        YamlNode kind = map.Entries.FirstOrDefault(e => e.Name is "kind")?.Value ?? Absent with { Line = map.Line };
        int chosen = new ChoiceShape<int>([.. kinds.Select((k, index) => (k.Kind, index))]).Read(kind, place.Inside("kind", kinds[0].Kind));
        var others = new YamlMap([.. map.Entries.Where(e => e.Name is not "kind")], map.Line);
        return kinds[chosen].Keys.Into(kinds[chosen].Build).Read(others, place);
    }

    public override JsonObject Schema()
    {
        var alternatives = new JsonArray();
        foreach ((string kind, MapShape keys, _) in kinds)
        {
            JsonObject schema = keys.Schema();
            schema["properties"]!.AsObject().Insert(0, "kind", new JsonObject { ["const"] = kind });
            JsonArray required = schema["required"] as JsonArray ?? [];
            required.Insert(0, "kind");
            schema["required"] = required;
            alternatives.Add(schema);
        }

        return new JsonObject { ["oneOf"] = alternatives };
    }
}
