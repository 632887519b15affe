using System.Globalization;
using System.Text.Json.Nodes;

namespace TopBalance.Workbench.Files;

/// <summary>A seed: any whole number of 64 bits.</summary>
internal sealed class SeedShape : Shape<ulong>
{
    public override string Expected => "a whole number from 0 to 18446744073709551615";

    public override ulong Read(YamlNode node, Place place) =>
        node is YamlScalar scalar && ulong.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
            ? seed
            : throw Unexpected(node, place);

    public override JsonObject Schema() => new() { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = ulong.MaxValue };

    public override JsonNode? Show(ulong value) => JsonValue.Create(value);
}
