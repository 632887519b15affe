using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Store;

/// <summary>One connection to the database, set so that what is committed is on the disk.</summary>
internal sealed class StoreDatabase : IDisposable
{
    // each is run once, in order; a database knows how many have been
    private static readonly ImmutableArray<string> Migrations =
    [
        """
        CREATE TABLE packs (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE sessions (
            id TEXT PRIMARY KEY, pack INTEGER NOT NULL REFERENCES packs, begun_at TEXT NOT NULL, head TEXT NOT NULL,
            last TEXT NOT NULL);
        CREATE TABLE events (
            session TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE, number INTEGER NOT NULL, line TEXT NOT NULL,
            PRIMARY KEY (session, number)) WITHOUT ROWID;
        CREATE TABLE personal (
            session TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE, key TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY (session, key)) WITHOUT ROWID;
        """,
        """
        CREATE TABLE issues (
            session TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE, number INTEGER NOT NULL, issued_at TEXT NOT NULL,
            log_hash TEXT NOT NULL, software TEXT NOT NULL, model TEXT NOT NULL, outcome TEXT NOT NULL,
            html BLOB NOT NULL, json BLOB NOT NULL, text BLOB NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (session, number));
        CREATE TRIGGER issues_are_frozen BEFORE UPDATE ON issues BEGIN SELECT RAISE(ABORT, 'an issue is never changed'); END;
        """,
    ];

    private static readonly ImmutableArray<(string Pragma, string Wanted)> Asserted =
        [("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1")];

    private const int BusySeconds = 10;
    private readonly string file;
    private readonly SqliteConnection connection;

    /// <exception cref="InputException">It cannot be opened, is damaged, or comes from a newer program.</exception>
    public StoreDatabase(string file)
    {
        this.file = file;
        connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            ForeignKeys = true,
            DefaultTimeout = BusySeconds,
        }.ToString());
        try
        {
            Guard(Open);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Dispose() => connection.Dispose();

    /// <summary>Runs something in a transaction that no other process can write into; all of it happens, or nothing.</summary>
    public T Write<T>(Func<T> work) => Guard(() =>
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        T done = work();
        transaction.Commit();
        return done;
    });

    /// <summary>Rows of a query.</summary>
    public List<T> Rows<T>(string sql, Func<SqliteDataReader, T> row, params ReadOnlySpan<object> values)
    {
        object[] given = values.ToArray();
        return Guard(() =>
        {
            using SqliteCommand command = Command(sql, given);
            using SqliteDataReader reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(row(reader));
            }

            return rows;
        });
    }

    /// <summary>A statement without an answer.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<object> values)
    {
        object[] given = values.ToArray();
        return Guard(() =>
        {
            using SqliteCommand command = Command(sql, given);
            return command.ExecuteNonQuery();
        });
    }

    /// <summary>Copies the whole database while it may be in use.</summary>
    public void CopyTo(string target) => Guard(() =>
    {
        using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = target, Pooling = false }.ToString());
        copy.Open();
        connection.BackupDatabase(copy);
        return 0;
    });

    private int Open()
    {
        connection.Open();
        Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON");
        foreach ((string pragma, string wanted) in Asserted)
        {
            string found = One($"PRAGMA {pragma}");
            if (!string.Equals(found, wanted, StringComparison.Ordinal))
            {
                throw new InputException(file, 0, null,
                    $"the database keeps {pragma} = {found}, expected {wanted}; what is noted would not be safe there");
            }
        }

        string check = One("PRAGMA quick_check(1)");
        if (!string.Equals(check, "ok", StringComparison.Ordinal))
        {
            throw Damaged(check, null);
        }

        Migrate();
        return 0;
    }

    private void Migrate()
    {
        int done = Version();
        if (done > Migrations.Length)
        {
            throw new InputException(file, 0, null,
                $"was written by a newer program (version {done}, this one knows {Migrations.Length}); take the newer one");
        }

        if (done == Migrations.Length)
        {
            return;
        }

        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);

        // another process may have done it meanwhile
        foreach (string migration in Migrations.Skip(Version()))
        {
            Execute(migration);
        }

        Execute($"PRAGMA user_version = {Migrations.Length.ToString(CultureInfo.InvariantCulture)}");
        transaction.Commit();
    }

    private int Version() => int.Parse(One("PRAGMA user_version"), CultureInfo.InvariantCulture);

    private string One(string sql)
    {
        using SqliteCommand command = Command(sql, []);
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? "";
    }

    private SqliteCommand Command(string sql, object[] values)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        for (int k = 0; k < values.Length; k++)
        {
            command.Parameters.AddWithValue("$" + k.ToString(CultureInfo.InvariantCulture), values[k]);
        }

        return command;
    }

    // https://sqlite.org/rescode.html
    private const int Busy = 5, ReadOnlyError = 8, InputOutput = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e)
        {
            throw e.SqliteErrorCode switch
            {
                Corrupt or NotADatabase => Damaged(e.Message, e),
                Full => Failed("the disk is full; make room: nothing of this was noted", e),
                ReadOnlyError or CannotOpen => Failed("cannot be written; check the folder's permissions, or name another with --data", e),
                Busy => Failed($"another program has held it for {BusySeconds} s; end that one and try again", e),
                InputOutput => Failed($"the disk does not take it ({e.Message}); nothing of this was noted", e),
                _ => Failed($"cannot be used ({e.Message})", e),
            };
        }
    }

    private InputException Failed(string problem, Exception e) => new(file, 0, null, problem, e);

    private InputException Damaged(string how, Exception? e) => new(
        file, 0, null,
            $"the database is damaged ({how}); put it aside and bring each session back from its mirror: topbalance import MIRROR", e);
}
