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
        InferCommand.Create,
        PlanCommand.Create,
        StudyCommand.Create,
        SessionCommand.Create,
        ReportCommand.Create,
        SessionsCommand.Create,
        HistoryCommand.Create,
        ExportCommand.Create,
        ImportCommand.Create,
        BackupCommand.Create,
        DeleteCommand.Create,
        NewCommand.Create,
        CellsCommand.Create,
        ModulesCommand.Create,
        FitCommand.Create,
        ValidateCommand.Create,
    ];

    /// <summary>The program's root with all of them.</summary>
    public static Command CreateRoot(Terminal terminal)
    {
        // no RootCommand: it takes its name from the file that runs
        const string purpose = "Initial top balancing of a series LiFePO4 pack. Simulates and advises; the BMS protects.";
        var root = new Command(CommandLine.ProgramName, purpose);
        foreach (Func<Terminal, ExampleCommand> create in All)
        {
            root.Subcommands.Add(create(terminal));
        }

        var help = new HelpOption();
        var usual = (HelpAction)help.Action!;
        usual.MaxWidth = Math.Clamp(terminal.Width, 40, 100);
        help.Action = new ExampleHelp(usual);
        root.Options.Add(help);
        root.Options.Add(new VersionOption());
        return root;
    }
}
