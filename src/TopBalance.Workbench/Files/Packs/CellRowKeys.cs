using System.Globalization;
using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Files;

/// <summary>What is known of a single cell: an entry of <c>cells</c> in a pack file, or a row of <c>cells_csv</c>.</summary>
internal sealed class CellRowKeys
{
    private static readonly Shape<Ohms> Resistance = Shapes.Ohms(NumberRange.Above(0, 100));
    private static readonly Shape<double> Capacitance = Shapes.Number(NumberRange.Above(0, 1e9), "F");

    private static readonly Key<int> Member =
        new("member", Shapes.Whole(1, PackSpec.MostParallel), "Which member, from 1. Default: all of the cell.");

    private static readonly Key<AmpereHours> Capacity =
        new("capacity_ah", Shapes.AmpereHours(NumberRange.Above(0, 10_000)), "Capacity of one member, Ah.") { Example = "101.3" };

    private static readonly Key<Ohms> R0 =
        new("r0_ohm", Resistance, "R0 of one member at 50 % SoC, Ω: scales the cell's table.") { Example = "0.0011" };

    public static readonly Key<Ohms> R1 = new("r1_ohm", Resistance, "R1 of one member at 50 % SoC, Ω: scales the cell's table.")
    {
        Example = "0.0008",
    };

    public static readonly Key<double> C1 = new("c1_f", Capacitance, "C1 of one member, F: sets τ1 = r1·c1.") { Example = "60000" };

    public static readonly Key<Ohms> R2 = new("r2_ohm", Resistance, "R2 of one member at 50 % SoC, Ω: scales the cell's table.")
    {
        Example = "0.0005",
    };

    public static readonly Key<double> C2 = new("c2_f", Capacitance, "C2 of one member, F: sets τ2 = r2·c2.") { Example = "600000" };

    private readonly Key<int> cell;
    private readonly Key<double> soc;

    private CellRowKeys(string socName, int lowestCell)
    {
        cell = new Key<int>("cell", Shapes.Whole(lowestCell, PackSpec.MostSeries), "Which cell, from 1.")
        {
            Required = true,
            Example = "4",
        };
        soc = new Key<double>(socName, Shapes.Number(NumberRange.From(0, 1.1)), "State of charge at the start, 0 to 1.")
        {
            Example = "0.72",
        };
        Row = new MapShape([cell, Member, soc, Capacity, R0, R1, C1, R2, C2]);
    }

    /// <summary>In a pack file.</summary>
    public static CellRowKeys Yaml { get; } = new("soc", 1);

    /// <summary>In a CSV file, whose cells may start at 0.</summary>
    public static CellRowKeys Csv { get; } = new("soc0", 0);

    public MapShape Row { get; }

    /// <summary>The cell's number as written.</summary>
    public int WrittenCell(MapValues row) => row.Get(cell);

    /// <summary>What a row says.</summary>
    /// <param name="row">The row.</param>
    /// <param name="first">The number of the first cell: 1, or 0 in a CSV file that counts from 0.</param>
    /// <param name="series">Cells in the pack.</param>
    /// <param name="parallel">Members in a cell.</param>
    /// <exception cref="InputException">The pack has no such cell or member.</exception>
    public CellKnowledge Knowledge(MapValues row, int first, int series, int parallel)
    {
        CheckInside(row, cell, row.Get(cell), series, first);
        if (row.Find(Member) is { } member && member > parallel)
        {
            throw row.WrongAt(Member, Outside(member, "member", 1, parallel));
        }

        return new CellKnowledge(CellNumber.FromIndex(row.Get(cell) - first))
        {
            Member = row.Find(Member),
            Soc = row.Find(soc),
            Capacity = row.Find(Capacity),
            R0 = row.Find(R0),
            R1 = row.Find(R1),
            C1 = row.Find(C1),
            R2 = row.Find(R2),
            C2 = row.Find(C2),
        };
    }

    /// <exception cref="InputException">The pack has no cell of that number.</exception>
    public static void CheckInside(MapValues values, Key key, int number, int series, int first = 1)
    {
        if (number < first || number >= first + series)
        {
            throw values.WrongAt(key, Outside(number, "cell", first, first + series - 1));
        }
    }

    private static string Outside(int number, string what, int first, int last) => string.Create(
        CultureInfo.InvariantCulture,
        $"saw {what} {number}, expected {first} to {last}, which the pack has; correct it, or 'series' and 'parallel'");
}
