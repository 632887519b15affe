using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Files;

/// <summary>How far curves can be trusted, as a cell or curve file says; null where it is silent.</summary>
/// <param name="Range">Where.</param>
/// <param name="Knee">How far near full.</param>
/// <param name="FitError">What the fit left, root mean square.</param>
internal sealed record CurveTrust(TrustedRange? Range, KneeError? Knee, Volts? FitError)
{
    /// <summary>What this leaves open is taken from another.</summary>
    public CurveTrust Or(CurveTrust? other) => new(Range ?? other?.Range, Knee ?? other?.Knee, FitError ?? other?.FitError);
}

/// <summary>The keys that say how far curves can be trusted, in cell and curve files.</summary>
internal static class TrustKeys
{
    private static readonly Shape<double> Share = Shapes.Number(NumberRange.From(0, 1));

    private static readonly Shape<double> Degrees = Shapes.Number(NumberRange.From(-60, 100), "°C");

    private static readonly Shape<double> Rate = Shapes.Number(NumberRange.From(0, 1000));

    private static readonly Key<ImmutableArray<double>> Soc =
        new("soc", new RowShape([("min", Share), ("max", Share)], 2), "Lowest and highest state of charge.")
        {
            Required = true,
            Example = "[0, 1]",
            Parameter = "maxSoc",
        };

    private static readonly Key<double> ChargeRate =
        new("charge_c_rate", Rate, "Largest charge current as a multiple of capacity per hour; 0 if no charge was measured.")
        {
            Required = true,
            Example = "1",
        };

    private static readonly Key<double> DischargeRate =
        new("discharge_c_rate", Rate, "Largest discharge current as a multiple of capacity per hour; 0 if no discharge was measured.")
        {
            Required = true,
            Example = "1",
        };

    private static readonly Key<ImmutableArray<double>> Temperature =
        new("temperature_c", new RowShape([("min", Degrees), ("max", Degrees)], 2), "Lowest and highest temperature, °C.")
        {
            Required = true,
            Example = "[5, 45]",
            Parameter = "maxTemperature",
        };

    private static readonly Key<TrustedRange> Trusted = new(
        "trusted",
        new MapShape([Soc, ChargeRate, DischargeRate, Temperature]).Into(v => new TrustedRange(
            v.Get(Soc)[0], v.Get(Soc)[1], v.Get(ChargeRate), v.Get(DischargeRate), new(v.Get(Temperature)[0]), new(v.Get(Temperature)[1]))),
        "Where the curves were measured and may be trusted.");

    private static readonly Key<KneeError> ModelError = new(
        "model_error",
        Shapes.List(
                new RowShape(
                    [
                        ("c_rate", Shapes.Number(NumberRange.Above(0, 1000))),
                        ("volts", Shapes.Number(NumberRange.From(0, 6), "V")),
                        ("percent", Shapes.Number(NumberRange.From(0, 100), "%")),
                    ],
                    3),
                1,
                1000)
            .Into(rows => new KneeError([.. rows.Select(r => new KneeErrorPoint(r[0], new(r[1]), r[2]))])),
        "Rows [c_rate, volts, percent]: one standard deviation, in percent of capacity, of the charge still to come to full when the cell "
            + "first shows this voltage while it is charged at this multiple of capacity per hour.");

    private static readonly Key<Volts> FitError = new(
        "fit_error_v", Shapes.Volts(NumberRange.From(0, 1)), "What the fit leaves between model and measurement, root mean square, V.")
    {
        Example = "0.006",
    };

    public static ImmutableArray<Key> All { get; } = [Trusted, ModelError, FitError];

    public static CurveTrust Of(MapValues values) => new(
        values.Has(Trusted) ? values.Get(Trusted) : null,
        values.Has(ModelError) ? values.Get(ModelError) : null,
        values.Find(FitError));
}
