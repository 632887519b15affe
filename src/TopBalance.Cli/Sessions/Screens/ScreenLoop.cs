using System.Collections.Immutable;
using TopBalance.Cli.Output;
using TopBalance.Packs;
using TopBalance.Procedure;
using TopBalance.Simulation;
using TopBalance.Words;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Sessions;

namespace TopBalance.Cli.Sessions.Screens;

/// <summary>The session on screens: draws when something has changed, rings while something must be told, does what keys say.</summary>
internal sealed class ScreenLoop
{
    // to the other screen without a cursor, and back
    private const string Enter = "\u001b[?1049h\u001b[?25l", Exit = "\u001b[?25h\u001b[?1049l";
    private const string Home = "\u001b[H", RestOfLine = "\u001b[K", RestOfScreen = "\u001b[J", Bell = "\a";
    private const double LeastSpeed = 1, MostSpeed = 3600;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenBells = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly Terminal terminal;
    private readonly bool plain;
    private readonly SessionDesk desk;
    private readonly Screen screen;
    private readonly StringWriter said = new();
    private readonly SessionTable table;
    private readonly Glance glance;
    private readonly HoursToGo hours = new();
    private readonly HashSet<(string, int, double)> silenced = [];
    private SessionView shown;
    private string drawn = "";
    private bool buzzes;
    private double speed;
    private long rangAt, tickedAt, lookedAt;
    private (int Running, StepOutcome Outcome)? ended;

    /// <param name="terminal">Where.</param>
    /// <param name="plain">ASCII only.</param>
    /// <param name="desk">The session.</param>
    /// <param name="speed">Practice: pack's seconds per second.</param>
    public ScreenLoop(Terminal terminal, bool plain, SessionDesk desk, double speed)
    {
        (this.terminal, this.plain, this.desk, this.speed) = (terminal, plain, desk, speed);
        screen = new Screen(terminal, plain);
        table = new SessionTable(desk, new Screen(terminal.WithOut(said), plain));
        glance = new Glance(desk);
        shown = glance.View();
        long now = terminal.Time.GetTimestamp();
        (rangAt, tickedAt, lookedAt) = (now - (2 * BellTicks), now, now);
    }

    private long BellTicks => (long)(BetweenBells.TotalSeconds * terminal.Time.TimestampFrequency);

    /// <summary>Until the person leaves.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await terminal.Out.WriteAsync(Enter);
            if (!desk.Session.WarningsAccepted)
            {
                shown = shown with { Said = [.. Enumerable.Range(0, 5).Select(k => Catalogue.English.Say($"screen.warning.{k}"))] };
            }

            while (await TurnAsync())
            {
                await Task.Delay(Look, terminal.Time, cancellationToken);
            }
        }
        finally
        {
            hours.Dispose();
            await terminal.Out.WriteAsync(Exit);
            await terminal.Out.FlushAsync(CancellationToken.None);
        }
    }

    // false: the person leaves
    private async Task<bool> TurnAsync()
    {
        bool pressed = false;
        while (terminal.ReadKey() is { } key)
        {
            pressed = true;
            Pressed what = ScreenInput.Press(shown, key);
            shown = what.View;
            if (what.Leave)
            {
                return false;
            }

            speed = Math.Clamp(speed * what.Faster, LeastSpeed, MostSpeed);
            if (what.Silence)
            {
                silenced.UnionWith(shown.Alarms.Select(a => (a.Code, a.Entry, a.SinceSeconds)));
            }

            if (what.Line is { } line)
            {
                await DoAsync(line);
            }
        }

        // nothing changes between two seconds but what a key does
        if (pressed || drawn.Length == 0 || terminal.Time.GetElapsedTime(lookedAt) >= BetweenLooks)
        {
            lookedAt = terminal.Time.GetTimestamp();
            PassTime();
            Refresh();
            await DrawAsync();
            await RingAsync();
        }

        return true;
    }

    private async Task DoAsync(string line)
    {
        said.GetStringBuilder().Clear();
        string typed = line.Trim();
        if (typed is ScreenInput.LeaveLine)
        {
            shown = ScreenInput.Press(shown with { Prompt = null, Panel = Overlay.Step }, 'q').View;
            return;
        }

        shown = shown with { Said = [Catalogue.English.Say("screen.working")], Page = 0 };
        await DrawAsync();
        try
        {
            table.Do(typed, byHand: true);
            NoteEnd();
            string[] lines = said.ToString().Split('\n').Select(l => l.TrimEnd()).ToArray();
            ImmutableArray<string> told = [.. lines.SkipWhile(l => l.Length == 0).Reverse().SkipWhile(l => l.Length == 0).Reverse()];

            // the lamps after a wait hang on the screen anyhow
            shown = shown with { Said = typed.StartsWith("wait", StringComparison.Ordinal) ? told[..1] : told, Panel = Over(typed, told) };
        }
        catch (InputException e)
        {
            // the line stays to be put right
            shown = shown with { Said = [], Prompt = new Prompt(typed, e.Message) };
        }

        Refresh();
    }

    // what does not fit beside a step gets pages of its own
    private static Overlay Over(string line, ImmutableArray<string> told) => line.Split(' ')[0] switch
    {
        "belief" => Overlay.Belief,
        "why" => Overlay.Why,
        "help" or "log" or "cells" or "verdict" => Overlay.Text,
        _ => told.Length > 8 ? Overlay.Text : Overlay.Step,
    };

    private void Refresh()
    {
        SessionView now = glance.View();
        bool needsCells = shown.Panel is Overlay.Belief or Overlay.Why && now.Session.Charges > 0;
        shown = now with
        {
            Panel = shown.Panel,
            Page = shown.Page,
            Prompt = shown.Prompt,
            Said = shown.Said,
            Plan = hours.Of(now.Session),
            Cells = needsCells ? glance.Cells() : [],
            Rate = desk.Practice is null ? 0 : RateNow(now),
            Heard = Heard(now),
        };
    }

    // practice: what the pack does by itself while the person looks
    private void PassTime()
    {
        long now = terminal.Time.GetTimestamp();
        double seconds = terminal.Time.GetElapsedTime(tickedAt, now).TotalSeconds;
        tickedAt = now;
        if (desk.Practice is null)
        {
            return;
        }

        double passes = PracticeTime.Advance(shown.Session, shown.NowSeconds, shown.WatchFrom, RateNow(shown), seconds);
        desk.Wait(passes / 60);
        NoteEnd();
    }

    // what ended by itself stays to be told until the person has said so; the pack itself goes on
    private void NoteEnd()
    {
        if (desk.Practice?.Ended is { } outcome && desk.Session.Running.Values.FirstOrDefault() is { } activity && ended?.Running != activity.Entry)
        {
            (ended, buzzes) = ((activity.Entry, outcome), true);
        }
    }

    private double RateNow(SessionView view)
    {
        bool bleeds = view.Session.Running.Values.Any(a => a.Step is Rest) && view.Shown.Any(l => l.Red);
        return PracticeTime.Rate(view.Session, view.NowSeconds, view.WatchFrom, desk.Practice!.IsRunning || bleeds, speed);
    }

    private Phrase? Heard(SessionView view) =>
        desk.Practice is null ? null
            : ended is { } e && view.Session.Running.ContainsKey(e.Running) ? new Phrase("heard." + e.Outcome.Reason.ToString().ToLowerInvariant())
            : view.Session.Running.Values.Any(a => a.Step is Rest) && !view.Shown.Any(l => l.Red) ? new Phrase("heard.last-lamp-out")
            : null;

    private async Task DrawAsync()
    {
        ImmutableArray<string> lines = SessionFrame.Lines(shown, terminal.Size.Width, terminal.Size.Height, plain);
        string frame = string.Join('\n', lines);
        if (string.Equals(frame, drawn, StringComparison.Ordinal))
        {
            return;
        }

        drawn = frame;
        string text = string.Join("\r\n", lines.Select(l => screen.Render(l) + RestOfLine));
        await terminal.Out.WriteAsync(Home + text + RestOfScreen);
        await terminal.Out.FlushAsync();
    }

    private async Task RingAsync()
    {
        bool heard = shown.Alarms.Any(a => !silenced.Contains((a.Code, a.Entry, a.SinceSeconds)));
        long now = terminal.Time.GetTimestamp();
        if (buzzes || (heard && now - rangAt >= BellTicks))
        {
            (rangAt, buzzes) = (now, false);
            await terminal.Out.WriteAsync(Bell);
            await terminal.Out.FlushAsync();
        }
    }
}
