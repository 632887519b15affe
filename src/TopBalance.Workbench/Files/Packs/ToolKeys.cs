using System.Collections.Immutable;
using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Files;

/// <summary>The key <c>tools</c> of a pack file.</summary>
internal static class ToolKeys
{
    private static readonly Shape<Amperes> SomeCurrent = Shapes.Amperes(NumberRange.Above(0, 2000));

    private static readonly Key<Amperes> Current = new("current_a", SomeCurrent, "Its current, A.") { Required = true, Example = "5" };

    private static readonly Key<Ohms> Lead =
        new("lead_ohm", Shapes.Ohms(NumberRange.From(0, 10)), "Resistance of both leads together, Ω.") { Default = default };

    private static readonly Key<Floating> Floats = new(
        "floating",
        new ChoiceShape<Floating>(("yes", Floating.Yes), ("no", Floating.No), ("unknown", Floating.Unknown)),
        "Whether its output is free of earth and of other supplies.")
    {
        Default = Floating.Unknown,
    };

    private static readonly Shape<BenchSupplySpec> BenchSupply =
        new MapShape([Current, Lead, Floats]).Into(v => new BenchSupplySpec(v.Get(Current), v.Get(Lead), v.Get(Floats)));

    private static readonly Key<Volts> Absorption =
        new("absorption_v", Shapes.Volts(NumberRange.From(10, 20)), "Voltage of the absorption stage, V.")
        {
            Required = true,
            Example = "14.4",
        };

    private static readonly Key<Amperes> AbsorptionEnd =
        new("absorption_end_a", SomeCurrent, "Absorption ends at this current, A. Default: a tenth of current_a.") { Example = "1" };

    private static readonly Key<Seconds> AbsorptionLimit =
        new("absorption_limit_h", Shapes.Hours(NumberRange.Above(0, 1000)), "Absorption ends after this long at the latest, h.")
        {
            Default = new(6 * 3600),
        };

    private static readonly Key<Volts> Float =
        new("float_v", Shapes.Volts(NumberRange.From(10, 20)), "Voltage of the float stage, V. Default: it has none.") { Example = "13.6" };

    private static readonly Key<Volts> Recondition =
        new("recondition_v", Shapes.Volts(NumberRange.From(10, 20)), "Voltage of the recondition stage, V. Default: it has none.")
        {
            Example = "15.8",
        };

    private static readonly Shape<SmartChargerSpec> SmartCharger =
        new MapShape([Current, Absorption, AbsorptionEnd, AbsorptionLimit, Float, Recondition]).Into(
            v => new SmartChargerSpec(v.Get(Current), v.Get(Absorption))
            {
                AbsorptionEnd = v.Find(AbsorptionEnd),
                AbsorptionLimit = v.Get(AbsorptionLimit),
                Float = v.Find(Float),
                Recondition = v.Find(Recondition),
            });

    private static readonly Key<Ohms> LoadResistance =
        new("resistance_ohm", Shapes.Ohms(NumberRange.Above(0, 100_000)), "It is this resistor, Ω.") { Example = "3.3" };

    private static readonly Key<Amperes> LoadCurrent = new("current_a", SomeCurrent, "It is this constant current, A.") { Example = "1" };

    private static readonly Key<Watts> LoadRating =
        new("max_w", Shapes.Watts(NumberRange.Above(0, 100_000)), "Most it may turn into heat, W. Default: not known.") { Example = "10" };

    private static readonly Shape<DrainLoadSpec> DrainLoad =
        new MapShape([LoadResistance, LoadCurrent, LoadRating], new Rule.ExactlyOne(LoadResistance, LoadCurrent)).Into(
            v => v.Find(LoadResistance) is { } resistance
                ? DrainLoadSpec.Resistor(resistance, v.Find(LoadRating))
                : DrainLoadSpec.ConstantCurrent(v.Get(LoadCurrent), v.Find(LoadRating)));

    private static readonly Key<ImmutableArray<BenchSupplySpec>> BenchSupplies =
        new("bench_supplies", Shapes.List(BenchSupply, 0, 100), "Bench supplies.") { Default = [] };

    private static readonly Key<SmartChargerSpec> SmartCharger12V =
        new("smart_charger_12v", SmartCharger, "A 12 V automotive charger, used on four adjacent cells.");

    private static readonly Key<DrainLoadSpec> Load = new("drain_load", DrainLoad, "What a cell is drained with.");

    private static readonly Key<Amperes> ChargerMin =
        new("charger_current_min_a", SomeCurrent, "The pack charger can be turned down to this, A.") { Example = "0.5" };

    public static readonly Shape<ToolSpecs> Tools = new MapShape([BenchSupplies, SmartCharger12V, Load, ChargerMin]).Into(v => new ToolSpecs
    {
        BenchSupplies = v.Get(BenchSupplies),
        SmartCharger = v.Has(SmartCharger12V) ? v.Get(SmartCharger12V) : null,
        DrainLoad = v.Has(Load) ? v.Get(Load) : null,
        ChargerCurrentMin = v.Find(ChargerMin),
    });
}
