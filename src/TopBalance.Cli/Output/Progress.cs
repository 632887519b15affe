using System.Globalization;

namespace TopBalance.Cli.Output;

/// <summary>One line on standard error that says how far a long job is; nothing if that is no terminal, or the job is quick.</summary>
internal sealed class Progress(Terminal terminal, string job) : IProgress<double>, IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500), Between = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);
    private readonly long begun = terminal.Time.GetTimestamp();
    private TimeSpan next = Quiet;
    private bool shown;

    /// <summary>Shows how long a job takes that cannot tell how far it is.</summary>
    /// <param name="working">The job. Not waited for longer than it lasts.</param>
    public async Task WhileAsync(Task working)
    {
        while (terminal.ErrorIsTerminal && !working.IsCompleted)
        {
            await Task.WhenAny(working, Task.Delay(Beat, terminal.Time));
            Show(elapsed => string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:0} s"));
        }
    }

    /// <inheritdoc/>
    public void Report(double value) => Show(_ => string.Create(CultureInfo.InvariantCulture, $"{100 * value:0} %"));

    private void Show(Func<TimeSpan, string> text)
    {
        if (!terminal.ErrorIsTerminal || terminal.Time.GetElapsedTime(begun) is var elapsed && elapsed < next)
        {
            return;
        }

        next = elapsed + Between;
        shown = true;
        terminal.Error.Write($"\r{job} {text(elapsed)}");
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
