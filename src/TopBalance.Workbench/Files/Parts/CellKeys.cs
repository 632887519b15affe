using System.Collections.Immutable;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Files;

/// <summary>The keys of a cell file.</summary>
internal static class CellKeys
{
    public static readonly Key<string> Name = new("name", Shapes.Text("a name"), "Name for people. Default: the file's name.");

    public static readonly Key<string> Brand = new("brand", Shapes.Text("a brand"), "Brand, e.g. CALB.");

    public static readonly Key<AmpereHours> Capacity =
        new("capacity_ah", Shapes.AmpereHours(NumberRange.Above(0, 10_000)), "Capacity of one member, Ah.")
        {
            Required = true,
            Example = "100",
        };

    public static readonly Key<Volts> Full =
        new("full_v", Shapes.Volts(NumberRange.From(2.5, 5)), "Full is held here until C/20 at 25 °C, V.")
        {
            Required = true,
            Example = "3.6",
            Parameter = "fullVoltage",
        };

    public static readonly Key<Volts> Max =
        new("max_v", Shapes.Volts(NumberRange.From(2.5, 6)), "The cell must never be held above this, V.")
        {
            Required = true,
            Example = "3.65",
            Parameter = "maxVoltage",
        };

    public static readonly Key<Volts> Min =
        new("min_v", Shapes.Volts(NumberRange.From(0, 5)), "Discharge ends here, V.") { Default = new Volts(2.5) };

    public static readonly Key<ImmutableArray<double>> ChargeTemperature = new(
        "charge_temperature_c",
        new RowShape(
            [("min", Shapes.Number(NumberRange.From(-60, 100), "°C")), ("max", Shapes.Number(NumberRange.From(-60, 100), "°C"))], 2),
        "No charging below the first and above the second, °C. Default: [0, 45].")
    {
        Default = [0, 45],
        Example = "[0, 45]",
    };

    public static readonly Key<double> Termination =
        new("termination_c_rate", Shapes.Number(NumberRange.Above(0, 1)), "The maker's end of CV as a multiple of capacity per hour.")
        {
            Default = 0.05,
        };

    public static readonly Key<Volts> ModuleHvc =
        new("module_hvc_v", Shapes.Volts(NumberRange.From(2, 6)), "HVC of the cell-module variant made for this brand, V.")
        {
            Example = "3.6",
        };

    public static readonly Key<Ohms> R0 =
        new(
            "r0_ohm",
            Shapes.Ohms(NumberRange.Above(0, 10)),
            "Scales all resistances so that R0 on charge at 50 % SoC and 25 °C is this, Ω.")
        {
            Example = "0.001",
        };

    public static readonly Key<string> Curves =
        new("curves", Shapes.Text("the path of a curve file", 1000), "Curve file that holds OCV and resistances.")
        {
            Example = "curves/lfp.yaml",
        };

    public static readonly MapShape File = new(
        [
            Name, Brand, Capacity, Full, Max, Min, ChargeTemperature, Termination, ModuleHvc, CurveKeys.Efficiency, CurveKeys.SelfDischarge,
            CurveKeys.Hysteresis, R0, Curves, .. TrustKeys.All, CurveKeys.Temperatures, SourceKeys.Sources,
        ],
        new Rule.ExactlyOne(Curves, CurveKeys.Temperatures));
}
