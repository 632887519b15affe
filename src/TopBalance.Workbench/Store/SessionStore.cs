using System.Collections.Immutable;
using System.Globalization;
using TopBalance.Procedure;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Store;

/// <summary>A session in the list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Pack">Name of its pack.</param>
/// <param name="BegunAt">When it began, UTC.</param>
/// <param name="Lines">How many lines its log has.</param>
public sealed record SessionRow(string Id, string Pack, DateTimeOffset BegunAt, int Lines);

/// <summary>
/// Packs and their sessions in a SQLite database. A line that was acknowledged is on the disk; what an export holds is byte for byte what
/// was stored.
/// </summary>
public sealed class SessionStore : IDisposable
{
    private readonly StoreDatabase database;
    private readonly Mirror mirror;
    private readonly IssueShelf shelf;
    private readonly bool practice;

    /// <param name="folder">Where the database lies; created where it is missing.</param>
    /// <param name="practice">The store of practice, which shares nothing with the other.</param>
    /// <param name="mirrorFolder">Where mirrors go; null: beside the database.</param>
    /// <exception cref="InputException">The folder or the database cannot be used; the message says what to do.</exception>
    public SessionStore(string folder, bool practice = false, string? mirrorFolder = null)
    {
        Folder = StoreFolder.Prepared(folder);
        string name = practice ? "practice" : "sessions";
        mirror = new Mirror(mirrorFolder ?? Path.Combine(Folder, name + "-mirror"));
        database = new StoreDatabase(Path.Combine(Folder, name + ".db"));
        (shelf, this.practice) = (new IssueShelf(database), practice);
    }

    /// <summary>Where it lies.</summary>
    public string Folder { get; }

    /// <inheritdoc/>
    public void Dispose() => database.Dispose();

    /// <summary>Sessions, the latest first.</summary>
    public ImmutableArray<SessionRow> Sessions() =>
    [
        .. database.Rows(
            "SELECT s.id, p.name, s.begun_at, (SELECT count(*) FROM events e WHERE e.session = s.id) FROM sessions s JOIN packs p ON p.id = s.pack ORDER BY s.begun_at DESC, s.id",
            static r => new SessionRow(r.GetString(0), r.GetString(1), DateTimeOffset.Parse(r.GetString(2), CultureInfo.InvariantCulture),
                r.GetInt32(3))),
    ];

    /// <summary>The id that a person means: <c>last</c>, or the beginning of one.</summary>
    /// <exception cref="InputException">There is none, or several.</exception>
    public string Find(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ImmutableArray<SessionRow> all = Sessions();
        string[] found = string.Equals(prefix, "last", StringComparison.Ordinal)
            ? [.. all.Take(1).Select(s => s.Id)]
            : [.. all.Where(s => s.Id.StartsWith(prefix, StringComparison.Ordinal)).Select(s => s.Id)];
        return found switch
        {
            [var one] => one,
            [] => throw new InputException(null, 0, null, $"there is no session {OneLine.Quote(prefix)}; 'topbalance sessions' lists them"),
            _ => throw new InputException(null, 0, null,
                $"{OneLine.Quote(prefix)} begins the ids of {found.Length} sessions; write more of it"),
        };
    }

    /// <summary>Begins a session and acknowledges its first line.</summary>
    public StoredSession Begin(SessionBegun begun, Stamp stamp)
    {
        ArgumentNullException.ThrowIfNull(begun);
        string id = stamp.RecordedAt.ToString("yyyyMMdd-HHmm-", CultureInfo.InvariantCulture) + Guid.NewGuid().ToString("n")[..6];
        string head = SessionLines.Head(id);
        string first = SessionLines.Of(new SessionEntry(1, stamp, begun), head);
        database.Write(() => Insert(id, begun.Pack.Name, stamp.RecordedAt, [head, first]));
        return Open(id);
    }

    /// <summary>Opens a session to look at it or to go on with it.</summary>
    /// <exception cref="InputException">It is damaged; its mirror may not be.</exception>
    public StoredSession Open(string id) => new(id, database, mirror);

    /// <summary>The lines of a session with their end, as a file of its own.</summary>
    public void Export(string id, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ImmutableArray<string> lines = StoredSession.Lines(database, id);
        foreach (string line in lines.Append(SessionLines.End(lines.Length - 1, lines[^1])))
        {
            writer.Write(line + "\n");
        }
    }

    /// <summary>Takes in an export or a mirror: a session that is not here, or the lines of one that are missing here.</summary>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <returns>The session's id, and how many lines were added.</returns>
    /// <exception cref="InputException">It is damaged, or says something else than what is here.</exception>
    public (string Id, int Added) Import(string file, byte[] bytes)
    {
        StoredLines read = SessionLines.ReadAll(file, bytes);
        if (read.Log is not [{ Event: SessionBegun begun } first, ..])
        {
            throw new InputException(file, 0, null, "holds no session that began");
        }

        return database.Write(() =>
        {
            bool known = database.Rows("SELECT 1 FROM sessions WHERE id = $0", static r => r.GetInt32(0), read.Session).Count > 0;
            ImmutableArray<string> here = known ? StoredSession.Lines(database, read.Session) : [];
            int same = Math.Min(here.Length, read.Lines.Length);
            if (!here.Take(same).SequenceEqual(read.Lines.Take(same), StringComparer.Ordinal))
            {
                throw new InputException(file, 0, null,
                    $"says something else of session {read.Session} than what is stored; delete that one first if this is the right one");
            }

            if (!known)
            {
                Insert(read.Session, begun.Pack.Name, first.Stamp.RecordedAt, read.Lines);
                return (read.Session, read.Log.Length);
            }

            InsertLines(read.Session, same, read.Lines);
            return (read.Session, read.Lines.Length - same);
        });
    }

    /// <summary>Writes a copy of the whole database; there or not there.</summary>
    /// <exception cref="InputException">It cannot be written there.</exception>
    public void Backup(string path)
    {
        AtomicFile.Check(path);
        string temporary = path + ".writing";
        try
        {
            System.IO.File.Delete(temporary);
            database.CopyTo(temporary);
            System.IO.File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, 0, null, $"cannot be written ({e.Message})", e);
        }
        finally
        {
            System.IO.File.Delete(temporary);
        }
    }

    /// <summary>Deletes a session with its mirror and its issued records; nothing of them stays in the database's file.</summary>
    public void Delete(string id)
    {
        database.Write(() => database.Execute("DELETE FROM sessions WHERE id = $0", id));
        database.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        mirror.Delete(id);
    }

    /// <summary>Numbers of the issued records of a session, rising.</summary>
    public ImmutableArray<int> Issues(string id) => shelf.Numbers(id);

    /// <summary>An issued record, byte for byte as it was issued.</summary>
    /// <param name="id">Of the session.</param>
    /// <param name="number">Which issue, from 1; null for the latest.</param>
    /// <returns>Null if there is none.</returns>
    /// <exception cref="InputException">It is damaged.</exception>
    public FiledIssue? Issue(string id, int? number = null) => shelf.Read(id, number);

    /// <summary>Files an issue beside the earlier ones, whole or not at all; no other program files one meanwhile.</summary>
    /// <param name="id">Of the session.</param>
    /// <param name="draw">Is given the latest issue, or null; answers it to file nothing, or the next one.</param>
    /// <exception cref="InvalidOperationException">This is the store of practice: it holds no records.</exception>
    public FiledIssue File(string id, Func<FiledIssue?, FiledIssue> draw)
    {
        ArgumentNullException.ThrowIfNull(draw);
        return practice ? throw new InvalidOperationException("Practice is never issued.") : shelf.File(id, draw);
    }

    /// <summary>
    /// Notes a name, a customer or a number plate beside a session: outside of its log, so that it can be erased; null erases it.
    /// </summary>
    public void SetPersonal(string id, string key, string? value)
    {
        if (value is null)
        {
            database.Write(() => database.Execute("DELETE FROM personal WHERE session = $0 AND key = $1", id, key));
            database.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        else
        {
            database.Write(() => database.Execute("INSERT OR REPLACE INTO personal VALUES ($0, $1, $2)", id, key, value));
        }
    }

    /// <summary>What was noted beside a session.</summary>
    public ImmutableSortedDictionary<string, string> Personal(string id) =>
        database.Rows("SELECT key, value FROM personal WHERE session = $0", static r => (r.GetString(0), r.GetString(1)), id)
            .ToImmutableSortedDictionary(p => p.Item1, p => p.Item2, StringComparer.Ordinal);

    private int Insert(string id, string pack, DateTimeOffset begunAt, IReadOnlyList<string> lines)
    {
        database.Execute("INSERT OR IGNORE INTO packs (name) VALUES ($0)", pack);
        database.Execute(
            "INSERT INTO sessions SELECT $0, id, $2, $3, '' FROM packs WHERE name = $1",
            id, pack, begunAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), lines[0]);
        return InsertLines(id, 1, lines);
    }

    private int InsertLines(string id, int from, IReadOnlyList<string> lines)
    {
        for (int k = from; k < lines.Count; k++)
        {
            database.Execute("INSERT INTO events VALUES ($0, $1, $2)", id, k, lines[k]);
        }

        StoredSession.Close(database, id, lines[^1]);

        return lines.Count;
    }
}
