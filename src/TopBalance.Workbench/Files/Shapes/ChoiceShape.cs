using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace TopBalance.Workbench.Files;

/// <summary>One of a few words.</summary>
/// <param name="choices">The words and what they mean; true and false stand for yes and no, which YAML editors take for the same.</param>
internal sealed class ChoiceShape<T>(params ImmutableArray<(string Word, T Value)> choices) : Shape<T>
{
    public override string Expected => choices.Length == 1
        ? choices[0].Word
        : string.Join(", ", choices.SkipLast(1).Select(c => c.Word)) + " or " + choices[^1].Word;

    public override T Read(YamlNode node, Place place)
    {
        string? word = (node as YamlScalar)?.Text switch { "true" => "yes", "false" => "no", var text => text };
        foreach ((string known, T value) in choices)
        {
            if (string.Equals(known, word, StringComparison.Ordinal))
            {
                return value;
            }
        }

        string? nearest = word is null ? null : Spelling.Nearest(word, choices.Select(c => c.Word));
        throw nearest is null ? Unexpected(node, place)
            : place.Wrong(node.Line, $"saw {node.Seen}, expected {Expected}; did you mean '{nearest}'?");
    }

    public override JsonObject Schema()
    {
        var words = new JsonArray([.. choices.Select(c => (JsonNode)c.Word)]);
        if (choices.Any(c => c.Word is "yes"))
        {
            words.Add(true);
            words.Add(false);
        }

        return new JsonObject { ["enum"] = words };
    }

    public override JsonNode? Show(T value) => choices.First(c => EqualityComparer<T>.Default.Equals(c.Value, value)).Word;
}
