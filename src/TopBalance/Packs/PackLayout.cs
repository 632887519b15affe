using System.Collections.Immutable;

namespace TopBalance.Packs;

/// <summary>Which way cells are numbered in a box, row by row.</summary>
public enum NumberingDirection
{
    /// <summary>Every row from left to right.</summary>
    Rows,

    /// <summary>Left to right, then right to left, so that each row goes on beside where the last one ended.</summary>
    Snake,
}

/// <summary>One box of cells.</summary>
/// <param name="Rows">1 or more.</param>
/// <param name="Columns">1 or more.</param>
/// <param name="Direction">Which way the cells are numbered.</param>
public sealed record BoxLayout(int Rows, int Columns, NumberingDirection Direction = NumberingDirection.Rows)
{
    /// <summary>Number of places.</summary>
    public int Places => checked(Rows * Columns);
}

/// <summary>Where a cell stands.</summary>
/// <param name="Box">From 0.</param>
/// <param name="Row">From 0.</param>
/// <param name="Column">From 0.</param>
public readonly record struct CellPlace(int Box, int Row, int Column);

/// <summary>How the cells stand: boxes, rows and the direction of numbering. The last box may stay partly empty.</summary>
public sealed class PackLayout
{
    private readonly ImmutableArray<CellPlace> places;

    /// <param name="series">Cells in series.</param>
    /// <param name="boxes">The boxes in order of numbering; together they have a place for every cell.</param>
    /// <exception cref="ArgumentException">A box is empty, or there are not enough places, or a box stays unused.</exception>
    public PackLayout(int series, ImmutableArray<BoxLayout> boxes)
    {
        if (boxes.IsEmpty || boxes.Any(b => b.Rows < 1 || b.Columns < 1))
        {
            throw new ArgumentException("A layout needs boxes of at least one row and one column.");
        }

        long room = boxes.Sum(b => (long)b.Rows * b.Columns);
        if (room < series)
        {
            throw new ArgumentException($"The boxes of the layout have {room} places for {series} cells.");
        }

        if (room - boxes[^1].Places >= series)
        {
            throw new ArgumentException($"The last box of the layout stays empty: {series} cells fit into the boxes before it.");
        }

        Boxes = boxes;
        places = [.. Enumerate(boxes).Take(series)];
    }

    /// <summary>The boxes in order of numbering.</summary>
    public ImmutableArray<BoxLayout> Boxes { get; }

    /// <summary>All cells in one line.</summary>
    public static PackLayout Line(int series) => new(series, [new BoxLayout(1, series)]);

    /// <summary>Where a cell stands.</summary>
    public CellPlace this[CellNumber cell] => places[cell.Index];

    /// <summary>True if the two stand side by side: in one box, in the same row or the same column, with no place between them.</summary>
    public bool AreNeighbours(CellNumber a, CellNumber b)
    {
        CellPlace p = places[a.Index];
        CellPlace q = places[b.Index];
        return p.Box == q.Box && Math.Abs(p.Row - q.Row) + Math.Abs(p.Column - q.Column) == 1;
    }

    private static IEnumerable<CellPlace> Enumerate(ImmutableArray<BoxLayout> boxes) =>
        from box in Enumerable.Range(0, boxes.Length)
        from row in Enumerable.Range(0, boxes[box].Rows)
        from column in Enumerable.Range(0, boxes[box].Columns)
        let mirrored = boxes[box].Direction == NumberingDirection.Snake && row % 2 == 1
        select new CellPlace(box, row, mirrored ? boxes[box].Columns - 1 - column : column);
}
