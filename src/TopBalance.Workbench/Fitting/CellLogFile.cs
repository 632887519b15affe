using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Fitting;

/// <summary>
/// Reads the log of one cell: CSV with time, current, voltage and perhaps temperature, in the units of the column names, packed with gzip
/// or not. What is damaged is thrown away and counted; a log that cannot be trusted is refused in one line.
/// </summary>
public static class CellLogFile
{
    /// <summary>Most bytes of a file, and of what a packed one unpacks to.</summary>
    internal const long MostBytes = 100L << 20, MostUnpackedBytes = 400L << 20;

    /// <summary>Reads a log from disk.</summary>
    /// <exception cref="InputException">It is no log of a cell; the message says why and what to do.</exception>
    public static CellLog Read(string path, LogOptions? options = null) => Read(new DiskFiles(), path, options ?? new LogOptions());

    /// <summary>Reads a log.</summary>
    /// <param name="source">Where it comes from.</param>
    /// <param name="path">Its path or name.</param>
    /// <param name="options">What the file does not say.</param>
    /// <exception cref="InputException">It is no log of a cell; the message says why and what to do.</exception>
    public static CellLog Read(IFileSource source, string path, LogOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        byte[] bytes = source.Read(path, MostBytes);
        using var lines = new LogLines(path, bytes);
        LogColumns columns = LogColumns.Find(path, lines.Head());
        var table = new LogTable(path, columns);
        LogRows.ReadInto(table, columns, lines, options.Sign);
        return new LogStretches(path, table, options).Make(columns);
    }
}
