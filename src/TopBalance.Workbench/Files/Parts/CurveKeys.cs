using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Files;

/// <summary>A cell's hysteresis as files give it.</summary>
/// <param name="Half">M, V.</param>
/// <param name="Rate">γ.</param>
internal sealed record HysteresisValues(Volts Half, double Rate);

/// <summary>One temperature of a cell or curve file; null where it is silent.</summary>
/// <param name="Temperature">°C.</param>
/// <param name="Ocv">Open-circuit voltage.</param>
/// <param name="R0">Series resistance.</param>
/// <param name="RcPairs">0 to 2 pairs.</param>
internal sealed record CurvesAtTemperature(Celsius Temperature, OcvCurve Ocv, ResistanceCurve R0, ImmutableArray<RcPair> RcPairs)
{
    public double? Efficiency { get; init; }

    public Amperes? SelfDischarge { get; init; }

    public HysteresisValues? Hysteresis { get; init; }
}

/// <summary>The keys that hold a cell's curves: OCV and resistances per temperature.</summary>
internal static class CurveKeys
{
    private const int MostPoints = 2000;

    private static readonly Shape<double> SocAt = Shapes.Number(NumberRange.From(-0.5, 1.5));

    private static readonly Shape<double> Resistance = Shapes.Number(NumberRange.Above(0, 100), "Ω");

    private static readonly Shape<OcvCurve> Ocv =
        Shapes.List(
                new RowShape([("soc", Shapes.Number(NumberRange.From(0, 1))), ("ocv_v", Shapes.Number(NumberRange.From(0, 6), "V"))], 2),
                2,
                MostPoints)
            .Into(rows => new OcvCurve([.. rows.Select(r => r[0])], [.. rows.Select(r => r[1])]));

    private static readonly Shape<ResistanceCurve> Curve = new ScalarOrShape<ResistanceCurve>(
        Resistance.Into(ResistanceCurve.Constant),
        Shapes.List(new RowShape([("soc", SocAt), ("charge_ohm", Resistance), ("discharge_ohm", Resistance)], 2), 1, MostPoints)
            .Into(rows => new ResistanceCurve([.. rows.Select(r => r[0])], [.. rows.Select(r => r[1])], [.. rows.Select(r => r[^1])])));

    private static readonly Key<Seconds> TimeConstant =
        new("tau_s", Shapes.Seconds(NumberRange.Above(0, 1e7)), "Time constant, s.") { Required = true, Example = "30" };

    private static readonly Key<ResistanceCurve> PairResistance =
        new("r", Curve, "Resistance: one number, or rows [soc, charge_ohm, discharge_ohm].") { Required = true, Example = "0.0008" };

    private static readonly Shape<RcPair> Pair =
        new MapShape([TimeConstant, PairResistance]).Into(v => new RcPair(v.Get(PairResistance), v.Get(TimeConstant)));

    private static readonly Key<Volts> HalfWidth =
        new("m_v", Shapes.Volts(NumberRange.From(0, 1)), "Half the width of the loop, V.") { Required = true, Example = "0.01" };

    private static readonly Key<double> Rate =
        new("gamma", Shapes.Number(NumberRange.From(0, 1e6)), "How fast it follows the charge passed.")
        {
            Required = true,
            Example = "100",
        };

    public static readonly Key<HysteresisValues> Hysteresis = new(
        "hysteresis",
        new MapShape([HalfWidth, Rate]).Into(v => new HysteresisValues(v.Get(HalfWidth), v.Get(Rate))),
        "Hysteresis of the OCV. Default: none.");

    public static readonly Key<double> Efficiency =
        new("efficiency", Shapes.Number(NumberRange.From(0.5, 1)), "Coulombic efficiency while charging. Default: 1.") { Example = "1" };

    public static readonly Key<Amperes> SelfDischarge =
        new("self_discharge_a", Shapes.Amperes(NumberRange.From(0, 10)), "A constant current inside one member, A. Default: 0.")
        {
            Example = "0.0001",
        };

    private static readonly Key<Celsius> Temperature =
        new("temperature_c", Shapes.Celsius(NumberRange.From(-60, 100)), "Temperature of what follows, °C.")
        {
            Required = true,
            Example = "25",
        };

    private static readonly Key<OcvCurve> OcvTable =
        new("ocv", Ocv, "Open-circuit voltage: rows [soc, ocv_v], soc rising from 0 to 1.") { Required = true };

    private static readonly Key<ResistanceCurve> R0 =
        new("r0", Curve, "Series resistance: one number, or rows [soc, charge_ohm, discharge_ohm].") { Required = true, Example = "0.001" };

    private static readonly Key<ImmutableArray<RcPair>> RcPairs = new("rc", Shapes.List(Pair, 0, 2), "0, 1 or 2 RC pairs.")
    {
        Default = [],
    };

    private static readonly Shape<CurvesAtTemperature> AtTemperature =
        new MapShape([Temperature, OcvTable, R0, RcPairs, Efficiency, SelfDischarge, Hysteresis]).Into(Make);

    /// <summary>In a cell file, which may name a curve file instead.</summary>
    public static readonly Key<ImmutableArray<CurvesAtTemperature>> Temperatures =
        new("temperatures", Shapes.List(AtTemperature, 1, 20), "OCV and resistances per temperature, rising.");

    /// <summary>In a curve file.</summary>
    public static readonly Key<ImmutableArray<CurvesAtTemperature>> RequiredTemperatures =
        new("temperatures", Shapes.List(AtTemperature, 1, 20), "OCV and resistances per temperature, rising.") { Required = true };

    private static CurvesAtTemperature Make(MapValues values) =>
        new(values.Get(Temperature), values.Get(OcvTable), values.Get(R0), values.Get(RcPairs))
        {
            Efficiency = values.Find(Efficiency),
            SelfDischarge = values.Find(SelfDischarge),
            Hysteresis = values.Has(Hysteresis) ? values.Get(Hysteresis) : null,
        };
}
