using System.Collections.Immutable;
using TopBalance.Procedure;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Store;

/// <summary>
/// A session that is kept. When a call returns, what it noted is on the disk; lines that another program has added meanwhile are taken in
/// first. Not shared between threads.
/// </summary>
public sealed class StoredSession
{
    private readonly StoreDatabase database;
    private readonly Mirror mirror;
    private readonly List<string> lines = [];
    private Session? session;

    internal StoredSession(string id, StoreDatabase database, Mirror mirror)
    {
        (Id, this.database, this.mirror) = (id, database, mirror);
        database.Write(() =>
        {
            CatchUp();
            return 0;
        });
        MirrorProblem = mirror.Follow(Id, lines);
    }

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>Where it stands.</summary>
    public Session Session => session!;

    /// <summary>Why the mirror does not follow; null if it does.</summary>
    public string? MirrorProblem { get; private set; }

    /// <summary>Hash of the last line: it stands for the whole log.</summary>
    public string Hash => SessionLines.HashOf(lines[^1]);

    /// <summary>Notes what was seen or done. It is never refused.</summary>
    public void Report(Stamp stamp, params IReadOnlyList<SessionEvent> events) => Append(stamp, () => events);

    /// <summary>Asks whether something may be begun, and notes it if so.</summary>
    public Decision Ask(SessionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Decision? decision = null;
        Append(request.At, () =>
        {
            decision = Guide.Decide(Session, request);
            return decision is Decision.Permitted permitted ? permitted.Events : [];
        });
        return decision!;
    }

    // decided and written in one transaction: another program cannot come between
    private void Append(Stamp stamp, Func<IReadOnlyList<SessionEvent>> events)
    {
        int before = lines.Count;
        Session was = Session;
        try
        {
            database.Write(() =>
            {
                CatchUp();
                foreach (SessionEvent happened in events())
                {
                    var entry = new SessionEntry(lines.Count, stamp, happened);
                    string line = SessionLines.Of(entry, lines[^1]);
                    database.Execute("INSERT INTO events VALUES ($0, $1, $2)", Id, entry.Number, line);
                    Take(line, entry);
                }

                Close(database, Id, lines[^1]);

                return 0;
            });
        }
        catch
        {
            // what was not committed did not happen
            lines.RemoveRange(before, lines.Count - before);
            session = was;
            throw;
        }

        MirrorProblem = mirror.Follow(Id, lines);
    }

    private void CatchUp()
    {
        if (lines.Count == 0)
        {
            lines.Add(HeadOf(database, Id));
        }

        foreach (string line in After(database, Id, lines.Count))
        {
            try
            {
                Take(line, SessionLines.Read(line, lines[^1]));
            }
            catch (Exception e) when (e is FormatException or ArgumentException)
            {
                string back = $"delete the session and bring it back from its mirror: {mirror.FileOf(Id)}";
                throw new InputException(null, 0, null, $"line {lines.Count} of session {Id} {e.Message}; {back}", e);
            }
        }

        CheckEnd(database, Id, lines[^1]);
        if (session is null)
        {
            throw Missing(Id);
        }
    }

    private void Take(string line, SessionEntry entry)
    {
        session = session is null ? Guide.Begin(entry) : Guide.Evolve(session, entry);
        lines.Add(line);
    }

    /// <summary>All lines of a session.</summary>
    /// <exception cref="InputException">Some are missing.</exception>
    internal static ImmutableArray<string> Lines(StoreDatabase database, string id)
    {
        ImmutableArray<string> all = [HeadOf(database, id), .. After(database, id, 1)];
        CheckEnd(database, id, all[^1]);
        return all;
    }

    /// <summary>Notes which line is the last, so that one that gets lost is missed.</summary>
    internal static void Close(StoreDatabase database, string id, string last) =>
        database.Execute("UPDATE sessions SET last = $1 WHERE id = $0", id, SessionLines.HashOf(last));

    // the lines hold each other, but a tail that is gone holds nothing
    private static void CheckEnd(StoreDatabase database, string id, string last)
    {
        List<string> noted = database.Rows("SELECT last FROM sessions WHERE id = $0", static r => r.GetString(0), id);
        if (noted is not [var hash] || !string.Equals(hash, SessionLines.HashOf(last), StringComparison.Ordinal))
        {
            throw Missing(id);
        }
    }

    private static InputException Missing(string id) =>
        new(null, 0, null, $"lines of session {id} are missing at its end; delete it and bring it back from its mirror");

    private static string HeadOf(StoreDatabase database, string id) =>
        database.Rows("SELECT head FROM sessions WHERE id = $0", static r => r.GetString(0), id) is [var head]
            ? head
            : throw new InputException(null, 0, null, $"there is no session {OneLine.Quote(id)}; 'topbalance sessions' lists them");

    private static List<string> After(StoreDatabase database, string id, int number) =>
        database.Rows(
            "SELECT line FROM events WHERE session = $0 AND number >= $1 ORDER BY number", static r => r.GetString(0), id, number);
}
