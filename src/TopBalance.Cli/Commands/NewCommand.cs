using System.CommandLine;
using TopBalance.Cli.Output;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Json;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Cli.Commands;

/// <summary><c>new FILE</c>: a pack file to begin with, from options or, at a terminal, from a few questions.</summary>
internal sealed class NewCommand
{
    private readonly Terminal terminal;
    private readonly Argument<string> file = new("FILE") { Description = "The pack file to write; there must be none yet" };
    private readonly Option<string?> cell =
        OptionValues.Create("--cell", "ID", "Cell of the library ('topbalance cells'), or path of a cell file");
    private readonly Option<string?> series = OptionValues.Create("--series", "N", "Cells (parallel groups) in series");
    private readonly Option<string?> parallel =
        OptionValues.Create("--parallel", "P", "Members in each cell (default 1)");
    private readonly Option<string?> module =
        OptionValues.Create("--module", "ID", "Cell module (default: the one made for the cell)");
    private readonly Option<string?> voltage =
        OptionValues.Create("--charger-voltage", "V", "Set-point of the charger (default: HVC of the module × N)");
    private readonly Option<string?> current =
        OptionValues.Create("--charger-current", "A", "Current of the charger (default 10)");
    private readonly ExampleCommand command = new(
        "new",
        "Write a commented pack file to begin with. Asks for what is missing if it can.",
        "new pack.yaml --cell calb-ca100 --series 50 --parallel 2 --charger-current 10");

    private NewCommand(Terminal terminal) => this.terminal = terminal;

    /// <summary>The command.</summary>
    public static ExampleCommand Create(Terminal terminal)
    {
        var create = new NewCommand(terminal);
        create.command.Arguments.Add(create.file);
        foreach (Option option in (Option[])[create.cell, create.series, create.parallel, create.module, create.voltage, create.current])
        {
            create.command.Options.Add(option);
        }

        create.command.SetAction(create.RunAsync);
        return create.command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string path = parsed.GetRequiredValue(file);
        if (Path.Exists(path))
        {
            throw new InputException(path, 0, null, "is there already and is not overwritten; choose another name, or remove it first");
        }

        AtomicFile.Check(path);
        NewPack pack = await AskAsync(parsed, cancellationToken);
        NewPackFile.Write(path, pack, PartLibrary.BesideProgram);
        PackSpec spec = PackFile.Read(path);
        if (parsed.GetValue(command.Json))
        {
            await terminal.Out.WriteAsync(JsonText.Of(Written(path, spec)) + "\n");
        }
        else
        {
            Tell(path, spec);
        }

        return ExitCode.Done;
    }

    private async Task<NewPack> AskAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string? givenCell = parsed.GetValue(cell);
        int? givenSeries = parsed.WholeNumber(series, 1, PackSpec.MostSeries);
        int? givenParallel = parsed.WholeNumber(parallel, 1, PackSpec.MostParallel);
        double? givenVoltage = parsed.PositiveNumber(voltage);
        double? givenCurrent = parsed.PositiveNumber(current);
        if (givenCell is null || givenSeries is null)
        {
            if (!terminal.InIsTerminal)
            {
                string missing = givenCell is null ? cell.Name : series.Name;
                throw new InputException(null, 0, null, $"{missing} is missing; see 'topbalance new --help'");
            }

            var questions = new Questions(terminal, cancellationToken);
            givenCell ??= await questions.TextAsync("Which cell?", PartLibrary.BesideProgram.CellIds);
            givenSeries ??= await questions.WholeNumberAsync("How many cells in series?", null, PackSpec.MostSeries);
            givenParallel ??= await questions.WholeNumberAsync("How many members in each cell?", 1, PackSpec.MostParallel);
            givenVoltage ??= await questions.NumberAsync("Charger set-point in V? (empty: HVC of the cell module × cells)", null);
            givenCurrent ??= await questions.NumberAsync("Charger current in A?", 10);
        }

        return new NewPack(givenCell, givenSeries.Value)
        {
            Parallel = givenParallel ?? 1,
            Module = parsed.GetValue(module),
            ChargerVoltage = givenVoltage is { } volts ? new Volts(volts) : null,
            ChargerCurrent = givenCurrent is { } amps ? new Amperes(amps) : null,
        };
    }

    private static object Written(string path, PackSpec spec) => new
    {
        File = path,
        Pack = spec.Name,
        spec.Series,
        spec.Parallel,
        Cell = spec.Cell.Id,
        Module = spec.Module.Id,
        Charger = new
        {
            VoltageV = spec.Charger.Voltage.Value,
            CurrentA = spec.Charger.Current.Value,
            TerminationCurrentA = spec.Charger.TerminationCurrent.Value,
        },
    };

    private void Tell(string path, PackSpec spec)
    {
        var screen = new Screen(terminal, plain: false);
        ChargerSpec charger = spec.Charger;
        screen.Title("NEW PACK", spec);
        screen.Paragraph(Invariant($"The charge ends at {charger.TerminationCurrent.Value:0.##} A."));
        screen.Line();
        screen.Line($"Written to {Screen.Safe(path)}.");
        screen.Line($"Fill in what you know of cells and tools, then: topbalance check {Screen.Safe(path)}");
    }
}
