using System.Globalization;

namespace TopBalance.Workbench.Files;

/// <summary>
/// The one number parser for files, options and scripts: invariant under every locale, a decimal point, an optional exponent; no grouping,
/// no unit, no NaN and no infinity.
/// </summary>
public static class NumberText
{
    private const int MostCharacters = 100;

    /// <summary>Reads a number as files and options write it.</summary>
    /// <returns>False, and 0, if the text is anything else; <see cref="Hint"/> then says what to write.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (text.Length <= MostCharacters
            && text.IndexOfAnyExcept("+-.0123456789Ee") < 0
            && double.TryParse(text, style, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value))
        {
            return true;
        }

        value = 0;
        return false;
    }

    /// <summary>Reads a number that a person typed at a prompt or into a form: as <see cref="TryParse"/>, with a comma allowed.</summary>
    public static bool TryParseTyped(string text, out double value)
    {
        string trimmed = text.Trim();
        return TryParse(trimmed, out value) || (DecimalComma(trimmed) is { } point && TryParse(point, out value));
    }

    /// <summary>What was meant by a text that is no number: <c>3.55</c> for <c>3,55</c>, <c>180</c> for <c>180 V</c>; else null.</summary>
    public static string? Hint(string text)
    {
        string trimmed = text.Trim();
        if (DecimalComma(trimmed) is { } point && TryParse(point, out _))
        {
            return point;
        }

        // '1.000,5' groups and has a decimal comma: nothing to guess from
        if (trimmed.Contains('.', StringComparison.Ordinal) && trimmed.LastIndexOf(',') > trimmed.LastIndexOf('.'))
        {
            return null;
        }

        string ungrouped = trimmed.Replace(",", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        int end = ungrouped.AsSpan().IndexOfAnyExcept("+-.0123456789");
        if (end >= 0 && ungrouped[end] is 'e' or 'E' && end + 1 < ungrouped.Length && !char.IsAsciiLetter(ungrouped[end + 1]))
        {
            return null;
        }

        ReadOnlySpan<char> number = end < 0 ? ungrouped : ungrouped.AsSpan(0, end);
        return TryParse(number, out _) ? number.ToString() : null;
    }

    /// <summary>The shortest text that <see cref="TryParse"/> reads back to the same number.</summary>
    public static string Write(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string? DecimalComma(string text) =>
        text.Contains('.', StringComparison.Ordinal) || text.Count(c => c == ',') != 1 ? null : text.Replace(',', '.');
}
