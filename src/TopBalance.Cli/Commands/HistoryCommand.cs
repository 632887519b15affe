using System.CommandLine;
using TopBalance.Cli.Output;
using TopBalance.Inference;
using TopBalance.Verification;
using TopBalance.Verification.Verdicts;
using TopBalance.Words;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Json;
using TopBalance.Workbench.Sessions;
using TopBalance.Workbench.Store;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Cli.Commands;

/// <summary><c>history PACK</c>: the sessions of a pack, which of its cells walk away, and when to look again.</summary>
internal static class HistoryCommand
{
    /// <summary>The command.</summary>
    public static ExampleCommand Create(Terminal terminal)
    {
        var store = new StoreOptions(terminal);
        Argument<string> pack = new("PACK") { Description = "A pack file, or the name of a pack that is kept" };
        Option<bool> plain = OptionValues.Plain();
        var command = new ExampleCommand(
            "history",
            "Show all sessions of a pack, how its cells drift between them, which to replace, and when to check again.",
            "history pack.yaml",
            "history \"My car\" --json") { pack, store.Data, plain };
        command.SetAction(parsed =>
        {
            string given = parsed.GetRequiredValue(pack);
            string name = File.Exists(given) ? PackFile.Read(given).Name : given;
            using SessionStore kept = store.Open(parsed);
            PackHistory history = PackHistory.Of(kept, name);
            if (history.Sessions.IsEmpty)
            {
                throw new InputException(null, 0, null, $"no session of {OneLine.Quote(name)} is kept; 'topbalance sessions' lists all");
            }

            if (parsed.GetValue(command.Json))
            {
                terminal.Out.Write(JsonText.Of(Summary(history)) + "\n");
            }
            else
            {
                Write(new Screen(terminal, parsed.GetValue(plain)), history);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static object Summary(PackHistory history) => new
    {
        history.Pack,
        history.Sessions,
        drift = history.Drift is not { } drift ? null : new
        {
            history.Months,
            cells = drift.Cells.Select(c => new
            {
                cell = c.Cell.Value,
                ah_per_month = new { p05 = c.AhPerMonth.P05, p50 = c.AhPerMonth.P50, p95 = c.AhPerMonth.P95 },
                c.Measurable,
                c.Walks,
            }),
            walking = drift.Walking.Select(c => c.Value),
            replace = drift.Replace.Select(c => c.Value),
            drift.NextCheckMonths,
        },
        next_check_at = history.NextCheckAt is { } at ? PackHistory.Day(at) : null,
    };

    private static void Write(Screen screen, PackHistory history)
    {
        screen.Line($"[bold]HISTORY[/]  {Screen.Safe(history.Pack)}");
        screen.Line();
        foreach (HistoryRow row in history.Sessions)
        {
            string verdict = row.Verdict is { } v ? v.ToString().ToUpperInvariant() : "no verdict";
            string since = row.CheckUpOf is null ? "" : ", check-up";
            screen.Line(Screen.Safe(Invariant($"{row.Session}  {PackHistory.Day(row.BegunAt)}  {row.Charges,3} charges  {verdict}{since}")));
        }

        screen.Line();
        if (history is not { Drift: { } drift, Months: { } months })
        {
            Say(screen, new Phrase("drift.no-two"));
            return;
        }

        Say(screen, new Phrase("drift.over", Invariant($"{months:0.0}")));
        foreach (CellDrift cell in drift.Cells.Where(c => c.Measurable).OrderByDescending(c => Math.Abs(c.AhPerMonth.P50)))
        {
            Interval90 ah = cell.AhPerMonth;
            Say(screen, new Phrase(cell.Walks ? "drift.walks" : "drift.little", cell.Cell.ToString(),
                Invariant($"{ah.P50:+0.00;-0.00} Ah"), Invariant($"{ah.P05:+0.00;-0.00}"), Invariant($"{ah.P95:+0.00;-0.00}")));
        }

        int open = drift.Cells.Count(c => !c.Measurable);
        if (open > 0)
        {
            double most = drift.Cells.Where(c => !c.Measurable).Max(c => Math.Max(-c.AhPerMonth.P05, c.AhPerMonth.P95));
            Say(screen, new Phrase("drift.not-measurable", Invariant($"{open}"), Invariant($"{drift.Cells.Length}"), Invariant($"{most:0.00} Ah")));
        }

        if (!drift.Replace.IsEmpty)
        {
            Say(screen, new Phrase("drift.replace", string.Join(", ", drift.Replace)), "bold");
        }

        Say(screen, new Phrase("drift.next", PackHistory.Day(history.NextCheckAt!.Value), Invariant($"{drift.NextCheckMonths:0.#}")), "bold");
    }

    private static void Say(Screen screen, Phrase phrase, string style = "default") => screen.Paragraph(phrase.ToString(), style);
}
