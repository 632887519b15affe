using System.Collections.Immutable;
using System.CommandLine;
using TopBalance.Cli.Output;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Studies;

namespace TopBalance.Cli.Commands;

/// <summary><c>study PACK</c>: methods played on many packs in many variants, on one core, all of them or a cluster.</summary>
internal sealed class StudyCommand
{
    private const int UsualPacks = 100, MostThreads = 4096;

    private readonly Terminal terminal;
    private readonly Argument<string> pack = OptionValues.Pack();
    private readonly Option<string?> packs =
        OptionValues.Create("--packs", "N", "Packs that each method is played on in each variant (default 100)");
    private readonly Option<string?> methods =
        OptionValues.Create("--methods", "A,B", "Methods (default: all that the tools allow); also paper and drain-and-cycle:AH");
    private readonly Option<string[]> vary =
        OptionValues.Repeated("--vary", "KEY=V1,V2", "A key of the pack file and its values; several options make all combinations");
    private readonly Option<string?> seed =
        OptionValues.Create("--seed", "S", "Seed of all draws (default: the pack file's)");
    private readonly Option<string?> shard =
        OptionValues.Create("--shard", "K/N", "Only the K-th of N parts; slurm or index/N take K from the environment");
    private readonly Option<string?> threads =
        OptionValues.Create("--threads", "N", "Plays at a time (default: one per core)");
    private readonly Option<string[]> result =
        OptionValues.Repeated("--out", "FILE", "Write every play: .csv, .sqlite, or both by two options");
    private readonly Option<bool> force = new("--force") { Description = "Begin anew, whatever the files hold" };
    private readonly Option<bool> plain = OptionValues.Plain();
    private readonly ExampleCommand command = new(
        "study",
        "Compare ways of balancing over many packs: hours, attended hours and how often each ends balanced. Resumes where it was stopped.",
        "study pack.yaml --packs 100 --methods bench-supply,drain-and-cycle",
        "study pack.yaml --vary charger.current_a=5,10,20 --out r.csv --out r.sqlite",
        "study pack.yaml --packs 10000 --shard 3/16 --out part-3.csv");

    private StudyCommand(Terminal terminal) => this.terminal = terminal;

    /// <summary>The command.</summary>
    public static ExampleCommand Create(Terminal terminal)
    {
        var study = new StudyCommand(terminal);
        study.command.Arguments.Add(study.pack);
        foreach (Option option in (Option[])
            [study.packs, study.methods, study.vary, study.seed, study.shard, study.threads, study.result, study.force, study.plain])
        {
            study.command.Options.Add(option);
        }

        study.command.Subcommands.Add(StudyMergeCommand.Create(terminal));
        study.command.SetAction(study.RunAsync);
        return study.command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        StudyOutput output = Output(parsed);
        StudyPlan plan = StudyPlan.Of(Request(parsed));
        StudySummary summary;
        try
        {
            using var progress = new Progress(terminal, "study");
            Task<StudySummary> running = Task.Run(() => StudyRun.RunAsync(plan, output, progress, cancellationToken), cancellationToken);
            await progress.WhileAsync(running);
            summary = await running;
        }
        catch (OperationCanceledException) when (!output.Files.IsEmpty)
        {
            await terminal.Error.WriteAsync($"{CommandLine.ProgramName}: what is played so far is kept; the same command goes on from there\n");
            throw;
        }

        await StudyText.WriteAsync(terminal, summary, parsed.GetValue(command.Json), parsed.GetValue(plain));
        return ExitCode.Done;
    }

    private StudyRequest Request(ParseResult parsed) =>
        new(parsed.GetRequiredValue(pack), parsed.WholeNumber(packs, 1, StudyRequest.MostPacks) ?? UsualPacks)
        {
            Methods = parsed.GetValue(methods) is { } names ? StudyMethods.Parse(names) : [],
            Vary = VaryAxis.ParseAll(parsed.GetValue(vary) ?? []),
            Seed = parsed.Seed(seed),
            Shard = parsed.GetValue(shard) is { } part ? Shard.Parse(part, terminal.Variable) : Shard.Whole,
        };

    private StudyOutput Output(ParseResult parsed)
    {
        ImmutableArray<string> files = [.. parsed.GetValue(result) ?? []];
        string[] taken = [.. files.Prepend(parsed.GetRequiredValue(pack)).Select(Path.GetFullPath)];
        if (taken.Distinct(StringComparer.Ordinal).Count() < taken.Length)
        {
            throw new InputException(null, 0, result.Name, "would replace the pack file or the other output; name another file");
        }

        return new StudyOutput
        {
            Files = files,
            Threads = parsed.WholeNumber(threads, 1, MostThreads) ?? Environment.ProcessorCount,
            Afresh = parsed.GetValue(force),
            Time = terminal.Time,
        };
    }
}
