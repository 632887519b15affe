using System.Globalization;
using System.Runtime.CompilerServices;

namespace TopBalance.Quantities;

/// <summary>The checks that specifications make in their constructors. NaN and infinities fail every one of them.</summary>
internal static class Require
{
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is not a finite number from min to max.</exception>
    public static double InRange(double value, double min, double max, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= min && value <= max
            ? value
            : throw new ArgumentOutOfRangeException(
                name, value, string.Create(CultureInfo.InvariantCulture, $"Expected {min} to {max}."));

    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is not a finite number above 0.</exception>
    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "Expected a finite number above 0.");

    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is not a finite number of at least 0.</exception>
    public static double NotNegative(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "Expected a finite number of at least 0.");

    /// <exception cref="ArgumentException"><paramref name="holds"/> is false.</exception>
    public static void That(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ArgumentException(otherwise);
        }
    }
}
