using System.Collections.Immutable;
using System.CommandLine;
using TopBalance.Cli.Output;
using TopBalance.Cli.Sessions;
using TopBalance.Cli.Sessions.Screens;
using TopBalance.Packs;
using TopBalance.Procedure;
using TopBalance.Verification.Verdicts;
using TopBalance.Words;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Json;
using TopBalance.Workbench.Sessions;
using TopBalance.Workbench.Store;

namespace TopBalance.Cli.Commands;

/// <summary><c>session PACK</c>: leads through the whole procedure and keeps what was seen and done.</summary>
internal sealed class SessionCommand
{
    private readonly Terminal terminal;
    private readonly StoreOptions store;
    private readonly Argument<string> pack = OptionValues.Pack();
    private readonly Option<bool> fresh = new("--new") { Description = "Begin a new session; without it the open one of this pack goes on" };
    private readonly Option<bool> practice = new("--practice") { Description = "At a simulated pack; kept apart, never part of a record" };
    private readonly Option<string?> script = OptionValues.Create("--script", "FILE",
        "Take what is typed from a file; '#' begins a comment");
    private readonly Option<string?> speed = OptionValues.Create("--speed", "N",
        "Practice: the pack's seconds per second while nobody need look (default 60)");
    private readonly Option<bool> byLine = new("--lines") { Description = "Line by line instead of screens, also on a terminal" };
    private readonly Option<bool> plain = OptionValues.Plain();
    private readonly ExampleCommand command = new(
        "session",
        "Guide through the whole procedure step by step, and keep what is seen and done. Goes on where it was.",
        "session pack.yaml",
        "session pack.yaml --practice",
        "session pack.yaml --practice --script steps.txt --json");

    private SessionCommand(Terminal terminal) => (this.terminal, store) = (terminal, new StoreOptions(terminal));

    /// <summary>The command.</summary>
    public static ExampleCommand Create(Terminal terminal)
    {
        var session = new SessionCommand(terminal);
        session.command.Arguments.Add(session.pack);
        foreach (Option option in (Option[])[session.fresh, session.practice, session.speed, session.script, session.byLine,
            session.store.Data, session.store.Mirror, session.plain])
        {
            session.command.Options.Add(option);
        }

        session.command.SetAction((parsed, cancellationToken) => session.RunAsync(parsed, cancellationToken));
        return session.command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        bool json = parsed.GetValue(command.Json);
        double rate = Speed(parsed);
        using SessionStore kept = store.Open(parsed, parsed.GetValue(practice));
        var desk = new SessionDesk(Opened(kept, parsed), terminal.Time);
        Terminal quiet = json ? terminal.WithOut(TextWriter.Null) : terminal;
        var table = new SessionTable(desk, new Screen(quiet, parsed.GetValue(plain)));
        if (parsed.GetValue(script) is { } file)
        {
            RunScript(table, file, quiet.Out, cancellationToken);
            table.ShowState();
        }
        else if (!json && !parsed.GetValue(byLine) && terminal.Animated && terminal.InIsTerminal)
        {
            await new ScreenLoop(terminal, parsed.GetValue(plain), desk, rate).RunAsync(cancellationToken);
            new Screen(terminal, parsed.GetValue(plain)).Paragraph(new Phrase("screen.left", desk.Id).ToString());
        }
        else
        {
            await TalkAsync(table, quiet, cancellationToken);
        }

        if (json)
        {
            await terminal.Out.WriteAsync(JsonText.Of(Summary(table)) + "\n");
        }

        return ExitCode.Done;
    }

    private double Speed(ParseResult parsed)
    {
        double? given = parsed.NumberBetween(speed, 1, 3600, "times as fast");
        return given is null || parsed.GetValue(practice) ? given ?? UsualSpeed
            : throw new InputException(null, 0, speed.Name, "the time of a real pack passes by itself; --speed goes with --practice");
    }

    private StoredSession Opened(SessionStore kept, ParseResult parsed)
    {
        (PackSpec spec, ImmutableArray<PackText> texts) = ResolvedPack.Read(parsed.GetRequiredValue(pack));
        if (!parsed.GetValue(fresh))
        {
            foreach (SessionRow row in kept.Sessions().Where(r => string.Equals(r.Pack, spec.Name, StringComparison.Ordinal)))
            {
                StoredSession open = kept.Open(row.Id);
                if (open.Session is not ({ Phase: Phase.Abandoned } or { Phase: Phase.Verdict, Verdict: VerdictOutcome.Pass }))
                {
                    return open;
                }
            }
        }

        bool simulated = parsed.GetValue(practice);
        Stamp now = simulated ? Stamp.Now(terminal.Time.GetUtcNow(), new Tick("practice", 0)) : SteadyClock.Stamp(terminal.Time);

        // a pack that was balanced before is checked again; a simulated one is another each time
        CheckUp? since = simulated ? null : PackHistory.CheckUpOf(kept, spec.Name, spec.Series, now.RecordedAt);
        return kept.Begin(new SessionBegun(spec, spec.Seed) { Files = texts, Practice = simulated, CheckUp = since }, now);
    }

    private static void RunScript(SessionTable table, string file, TextWriter echo, CancellationToken cancellationToken)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(file, 0, null, $"cannot be read ({e.Message})", e);
        }

        for (int k = 0; k < lines.Length; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string line = lines[k].Split('#')[0].Trim();
            if (line.Length == 0)
            {
                continue;
            }

            echo.Write($"> {line}\n");
            try
            {
                table.Do(line, byHand: false);
            }
            catch (InputException e)
            {
                throw new InputException(file, k + 1, null, e.Message, e);
            }
        }
    }

    private async Task TalkAsync(SessionTable table, Terminal talking, CancellationToken cancellationToken)
    {
        var screen = new Screen(talking, plain: false);
        if (!table.Desk.Session.WarningsAccepted)
        {
            Enumerable.Range(0, 5).ToList().ForEach(k => screen.Paragraph(Catalogue.English.Say($"screen.warning.{k}")));
        }

        while (!cancellationToken.IsCancellationRequested)
        {
            table.ShowState();
            await talking.Out.WriteAsync("> ");
            await talking.Out.FlushAsync(cancellationToken);
            if (await LineAsync(table, talking, cancellationToken) is not { } line || line.Trim() is "quit" or "q")
            {
                return;
            }

            try
            {
                if (line.Trim().Length > 0)
                {
                    table.Do(line, byHand: true);
                }
            }
            catch (InputException e)
            {
                screen.Paragraph(e.Message, "bold");
            }
        }
    }

    // while somebody types, or does not: an alarm that comes up is told at once, with the bell
    private static async Task<string?> LineAsync(SessionTable table, Terminal talking, CancellationToken cancellationToken)
    {
        Task<string?> typing = Task.Run(talking.In.ReadLine, cancellationToken);
        var told = table.Desk.Alarms().Select(a => (a.Code, a.Entry)).ToHashSet();
        while (await Task.WhenAny(typing, Task.Delay(BetweenLooks, talking.Time, cancellationToken)) != typing)
        {
            foreach (Alarm alarm in table.Desk.Alarms().Where(a => told.Add((a.Code, a.Entry))))
            {
                await talking.Out.WriteAsync($"\a\n! {alarm.Text}\n> ");
                await talking.Out.FlushAsync(cancellationToken);
            }
        }

        return await typing;
    }

    private const double UsualSpeed = 60;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    private static object Summary(SessionTable table)
    {
        SessionDesk desk = table.Desk;
        Session s = desk.Session;
        Advice next = desk.Next();
        Verdict? verdict = table.Verdict;
        return new
        {
            session = desk.Id,
            pack = s.Pack.Name,
            practice = s.Practice,
            phase = s.Phase,
            interlock = s.Interlock,
            lines = s.Log.Count,
            disputed = s.Unsettled.Select(d => d.Entry),
            alarms = desk.Alarms().Select(a => a.Text.ToString()),
            verdict = s.Verdict,
            apart_from_practice = verdict?.ApartFromPractice,
            criteria = verdict?.Criteria.Select(c => new { c.Code, c.Outcome, seen = c.Seen.ToString(), next = c.Next?.ToString() }),
            next = new { next.Action, text = next.Text.ToString(), cells = next.Cells.Select(c => c.Value) },
        };
    }
}
