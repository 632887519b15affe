using System.Globalization;

namespace TopBalance.Cli;

/// <summary>Where the details of an internal error go.</summary>
internal static class ErrorLog
{
    /// <summary>Writes a log file and says where it is, or why there is none.</summary>
    public static string Write(Terminal terminal, string[] args, Exception error)
    {
        DateTimeOffset now = terminal.Time.GetUtcNow();
        string text = string.Join('\n',
        [
            now.ToString("u", CultureInfo.InvariantCulture),
            $"{CommandLine.ProgramName} {typeof(ErrorLog).Assembly.GetName().Version}, .NET {Environment.Version}, {Environment.OSVersion}",
            $"arguments: {string.Join(' ', args)}",
            error.ToString(),
            "",
        ]);
        try
        {
            string folder = Path.Combine(terminal.StateFolder, "log");
            Directory.CreateDirectory(folder);
            string when = now.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
            string path = Path.Combine(folder, $"error-{when}-{Environment.ProcessId}.log");
            File.WriteAllText(path, text);
            return $"(details in {path})";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"(no log could be written: {e.Message})";
        }
    }
}
