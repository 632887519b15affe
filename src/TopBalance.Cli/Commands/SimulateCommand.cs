using System.CommandLine;
using TopBalance.Cli.Output;
using TopBalance.Cli.Watch;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Json;
using TopBalance.Workbench.Reports;
using TopBalance.Workbench.Simulations;

namespace TopBalance.Cli.Commands;

/// <summary><c>simulate PACK</c>: the main charge played until the first trip or the termination current, and restarts after it.</summary>
internal sealed class SimulateCommand
{
    // finer rows fill a disk before they show anything; events have rows of their own at the exact instant
    private const double LeastSpacing = 0.001;

    private static readonly Seconds DefaultSpacing = new(60);

    private readonly Terminal terminal;
    private readonly Argument<string> pack = OptionValues.Pack();
    private readonly Option<string?> cycles =
        OptionValues.Create("--cycles", "N", "Afterwards N times: wait, reset the latch, charge again");
    private readonly Option<string?> restartBelow =
        OptionValues.Create("--restart-below", "V", "Wait until the highest cell is at or below this (default: until the last shunt has let go)");
    private readonly Option<string?> until =
        OptionValues.Create("--until", "SECONDS", "End at this simulated time at the latest");
    private readonly Option<string?> seed =
        OptionValues.Create("--seed", "S", "Seed for what the pack file leaves open (default: the file's)");
    private readonly Option<string?> trace =
        OptionValues.Create("--trace", "FILE.csv", "Write the whole run as CSV: time_s, current_a, pack_v, v1, soc1, shunt1 …");
    private readonly Option<string?> spacing =
        OptionValues.Create("--spacing", "SECONDS", "Time between the rows of the trace (default 60)");
    private readonly Option<string?> report =
        OptionValues.Create("--report", "FILE.html", "Write a page to look at or hand on");
    private readonly Option<bool> watch = new("--watch")
    {
        Description = "Replay the end of the charge at human speed, to practise spotting the trip",
    };

    private readonly Option<string?> speed =
        OptionValues.Create("--speed", "FACTOR", "Speed of the replay (default 1)");
    private readonly Option<bool> plain = OptionValues.Plain();
    private readonly ExampleCommand command = new(
        "simulate",
        "Play the main charge of a pack: which cell trips, when, and what every cell lacks then.",
        "simulate pack.yaml",
        "simulate pack.yaml --cycles 3 --trace run.csv --spacing 10",
        "simulate pack.yaml --watch --speed 5");

    private SimulateCommand(Terminal terminal) => this.terminal = terminal;

    /// <summary>The command.</summary>
    public static ExampleCommand Create(Terminal terminal)
    {
        var simulate = new SimulateCommand(terminal);
        simulate.command.Arguments.Add(simulate.pack);
        foreach (Option option in (Option[])
            [
                simulate.cycles, simulate.restartBelow, simulate.until, simulate.seed, simulate.trace, simulate.spacing,
                simulate.report, simulate.watch, simulate.speed, simulate.plain,
            ])
        {
            simulate.command.Options.Add(option);
        }

        simulate.command.SetAction(simulate.RunAsync);
        return simulate.command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        SimulationRequest request = Request(parsed);
        Seconds rows = Spacing(parsed);
        double factor = parsed.PositiveNumber(speed) ?? 1;
        bool json = parsed.GetValue(command.Json);
        CheckOutputs(parsed, json);
        PackSpec spec = PackFile.Read(parsed.GetRequiredValue(pack));
        PackSimulation simulation = await PlayAsync(spec, request, cancellationToken);
        await WriteFilesAsync(parsed, simulation, rows, cancellationToken);
        if (json)
        {
            await terminal.Out.WriteAsync(JsonText.Of(simulation.Summary) + "\n");
            return ExitCode.Done;
        }

        var screen = new Screen(terminal, parsed.GetValue(plain));
        if (parsed.GetValue(watch))
        {
            await Replay.ShowAsync(terminal, screen, simulation, factor, cancellationToken);
        }

        SimulationText.Write(screen, simulation.Summary);
        WriteNames(parsed, screen);
        return ExitCode.Done;
    }

    private SimulationRequest Request(ParseResult parsed) => new()
    {
        Cycles = parsed.WholeNumber(cycles, 0, SimulationRequest.MostCycles) ?? 0,
        RestartBelow = parsed.PositiveNumber(restartBelow) is { } volts ? new Volts(volts) : null,
        Until = parsed.PositiveNumber(until) is { } seconds ? new Seconds(seconds) : null,
        Seed = parsed.Seed(seed),
    };

    private Seconds Spacing(ParseResult parsed) => parsed.PositiveNumber(spacing) switch
    {
        null => DefaultSpacing,
        >= LeastSpacing and { } seconds => new Seconds(seconds),
        _ => throw new InputException(null, 0, spacing.Name, Wording.Invariant($"expected at least {LeastSpacing} s")),
    };

    private void CheckOutputs(ParseResult parsed, bool json)
    {
        if (json && parsed.GetValue(watch))
        {
            throw new InputException(null, 0, "--watch", "shows the lamps to a person; leave it or --json out");
        }

        var taken = new List<string> { Path.GetFullPath(parsed.GetRequiredValue(pack)) };
        foreach (Option<string?> option in (Option<string?>[])[trace, report])
        {
            if (parsed.GetValue(option) is not { } file)
            {
                continue;
            }

            AtomicFile.Check(file);
            if (taken.Contains(Path.GetFullPath(file)))
            {
                throw new InputException(file, 0, option.Name, "would replace the pack file or the other output; name another file");
            }

            taken.Add(Path.GetFullPath(file));
        }
    }

    // the engine is not interrupted: Ctrl-C leaves it behind and the process ends
    private async Task<PackSimulation> PlayAsync(PackSpec spec, SimulationRequest request, CancellationToken cancellationToken)
    {
        Task<PackSimulation> playing =
            Task.Run(() => PackSimulation.Play(spec, request), cancellationToken).WaitAsync(cancellationToken);
        using var progress = new Progress(terminal, "simulating");
        await progress.WhileAsync(playing);
        return await playing;
    }

    private async Task WriteFilesAsync(ParseResult parsed, PackSimulation simulation, Seconds rows, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(trace) is { } traceFile)
        {
            using var progress = new Progress(terminal, $"writing {traceFile}");
            await Task.Run(
                () => AtomicFile.Write(traceFile, w => SimulationTrace.Write(simulation.Run, rows, w, progress, cancellationToken)),
                cancellationToken);
        }

        if (parsed.GetValue(report) is { } reportFile)
        {
            string page = SimulationReport.Html(simulation.Summary, ChargeEnd.Sample(simulation.Run));
            AtomicFile.Write(reportFile, w => w.Write(page));
        }
    }

    private void WriteNames(ParseResult parsed, Screen screen)
    {
        string[] written = [.. new[] { parsed.GetValue(trace), parsed.GetValue(report) }.OfType<string>()];
        if (written.Length > 0)
        {
            screen.Line();
            screen.Paragraph($"Written: {string.Join(", ", written)}");
        }
    }
}
