using System.Text.Json.Nodes;

namespace TopBalance.Workbench.Files;

/// <summary>Either one word or number, or something larger.</summary>
/// <param name="scalar">The shape of a word or number.</param>
/// <param name="larger">The shape of a list or map.</param>
internal sealed class ScalarOrShape<T>(Shape<T> scalar, Shape<T> larger) : Shape<T>
{
    public override string Expected => scalar.Expected + ", or " + larger.Expected;

    public override T Read(YamlNode node, Place place) => node switch
    {
        { IsNothing: true } => throw Unexpected(node, place),
        YamlScalar => scalar.Read(node, place),
        _ => larger.Read(node, place),
    };

    public override JsonObject Schema() => new() { ["anyOf"] = new JsonArray(scalar.Schema(), larger.Schema()) };
}
