namespace TopBalance.Workbench.Files;

/// <summary>Finds the known word that was probably meant.</summary>
public static class Spelling
{
    private const int MostCharacters = 64, MostListed = 8;

    /// <summary>The known word that was probably meant; null if none is near enough to say so.</summary>
    public static string? Nearest(string written, IEnumerable<string> known) =>
        known.Where(word => Distance(written, word) <= Math.Max(2, written.Length / 3) && !AllDiffers(written, word))
            .MinBy(word => Distance(written, word));

    /// <summary>A few of the known words, the nearest first, e.g. <c>seed, series, cells …</c>.</summary>
    public static string Few(string written, IReadOnlyCollection<string> known) =>
        string.Join(", ", known.OrderBy(word => Distance(written, word)).Take(MostListed)) + (known.Count > MostListed ? " …" : "");

    // two letters changed in a word of two leave nothing of it
    private static bool AllDiffers(string written, string word) => Distance(written, word) >= Math.Max(written.Length, word.Length);

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

    // letters left out, put in, changed, or two neighbours that changed places
    private static int Edits(string a, string b)
    {
        int[,] edits = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                edits[i, j] = i == 0 || j == 0 ? i + j : Least(edits, a, b, i, j);
            }
        }

        return edits[a.Length, b.Length];
    }

    private static int Least(int[,] edits, string a, string b, int i, int j)
    {
        int change = edits[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        int least = Math.Min(change, 1 + Math.Min(edits[i - 1, j], edits[i, j - 1]));
        bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        return swapped ? Math.Min(least, edits[i - 2, j - 2] + 1) : least;
    }
}
