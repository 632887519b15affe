using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Help;

namespace TopBalance.Cli.Commands;

/// <summary>Every command of the program: the next one is a file beside this one and a line here.</summary>
internal static class CommandList
{
    /// <summary>The commands in the order in which help lists them.</summary>
    public static ImmutableArray<Func<Terminal, ExampleCommand>> All { get; } =
    [
        CheckCommand.Create,
        SimulateCommand.Create,
        NewCommand.Create,
        CellsCommand.Create,
        ModulesCommand.Create,
    ];

    /// <summary>The program's root with all of them.</summary>
    public static RootCommand CreateRoot(Terminal terminal)
    {
        var root = new RootCommand("Initial top balancing of a series LiFePO4 pack. Simulates and advises; the BMS protects.");
        foreach (Func<Terminal, ExampleCommand> create in All)
        {
            root.Subcommands.Add(create(terminal));
        }

        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExampleHelp((HelpAction)help.Action!);
        return root;
    }
}
