using System.Collections.Immutable;
using System.Globalization;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Files;

/// <summary>The keys that several kinds of entries share.</summary>
internal static class EntryKeys
{
    private const double MostMinutes = 100_000, MostHours = 10_000;

    /// <summary>May stand beside the kind or among its keys.</summary>
    public static readonly Key<DateTimeOffset> At =
        new("at", new TimeShape(), "When it began, UTC. Default: 0 to 30 minutes after the entry before.") { Example = TimeShape.Example };

    /// <summary>May stand beside the kind or among its keys.</summary>
    public static readonly Key<Celsius> Temperature =
        new("temperature_c", Shapes.Celsius(NumberRange.From(-40, 80)), "Temperature of the cells then, °C. Default: the pack file's.")
        {
            Example = "20",
        };

    /// <summary>May stand beside the kind or among its keys.</summary>
    public static readonly Key<Seconds> TimeSigma = new(
        "time_sigma_min",
        Shapes.Minutes(NumberRange.From(0, MostMinutes)),
        "How uncertain its length is, one standard deviation, min. Default: the pack file's unknowns.time_sigma_min.")
    { Example = "5.2" };

    /// <summary>What may be said of any entry: beside the kind or among its keys.</summary>
    public static readonly ImmutableArray<Key> OfAny = [At, Temperature, TimeSigma];

    public static readonly Key<Seconds> Minutes =
        new("minutes", Shapes.Minutes(NumberRange.From(0, MostMinutes)), "How long it lasted, min.") { Example = "62" };

    public static readonly Key<Seconds> Hours =
        new("hours", Shapes.Hours(NumberRange.From(0, MostHours)), "How long it lasted, h.") { Example = "10" };

    public static readonly Key<Amperes> EndCurrent =
        new("end_a", Shapes.Amperes(NumberRange.From(0, 2000)), "Current at the end, A.") { Example = "0.5" };

    public static readonly Key<AmpereHours> Charge =
        new("ah", Shapes.AmpereHours(NumberRange.From(0, 100_000)), "Charge that went in by a meter, Ah. Default: current × time.")
        {
            Example = "30.4",
        };

    /// <summary>One of <see cref="Minutes"/> and <see cref="Hours"/>.</summary>
    public static readonly Rule Lasts = new Rule.ExactlyOne(Minutes, Hours);

    /// <summary>How long it lasted.</summary>
    public static Seconds Duration(MapValues values) => values.Find(Minutes) ?? values.Get(Hours);

    /// <summary>A duration in minutes, or in hours from ten of them; in the other unit if only that reads back to the last digit.</summary>
    public static FlowMap AddDuration(this FlowMap map, Seconds duration)
    {
        double minutes = Quotient(duration.Value, 60), hours = Quotient(duration.Value, 3600);
        bool inHours = hours >= 10 ? hours * 3600 == duration.Value || minutes * 60 != duration.Value
            : hours * 3600 == duration.Value && minutes * 60 != duration.Value;
        return inHours ? map.Add(Hours, hours) : map.Add(Minutes, minutes);
    }

    /// <summary>As files write it.</summary>
    public static string Show(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>The number in a larger unit that reads back to exactly this value; a short one if there is one.</summary>
    public static double Quotient(double value, double unit)
    {
        double exact = value / unit;
        double[] candidates = [Math.Round(exact, 6), exact, Math.BitIncrement(exact), Math.BitDecrement(exact)];
        return candidates.FirstOrDefault(c => c * unit == value, exact);
    }
}
