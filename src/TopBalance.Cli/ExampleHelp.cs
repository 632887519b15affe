using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using TopBalance.Cli.Commands;

namespace TopBalance.Cli;

/// <summary>The option library's help, followed by examples: a command's own, or for the program one of each command.</summary>
internal sealed class ExampleHelp(HelpAction usual) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int result = usual.Invoke(parseResult);
        ImmutableArray<string> examples = parseResult.CommandResult.Command is ExampleCommand command
            ? command.Examples
            : [.. parseResult.CommandResult.Command.Subcommands.OfType<ExampleCommand>().Select(c => c.Examples[0])];
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.Write(examples.Length == 1 ? "Example:\n" : "Examples:\n");
        foreach (string example in examples)
        {
            output.Write($"  {CommandLine.ProgramName} {example}\n");
        }

        return result;
    }
}
