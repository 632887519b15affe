using System.IO.Compression;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Validation;

/// <summary>A table of numbers with named columns, as the measured data come: CSV with a header line, plain or gzip.</summary>
public sealed class DataTable
{
    private readonly string name;
    private readonly string[] heads;
    private readonly double[][] columns;

    private DataTable(string name, string[] heads, double[][] columns)
    {
        this.name = name;
        this.heads = heads;
        this.columns = columns;
    }

    /// <summary>Number of rows.</summary>
    public int Rows => columns.Length == 0 ? 0 : columns[0].Length;

    /// <summary>Names of the columns, in order.</summary>
    public IReadOnlyList<string> Columns => heads;

    /// <summary>A column. An empty field is NaN.</summary>
    /// <exception cref="InputException">There is none of that name.</exception>
    public ReadOnlySpan<double> this[string column] => columns[IndexOf(column)];

    /// <summary>The rows in which a column has a value, e.g. <c>script</c> 1.</summary>
    public DataTable Where(string column, double value)
    {
        double[] chosen = columns[IndexOf(column)];
        int[] rows = [.. Enumerable.Range(0, Rows).Where(k => chosen[k] == value)];
        return new DataTable(name, heads, [.. columns.Select(c => rows.Select(k => c[k]).ToArray())]);
    }

    internal static DataTable Read(string path, string name)
    {
        try
        {
            using Stream file = File.OpenRead(path);
            using Stream plain = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
            using var reader = new StreamReader(plain);
            return Parse(reader, name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new InputException(name, 0, null, $"cannot be read ({e.Message})", e);
        }
    }

    internal static DataTable Parse(TextReader reader, string name)
    {
        string[] names = reader.ReadLine()?.Split(',') ?? throw new InputException(name, 0, null, "is empty, expected a table");
        List<double>[] values = [.. names.Select(_ => new List<double>())];
        for (int line = 2; reader.ReadLine() is { } text; line++)
        {
            Span<Range> fields = new Range[names.Length + 1];
            int count = text.AsSpan().Split(fields, ',');
            if (count != names.Length)
            {
                throw new InputException(name, line, null, $"has {count} fields, expected {names.Length}");
            }

            for (int k = 0; k < count; k++)
            {
                values[k].Add(Number(text.AsSpan(fields[k]), name, line, names[k]));
            }
        }

        return new DataTable(name, names, [.. values.Select(v => v.ToArray())]);
    }

    private static double Number(ReadOnlySpan<char> text, string name, int line, string head) =>
        text.IsEmpty ? double.NaN
        : NumberText.TryParse(text, out double value) ? value
        : throw new InputException(name, line, head, $"saw {OneLine.Quote(text.ToString())}, expected a number");

    private int IndexOf(string column)
    {
        int index = Array.IndexOf(heads, column);
        return index >= 0 ? index : throw new InputException(name, 1, column, "there is no such column");
    }
}
