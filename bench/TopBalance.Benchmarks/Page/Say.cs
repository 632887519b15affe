using System.Globalization;

namespace TopBalance.Benchmarks.Page;

/// <summary>Figures as the page writes them: three digits, whatever the country.</summary>
internal static class Say
{
    /// <summary>A duration with the unit that suits it.</summary>
    public static string Time(double seconds) => Scaled(seconds, seconds);

    /// <summary>A duration and its error in the same unit.</summary>
    public static string Time(double seconds, double error) =>
        $"{Scaled(seconds, seconds).Replace(" ", $" ± {Plain(error / Unit(seconds).Size, 2)} ", StringComparison.Ordinal)}";

    /// <summary>A figure like 8.9e-3; the reference itself is printed to 1e-12 s.</summary>
    public static string Error(double seconds) =>
        seconds < 1e-12 ? "< 1e-12 s" : string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0e-0} s");

    /// <summary>A ratio.</summary>
    public static string Times(double ratio) => ratio >= 1000 ? ratio.ToString("#,0", CultureInfo.InvariantCulture) : Plain(ratio, 3);

    private static string Scaled(double seconds, double like)
    {
        (double size, string name) = Unit(like);
        return $"{Plain(seconds / size, 3)} {name}";
    }

    private static (double Size, string Name) Unit(double seconds) => seconds switch
    {
        < 1e-6 => (1e-9, "ns"),
        < 1e-3 => (1e-6, "µs"),
        < 1 => (1e-3, "ms"),
        _ => (1, "s"),
    };

    // significant digits, but never an exponent
    private static string Plain(double value, int digits)
    {
        int before = value == 0 ? 1 : (int)Math.Floor(Math.Log10(Math.Abs(value))) + 1;
        return value.ToString("F" + Math.Max(0, digits - before), CultureInfo.InvariantCulture);
    }
}
