using System.Collections.Immutable;
using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Files;

/// <summary>The module of a pack file: the name of a library module or file, or the keys in place.</summary>
internal sealed record ModuleChoice(string? Name, MapValues? Inline);

/// <summary>The keys of a pack file.</summary>
internal static class PackKeys
{
    public static readonly Key<string> Name = new("name", Shapes.Text("a name"), "Name for people. Default: the file's name.");

    public static readonly Key<int> Series =
        new("series", Shapes.Whole(1, PackSpec.MostSeries), "Cells (parallel groups) in series.") { Required = true, Example = "50" };

    public static readonly Key<int> Parallel = new("parallel", Shapes.Whole(1, PackSpec.MostParallel), "Members per cell.") { Default = 1 };

    public static readonly Key<string> Cell =
        new(
            "cell",
            Shapes.Text("a cell of the library or the path of a cell file", 1000),
            "Cell of the library, or the path of a cell file.")
        {
            Required = true,
            Example = "calb-ca100",
        };

    public static readonly Key<ModuleChoice> Module = new(
        "module",
        new ScalarOrShape<ModuleChoice>(
            Shapes.Text("a cell module of the library or the path of a module file", 1000).Into(name => new ModuleChoice(name, null)),
            ModuleKeys.Inline.Into(values => new ModuleChoice(null, values))),
        "Cell module of the library, the path of a module file, or the module's keys.")
    {
        Required = true,
        Example = "minibms-3.6",
    };

    private static readonly Key<Volts> ChargerVoltage =
        new("voltage_v", Shapes.Volts(NumberRange.Above(0, 2000)), "Set-point of the whole pack, V.") { Required = true, Example = "180" };

    private static readonly Key<Amperes> ChargerCurrent =
        new("current_a", Shapes.Amperes(NumberRange.Above(0, 2000)), "Constant current, A.") { Required = true, Example = "10" };

    private static readonly Key<Amperes> ChargerTermination =
        new(
            "termination_current_a",
            Shapes.Amperes(NumberRange.From(0, 2000)),
            "The charge is done when the current has fallen to this, A.")
        {
            Required = true,
            Example = "5",
        };

    private static readonly Key<Watts> ChargerPower =
        new("power_limit_w", Shapes.Watts(NumberRange.Above(0, 1_000_000)), "Most it can give, W. Default: no limit.") { Example = "3000" };

    public static readonly Key<ChargerSpec> Charger =
        new(
            "charger",
            new MapShape([ChargerVoltage, ChargerCurrent, ChargerTermination, ChargerPower]).Into(MakeCharger),
            "The pack charger.")
        {
            Required = true,
            Example = "{ voltage_v: 180, current_a: 10, termination_current_a: 5 }",
        };

    public static readonly Key<Celsius> Temperature =
        new("temperature_c", Shapes.Celsius(NumberRange.From(-40, 80)), "Temperature of the cells, °C.") { Default = new(25) };

    public static readonly Key<ToolSpecs> Tools = new("tools", ToolKeys.Tools, "What the technician has.");

    public static readonly Key<Unknowns> Unknowns = new("unknowns", UnknownKeys.Unknowns, "What is believed of cells nobody has measured.");

    public static readonly Key<ImmutableArray<MapValues>> Cells = new(
        "cells",
        Shapes.List(CellRowKeys.Yaml.Row, 0, PackSpec.MostSeries * (PackSpec.MostParallel + 1)),
        "What is known of single cells; overrides cells_csv, which overrides unknowns.");

    public static readonly Key<string> CellsCsv =
        new(
            "cells_csv",
            Shapes.Text("the path of a CSV file", 1000),
            "CSV file of what is known of the cells: cell,member,soc0,capacity_ah,r0_ohm,r1_ohm,c1_f,r2_ohm,c2_f.");

    public static readonly Key<string> OcvCsv =
        new(
            "ocv_csv",
            Shapes.Text("the path of a CSV file", 1000),
            "CSV file of an OCV table that replaces the cell's: soc,ocv_v; makes resistances constant.");

    private static readonly Key<int> Rows = new("rows", Shapes.Whole(1, PackSpec.MostSeries), "Rows of cells.")
    {
        Required = true,
        Example = "2",
    };

    private static readonly Key<int> Columns = new("columns", Shapes.Whole(1, PackSpec.MostSeries), "Cells in a row.")
    {
        Required = true,
        Example = "9",
    };

    private static readonly Key<NumberingDirection> Direction = new(
        "direction",
        new ChoiceShape<NumberingDirection>(("rows", NumberingDirection.Rows), ("snake", NumberingDirection.Snake)),
        "Every row from left to right, or there and back.")
    {
        Default = NumberingDirection.Rows,
    };

    private static readonly Key<ImmutableArray<BoxLayout>> Boxes = new(
        "boxes",
        Shapes.List(
            new MapShape([Rows, Columns, Direction]).Into(v => new BoxLayout(v.Get(Rows), v.Get(Columns), v.Get(Direction))),
            1,
            PackSpec.MostSeries),
        "The boxes in the order of numbering.")
    {
        Required = true,
        Example = "[ { rows: 2, columns: 9 } ]",
    };

    public static readonly Key<ImmutableArray<BoxLayout>> Layout =
        new("layout", new MapShape([Boxes]).Into(v => v.Get(Boxes)), "How the cells stand. Default: one line.");

    public static readonly Key<ulong> Seed = new("seed", new SeedShape(), "Seed for what is drawn.") { Default = 1, Example = "7" };

    public static readonly Key<ImmutableArray<(Fault Fault, MapValues Values)>> Faults =
        new("faults", Shapes.List(FaultKeys.Fault, 0, 10 * PackSpec.MostSeries), "What is broken, for simulation.");

    public static readonly MapShape File = new(
    [
        Name, Series, Parallel, Cell, Module, Charger, Temperature, Tools, Unknowns, Cells, CellsCsv, OcvCsv, Layout, Seed, Faults,
    ]);

    private static ChargerSpec MakeCharger(MapValues values)
    {
        if (values.Get(ChargerTermination).Value >= values.Get(ChargerCurrent).Value)
        {
            throw values.WrongAt(ChargerTermination, "is not below current_a, expected the current at the end of the taper, A; lower it");
        }

        return new ChargerSpec(values.Get(ChargerVoltage), values.Get(ChargerCurrent), values.Get(ChargerTermination))
        {
            PowerLimit = values.Find(ChargerPower),
        };
    }
}
