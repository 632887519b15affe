using System.Text;
using TopBalance.Inference.Observations;

namespace TopBalance.Workbench.Files;

/// <summary>Writes observations files.</summary>
public static class ObservationText
{
    /// <summary>
    /// The text of a file that reads back to the same observations. <c>not_seen</c> is left out only where all other lamps were looked at
    /// and dark; loads, leads and currents are written out, so that it does not depend on the pack file's tools.
    /// </summary>
    /// <param name="observations">In the order in which things happened.</param>
    /// <param name="fileOf">Names the file that a log is written to, relative to this one; null if there is no log.</param>
    /// <exception cref="ArgumentException">A charge or rest has no length, or there is a log and nothing names its file.</exception>
    public static string Write(IEnumerable<Observation> observations, Func<LogSeen, string>? fileOf = null)
    {
        ArgumentNullException.ThrowIfNull(observations);
        var text = new StringBuilder();
        foreach (Observation seen in observations)
        {
            text.Append("- ").Append(Entry(seen, fileOf ?? NoFile)).Append('\n');
            Beside(text, EntryKeys.At, seen.At is { } at ? EntryKeys.Show(at) : null);
            Beside(text, EntryKeys.Temperature, seen.Temperature is { } celsius ? NumberText.Write(celsius.Value) : null);
            Beside(text, EntryKeys.TimeSigma, seen.TimeSigma is { } sigma ? NumberText.Write(sigma.Value / 60) : null);
        }

        return text.ToString();
    }

    /// <summary>Writes the table of a log; a reading that is missing is an empty field.</summary>
    /// <param name="log">The log.</param>
    /// <param name="writer">Receives it. Not closed.</param>
    public static void WriteLog(LogSeen log, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(writer);
        PackLogCsv.Write(log, writer);
    }

    /// <summary>A text as YAML takes it, whatever is in it.</summary>
    internal static string Quoted(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    private static string Entry(Observation seen, Func<LogSeen, string> fileOf)
    {
        foreach (EntryKind kind in EntryKinds.All)
        {
            if (kind.Write(seen, fileOf) is { } inside)
            {
                return $"{kind.Key.Name}: {inside}";
            }
        }

        throw new ArgumentException($"There is no entry for {seen.GetType().Name}.", nameof(seen));
    }

    private static void Beside(StringBuilder text, Key key, string? value)
    {
        if (value is not null)
        {
            text.Append("  ").Append(key.Name).Append(": ").Append(value).Append('\n');
        }
    }

    private static string NoFile(LogSeen log) => throw new ArgumentException("A log stands in a file of its own; name it.", nameof(log));
}
