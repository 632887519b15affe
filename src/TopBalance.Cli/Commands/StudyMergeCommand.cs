using System.CommandLine;
using TopBalance.Cli.Output;
using TopBalance.Workbench.Studies;

namespace TopBalance.Cli.Commands;

/// <summary><c>study merge OUT IN…</c>: the files of all shards become the file of a single run.</summary>
internal sealed class StudyMergeCommand
{
    private readonly Terminal terminal;
    private readonly Argument<string> target = new("OUT") { Description = "The file to write, .csv or .sqlite" };
    private readonly Argument<string[]> parts = new("IN")
    {
        Description = "The files of all shards, in any order",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> force = new("--force") { Description = "Replace OUT if it is there" };
    private readonly Option<bool> plain = OptionValues.Plain();
    private readonly ExampleCommand command = new(
        "merge",
        "Put the shards of a study together: the same bytes as a single run.",
        "study merge results.csv part-1.csv part-2.csv part-3.csv part-4.csv");

    private StudyMergeCommand(Terminal terminal) => this.terminal = terminal;

    /// <summary>The command.</summary>
    public static ExampleCommand Create(Terminal terminal)
    {
        var merge = new StudyMergeCommand(terminal);
        merge.command.Arguments.Add(merge.target);
        merge.command.Arguments.Add(merge.parts);
        merge.command.Options.Add(merge.force);
        merge.command.Options.Add(merge.plain);
        merge.command.SetAction(merge.RunAsync);
        return merge.command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        StudySummary summary = StudyMerge.Merge(parsed.GetRequiredValue(target), [.. parsed.GetRequiredValue(parts)], parsed.GetValue(force));
        await StudyText.WriteAsync(terminal, summary, parsed.GetValue(command.Json), parsed.GetValue(plain));
        return ExitCode.Done;
    }
}
