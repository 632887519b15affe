using System.Collections.Immutable;

namespace TopBalance.Workbench.Files;

/// <summary>Reads a CSV table row by row with the keys a YAML map has; the header names them. An empty field is not given.</summary>
internal static class CsvRows
{
    /// <exception cref="InputException">There is no row, a row is ragged, a column is unknown, missing or given twice, or a value is wrong.</exception>
    public static IEnumerable<MapValues> Read(SourceText source, MapShape row)
    {
        ImmutableArray<string> columns = default;
        int header = 0;
        bool empty = true;
        foreach (CsvLine line in CsvText.Read(source, ','))
        {
            if (columns.IsDefault)
            {
                columns = Header(line, source.File, row);
                header = line.Line;
                continue;
            }

            if (line.Fields.Length != columns.Length)
            {
                string seen = FormattableString.Invariant($"saw {line.Fields.Length} field{(line.Fields.Length == 1 ? "" : "s")}, expected {columns.Length} as in the header");
                throw new InputException(source.File, line.Line, null, seen + "; check commas, and write decimal points");
            }

            IEnumerable<YamlEntry> entries = columns.Zip(line.Fields)
                .Where(f => f.Second.Length > 0)
                .Select(f => new YamlEntry(f.First, line.Line, new YamlScalar(f.Second, Quoted: true, line.Line)));
            empty = false;
            yield return row.Read(new YamlMap([.. entries], line.Line), Place.Of(source.File));
        }

        if (columns.IsDefault)
        {
            throw new InputException(source.File, 0, null, $"holds no table, expected a header such as '{Example(row)}'; add it");
        }

        if (empty)
        {
            throw new InputException(source.File, header, null, "holds a header and no row, expected at least one; add it, or do not name the file");
        }
    }

    private static ImmutableArray<string> Header(CsvLine line, string file, MapShape row)
    {
        InputException Wrong(string problem) => new(file, line.Line, null, problem);
        if (line.Fields is [var only] && only.AsSpan().IndexOfAny(';', '\t') >= 0)
        {
            throw Wrong("its columns are not separated by commas; write commas between columns and decimal points in numbers");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in line.Fields)
        {
            if (row.Keys.All(k => !string.Equals(k.Name, name, StringComparison.Ordinal)))
            {
                string[] known = [.. row.Keys.Select(k => k.Name)];
                string which = Spelling.Nearest(name, known) is { } nearest
                    ? $"the nearest known column is '{nearest}'"
                    : $"known columns: {Spelling.Few(name, known)}";
                throw Wrong($"saw a column {OneLine.Quote(name)}, which is unknown; {which}; rename or remove it");
            }

            if (!seen.Add(name))
            {
                throw Wrong($"the column '{name}' is there twice; remove one of them");
            }
        }

        Key? missing = row.Keys.FirstOrDefault(k => k.Required && !seen.Contains(k.Name));
        return missing is null
            ? [.. line.Fields]
            : throw Wrong($"there is no column '{missing.Name}', expected a header such as '{Example(row)}'; add it");
    }

    private static string Example(MapShape row) => string.Join(",", row.Keys.Select(k => k.Name));
}
