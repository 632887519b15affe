using System.Text.Json.Nodes;
using TopBalance.Inference.Observations;
using TopBalance.Packs;

namespace TopBalance.Workbench.Files;

/// <summary>Which green lamp went out: a cell, <c>unseen</c> or <c>none</c>.</summary>
internal sealed class TripShape : Shape<Trip>
{
    private static readonly Shape<int> Number = Shapes.Whole(1, PackSpec.MostSeries);

    private static readonly ChoiceShape<Trip> Word = new(("unseen", Trip.Unseen), ("none", Trip.None));

    public override string Expected => "the number of the cell whose green lamp went out, unseen, or none if all stayed lit";

    public override Trip Read(YamlNode node, Place place) => node is not YamlScalar { IsNothing: false, Text: var text }
        ? throw Unexpected(node, place)
        : NumberText.TryParse(text, out _) ? Trip.Of(new CellNumber(Number.Read(node, place)))
        : Spelling.Nearest(text, ["unseen", "none"]) is not null ? Word.Read(node, place)
        : throw Unexpected(node, place);

    public override JsonObject Schema() => new() { ["anyOf"] = new JsonArray(Number.Schema(), Word.Schema()) };

    public override JsonNode? Show(Trip value) => Write(value);

    public static string Write(Trip trip) => trip.Sight switch
    {
        TripSight.Cell => trip.Cell.ToString()!,
        TripSight.None => "none",
        _ => "unseen",
    };
}
