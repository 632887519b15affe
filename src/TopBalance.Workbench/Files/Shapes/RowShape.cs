using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace TopBalance.Workbench.Files;

/// <summary>A row of a table: a short list of numbers, each with its meaning by its place.</summary>
/// <param name="columns">Name and shape of each number.</param>
/// <param name="least">How many must be there; the rest may be left out.</param>
internal sealed class RowShape(ImmutableArray<(string Name, Shape<double> Shape)> columns, int least) : Shape<ImmutableArray<double>>
{
    public override string Expected => "a row [" + string.Join(", ", columns.Select(c => c.Name)) + "]";

    public override ImmutableArray<double> Read(YamlNode node, Place place)
    {
        if (node is not YamlList row)
        {
            throw Unexpected(node, place);
        }

        if (row.Items.Length < least || row.Items.Length > columns.Length)
        {
            string seen = row.Items.Length.ToString(CultureInfo.InvariantCulture);
            throw place.Wrong(node.Line, $"saw a row of {seen} values, expected {Expected}; check decimal points and commas");
        }

        return [.. row.Items.Select((value, k) => columns[k].Shape.Read(value, place.Inside(columns[k].Name)))];
    }

    public override JsonObject Schema() => new()
    {
        ["type"] = "array",
        ["prefixItems"] = new JsonArray([.. columns.Select(c => c.Shape.Schema())]),
        ["minItems"] = least,
        ["maxItems"] = columns.Length,
    };
}
