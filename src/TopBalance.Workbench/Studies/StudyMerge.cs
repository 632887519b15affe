using System.Collections.Immutable;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Studies;

/// <summary>Puts the files of all shards together into what a single run writes, bit for bit.</summary>
public static class StudyMerge
{
    /// <summary>Merges.</summary>
    /// <param name="target">The file to write, CSV or SQLite by its name.</param>
    /// <param name="parts">The shards' files, in any order.</param>
    /// <param name="replace">Replaces a file that is there.</param>
    /// <exception cref="InputException">A part is missing, given twice, unfinished or of another study, or the file cannot be written.</exception>
    public static StudySummary Merge(string target, ImmutableArray<string> parts, bool replace = false)
    {
        CheckTarget(target, parts, replace);
        ImmutableArray<StudyResults> results = [.. parts.Select(StudyResults.Open)];
        Shard[] shards = Check(results);
        StudyHeader whole = results[0].Header with { Shard = null };
        StudyResults[] inOrder = [.. results.Zip(shards).OrderBy(r => r.Second.Number).Select(r => r.First)];
        var tally = new StudyTally(whole);
        StudyResults.Write(target, whole, StudyLines.Of(whole), Interleaved(inOrder, tally));
        return tally.Summary(static (_, _) => null) with { Written = [target] };
    }

    private static void CheckTarget(string target, ImmutableArray<string> parts, bool replace)
    {
        AtomicFile.Check(target);
        if (parts.Any(p => string.Equals(Path.GetFullPath(p), Path.GetFullPath(target), StringComparison.Ordinal)))
        {
            throw new InputException(target, 0, null, "would replace one of the files that are merged; name another file first");
        }

        if (File.Exists(target) && !replace)
        {
            throw new InputException(target, 0, null, "is there already and is not overwritten; choose another name, or say --force");
        }
    }

    private static Shard[] Check(ImmutableArray<StudyResults> results)
    {
        StudyResults first = results[0];
        foreach (StudyResults other in results)
        {
            if (first.Header.DiffersFrom(other.Header) is { } difference)
            {
                throw new InputException(other.Path, 0, null, $"is of another study than {first.Path}: they differ in {difference}");
            }

            if (other.Shard.Of != first.Shard.Of)
            {
                throw new InputException(other.Path, 0, null, $"is shard {other.Shard}, but {first.Path} is shard {first.Shard}; merge the shards of one run");
            }
        }

        Shard[] shards = [.. results.Select(r => r.Shard)];
        if (shards.Select((s, k) => (s, k)).GroupBy(p => p.s.Number).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            string[] both = [.. twice.Take(2).Select(p => results[p.k].Path)];
            throw new InputException(both[1], 0, null, $"holds shard {twice.First().s}, as does {both[0]}; name each shard once");
        }

        int[] missing = [.. Enumerable.Range(1, first.Shard.Of).Except(shards.Select(s => s.Number))];
        return missing.Length == 0 ? shards : throw new InputException(null, 0, null, Missing(missing, first.Shard.Of));
    }

    private static string Missing(int[] numbers, int of)
    {
        const int most = 10;
        string few = string.Join(", ", numbers.Take(most).Select(n => FormattableString.Invariant($"{n}/{of}"))) + (numbers.Length > most ? " …" : "");
        return numbers.Length == 1 ? $"shard {few} is missing; name its file too" : $"shards {few} are missing; name their files too";
    }

    // the n-th play of all is the next one of the shard whose turn it is
    private static IEnumerable<StudyRow> Interleaved(StudyResults[] shards, StudyTally tally)
    {
        IEnumerator<StudyRow>[] rows = [.. shards.Select(s => s.Rows().GetEnumerator())];
        try
        {
            for (int k = 0; rows[k % rows.Length].MoveNext(); k = (k + 1) % rows.Length)
            {
                tally.Add(rows[k].Current);
                yield return rows[k].Current;
            }
        }
        finally
        {
            foreach (IEnumerator<StudyRow> row in rows)
            {
                row.Dispose();
            }
        }
    }
}
