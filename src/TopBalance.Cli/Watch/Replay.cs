using TopBalance.Cli.Output;
using TopBalance.Simulation;
using TopBalance.Workbench.Simulations;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Cli.Watch;

/// <summary>Shows a reel: live on a terminal, as a list of what happens elsewhere.</summary>
internal sealed class Replay
{
    // to the other screen without a cursor, and back
    private const string Enter = "\u001b[?1049h\u001b[?25l", Leave = "\u001b[?25h\u001b[?1049l";

    // frames are drawn over each other; what is left of the last one is wiped
    private const string Home = "\u001b[H", RestOfLine = "\u001b[K", RestOfScreen = "\u001b[J";
    private const int LinesAroundPanel = 9;
    private const double LeastRate = 0.25, MostRate = 256;
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);

    private readonly Terminal terminal;
    private readonly Screen screen;
    private readonly Reel reel;
    private double rate;
    private bool paused;

    private Replay(Terminal terminal, Screen screen, Reel reel, double rate)
    {
        this.terminal = terminal;
        this.screen = screen;
        this.reel = reel;
        this.rate = rate;
    }

    /// <summary>Shows the end of a simulation's last charge.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="screen">How.</param>
    /// <param name="simulation">What.</param>
    /// <param name="rate">Simulated seconds per second.</param>
    /// <param name="cancellationToken">Ctrl-C.</param>
    public static async Task ShowAsync(
        Terminal terminal, Screen screen, PackSimulation simulation, double rate, CancellationToken cancellationToken)
    {
        if (Reel.Of(simulation) is not { } reel)
        {
            screen.Paragraph("There is nothing to watch: the run did not end with a charge.");
            screen.Line();
            return;
        }

        var replay = new Replay(terminal, screen, reel, rate);
        if (!terminal.Animated)
        {
            replay.List();
            return;
        }

        try
        {
            await terminal.Out.WriteAsync(Enter);
            await replay.PlayAsync(cancellationToken);
        }
        finally
        {
            await terminal.Out.WriteAsync(Leave);
            await terminal.Out.FlushAsync(CancellationToken.None);
        }
    }

    private async Task PlayAsync(CancellationToken cancellationToken)
    {
        double position = reel.Start;
        long shownAt = terminal.Time.GetTimestamp();
        while (true)
        {
            await DrawAsync(position);
            if (position >= reel.End)
            {
                return;
            }

            await Task.Delay(Frame, terminal.Time, cancellationToken);
            if (!ObeyKeys())
            {
                return;
            }

            long now = terminal.Time.GetTimestamp();
            double next = position + (paused ? 0 : terminal.Time.GetElapsedTime(shownAt, now).TotalSeconds * rate);
            shownAt = now;

            // the instant of the stop gets a frame of its own, however fast the green lamp is back
            position = position < reel.Stop && next >= reel.Stop ? reel.Stop : Math.Min(next, reel.End);
        }
    }

    // false: the person wants to leave
    private bool ObeyKeys()
    {
        while (terminal.ReadKey() is { } key)
        {
            switch (key)
            {
                case 'q' or 'Q':
                    return false;
                case ' ':
                    paused = !paused;
                    break;
                case '+':
                    rate = Math.Min(MostRate, rate * 2);
                    break;
                case '-':
                    rate = Math.Max(LeastRate, rate / 2);
                    break;
            }
        }

        return true;
    }

    private async Task DrawAsync(double position)
    {
        (double amps, double volts, Lamps[] lamps) = reel.At(position);
        string charger = position < reel.Stop ? "ON " : "OFF";
        string[] panel = [.. LampPanel.Lines(reel.Layout, lamps, screen.Width)];
        if (panel.Length + LinesAroundPanel > terminal.Height)
        {
            panel = [.. LampPanel.Lines(reel.Layout, lamps, screen.Width, dense: true).Take(Math.Max(1, terminal.Height - LinesAroundPanel))];
        }

        string[] lines =
        [
            "[bold]SIMULATION[/]  practice: find the cell that stops the charger",
            "",
            Invariant($"{Duration(Math.Floor(position))} · charger [bold]{charger}[/] · {amps:0.0} A · {PackVoltage(volts)}"),
            Instruction(position),
            "",
            .. panel,
            "",
            LampPanel.LampLegend,
            Invariant($"[dim]speed ×{rate:0.##}{(paused ? ", paused" : "")} · + faster · - slower · space pause · q leave[/]"),
        ];
        await terminal.Out.WriteAsync(Home);
        foreach (string line in lines)
        {
            await terminal.Out.WriteAsync(screen.Render(line) + RestOfLine + "\r\n");
        }

        await terminal.Out.WriteAsync(RestOfScreen);
        await terminal.Out.FlushAsync();
    }

    private string Instruction(double position) => (position - reel.Stop) switch
    {
        < -20 => "Red lamps come up near the end of the charge; it is about to end.",
        < 0 => "[bold]Watch the green lamps now.[/]",
        < 10 => "[bold]The charger has stopped. Which green lamp went out? Which are red?[/]",
        _ => "Shunts bleed on and red lamps go out: a dark lamp seen now means nothing.",
    };

    private void List()
    {
        screen.Line("[bold]The end of the charge, as it would be seen (simulation)[/]");
        foreach (RunEvent happened in reel.Events)
        {
            if (Told(happened.Kind) is { } told)
            {
                double from = happened.TimeSeconds - reel.Stop;
                screen.Line(Invariant($"  {from,8:+0.0;-0.0;0.0} s  cell {happened.Cell + 1,3}  {told}"));
            }
        }

        screen.Line();
    }

    private static string? Told(RunEventKind kind) => kind switch
    {
        RunEventKind.ShuntOn => "red lamp on",
        RunEventKind.ShuntOff => "red lamp off",
        RunEventKind.HvcOpened => "green lamp out: HVC, the charger stops",
        RunEventKind.LvcOpened => "green lamp out: LVC, the charger stops",
        RunEventKind.HvcCleared => "green lamp back",
        _ => null,
    };
}
