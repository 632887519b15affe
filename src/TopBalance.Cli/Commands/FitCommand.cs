using System.Collections.Immutable;
using System.CommandLine;
using TopBalance.Chemistry;
using TopBalance.Cli.Output;
using TopBalance.Quantities;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Fitting;
using TopBalance.Workbench.Json;
using TopBalance.Workbench.Reports;

namespace TopBalance.Cli.Commands;

/// <summary><c>fit DATA…</c>: a cell file from logs of one cell, or the OCV curve of a BPX file.</summary>
internal sealed class FitCommand
{
    private readonly Terminal terminal;
    private readonly Argument<string[]> data = new("DATA")
    {
        Description = "Logs of one cell (CSV: time, current, voltage, perhaps temperature). Behind a name @5,25! gives the temperatures of "
            + "its stretches in turn, the last one also of those that follow; with ! only the charge is counted",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> result = OptionValues.Create("--out", "NAME.yaml", "Write the cell file");
    private readonly Option<bool> force = new("--force") { Description = "Replace a cell file that is there" };
    private readonly Option<string?> sign =
        OptionValues.Create("--sign", "flip", "The logs count discharge positive: turn the current round");
    private readonly Option<string?> capacity =
        OptionValues.Create("--capacity", "AH", "Capacity, where no log goes from full to empty");
    private readonly Option<string?> full = OptionValues.Create("--full-v", "V", "Full is held here until C/20 (default 3.6)");
    private readonly Option<string?> max =
        OptionValues.Create("--max-v", "V", "The maker's limit (default 0.05 V above full; a placeholder)");
    private readonly Option<string?> min = OptionValues.Create("--min-v", "V", "Empty is here (default 2.5)");
    private readonly Option<string?> pairs = OptionValues.Create("--pairs", "0|1|2", "RC pairs looked for at most (default 2)");
    private readonly Option<string?> like =
        OptionValues.Create("--like", "CELL", "A cell of the same chemistry, of the library or a file: lends what the logs do not reach");
    private readonly Option<string?> temperature =
        OptionValues.Create("--temperature", "C", "Temperature in °C of logs that have no column for it");
    private readonly Option<string?> name = OptionValues.Create("--name", "TEXT", "Name of the cell for people (default: the file's)");
    private readonly Option<string?> source =
        OptionValues.Create("--source", "TEXT", "Who measured what; goes into the cell file as the source of its numbers");
    private readonly Option<string?> plot =
        OptionValues.Create("--plot", "FILE.html", "Write a page: measured against model, residual, knee");
    private readonly Option<string?> csv = OptionValues.Create("--to-csv", "FILE.csv", "Write the curves as a table");
    private readonly Option<string?> bpx =
        OptionValues.Create("--from-bpx", "FILE.json", "Instead of logs: OCV and capacity of a Battery Parameter eXchange file");
    private readonly Option<bool> plain = OptionValues.Plain();
    private readonly ExampleCommand command = new(
        "fit",
        "Make a cell file of logs of one cell, with uncertainties, and say what the logs leave open.",
        "fit log.csv --out mycell.yaml",
        "fit slow.csv@25 drive.csv@5,25! --out mycell.yaml --min-v 2.0 --plot fit.html",
        "fit --from-bpx cell.json --out mycell.yaml --to-csv curves.csv");

    private FitCommand(Terminal terminal) => this.terminal = terminal;

    /// <summary>The command.</summary>
    public static ExampleCommand Create(Terminal terminal)
    {
        var fit = new FitCommand(terminal);
        fit.command.Arguments.Add(fit.data);
        foreach (Option option in (Option[])
            [fit.result, fit.force, .. fit.OfLogs, fit.name, fit.csv, fit.bpx, fit.plain])
        {
            fit.command.Options.Add(option);
        }

        fit.command.SetAction(fit.RunAsync);
        return fit.command;
    }

    private Option<string?>[] OfLogs => [sign, capacity, full, max, min, pairs, like, temperature, source, plot];

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        ImmutableArray<string> given = [.. parsed.GetValue(data) ?? []];
        if (given.FirstOrDefault(g => g.StartsWith('-') && g.Length > 1 && !File.Exists(g)) is { } unknown)
        {
            throw new InputException(null, 0, null, ParseErrors.Unknown(command, unknown));
        }

        return parsed.GetValue(bpx) is { } file
            ? await ConvertAsync(parsed, file, given)
            : await FitAsync(parsed, given, cancellationToken);
    }

    private async Task<int> ConvertAsync(ParseResult parsed, string file, ImmutableArray<string> given)
    {
        if (given.Length > 0)
        {
            throw new InputException(null, 0, bpx.Name, "takes the place of logs; leave one of the two out");
        }

        if (OfLogs.FirstOrDefault(o => parsed.GetValue(o) is not null) is { } idle)
        {
            throw new InputException(null, 0, idle.Name, $"is about logs; leave it or {bpx.Name} out");
        }

        CheckOutputs(parsed, [file]);
        BpxCell read = Bpx.Read(file);
        CellSpec cell = parsed.GetValue(name) is { } called ? read.Cell with { Name = called } : read.Cell;
        Save(parsed, cell, string.Join('\n', read.Notes));
        if (parsed.GetValue(command.Json))
        {
            var document = new
            {
                Cell = parsed.GetValue(result) is { } path ? IdOf(path) : cell.Id,
                cell.Name,
                CapacityAh = cell.Capacity.Value,
                FullV = cell.FullVoltage.Value,
                MinV = cell.MinVoltage.Value,
                read.Notes,
                Files = Files(parsed),
            };
            await terminal.Out.WriteAsync(JsonText.Of(document) + "\n");
        }
        else
        {
            FitText.WriteBpx(new Screen(terminal, parsed.GetValue(plain)), cell, read.Notes, Files(parsed));
        }

        return ExitCode.Done;
    }

    private async Task<int> FitAsync(ParseResult parsed, ImmutableArray<string> given, CancellationToken cancellationToken)
    {
        if (given.IsEmpty)
        {
            throw new InputException(null, 0, null, $"DATA is missing; see 'topbalance {command.Name} --help'");
        }

        ImmutableArray<LogArgument> arguments = [.. given.Select(LogArgument.Of)];
        FitRequest request = Request(parsed, arguments);
        LogOptions reading = Reading(parsed);
        CheckOutputs(parsed, [.. arguments.Select(a => a.Path)]);
        Work work = await WorkAsync(arguments, reading, request, WantsFiles(parsed), cancellationToken);
        if (work.Fit is null)
        {
            await TellTailsAsync(parsed, work);
            return ExitCode.Done;
        }

        Save(parsed, work.Cell!, FittedSpec.Comment(work.Fit, work.Logs));
        if (parsed.GetValue(plot) is { } page)
        {
            string html = FitPage.Html(work.Fit, work.Summary!);
            AtomicFile.Write(page, w => w.Write(html));
        }

        if (parsed.GetValue(command.Json))
        {
            await terminal.Out.WriteAsync(JsonText.Of(work.Summary! with { Files = Files(parsed) }) + "\n");
        }
        else
        {
            FitText.Write(new Screen(terminal, parsed.GetValue(plain)), work.Summary! with { Files = Files(parsed) });
        }

        return ExitCode.Done;
    }

    private bool WantsFiles(ParseResult parsed) => new[] { result, csv, plot }.Any(o => parsed.GetValue(o) is not null);

    // a charge to the top without a discharge makes no cell, but its knee can be read off
    private async Task TellTailsAsync(ParseResult parsed, Work work)
    {
        if (parsed.GetValue(command.Json))
        {
            await terminal.Out.WriteAsync(JsonText.Of(new { work.Tails, Notes = work.Logs.SelectMany(l => l.Notes) }) + "\n");
        }
        else
        {
            FitText.WriteTails(new Screen(terminal, parsed.GetValue(plain)), work.Logs, work.Tails);
        }
    }

    private async Task<Work> WorkAsync(
        ImmutableArray<LogArgument> arguments,
        LogOptions reading,
        FitRequest request,
        bool wantsFiles,
        CancellationToken cancellationToken)
    {
        using var progress = new Progress(terminal, "fitting");
        Task<Work> working = Task.Run(() => Fit(arguments, reading, request, wantsFiles, progress, cancellationToken), cancellationToken)
            .WaitAsync(cancellationToken);
        await progress.WhileAsync(working);
        return await working;
    }

    private static Work Fit(
        ImmutableArray<LogArgument> arguments,
        LogOptions reading,
        FitRequest request,
        bool wantsFiles,
        IProgress<string> progress,
        CancellationToken cancellationToken)
    {
        var logs = ImmutableArray.CreateBuilder<CellLog>(arguments.Length);
        foreach (LogArgument argument in arguments)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress.Report("reading " + OneLine.Of(Path.GetFileName(argument.Path)));
            logs.Add(argument.Read(reading));
        }

        if (logs.All(l => l.Stretches.All(s => !s.IsCompared)))
        {
            throw new InputException(arguments[0].Path, 0, null, "nothing is left to compare with the model; take a '!' away");
        }

        ImmutableArray<CellLog> all = logs.MoveToImmutable();
        ImmutableArray<ChargeTail> tails = ChargeTail.Find(all, request.Options);
        if (!wantsFiles && tails.Length > 0 && !CellFitter.KnowsCapacity(all, request.Options))
        {
            return new Work(all, tails, null, null, null);
        }

        FittedCell fit = CellFitter.Fit(all, request.Options, progress, cancellationToken);
        CellSpec cell = FittedSpec.Make(fit, request, all);
        return new Work(all, tails, fit, cell, FitSummary.Of(fit, cell, all));
    }

    private FitRequest Request(ParseResult parsed, ImmutableArray<LogArgument> arguments)
    {
        string id = parsed.GetValue(result) is { } path ? IdOf(path) : IdOf(arguments[0].Path);
        var request = new FitRequest(id.Length > 0 ? id : "cell")
        {
            Name = parsed.GetValue(name),
            Source = parsed.GetValue(source),
            Capacity = parsed.PositiveNumber(capacity) is { } ah ? new AmpereHours(ah) : null,
            Full = parsed.NumberBetween(full, 2.5, 5, "V") is { } fullVolts ? new Volts(fullVolts) : null,
            Max = parsed.NumberBetween(max, 2.5, 6, "V") is { } maxVolts ? new Volts(maxVolts) : null,
            Min = parsed.NumberBetween(min, 0, 5, "V") is { } minVolts ? new Volts(minVolts) : null,
            RcPairs = parsed.WholeNumber(pairs, 0, 2) ?? 2,
            Like = parsed.GetValue(like) is { } other ? Find(other) : null,
        };
        if (request.MaxOrUsual.Value < request.Options.Full.Value)
        {
            throw new InputException(null, 0, max.Name, "is below the voltage of a full cell; correct it or --full-v");
        }

        return request.Options.Min.Value < request.Options.Full.Value
            ? request
            : throw new InputException(null, 0, min.Name, "is not below the voltage of a full cell; correct it or --full-v");
    }

    private LogOptions Reading(ParseResult parsed) => new()
    {
        Sign = parsed.GetValue(sign) switch
        {
            null => LogSign.AsIs,
            "flip" => LogSign.Flip,
            var other => throw new InputException(null, 0, sign.Name, $"{OneLine.Quote(other)}: expected 'flip', or leave it out"),
        },
        Temperature = parsed.NumberBetween(temperature, -60, 100, "°C") is { } celsius ? new Celsius(celsius) : null,
    };

    private static CellSpec Find(string cell) =>
        cell.AsSpan().IndexOfAny('/', '\\') >= 0 || cell.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
            ? CellFileText.Read(cell)
            : PartLibrary.BesideProgram.Cell(cell);

    // a fit takes a minute: what cannot be written is said before
    private void CheckOutputs(ParseResult parsed, IEnumerable<string> inputs)
    {
        if (parsed.GetValue(result) is { } cell)
        {
            if (!cell.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || IdOf(cell).Length == 0)
            {
                throw new InputException(cell, 0, result.Name, "expected the name of a cell file, which ends with .yaml");
            }

            if (Path.Exists(cell) && !parsed.GetValue(force))
            {
                throw new InputException(cell, 0, null, "is there already and is not overwritten; choose another name, or say --force");
            }
        }

        List<string> taken = [.. inputs.Where(i => i.Length > 0).Select(Path.GetFullPath)];
        foreach (Option<string?> option in (Option<string?>[])[result, csv, plot])
        {
            if (parsed.GetValue(option) is not { } file)
            {
                continue;
            }

            AtomicFile.Check(file);
            if (taken.Contains(Path.GetFullPath(file), StringComparer.Ordinal))
            {
                throw new InputException(file, 0, option.Name, "would replace a file that is read or written besides; name another file");
            }

            taken.Add(Path.GetFullPath(file));
        }
    }

    private void Save(ParseResult parsed, CellSpec cell, string comment)
    {
        if (parsed.GetValue(result) is { } file)
        {
            CellFileText.Save(file, cell, comment);
        }

        if (parsed.GetValue(csv) is { } table)
        {
            string text = CurveCsv.Of(cell);
            AtomicFile.Write(table, w => w.Write(text));
        }
    }

    private FitFiles Files(ParseResult parsed) => new(parsed.GetValue(result), parsed.GetValue(csv), parsed.GetValue(plot));

    private static string IdOf(string path) => Path.GetFileNameWithoutExtension(path);

    // without a capacity: the tails alone
    private sealed record Work(
        ImmutableArray<CellLog> Logs, ImmutableArray<ChargeTail> Tails, FittedCell? Fit, CellSpec? Cell, FitSummary? Summary);
}
