using System.CommandLine;
using TopBalance.Cli.Output;
using TopBalance.Packs;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Inference;
using TopBalance.Workbench.Json;

namespace TopBalance.Cli.Commands;

/// <summary><c>infer PACK OBSERVATIONS</c>: what each cell lacks, worked out from lamps, trips, minutes and voltages.</summary>
internal sealed class InferCommand
{
    private readonly Terminal terminal;
    private readonly Argument<string> pack = OptionValues.Pack();
    private readonly Argument<string> observations = new("OBSERVATIONS")
    {
        Description = "What was done and seen (YAML), in order; docs/formats.md describes it",
    };

    private readonly Option<string?> seed =
        OptionValues.Create("--seed", "S", "Seed of what is drawn (default: the pack file's)");
    private readonly Option<bool> why = new("--why")
    {
        Description = "Also say why the pack is not converging: each known reason with its probability, and a test for it",
    };

    private readonly Option<bool> plain = OptionValues.Plain();
    private readonly ExampleCommand command = new(
        "infer",
        "Work out from what was seen at a pack (lamps, trips, minutes, voltages) what each cell lacks, and how sure that is.",
        "infer pack.yaml pack.observations.yaml",
        "infer pack.yaml pack.observations.yaml --why",
        "infer pack.yaml pack.observations.yaml --json");

    private InferCommand(Terminal terminal) => this.terminal = terminal;

    /// <summary>The command.</summary>
    public static ExampleCommand Create(Terminal terminal)
    {
        var infer = new InferCommand(terminal);
        infer.command.Arguments.Add(infer.pack);
        infer.command.Arguments.Add(infer.observations);
        infer.command.Options.Add(infer.seed);
        infer.command.Options.Add(infer.why);
        infer.command.Options.Add(infer.plain);
        infer.command.SetAction(infer.RunAsync);
        return infer.command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string file = parsed.GetRequiredValue(observations);
        if (file.StartsWith('-') && file.Length > 1 && !File.Exists(file))
        {
            throw new InputException(null, 0, null, ParseErrors.Unknown(command, file));
        }

        ulong? drawn = parsed.Seed(seed);
        PackSpec spec = PackFile.Read(parsed.GetRequiredValue(pack));
        InferenceSummary summary = await InferAsync(
            log => PackInference.Run(spec, ObservationFile.Read(file, spec), drawn, parsed.GetValue(why), log, cancellationToken),
            cancellationToken);
        if (parsed.GetValue(command.Json))
        {
            await terminal.Out.WriteAsync(JsonText.Of(summary) + "\n");
        }
        else
        {
            InferenceText.Write(new Screen(terminal, parsed.GetValue(plain)), summary);
        }

        return ExitCode.Done;
    }

    // an observation is not interrupted: Ctrl-C leaves it behind and the process ends
    private async Task<InferenceSummary> InferAsync(Func<IProgress<string>, InferenceSummary> infer, CancellationToken cancellationToken)
    {
        using var progress = new Progress(terminal, "inferring");
        Task<InferenceSummary> inferring = Task.Run(() => infer(progress), cancellationToken).WaitAsync(cancellationToken);
        await progress.WhileAsync(inferring);
        return await inferring;
    }
}
