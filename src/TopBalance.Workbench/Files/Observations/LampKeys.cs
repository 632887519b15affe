using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Packs;

namespace TopBalance.Workbench.Files;

/// <summary>The keys <c>red</c> and <c>not_seen</c>: without <c>red</c> nobody looked.</summary>
internal static class LampKeys
{
    private static readonly Shape<ImmutableArray<int>> Numbers = Shapes.List(Shapes.Whole(1, PackSpec.MostSeries), 0, PackSpec.MostSeries);

    public static readonly Key<ImmutableArray<int>> Red = new(
        "red", Numbers, "Cells whose red lamp was lit at the very end; all others were looked at and dark, but for those under not_seen.")
    {
        Example = "[3, 14, 30]",
    };

    // null: all that are not red
    public static readonly Key<ImmutableArray<int>?> NotSeen = new(
        "not_seen",
        new ScalarOrShape<ImmutableArray<int>?>(
            new ChoiceShape<ImmutableArray<int>?>(("others", null)), Numbers.Into(n => (ImmutableArray<int>?)n)),
        "Cells that nobody looked at, or others for all that are not red.")
    { Example = "[40, 41] or others" };

    public static readonly Rule Together = new Rule.Needs(NotSeen, Red);

    /// <summary>What was seen; null if nobody looked.</summary>
    /// <param name="values">The entry.</param>
    /// <param name="context">The pack.</param>
    /// <param name="among">The cells that were charged; null for all.</param>
    /// <exception cref="InputException">A cell is not among them, there twice, or both seen and not seen.</exception>
    public static LampsSeen? Read(MapValues values, EntryContext context, ImmutableArray<CellNumber>? among = null)
    {
        if (!values.Has(Red))
        {
            return null;
        }

        ImmutableArray<CellNumber> red = Checked(values, Red, values.Get(Red), context, among);
        ImmutableArray<int>? notSeen = values.Get(NotSeen, []);
        ImmutableArray<CellNumber> unseen = Checked(values, NotSeen, notSeen ?? [], context, among);
        foreach (CellNumber cell in unseen.Where(c => red.Contains(c)))
        {
            throw values.WrongAt(NotSeen, $"cell {cell} is under 'red' too: it was seen or it was not; remove one of them");
        }

        return new LampsSeen(red, unseen, OthersNotSeen: notSeen is null);
    }

    /// <summary>Leaves <c>not_seen</c> out only if all others were looked at and dark.</summary>
    public static FlowMap AddLamps(this FlowMap map, LampsSeen? lamps) => lamps is null
        ? map
        : map.Add(Red, List(lamps.Red)).Add(
            NotSeen, lamps.OthersNotSeen ? "others" : lamps.NotSeen.IsEmpty ? null : List(lamps.NotSeen));

    /// <summary>E.g. <c>[3, 14, 30]</c>.</summary>
    public static string List(ImmutableArray<CellNumber> cells) => "[" + string.Join(", ", cells) + "]";

    private static ImmutableArray<CellNumber> Checked(
        MapValues values, Key key, IEnumerable<int> numbers, EntryContext context, ImmutableArray<CellNumber>? among)
    {
        ImmutableArray<CellNumber> cells = [.. context.Cells(values, key, numbers)];
        foreach (CellNumber cell in cells.Where(c => among is { } charged && !charged.Contains(c)))
        {
            throw values.WrongAt(key, $"saw cell {cell}, which was not charged here; name cells under 'cells' only");
        }

        return cells;
    }
}
