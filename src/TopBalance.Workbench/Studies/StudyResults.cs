using System.Text;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Studies;

/// <summary>A finished file of results, CSV or SQLite by its name, read row by row.</summary>
/// <param name="Path">The file.</param>
/// <param name="Header">What it is about.</param>
public sealed record StudyResults(string Path, StudyHeader Header)
{
    /// <summary>Which part of the study it holds.</summary>
    public Shard Shard => Header.Shard is { } text ? Shard.Parse(text, _ => null) : Shard.Whole;

    internal bool IsDatabase => IsDatabaseName(Path);

    /// <summary>True if a file of that name is SQLite: <c>.sqlite</c>, <c>.sqlite3</c> or <c>.db</c>.</summary>
    public static bool IsDatabaseName(string path) =>
        System.IO.Path.GetExtension(path) is ".sqlite" or ".sqlite3" or ".db";

    /// <summary>Opens a file.</summary>
    /// <exception cref="InputException">There is none, or it holds no results of a study.</exception>
    public static StudyResults Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path))
        {
            throw new InputException(path, 0, null, "there is no such file; check the path" + (File.Exists(StudyFile.PathOf(path))
                ? $": {StudyFile.PathOf(path)} is an unfinished study, run it to its end first" : ""));
        }

        StudyHeader? header = IsDatabaseName(path) ? StudyDatabase.HeaderOf(path) : StudyHeader.Parse(FirstLine(path));
        return header is null
            ? throw new InputException(path, 0, null, "holds no results of a study; 'topbalance study' writes them")
            : new StudyResults(path, header);
    }

    /// <summary>Its rows, each checked to be the one that belongs there.</summary>
    /// <exception cref="InputException">A row is missing, damaged or one too many.</exception>
    public IEnumerable<StudyRow> Rows()
    {
        long count = StudyPlan.CountOf(Header.Tasks, Shard);
        long read = 0;
        foreach (StudyRow? row in IsDatabase ? StudyDatabase.Rows(Path, Header, Place) : Lines())
        {
            if (row is null || read == count)
            {
                break;
            }

            read++;
            yield return row.Value;
        }

        if (read < count)
        {
            throw new InputException(Path, 0, null, FormattableString.Invariant($"is right for {read} of {count} rows; delete it and run that part again"));
        }
    }

    /// <summary>Writes a whole file, there or not there: CSV or SQLite by its name.</summary>
    internal static void Write(string path, StudyHeader header, StudyLines lines, IEnumerable<StudyRow> rows)
    {
        if (IsDatabaseName(path))
        {
            StudyDatabase.Write(path, header, rows);
            return;
        }

        AtomicFile.Write(path, writer =>
        {
            writer.Write(header.Line() + "\n" + StudyLines.Head(VaryAxis.ParseAll(header.Vary).Select(a => a.Key)) + "\n");
            foreach (StudyRow row in rows)
            {
                writer.Write(lines.Line(row) + "\n");
            }
        });
    }

    internal static void CheckSame(string path, StudyHeader other, StudyHeader mine)
    {
        const string advice = "choose another name for --out, or say --force to begin anew";
        if (mine.DiffersFrom(other) is { } difference)
        {
            throw new InputException(path, 0, null, $"holds another study: {difference} differ{(difference.StartsWith("the methods", StringComparison.Ordinal) ? "" : "s")}; {advice}");
        }

        if (!string.Equals(mine.Shard, other.Shard, StringComparison.Ordinal))
        {
            throw new InputException(path, 0, null, $"holds {Part(other)} of this study, expected {Part(mine)}; {advice}");
        }
    }

    private static string Part(StudyHeader header) => header.Shard is { } shard ? "shard " + shard : "all";

    private StudyTask Place(long n) => StudyPlan.TaskAt(Shard, n, Header.Packs, Header.Methods.Length);

    private IEnumerable<StudyRow?> Lines()
    {
        StudyLines lines = StudyLines.Of(Header);
        long n = 0;
        foreach (string line in File.ReadLines(Path, Encoding.UTF8).Skip(2))
        {
            yield return lines.TryRead(line, Place(n++), out StudyRow row) ? row : null;
        }
    }

    // of a file that is something else no more than a line's worth is read
    private static string FirstLine(string path)
    {
        try
        {
            using var reader = new StreamReader(path, Encoding.UTF8);
            char[] begin = new char[StudyHeader.Begin.Length];
            int read = reader.ReadBlock(begin);
            string text = new(begin, 0, read);
            return string.Equals(text, StudyHeader.Begin, StringComparison.Ordinal) ? text + reader.ReadLine() : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, 0, null, $"cannot be read ({e.Message}); check the path and its permissions", e);
        }
    }
}
