using System.Text.Json;
using TopBalance.Inference;
using TopBalance.Packs;
using TopBalance.Workbench.Inference;
using TopBalance.Workbench.Json;
using TopBalance.Workbench.Tests.Cli;

namespace TopBalance.Workbench.Tests.Inference;

public sealed class InferenceSummaryTests
{
    private static readonly Contradiction OfCell = new(3, new CellNumber(2), "Cell 2 was dark and tripped: check the number.");
    private static readonly Contradiction OfPack = new(1, null, "More went in than the cells can hold: check the ammeter.");
    private static readonly MostTelling Telling = new("Look at cell 4 at the end of the next charge.", new CellNumber(4), 3.25);

    private static InferenceMeaning Meaning(params Interval90[] toFull) => InferenceMeaning.Of(Estimates.Of(
        Summaries.Pack(toFull.Length),
        [.. toFull.Select((t, k) => Estimates.Dark(k + 1) with { ToFullAh = t, Known = t.P95 - t.P05 < 2 ? Known.Resolved : Known.Bounded })]));

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];

    [Fact]
    public void Json_has_the_fields_people_script_against_with_full_precision()
    {
        JsonElement root = JsonDocument.Parse(JsonText.Of(Estimates.Summary(4, [OfCell, OfPack], Telling))).RootElement;

        Names(root).ShouldBe(["pack", "cells", "contradictions", "most_telling"]);
        root.GetProperty("pack").GetString().ShouldBe("My EV");
        JsonElement cell = root.GetProperty("cells")[2];
        Names(cell).ShouldBe(["cell", "to_full_ah", "lamp", "known", "evidence"]);
        cell.GetProperty("cell").GetInt32().ShouldBe(3);
        Names(cell.GetProperty("to_full_ah")).ShouldBe(["p05", "p50", "p95"]);
        cell.GetProperty("to_full_ah").GetProperty("p05").GetRawText().ShouldBe("-0.31");
        cell.GetProperty("evidence").GetString().ShouldBe("tripped HVC twice");
        root.GetProperty("cells").EnumerateArray().Select(c => c.GetProperty("lamp").GetString()).ShouldBe(["lit", "dark", "lit", "not_seen"]);
        root.GetProperty("cells").EnumerateArray().Select(c => c.GetProperty("known").GetString())
            .ShouldBe(["resolved", "bounded", "resolved", "bounded"]);
    }

    [Fact]
    public void A_contradiction_says_in_which_line_of_the_file_it_stands()
    {
        JsonElement root = JsonDocument.Parse(JsonText.Of(Estimates.Summary(4, [OfCell, OfPack], Telling))).RootElement;
        JsonElement first = root.GetProperty("contradictions")[0], second = root.GetProperty("contradictions")[1];

        Names(first).ShouldBe(["observation", "line", "cell", "text"]);
        (first.GetProperty("observation").GetInt32(), first.GetProperty("line").GetInt32()).ShouldBe((3, 4));
        first.GetProperty("cell").GetInt32().ShouldBe(2);
        second.GetProperty("line").GetInt32().ShouldBe(1);
        second.GetProperty("cell").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void What_would_tell_most_is_there_or_null()
    {
        JsonElement told = JsonDocument.Parse(JsonText.Of(Estimates.Summary(4, telling: Telling))).RootElement.GetProperty("most_telling");
        JsonElement none = JsonDocument.Parse(JsonText.Of(Estimates.Summary(4))).RootElement;

        Names(told).ShouldBe(["text", "cell", "narrows_to_ah"]);
        told.GetProperty("narrows_to_ah").GetDouble().ShouldBe(3.25);
        none.GetProperty("most_telling").ValueKind.ShouldBe(JsonValueKind.Null);
        none.GetProperty("contradictions").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public void The_emptiest_lacks_at_least_what_every_low_end_says_and_the_fullest_at_most_what_every_high_end_says() =>
        Meaning(new(-0.5, 0, 0.5), new(20, 25, 30), new(5, 18, 40)).Spread.ShouldBe(
            "Between 19.5 and 40.5\u00a0Ah lie between the fullest cell, most likely 1, and the emptiest, most likely 2.");

    [Fact]
    public void A_cell_is_named_only_where_no_other_could_as_well_be_meant() =>
        Meaning(new(-0.5, 0, 0.5), new(-0.4, 0.1, 0.6), new(20, 25, 30)).Spread.ShouldBe(
            "Between 19.5 and 30.5\u00a0Ah lie between the fullest cell and the emptiest, most likely 3.");

    [Fact]
    public void Cells_whose_intervals_overlap_may_be_equal() =>
        Meaning(new(0, 1, 2), new(1, 2, 3)).Spread.ShouldBe(
            "At most 3.0\u00a0Ah lie between the fullest cell and the emptiest.");

    [Fact]
    public void A_single_cell_has_no_other_to_differ_from()
    {
        Meaning(new Interval90(-0.02, 2, 3)).Spread.ShouldBe("Cell 1 lacks 0.0 to 3.0\u00a0Ah.");
        Meaning(new Interval90(-0.02, 2, 3)).Consequence.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_not_known_is_never_told_as_known()
    {
        Interval90 narrow = new(0, 0.5, 1), wide = new(0, 10, 20);

        Meaning(narrow, narrow).Sureness.ShouldBe("Every cell is known to within 1.0\u00a0Ah.");
        Meaning(wide, wide).Sureness.ShouldBe("No cell is known to within 1.0\u00a0Ah yet.");
        Meaning(narrow, wide, wide).Sureness.ShouldBe("1 of 3 cells is known to within 1.0\u00a0Ah, of the others only bounds.");
    }
}
