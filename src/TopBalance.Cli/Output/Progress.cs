using System.Globalization;

namespace TopBalance.Cli.Output;

/// <summary>One line on standard error that says how far a long job is; nothing if that is no terminal, or the job is quick.</summary>
internal sealed class Progress(Terminal terminal, string job) : IProgress<double>, IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500), Between = TimeSpan.FromMilliseconds(100);
    private readonly long begun = terminal.Time.GetTimestamp();
    private TimeSpan next = Quiet;
    private bool shown;

    /// <inheritdoc/>
    public void Report(double value)
    {
        if (!terminal.ErrorIsTerminal || terminal.Time.GetElapsedTime(begun) is var elapsed && elapsed < next)
        {
            return;
        }

        next = elapsed + Between;
        shown = true;
        terminal.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{job} {100 * value:0} %"));
    }

    /// <summary>Wipes the line.</summary>
    public void Dispose()
    {
        if (shown)
        {
            // a little more than was written: Ctrl-C leaves its mark behind it
            terminal.Error.Write("\r" + new string(' ', job.Length + 12) + "\r");
        }
    }
}
