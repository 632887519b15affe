using System.Globalization;

namespace TopBalance.Cli.Output;

/// <summary>One line on standard error that says how far a long job is; nothing if that is no terminal, or the job is quick.</summary>
internal sealed class Progress(Terminal terminal, string job) : IProgress<double>, IProgress<string>, IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500), Between = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);
    private readonly long begun = terminal.Time.GetTimestamp();
    private TimeSpan next = Quiet;
    private volatile string doing = "";
    private int widest;

    /// <summary>Shows how long a job takes that cannot tell how far it is, and what it last said it is doing.</summary>
    /// <param name="working">The job. Not waited for longer than it lasts.</param>
    public async Task WhileAsync(Task working)
    {
        while (terminal.ErrorIsTerminal && !working.IsCompleted)
        {
            await Task.WhenAny(working, Task.Delay(Beat, terminal.Time));
            string said = doing.Length > 0 ? ": " + doing : "";
            Show(elapsed => string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:0} s{said}"));
        }
    }

    /// <inheritdoc/>
    public void Report(double value) => Show(_ => string.Create(CultureInfo.InvariantCulture, $"{100 * value:0} %"));

    /// <summary>What the job is doing now; shown by <see cref="WhileAsync"/>, so that a job on another thread writes nothing.</summary>
    void IProgress<string>.Report(string value) => doing = value;

    private void Show(Func<TimeSpan, string> text)
    {
        if (!terminal.ErrorIsTerminal || terminal.Time.GetElapsedTime(begun) is var elapsed && elapsed < next)
        {
            return;
        }

        next = elapsed + Between;
        string line = $"{job} {text(elapsed)}";
        line = line.Length < terminal.Width ? line : line[..Math.Max(1, terminal.Width - 1)];
        widest = Math.Max(widest, line.Length);
        terminal.Error.Write("\r" + line.PadRight(widest));
    }

    /// <summary>Wipes the line.</summary>
    public void Dispose()
    {
        if (widest > 0)
        {
            // a little more than was written: Ctrl-C leaves its mark behind it
            terminal.Error.Write("\r" + new string(' ', widest + 2) + "\r");
        }
    }
}
