using System.Text;

namespace TopBalance.Cli.Output;

/// <summary>Text without anything but ASCII.</summary>
internal static class Ascii
{
    /// <summary>The nearest ASCII of each character the program uses; anything else becomes <c>?</c>.</summary>
    public static string Of(string text)
    {
        if (System.Text.Ascii.IsValid(text))
        {
            return text;
        }

        var ascii = new StringBuilder(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.IsAscii ? ascii.Append(rune) : ascii.Append(Of(rune));
        }

        return ascii.ToString();
    }

    private static string Of(Rune rune) => rune.Value switch
    {
        '·' => ".",
        '–' or '—' or '−' or '─' => "-",
        '█' or '▉' or '▊' or '▋' or '▌' => "#",
        '▍' or '▎' or '▏' => " ",
        '×' => "x",
        '±' => "+-",
        'γ' => "gamma",
        '…' => "...",
        'Ω' or 'Ω' => "ohm",
        'µ' or 'μ' => "u",
        '°' => "deg ",
        '’' or '‘' => "'",
        '“' or '”' => "\"",
        '→' => "->",
        '≤' => "<=",
        '≥' => ">=",
        'ä' => "ae",
        'ö' => "oe",
        'ü' => "ue",
        'ß' => "ss",
        _ => "?",
    };
}
