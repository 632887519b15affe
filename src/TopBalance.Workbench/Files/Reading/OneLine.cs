using System.Globalization;
using System.Text;

namespace TopBalance.Workbench.Files;

/// <summary>Makes foreign text fit for a one-line message: nothing in it can break the line or steer a terminal.</summary>
public static class OneLine
{
    private const int MostQuoted = 40;

    /// <summary>The text with control, format and separator characters written as <c>\u000a</c>.</summary>
    public static string Of(string text) => text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 ? text : Escape(text);

    /// <summary>The text in quotes, shortened.</summary>
    public static string Quote(string text) => "'" + Of(text.Length <= MostQuoted ? text : text[..MostQuoted] + "…") + "'";

    private static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool hidden = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            _ = hidden ? safe.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}") : safe.Append(rune);
        }

        return safe.ToString();
    }
}
