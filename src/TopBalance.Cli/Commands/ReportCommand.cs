using System.CommandLine;
using TopBalance.Cli.Output;
using TopBalance.Procedure;
using TopBalance.Verification.Verdicts;
using TopBalance.Words;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Records;
using TopBalance.Workbench.Store;

namespace TopBalance.Cli.Commands;

/// <summary><c>report SESSION</c>: the sheet that is handed over. It ends with the verdict as its exit code.</summary>
internal sealed class ReportCommand
{
    private readonly Terminal terminal;
    private readonly StoreOptions store;
    private readonly Argument<string> session = new("SESSION")
    {
        Description = "The beginning of a session's id, 'last', or an exported file",
    };

    private readonly Option<string?> html = OptionValues.Create("--html", "FILE", "Write the page: opens offline, prints to A4");
    private readonly Option<string?> issue = OptionValues.Create("--issue", "N", "An earlier issue, byte for byte as it was issued");
    private readonly Option<bool> practice = new("--practice") { Description = "Of a session at a simulated pack; never issued" };
    private readonly Option<bool> plain = OptionValues.Plain();
    private readonly ExampleCommand command = new(
        "report",
        "Draw up the record of a session: what was observed and computed, and the verdict. Frozen when issued.",
        "report last",
        "report last --html record.html",
        "report 20260501 --issue 1 --json",
        "report car.jsonl --html copy.html");

    private ReportCommand(Terminal terminal) => (this.terminal, store) = (terminal, new StoreOptions(terminal));

    /// <summary>The command.</summary>
    public static ExampleCommand Create(Terminal terminal)
    {
        var report = new ReportCommand(terminal);
        report.command.Arguments.Add(report.session);
        foreach (Option option in (Option[])[report.html, report.issue, report.practice, report.store.Data, report.plain])
        {
            report.command.Options.Add(option);
        }

        report.command.SetAction(report.RunAsync);
        return report.command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(html) is { } file)
        {
            // said before the work, not after it
            AtomicFile.Check(file);
        }

        (string name, RecordForms record) = await FormsAsync(parsed, cancellationToken);
        if (parsed.GetValue(html) is { } page)
        {
            AtomicFile.Write(page, writer => writer.Write(record.Html));
        }

        await terminal.Out.WriteAsync(
            parsed.GetValue(command.Json) ? record.Json + "\n"
            : parsed.GetValue(html) is { } written ? Written(record, name, written)
            : parsed.GetValue(plain) ? Ascii.Of(record.Text.Replace('\u00a0', ' ')) : record.Text);
        return record.Outcome switch
        {
            VerdictOutcome.Pass => ExitCode.Done,
            VerdictOutcome.Fail => ExitCode.Bad,
            _ => ExitCode.Inconclusive,
        };
    }

    private async Task<(string Name, RecordForms Record)> FormsAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string name = parsed.GetRequiredValue(session);
        int? wanted = parsed.WholeNumber(issue, 1, int.MaxValue);
        var issuing = new RecordIssue(terminal.Time, ProgramBuild.Here);
        if (File.Exists(name))
        {
            StoredLines lines = StoreOptions.Exported(name);
            string hash = SessionLines.HashOf(lines.Lines[^1]);
            return wanted is not null
                ? throw new InputException(name, 0, null, "is an exported file, which holds no issues; name a session of the store")
                : (lines.Session, await DrawnAsync(
                    p => issuing.Unfiled(Guide.Replay(lines.Log), lines.Session, hash, p, cancellationToken),
                    cancellationToken));
        }

        using SessionStore kept = store.Open(parsed, parsed.GetValue(practice));
        string id = kept.Find(name);
        return (id, wanted is { } number
            ? RecordForms.Of(kept.Issue(id, number) ?? throw NoSuchIssue(kept, id, number))
            : await DrawnAsync(p => issuing.Of(kept, id, p, cancellationToken), cancellationToken));
    }

    private static InputException NoSuchIssue(SessionStore kept, string id, int number)
    {
        string there = string.Join(", ", kept.Issues(id));
        return new InputException(null, 0, "--issue", FormattableString.Invariant(
            $"session {id} has no issue {number}; {(there.Length == 0 ? "none was made yet" : $"there are {there}")}"));
    }

    // what is drawn up is not interrupted in the middle of a part: Ctrl-C leaves it behind, and nothing is issued
    private async Task<RecordForms> DrawnAsync(Func<IProgress<string>, RecordForms> draw, CancellationToken cancellationToken)
    {
        using var progress = new Progress(terminal, "drawing up");
        Task<RecordForms> drawing = Task.Run(() => draw(progress), cancellationToken);
        await progress.WhileAsync(drawing);
        return await drawing;
    }

    private static string Written(RecordForms record, string name, string file)
    {
        string kind = record.Number is { } number ? FormattableString.Invariant($"{Say("record.title")} {number}")
            : Say(record.Kind == RecordKind.Practice ? "record.title.practice" : "record.title");
        string outcome = Say("record.outcome." + record.Outcome.ToString().ToLowerInvariant());
        return OneLine.Of(new Phrase("record.written", kind, OneLine.Of(name), outcome, file).ToString()) + "\n";
    }

    private static string Say(string key) => Catalogue.English.Say(key);
}
