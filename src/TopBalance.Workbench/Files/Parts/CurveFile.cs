using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Files;

/// <summary>The shape of a cell's curves, which several cell files share.</summary>
/// <param name="Capacity">Of the member that was measured, Ah.</param>
/// <param name="Temperatures">Its curves.</param>
/// <param name="Sources">Where they come from.</param>
internal sealed record CurveFile(AmpereHours Capacity, ImmutableArray<CurvesAtTemperature> Temperatures, ImmutableArray<Provenance> Sources)
{
    /// <summary>What is known of how far they can be trusted.</summary>
    public CurveTrust Trust { get; private init; } = new(null, null, null);

    private static readonly Key<string> Name = new("name", Shapes.Text("a name"), "Name for people.");

    private static readonly Key<AmpereHours> MeasuredCapacity =
        new("capacity_ah", Shapes.AmpereHours(NumberRange.Above(0, 10_000)), "Capacity of the member that was measured, Ah.")
        {
            Required = true,
            Example = "2.5",
        };

    public static readonly MapShape Keys = new(
        [Name, MeasuredCapacity, .. TrustKeys.All, CurveKeys.RequiredTemperatures, SourceKeys.Sources]);

    public static CurveFile Parse(SourceText source)
    {
        MapValues values = Keys.Read(YamlText.Read(source), Place.Of(source.File));
        return new CurveFile(values.Get(MeasuredCapacity), values.Get(CurveKeys.RequiredTemperatures), values.Get(SourceKeys.Sources, []))
        {
            Trust = TrustKeys.Of(values),
        };
    }
}
