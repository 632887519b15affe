using System.Collections.Immutable;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Files;

/// <summary>The shapes of the quantities in our files.</summary>
internal static class Shapes
{
    public static Shape<double> Number(NumberRange range, string? unit = null) =>
        new NumberShape<double>(unit, range, whole: false, v => v, v => v);

    public static Shape<int> Whole(int min, int max) =>
        new NumberShape<int>(null, NumberRange.From(min, max), whole: true, v => (int)v, v => v);

    public static Shape<Volts> Volts(NumberRange range) => new NumberShape<Volts>("V", range, whole: false, v => new(v), q => q.Value);

    public static Shape<Amperes> Amperes(NumberRange range) =>
        new NumberShape<Amperes>("A", range, whole: false, v => new(v), q => q.Value);

    public static Shape<Ohms> Ohms(NumberRange range) => new NumberShape<Ohms>("Ω", range, whole: false, v => new(v), q => q.Value);

    public static Shape<AmpereHours> AmpereHours(NumberRange range) =>
        new NumberShape<AmpereHours>("Ah", range, whole: false, v => new(v), q => q.Value);

    public static Shape<Watts> Watts(NumberRange range) => new NumberShape<Watts>("W", range, whole: false, v => new(v), q => q.Value);

    public static Shape<Seconds> Seconds(NumberRange range) =>
        new NumberShape<Seconds>("s", range, whole: false, v => new(v), q => q.Value);

    public static Shape<Seconds> Hours(NumberRange range) =>
        new NumberShape<Seconds>("h", range, whole: false, v => new(v * 3600), q => q.Value / 3600);

    public static Shape<Seconds> Minutes(NumberRange range) =>
        new NumberShape<Seconds>("min", range, whole: false, v => new(v * 60), q => q.Value / 60);

    public static Shape<Celsius> Celsius(NumberRange range) =>
        new NumberShape<Celsius>("°C", range, whole: false, v => new(v), q => q.Value);

    public static Shape<string> Text(string expected, int most = 200) => new TextShape(expected, most);

    public static Shape<ImmutableArray<T>> List<T>(Shape<T> item, int least, int most) => new ListShape<T>(item, least, most);
}
