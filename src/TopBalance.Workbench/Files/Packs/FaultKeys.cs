using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Files;

/// <summary>An entry of <c>faults</c> in a pack file: the kinds are the names of the <see cref="Packs.Fault"/> records.</summary>
internal static class FaultKeys
{
    private static readonly Key<int> Cell = new("cell", Shapes.Whole(1, PackSpec.MostSeries), "Which cell, from 1.")
    {
        Required = true,
        Example = "5",
    };

    private static readonly Key<Ohms> Resistance =
        new("resistance_ohm", Shapes.Ohms(NumberRange.Above(0, 1000)), "Its resistance, Ω.") { Required = true, Example = "0.002" };

    private static readonly Key<Volts> Offset =
        new("offset_v", Shapes.Volts(NumberRange.From(-5, 5)), "How much more the module reads than its cell has, V.")
        {
            Required = true,
            Example = "0.05",
        };

    private static readonly MapShape OfCell = new([Cell]);

    public static readonly Shape<(Fault Fault, MapValues Values)> Fault = new KindShape<(Fault, MapValues)>(
        ("stuck-on-shunt", OfCell, v => (new Fault.StuckOnShunt(Number(v)), v)),
        ("dead-shunt", OfCell, v => (new Fault.DeadShunt(Number(v)), v)),
        ("dead-loop-contact", OfCell, v => (new Fault.DeadLoopContact(Number(v)), v)),
        ("cut-loop", new MapShape([]), v => (new Fault.CutLoop(), v)),
        ("loose-lug", new MapShape([Cell, Resistance]), v => (new Fault.LooseLug(Number(v), v.Get(Resistance)), v)),
        ("reading-offset", new MapShape([Cell, Offset]), v => (new Fault.ReadingOffset(Number(v), v.Get(Offset)), v)),
        ("dead-red-lamp", OfCell, v => (new Fault.DeadRedLamp(Number(v)), v)),
        ("dead-green-lamp", OfCell, v => (new Fault.DeadGreenLamp(Number(v)), v)));

    /// <exception cref="InputException">The fault names a cell the pack does not have.</exception>
    public static Fault Checked((Fault Fault, MapValues Values) read, int series)
    {
        if (read.Values.Has(Cell))
        {
            CellRowKeys.CheckInside(read.Values, Cell, read.Values.Get(Cell), series);
        }

        return read.Fault;
    }

    private static CellNumber Number(MapValues values) => new(values.Get(Cell));
}
