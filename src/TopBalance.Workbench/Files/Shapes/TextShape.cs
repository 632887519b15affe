using System.Text.Json.Nodes;

namespace TopBalance.Workbench.Files;

/// <summary>A text of one line.</summary>
/// <param name="expected">What it is, e.g. <c>the path of a CSV file</c>.</param>
/// <param name="most">Most characters.</param>
internal sealed class TextShape(string expected, int most = 200) : Shape<string>
{
    public override string Expected => $"{expected} (1 to {most} characters)";

    public override string Read(YamlNode node, Place place)
    {
        bool fits = node is YamlScalar { IsNothing: false } scalar && !string.IsNullOrWhiteSpace(scalar.Text) && scalar.Text.Length <= most;
        return fits && !((YamlScalar)node).Text.Any(char.IsControl) ? ((YamlScalar)node).Text : throw Unexpected(node, place);
    }

    public override JsonObject Schema() => new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = most };

    public override JsonNode? Show(string value) => value;
}
