using System.Collections.Immutable;
using TopBalance.Packs;

namespace TopBalance.Workbench.Files;

/// <summary>Collects what is known of single cells, from <c>cells_csv</c> and from <c>cells</c>.</summary>
internal static class CellRows
{
    /// <summary>The rows of <c>cells_csv</c>; they count from 0 only if a 0 occurs.</summary>
    public static ImmutableArray<CellKnowledge> Csv(SourceText source, int series, int parallel)
    {
        var rows = new List<MapValues>();
        // a row for each cell and one for each of its members is all there can be without a repeat
        int most = (series + 1) * (parallel + 1);
        foreach (MapValues row in CsvRows.Read(source, CellRowKeys.Csv.Row))
        {
            if (rows.Count == most)
            {
                throw row.Wrong("is one row too many for this pack; remove repeated rows, or correct 'series' and 'parallel'");
            }

            rows.Add(row);
        }

        int first = rows.Exists(r => CellRowKeys.Csv.WrittenCell(r) == 0) ? 0 : 1;
        return Collect(rows, CellRowKeys.Csv, first, series, parallel);
    }

    /// <summary>The entries of <c>cells</c>.</summary>
    public static ImmutableArray<CellKnowledge> Yaml(ImmutableArray<MapValues> rows, int series, int parallel) =>
        Collect(rows, CellRowKeys.Yaml, 1, series, parallel);

    // entries for whole cells come first, so that an entry for a member overrides them wherever it stands
    private static ImmutableArray<CellKnowledge> Collect(IEnumerable<MapValues> rows, CellRowKeys keys, int first, int series, int parallel)
    {
        var lines = new Dictionary<(CellNumber, int?), int>();
        var known = new List<CellKnowledge>();
        foreach (MapValues row in rows)
        {
            CellKnowledge knowledge = keys.Knowledge(row, first, series, parallel);
            if (!lines.TryAdd((knowledge.Cell, knowledge.Member), row.Line))
            {
                string member = knowledge.Member is { } m ? FormattableString.Invariant($" member {m}") : "";
                int before = lines[(knowledge.Cell, knowledge.Member)];
                throw row.Wrong(FormattableString.Invariant(
                    $"cell {keys.WrittenCell(row)}{member} is there twice, first in line {before}; remove one of them"));
            }

            known.Add(knowledge);
        }

        return [.. known.Where(k => k.Member is null), .. known.Where(k => k.Member is not null)];
    }
}
