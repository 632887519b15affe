namespace TopBalance.Workbench.Files;

/// <summary>Finds the known word that was probably meant.</summary>
public static class Spelling
{
    private const int MostCharacters = 64;

    /// <summary>The known word nearest to what was written; null only if no word is known.</summary>
    public static string? Nearest(string written, IEnumerable<string> known) => known.MinBy(word => Distance(written, word));

    // words left out are a smaller mistake than their number of letters ('voltage' for 'voltage_v', 'end_current' for 'end_of_current_a')
    private static double Distance(string written, string word)
    {
        string seen = (written.Length <= MostCharacters ? written : written[..MostCharacters]).ToLowerInvariant().Replace('-', '_');
        string known = word.ToLowerInvariant().Replace('-', '_');
        bool begins = known.StartsWith(seen, StringComparison.Ordinal) || seen.StartsWith(known, StringComparison.Ordinal);
        bool part = seen.Length > 1 && (begins || HasWordsOf(known, seen));
        return part ? 0.5 + (0.01 * Math.Abs(known.Length - seen.Length)) : Edits(seen, known);
    }

    private static bool HasWordsOf(string known, string seen) =>
        seen.Split('_').All(word => known.Split('_').Contains(word, StringComparer.Ordinal));

    private static int Edits(string a, string b)
    {
        int[] above = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = above[0];
            above[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = above[j];
                above[j] = Math.Min(change, 1 + Math.Min(above[j], above[j - 1]));
            }
        }

        return above[^1];
    }
}
