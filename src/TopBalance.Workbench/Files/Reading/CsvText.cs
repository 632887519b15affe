namespace TopBalance.Workbench.Files;

/// <summary>A line of a CSV file cut into its fields.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Fields">Trimmed, without quotes.</param>
internal readonly record struct CsvLine(int Line, string[] Fields);

/// <summary>
/// Cuts CSV into fields, line by line. A field in quotes ends on its line; blank lines and those that begin with # are left out.
/// </summary>
internal static class CsvText
{
    private const int MostLine = 10_000;

    /// <exception cref="InputException">A line is too long or a quote is not closed.</exception>
    public static IEnumerable<CsvLine> Read(SourceText source, char separator)
    {
        int number = 0;
        using var lines = new StringReader(source.Text);
        while (lines.ReadLine() is { } line)
        {
            number++;
            if (line.Length > MostLine)
            {
                string seen = FormattableString.Invariant($"saw a line of {line.Length} characters, expected at most {MostLine}");
                throw new InputException(source.File, number, null, seen + "; check that it is the right file");
            }

            if (!string.IsNullOrWhiteSpace(line) && !line.StartsWith('#'))
            {
                yield return new CsvLine(number, Cut(line, separator, source.File, number));
            }
        }
    }

    private static string[] Cut(string line, char separator, string file, int number)
    {
        if (!line.Contains('"', StringComparison.Ordinal))
        {
            return line.Split(separator, StringSplitOptions.TrimEntries);
        }

        var fields = new List<string>();
        int start = 0;
        bool quoted = false;
        for (int k = 0; k <= line.Length; k++)
        {
            quoted ^= k < line.Length && line[k] == '"';
            if (k == line.Length || (line[k] == separator && !quoted))
            {
                fields.Add(Unquote(line[start..k].Trim()));
                start = k + 1;
            }
        }

        return quoted ? throw new InputException(file, number, null, "a quote is not closed on this line; close it") : [.. fields];
    }

    private static string Unquote(string field) =>
        field is ['"', .. var inner, '"'] ? inner.Replace("\"\"", "\"", StringComparison.Ordinal) : field;
}
