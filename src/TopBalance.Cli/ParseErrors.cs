using System.CommandLine;
using System.CommandLine.Parsing;
using TopBalance.Workbench.Files;

namespace TopBalance.Cli;

/// <summary>What is wrong with the arguments, in one line that names the nearest thing that exists.</summary>
internal static class ParseErrors
{
    /// <summary>The first thing that is wrong.</summary>
    public static string InOneLine(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string help = $"see '{Path(parsed.CommandResult)} --help'";
        if (parsed.UnmatchedTokens.Count > 0)
        {
            return $"{Unknown(command, parsed.UnmatchedTokens[0])}; {help}";
        }

        if (parsed.CommandResult.Parent is null && parsed.Errors[0].SymbolResult is CommandResult)
        {
            return $"a command is missing: {string.Join(", ", command.Subcommands.Select(c => c.Name))}; {help}";
        }

        return parsed.Errors[0].SymbolResult switch
        {
            OptionResult { Tokens.Count: 0, Option: var o } => $"{o.Name} needs a value: {o.Name} <{o.HelpName}>",
            OptionResult { Option: var o } => $"{o.Name} is given more than once",
            ArgumentResult argument => $"{argument.Argument.Name} is missing; {help}",
            CommandResult { Command: var c } when c.Arguments.Count > 0 => $"{c.Arguments[0].Name} is missing; {help}",
            _ => $"{parsed.Errors[0].Message} {help}",
        };
    }

    /// <summary>An option that the command does not have, and the nearest that it has.</summary>
    public static string Unknown(Command command, string token)
    {
        bool isOption = token.StartsWith('-');
        string[] known = [.. isOption ? command.Options.Select(o => o.Name) : command.Subcommands.Select(c => c.Name)];
        string kind = isOption ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
        string name = isOption ? token.Split('=', 2)[0] : token;
        return Spelling.Nearest(name, known) is { } nearest
            ? $"unknown {kind} {OneLine.Quote(name)}, did you mean '{nearest}'?"
            : $"unknown {kind} {OneLine.Quote(name)}{(known.Length > 0 ? $"; there are {Spelling.Few(name, known)}" : "")}";
    }

    private static string Path(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Path(parent)} {result.Command.Name}" : CommandLine.ProgramName;
}
