using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Workbench.Files;

/// <summary><c>drain</c>: a load was on one cell.</summary>
internal sealed class DrainEntry() : MapKind(
    "drain",
    "One cell was drained.",
    "{ cell: 30, minutes: 8 }",
    [Cell, LoadResistance, LoadCurrent, EntryKeys.Minutes, EntryKeys.Hours],
    EntryKeys.Lasts,
    new Rule.NotBoth(LoadResistance, LoadCurrent))
{
    private static readonly Key<int> Cell = new("cell", Shapes.Whole(1, PackSpec.MostSeries), "Which cell.")
    {
        Required = true,
        Example = "30",
    };

    private static readonly Key<Ohms> LoadResistance = new(
        "load_ohm", Shapes.Ohms(NumberRange.Above(0, 100_000)), "With this resistor, Ω. Default: the pack file's tools.drain_load.")
    {
        Example = "3.3",
    };

    private static readonly Key<Amperes> LoadCurrent =
        new("load_a", Shapes.Amperes(NumberRange.Above(0, 2000)), "With this constant current, A.") { Example = "1" };

    protected override Observation Read(MapValues values, EntryContext context) =>
        new DrainSeen(new DrainCell(context.Cell(values, Cell, values.Get(Cell)), Load(values, context), EntryKeys.Duration(values)));

    protected override FlowMap? Map(Observation seen, Func<LogSeen, string> fileOf) => seen is DrainSeen { Step: var drain }
        ? new FlowMap()
            .Add(Cell, drain.Cell.Value)
            .Add(LoadResistance, drain.Load.Resistance?.Value)
            .Add(LoadCurrent, drain.Load.Current?.Value)
            .AddDuration(drain.Duration)
        : null;

    // what a load may turn into heat is no part of what was seen
    private static DrainLoadSpec Load(MapValues values, EntryContext context)
    {
        bool written = values.Has(LoadResistance) || values.Has(LoadCurrent);
        DrainLoadSpec? usual = written ? null : context.Pack.Tools.DrainLoad;
        return (values.Find(LoadResistance) ?? usual?.Resistance, values.Find(LoadCurrent) ?? usual?.Current) switch
        {
            ({ } ohms, _) => DrainLoadSpec.Resistor(ohms),
            (_, { } amps) => DrainLoadSpec.ConstantCurrent(amps),
            _ => throw values.WrongAt(LoadResistance, "is missing, and the pack file has no tools.drain_load; add load_ohm or load_a"),
        };
    }
}
