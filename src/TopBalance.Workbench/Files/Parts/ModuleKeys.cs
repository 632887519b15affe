using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Files;

/// <summary>The keys of a cell module, in its own file or in place in a pack file.</summary>
internal static class ModuleKeys
{
    private static readonly NumberRange Level = NumberRange.From(0, 6);

    private static readonly Key<string> Name = new("name", Shapes.Text("a name"), "Name for people. Default: the file's name.");

    private static readonly Key<Volts> ShuntOn =
        new("shunt_on_v", Shapes.Volts(NumberRange.From(1, 6)), "The shunt conducts from here, V; below hvc_v.")
        {
            Required = true,
            Example = "3.5",
        };

    private static readonly Key<Volts> ShuntOff =
        new("shunt_off_v", Shapes.Volts(Level), "It stops conducting here, V. Default: shunt_on_v less 0.05 V.") { Example = "3.45" };

    private static readonly Key<Amperes> ShuntCurrent =
        new("shunt_current_a", Shapes.Amperes(NumberRange.From(0, 100)), "The shunt is this constant current, A.") { Example = "0.7" };

    private static readonly Key<Ohms> ShuntResistance =
        new("shunt_resistance_ohm", Shapes.Ohms(NumberRange.Above(0, 100_000)), "The shunt is this resistor, Ω.") { Example = "5.4" };

    private static readonly Key<double> ShuntDuty =
        new("shunt_duty", Shapes.Number(NumberRange.From(0.001, 1)), "Share of the time the shunt conducts while it is on.")
        {
            Default = 1,
            Parameter = nameof(ShuntSpec.Duty),
        };

    private static readonly Key<Volts> OnAbove =
        new(
            "shunt_on_above_lowest_v",
            Shapes.Volts(NumberRange.From(0.001, 1)),
            "Relative rule: on when the cell is this far above the lowest, V.")
        {
            Example = "0.028",
        };

    private static readonly Key<Volts> OffAbove =
        new("shunt_off_above_lowest_v", Shapes.Volts(NumberRange.From(0, 1)), "Relative rule: off when it is no further above, V.")
        {
            Example = "0.012",
            Parameter = nameof(RelativeShuntRule.OffAbove),
        };

    private static readonly Key<Volts> Hvc =
        new("hvc_v", Shapes.Volts(NumberRange.From(2, 6)), "High voltage cutoff: the contact opens from here, V.")
        {
            Required = true,
            Example = "3.6",
        };

    private static readonly Key<Volts> HvcClear =
        new("hvc_clear_v", Shapes.Volts(Level), "It closes again here, V. Default: hvc_v less 0.01 V.") { Example = "3.59" };

    private static readonly Key<Volts> Lvc =
        new("lvc_v", Shapes.Volts(Level), "Low voltage cutoff: the contact opens at or below, V.") { Default = new Volts(2.5) };

    private static readonly Key<Volts> LvcClear =
        new("lvc_clear_v", Shapes.Volts(Level), "It closes again here, V. Default: lvc_v and 0.1 V.") { Example = "2.6" };

    private static readonly Key<Seconds> Delay =
        new("delay_s", Shapes.Seconds(NumberRange.From(0, 3600)), "A level must hold this long before the contact opens, s.")
        {
            Default = default,
        };

    private static readonly Key<Amperes> Quiescent =
        new("quiescent_a", Shapes.Amperes(NumberRange.From(0, 10)), "What the module itself draws from its cell, A.") { Default = default };

    private static readonly ImmutableArray<Key> Levels =
    [
        ShuntOn, ShuntOff, ShuntCurrent, ShuntResistance, ShuntDuty, OnAbove, OffAbove, Hvc, HvcClear, Lvc, LvcClear, Delay, Quiescent,
    ];

    private static readonly ImmutableArray<Rule> Rules =
    [
        new Rule.ExactlyOne(ShuntCurrent, ShuntResistance),
        new Rule.Needs(OnAbove, OffAbove),
        new Rule.Needs(OffAbove, OnAbove),
    ];

    /// <summary>In place in a pack file.</summary>
    public static readonly MapShape Inline = new(Levels, Rules);

    /// <summary>In a file of its own.</summary>
    public static readonly MapShape File = new([Name, .. Levels, SourceKeys.Sources], Rules);

    public static CellModuleSpec Build(string id, MapValues values)
    {
        try
        {
            return Make(id, values);
        }
        catch (ArgumentException e)
        {
            throw values.Refused(e);
        }
    }

    private static CellModuleSpec Make(string id, MapValues values)
    {
        Volts on = values.Get(ShuntOn);
        Volts hvc = values.Get(Hvc);
        Volts lvc = values.Get(Lvc);
        return new CellModuleSpec(
            id,
            on,
            values.Get(ShuntOff, new Volts(on.Value - 0.05)),
            Shunt(values),
            hvc,
            values.Get(HvcClear, new Volts(hvc.Value - 0.01)),
            lvc,
            values.Get(LvcClear, new Volts(lvc.Value + 0.1)))
        {
            Name = values.Get(Name, id),
            Delay = values.Get(Delay),
            Quiescent = values.Get(Quiescent),
            Relative = values.Has(OnAbove) ? new RelativeShuntRule(values.Get(OnAbove), values.Get(OffAbove)) : null,
            Sources = values.Get(SourceKeys.Sources, []),
        };
    }

    private static ShuntSpec Shunt(MapValues values) => values.Find(ShuntResistance) is { } resistance
        ? new ShuntSpec.Resistor(resistance) { Duty = values.Get(ShuntDuty) }
        : new ShuntSpec.ConstantCurrent(values.Get(ShuntCurrent)) { Duty = values.Get(ShuntDuty) };
}
