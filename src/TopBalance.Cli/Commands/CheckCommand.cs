using System.Collections.Immutable;
using System.CommandLine;
using TopBalance.Cli.Output;
using TopBalance.Packs;
using TopBalance.Verification;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Json;

namespace TopBalance.Cli.Commands;

/// <summary><c>check PACK</c>: what is wrong with charger, cell modules and tools before anything is switched on.</summary>
internal static class CheckCommand
{
    /// <summary>The command.</summary>
    public static ExampleCommand Create(Terminal terminal)
    {
        Argument<string> pack = OptionValues.Pack();
        Option<bool> plain = OptionValues.Plain();
        var command = new ExampleCommand(
            "check",
            "Examine a pack, its charger and its tools before anything is switched on. Exit code 1 if there is an error.",
            "check pack.yaml") { pack, plain };
        command.SetAction(parsed =>
        {
            PackSpec spec = PackFile.Read(parsed.GetRequiredValue(pack));
            ImmutableArray<Finding> findings = SetupCheck.Examine(spec);
            if (parsed.GetValue(command.Json))
            {
                terminal.Out.Write(JsonText.Of(new { findings }) + "\n");
            }
            else
            {
                FindingsText.Write(new Screen(terminal, parsed.GetValue(plain)), spec, findings);
            }

            return findings.Any(f => f.Severity == Severity.Error) ? ExitCode.Bad : ExitCode.Done;
        });
        return command;
    }
}
