using static System.FormattableString;

namespace TopBalance.Verification.Setup;

/// <summary>Writes numbers with their unit and as many digits as a builder can use, always with a decimal point.</summary>
internal static class Say
{
    private const double Minute = 60, Hour = 3600, Day = 86400;

    /// <summary>3.60 V for a cell, 180 V for a pack.</summary>
    public static string Volts(double volts) => Math.Abs(volts) < 10 ? Invariant($"{volts:0.00#} V") : Invariant($"{volts:0.#} V");

    /// <summary>An estimate: 4.35 V.</summary>
    public static string RoughVolts(double volts) => Volts(Math.Round(volts, 2));

    /// <summary>0.65 A, 7.5 A, 30 A.</summary>
    public static string Amperes(double amps) => Magnitude(amps, "A");

    /// <summary>0.037 Ah, 2.5 Ah, 180 Ah.</summary>
    public static string AmpereHours(double ampereHours) => Magnitude(ampereHours, "Ah");

    /// <summary>3.93 W, 12 W.</summary>
    public static string Watts(double watts) => Magnitude(watts, "W");

    /// <summary>3.3 Ω, or 24 mΩ for a lead.</summary>
    public static string Ohms(double ohms) => ohms < 0.5 ? Invariant($"{ohms * 1000:0.##} mΩ") : Invariant($"{ohms:0.##} Ω");

    /// <summary>25 °C.</summary>
    public static string Celsius(double celsius) => Invariant($"{celsius:0.#} °C");

    /// <summary>A current as a multiple of capacity per hour: 0.33 C, 2 C, C/30.</summary>
    public static string Rate(double cRate) => cRate switch
    {
        > 0 and < 0.095 => Invariant($"C/{1 / cRate:0}"),
        < 10 => Invariant($"{cRate:0.##} C"),
        _ => Invariant($"{cRate:0} C"),
    };

    /// <summary>A share as a percentage: 0.4 %, 27 %; never 0 or 100 when it is only near.</summary>
    public static string Percent(double share) => share switch
    {
        > 0 and < 0.001 => "under 0.1 %",
        > 0.999 and < 1 => "over 99.9 %",
        < 0.095 => Invariant($"{share * 100:0.#} %"),
        < 0.99 => Invariant($"{share * 100:0} %"),
        _ => Invariant($"{share * 100:0.#} %"),
    };

    /// <summary>A duration in the unit one would use: 40 s, 3.2 min, 14 h, 6 days.</summary>
    public static string Duration(double seconds) => seconds switch
    {
        < 90 => Invariant($"{seconds:0} s"),
        < 10 * Minute => Invariant($"{seconds / Minute:0.#} min"),
        < 90 * Minute => Invariant($"{seconds / Minute:0} min"),
        < 10 * Hour => Invariant($"{seconds / Hour:0.#} h"),
        < 72 * Hour => Invariant($"{seconds / Hour:0} h"),
        < 1000 * Day => Invariant($"{seconds / Day:0.#} days"),
        _ => "more than 1000 days",
    };

    /// <summary>A number of cells, lamps or modules that is an expectation: 0.3, 12.</summary>
    public static string Number(double number) => number < 10 ? Invariant($"{number:0.#}") : Invariant($"{number:0}");

    private static string Magnitude(double value, string unit) => Math.Abs(value) switch
    {
        < 0.01 => Invariant($"{value:0.#####} {unit}"),
        < 0.1 => Invariant($"{value:0.###} {unit}"),
        < 10 => Invariant($"{value:0.##} {unit}"),
        < 100 => Invariant($"{value:0.#} {unit}"),
        _ => Invariant($"{value:0} {unit}"),
    };
}
