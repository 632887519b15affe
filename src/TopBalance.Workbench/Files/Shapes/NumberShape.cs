using System.Text.Json.Nodes;

namespace TopBalance.Workbench.Files;

/// <summary>A number with its unit and range.</summary>
/// <param name="unit">E.g. <c>V</c>; null if it has none.</param>
/// <param name="range">What it may be.</param>
/// <param name="whole">True if it must be a whole number.</param>
/// <param name="make">Makes the quantity.</param>
/// <param name="number">The number in the quantity.</param>
internal sealed class NumberShape<T>(string? unit, NumberRange range, bool whole, Func<double, T> make, Func<T, double> number) : Shape<T>
{
    public override string Expected => (whole ? "a whole number" : "a number") + (unit is null ? "" : $" in {unit}") + $" {range}";

    public override T Read(YamlNode node, Place place)
    {
        if (node is not YamlScalar { IsNothing: false } scalar)
        {
            throw Unexpected(node, place);
        }

        if (!NumberText.TryParse(scalar.Text, out double value))
        {
            string? hint = NumberText.Hint(scalar.Text);
            throw hint is null ? Unexpected(node, place) : place.Wrong(node.Line, $"saw {node.Seen}, expected {Expected}; write {hint}");
        }

        if (!range.Holds(value) || (whole && value != Math.Truncate(value)))
        {
            throw Unexpected(node, place);
        }

        return make(value);
    }

    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = whole ? "integer" : "number" };
        range.AddTo(schema);
        return schema;
    }

    public override JsonNode? Show(T value) => JsonValue.Create(number(value));
}
