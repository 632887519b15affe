using TopBalance.Inference.Observations;
using TopBalance.Packs;

namespace TopBalance.Workbench.Files;

/// <summary>What entries are read against.</summary>
/// <param name="Pack">The pack they are about.</param>
/// <param name="Reader">Reads the logs they name.</param>
/// <param name="Source">Where those come from.</param>
internal sealed record EntryContext(PackSpec Pack, FileReader Reader, IFileSource Source)
{
    /// <summary>The cell of that number.</summary>
    /// <exception cref="InputException">The pack has none.</exception>
    public CellNumber Cell(MapValues values, Key key, int number) => number >= 1 && number <= Pack.Series
        ? new CellNumber(number)
        : throw values.WrongAt(
            key, FormattableString.Invariant($"saw cell {number}, expected 1 to {Pack.Series}, which the pack has; correct it"));

    /// <summary>Which cell tripped, as far as it was seen.</summary>
    /// <exception cref="InputException">The pack has no such cell.</exception>
    public Trip Trip(MapValues values, Key<Trip> key)
    {
        Trip trip = values.Get(key);
        return trip.Cell is { } cell ? trip with { Cell = Cell(values, key, cell.Value) } : trip;
    }

    /// <summary>The cells of those numbers.</summary>
    /// <exception cref="InputException">One is outside of the pack or there twice.</exception>
    public IEnumerable<CellNumber> Cells(MapValues values, Key key, IEnumerable<int> numbers)
    {
        var seen = new HashSet<int>();
        foreach (int number in numbers)
        {
            yield return seen.Add(number)
                ? Cell(values, key, number)
                : throw values.WrongAt(key, FormattableString.Invariant($"cell {number} is there twice; remove one of them"));
        }
    }
}
