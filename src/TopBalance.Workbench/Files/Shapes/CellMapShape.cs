using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using TopBalance.Packs;

namespace TopBalance.Workbench.Files;

/// <summary>A map from cell numbers to values of one shape, e.g. <c>{ 1: 3.355, 30: 3.601 }</c>.</summary>
/// <param name="item">The shape of each value.</param>
internal sealed class CellMapShape<T>(Shape<T> item) : Shape<ImmutableSortedDictionary<int, T>>
{
    public override string Expected => "a map of cell numbers, each with " + item.Expected;

    public override ImmutableSortedDictionary<int, T> Read(YamlNode node, Place place)
    {
        if (node is not YamlMap { Entries.Length: > 0 } map)
        {
            throw Unexpected(node, place);
        }

        // inside braces '3,55' arrives as the value 3 and a key 55 without a value
        foreach ((YamlEntry before, YamlEntry entry) in map.Entries.Zip(map.Entries.Skip(1)))
        {
            if (entry.Value.IsNothing && entry.Name.All(char.IsAsciiDigit) && before.Value is YamlScalar number)
            {
                string meant = $"{before.Name}: {number.Text}.{entry.Name}";
                throw place.Wrong(
                    entry.Line, $"saw a key {OneLine.Quote(entry.Name)}, expected no decimal comma; write {OneLine.Of(meant)}");
            }
        }

        var cells = ImmutableSortedDictionary.CreateBuilder<int, T>();
        foreach (YamlEntry entry in map.Entries)
        {
            int cell = Number(entry, place);
            if (cells.ContainsKey(cell))
            {
                throw place.Wrong(entry.Line, FormattableString.Invariant($"cell {cell} is there twice; remove one of them"));
            }

            cells[cell] = item.Read(entry.Value, place.Inside(entry.Name));
        }

        return cells.ToImmutable();
    }

    public override JsonObject Schema() => new()
    {
        ["type"] = "object",
        ["propertyNames"] = new JsonObject { ["pattern"] = "^[1-9][0-9]{0,2}$" },
        ["additionalProperties"] = item.Schema(),
        ["minProperties"] = 1,
    };

    private static int Number(YamlEntry entry, Place place) =>
        int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out int cell) && cell is >= 1 and <= PackSpec.MostSeries
            ? cell
            : throw place.Wrong(
                entry.Line, $"saw a key {OneLine.Quote(entry.Name)}, expected the number of a cell from 1; write e.g. 30: and the value");
}
