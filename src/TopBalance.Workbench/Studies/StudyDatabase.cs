using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using TopBalance.Planning;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Studies;

/// <summary>
/// Results as SQLite: table <c>study</c> (the header) and table <c>results</c> with the columns of the CSV. Written in one go, the same
/// rows give the same bytes.
/// </summary>
internal sealed class StudyDatabase : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteCommand insert;
    private readonly ImmutableArray<ImmutableArray<string>> variants;
    private readonly ImmutableArray<string> methods;
    private SqliteTransaction? transaction;

    private StudyDatabase(string path, StudyHeader header)
    {
        methods = header.Methods;
        ImmutableArray<VaryAxis> axes = VaryAxis.ParseAll(header.Vary);
        variants = [.. StudyPlan.Combinations(axes)];
        connection = Connect(path, SqliteOpenMode.ReadWriteCreate);

        // nothing is lost with this file that is not elsewhere: no journal, no waiting for the disk
        Execute("PRAGMA journal_mode=OFF");
        Execute("PRAGMA synchronous=OFF");
        transaction = connection.BeginTransaction();
        string[] keys = [.. axes.Select(a => Quoted(a.Key))];
        Execute("CREATE TABLE study (header TEXT NOT NULL)");
        Execute($"CREATE TABLE results ({string.Concat(keys.Select(k => k + " NUMERIC, "))}method TEXT, pack INTEGER, hours REAL, attended_hours REAL, "
            + "charger_cycles INTEGER, drained_ah REAL, overshot INTEGER, residual_ah REAL, hottest_w REAL, balanced INTEGER, cost REAL)");
        using SqliteCommand head = Command("INSERT INTO study VALUES ($0)");
        head.Parameters.AddWithValue("$0", header.Json());
        head.ExecuteNonQuery();
        int columns = keys.Length + StudyLines.Columns.Length;
        insert = Command($"INSERT INTO results VALUES ({string.Join(',', Enumerable.Range(0, columns).Select(k => "$" + k.ToString(CultureInfo.InvariantCulture)))})");
        for (int k = 0; k < columns; k++)
        {
            insert.Parameters.Add(new SqliteParameter("$" + k.ToString(CultureInfo.InvariantCulture), null));
        }
    }

    /// <summary>A database that grows while a study runs, to be looked at meanwhile.</summary>
    public static StudyDatabase Grow(string path, StudyHeader header)
    {
        File.Delete(path);
        try
        {
            return new StudyDatabase(path, header);
        }
        catch (SqliteException e)
        {
            throw new InputException(path, 0, null, $"cannot be written ({e.Message})", e);
        }
    }

    /// <summary>Writes a whole file: there or not there.</summary>
    /// <exception cref="InputException">It cannot be written there.</exception>
    public static void Write(string path, StudyHeader header, IEnumerable<StudyRow> rows)
    {
        AtomicFile.Check(path);
        string temporary = path + ".writing";
        try
        {
            File.Delete(temporary);
            using (var database = new StudyDatabase(temporary, header))
            {
                foreach (StudyRow row in rows)
                {
                    database.Add(row);
                }

                database.Commit();
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, 0, null, $"cannot be written ({e.Message})", e);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>What a file is about; null if it is no such file.</summary>
    public static StudyHeader? HeaderOf(string path)
    {
        try
        {
            using SqliteConnection reading = Connect(path, SqliteOpenMode.ReadOnly);
            using SqliteCommand command = reading.CreateCommand();
            command.CommandText = "SELECT header FROM study";
            return command.ExecuteScalar() is string json ? StudyHeader.OfJson(json) : null;
        }
        catch (Exception e) when (e is SqliteException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    /// <summary>Rows in their order; null where one is damaged or not the one that belongs there.</summary>
    public static IEnumerable<StudyRow?> Rows(string path, StudyHeader header, Func<long, StudyTask> place)
    {
        using SqliteConnection reading = Connect(path, SqliteOpenMode.ReadOnly);
        using SqliteCommand command = reading.CreateCommand();
        command.CommandText = $"SELECT {string.Join(',', StudyLines.Columns)} FROM results ORDER BY rowid";
        using SqliteDataReader reader = command.ExecuteReader();
        long n = 0;
        while (reader.Read())
        {
            StudyTask task = place(n++);
            bool belongs = string.Equals(reader.GetString(0), header.Methods[task.Method], StringComparison.Ordinal) && reader.GetInt32(1) == task.Pack + 1;
            yield return belongs ? new StudyRow(task, PlayedAt(reader)) : null;
        }
    }

    /// <summary>Adds a row.</summary>
    public void Add(StudyRow row)
    {
        transaction ??= connection.BeginTransaction();
        insert.Transaction = transaction;
        int k = 0;
        foreach (string value in variants[row.Task.Variant])
        {
            insert.Parameters[k++].Value = value;
        }

        object?[] values = row.Played is { } p
            ? [p.Hours, p.AttendedHours, p.ChargerCycles, p.DrainedAh, p.Overshot ? 1 : 0, p.ResidualAh, p.HottestWatts, p.Balanced ? 1 : 0, p.Cost]
            : [null, null, null, null, null, null, null, null, null];
        foreach (object? value in (object?[])[methods[row.Task.Method], row.Task.Pack + 1, .. values])
        {
            insert.Parameters[k++].Value = value ?? DBNull.Value;
        }

        insert.ExecuteNonQuery();
    }

    /// <summary>Makes the rows so far visible to others.</summary>
    public void Commit()
    {
        transaction?.Commit();
        transaction?.Dispose();
        transaction = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        insert.Dispose();
        transaction?.Dispose();
        connection.Dispose();
    }

    private static Played? PlayedAt(SqliteDataReader reader)
    {
        if (reader.IsDBNull(2))
        {
            return null;
        }

        double[] numbers = [.. Enumerable.Range(2, 9).Select(reader.GetDouble)];
        return StudyLines.Of(numbers);
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var opened = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ConnectionString);
        opened.Open();
        return opened;
    }

    private static string Quoted(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private SqliteCommand Command(string text)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.Transaction = transaction;
        return command;
    }

    private void Execute(string text)
    {
        using SqliteCommand command = Command(text);
        command.ExecuteNonQuery();
    }
}
