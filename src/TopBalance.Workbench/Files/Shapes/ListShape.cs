using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace TopBalance.Workbench.Files;

/// <summary>A list of values of one shape.</summary>
/// <param name="item">The shape of each.</param>
/// <param name="least">Least number of items.</param>
/// <param name="most">Most items.</param>
internal sealed class ListShape<T>(Shape<T> item, int least, int most) : Shape<ImmutableArray<T>>
{
    public override string Expected => string.Create(
        CultureInfo.InvariantCulture,
        $"a list of {least} to {most} items");

    public override ImmutableArray<T> Read(YamlNode node, Place place)
    {
        if (node is not YamlList list)
        {
            throw Unexpected(node, place);
        }

        if (list.Items.Length < least || list.Items.Length > most)
        {
            throw place.Wrong(
                node.Line, $"saw a list of {list.Items.Length.ToString(CultureInfo.InvariantCulture)}, expected {Expected}; correct it");
        }

        return [.. list.Items.Select((value, k) => item.Read(value, place.Item(k + 1)))];
    }

    public override JsonObject Schema() =>
        new() { ["type"] = "array", ["items"] = item.Schema(), ["minItems"] = least, ["maxItems"] = most };
}
