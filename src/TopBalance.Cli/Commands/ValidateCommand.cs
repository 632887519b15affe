using System.Collections.Immutable;
using System.CommandLine;
using TopBalance.Cli.Output;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Json;
using TopBalance.Workbench.Validation;

namespace TopBalance.Cli.Commands;

/// <summary><c>validate</c>: the model against measured data it was not fitted to.</summary>
internal sealed class ValidateCommand
{
    private readonly Terminal terminal;
    private readonly Option<string?> one = OptionValues.Create("--case", "ID", "Only this case");
    private readonly Option<string?> document =
        OptionValues.Create("--out", "FILE.md", "Write the document, and its charts into a folder of its name beside it");
    private readonly Option<string?> plots =
        OptionValues.Create("--plots", "DIR", "Write all charts there, also those of data that must not be handed on");
    private readonly Option<bool> plain = OptionValues.Plain();
    private readonly ExampleCommand command = new(
        "validate",
        "Compare the model with measured data. Exit code 1 if a figure is out of its margin, 3 without data.",
        "validate",
        "validate --case balancing-run --plots plots",
        "validate --out docs/validation.md");

    private ValidateCommand(Terminal terminal) => this.terminal = terminal;

    /// <summary>The command.</summary>
    public static ExampleCommand Create(Terminal terminal)
    {
        var validate = new ValidateCommand(terminal);
        foreach (Option option in (Option[])[validate.one, validate.document, validate.plots, validate.plain])
        {
            validate.command.Options.Add(option);
        }

        validate.command.SetAction(validate.RunAsync);
        return validate.command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        ImmutableArray<IValidationCase> cases = ValidationRun.Choose(parsed.GetValue(one));
        bool json = parsed.GetValue(command.Json);
        if (parsed.GetValue(document) is { } file)
        {
            AtomicFile.Check(file);
        }

        var screen = new Screen(terminal, parsed.GetValue(plain));
        if (DataFolder.Find(terminal.DataFolder, Environment.CurrentDirectory, out string absence) is not { } data)
        {
            WriteAbsence(screen, json, $"no data: {absence}");
            return ExitCode.Inconclusive;
        }

        var runs = new List<CaseRun>();
        foreach (IValidationCase validation in cases)
        {
            CaseRun run = await RunAsync(validation, data, cancellationToken);
            runs.Add(run);
            if (!json)
            {
                ValidationText.Write(screen, run);
                await terminal.Out.FlushAsync(cancellationToken);
            }
        }

        WriteFiles(parsed, runs);
        Outcome outcome = ValidationRun.OutcomeOf(runs);
        if (json)
        {
            await terminal.Out.WriteAsync(JsonText.Of(new { Outcome = outcome, Cases = runs.Select(r => new CaseEntry(r)) }) + "\n");
        }
        else
        {
            ValidationText.WriteOutcome(screen, runs);
        }

        return outcome switch
        {
            Outcome.Within => ExitCode.Done,
            Outcome.Outside => ExitCode.Bad,
            _ => ExitCode.Inconclusive,
        };
    }

    private async Task<CaseRun> RunAsync(IValidationCase validation, DataFolder data, CancellationToken cancellationToken)
    {
        using var progress = new Progress(terminal, validation.Id);
        return await Task.Run(() => ValidationRun.Run(validation, data, progress, cancellationToken), cancellationToken)
            .WaitAsync(cancellationToken);
    }

    private void WriteAbsence(Screen screen, bool json, string reason)
    {
        if (json)
        {
            terminal.Out.Write(JsonText.Of(new { Outcome = Outcome.Incomplete, Skipped = reason, Cases = Array.Empty<CaseEntry>() }) + "\n");
        }
        else
        {
            screen.Paragraph($"skipped: {reason}");
        }
    }

    private void WriteFiles(ParseResult parsed, List<CaseRun> runs)
    {
        if (parsed.GetValue(document) is { } file)
        {
            ValidationDocument.Write(runs, file);
        }

        if (parsed.GetValue(plots) is { } folder)
        {
            ValidationDocument.WritePlots(runs, folder);
        }
    }

    private sealed record CaseEntry(
        string Case, string Title, string? Skipped, FigureEntry[] Figures, string? Limit, ImmutableArray<string> Remarks)
    {
        public CaseEntry(CaseRun run)
            : this(
                run.Case.Id,
                run.Case.Title,
                run.Skipped,
                [.. (run.Result?.Figures ?? []).Select(f => new FigureEntry(f))],
                run.Result?.Limit,
                run.Result?.Remarks ?? [])
        {
        }
    }

    // a number that could not be found is null: JSON has no NaN
    private sealed record FigureEntry(
        string Name, double? Value, string Unit, double? AtMost, double? AtLeast, Verdict Verdict, string OnHundredAh, string Limit)
    {
        public FigureEntry(Figure f)
            : this(
                f.Name,
                double.IsFinite(f.Value) ? f.Value : null,
                f.Unit,
                f.Margin is { IsLowerBound: false } most ? most.Value : null,
                f.Margin is { IsLowerBound: true } least ? least.Value : null,
                f.Verdict,
                f.OnHundredAh,
                f.Limit)
        {
        }
    }
}
