using System.CommandLine;
using TopBalance.Cli.Output;
using TopBalance.Packs;
using TopBalance.Planning;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Json;
using TopBalance.Workbench.Planning;
using TopBalance.Workbench.Sessions;

namespace TopBalance.Cli.Commands;

/// <summary><c>plan PACK [OBSERVATIONS]</c>: which way is best from here, how long it takes at what risk, and what to do now.</summary>
internal sealed class PlanCommand
{
    private readonly Terminal terminal;
    private readonly StoreOptions store;
    private readonly Argument<string?> pack = OptionValues.PackOrSession();
    private readonly Argument<string?> observations = new("OBSERVATIONS")
    {
        Description = "What was done and seen so far (YAML); without it, the plan before starting",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> packs =
        OptionValues.Create("--packs", "N", "Believed packs for the two cheapest methods (default 1000)");
    private readonly Option<string?> seed =
        OptionValues.Create("--seed", "S", "Seed of what is drawn (default: the pack file's)");
    private readonly Option<string?> attended =
        OptionValues.Create("--attended", "WHEN", "When somebody can be at the pack: always (default) or daytime, 8 to 22 o'clock");
    private readonly Option<bool> plain = OptionValues.Plain();
    private readonly ExampleCommand command = new(
        "plan",
        "Say which way of balancing is best from here, with hours and risk of each, and what to do now with exact settings.",
        "plan pack.yaml",
        "plan pack.yaml pack.observations.yaml",
        "plan pack.yaml pack.observations.yaml --attended daytime --json");

    private PlanCommand(Terminal terminal) => (this.terminal, store) = (terminal, new StoreOptions(terminal));

    /// <summary>The command.</summary>
    public static ExampleCommand Create(Terminal terminal)
    {
        var plan = new PlanCommand(terminal);
        plan.command.Arguments.Add(plan.pack);
        plan.command.Arguments.Add(plan.observations);
        foreach (Option option in (Option[])[plan.packs, plan.seed, plan.attended, plan.store.OfSession, plan.store.Data, plan.plain])
        {
            plan.command.Options.Add(option);
        }

        plan.command.SetAction(plan.RunAsync);
        return plan.command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string? file = parsed.GetValue(observations);
        if (file is ['-', _, ..] && !File.Exists(file))
        {
            throw new InputException(null, 0, null, ParseErrors.Unknown(command, file));
        }

        PlanRequest request = Request(parsed);
        (PackSpec spec, ObservationLog? log) = Input(parsed, file);
        PlanSummary summary = await PlanAsync(spec, log, request, cancellationToken);
        if (parsed.GetValue(command.Json))
        {
            await terminal.Out.WriteAsync(JsonText.Of(summary) + "\n");
        }
        else
        {
            PlanText.Write(new Screen(terminal, parsed.GetValue(plain)), summary);
        }

        return summary.Complete ? ExitCode.Done : ExitCode.Interrupted;
    }

    private (PackSpec Pack, ObservationLog? Log) Input(ParseResult parsed, string? file)
    {
        if (store.Find(parsed) is { } of)
        {
            return (of.Session.Pack, SessionLog.Of(of.Session, of.Name));
        }

        PackSpec spec = PackFile.Read(parsed.GetValue(pack)
            ?? throw new InputException(null, 0, null, "PACK is missing; name a pack file, or a session with --session"));
        return (spec, file is null ? null : ObservationFile.Read(file, spec));
    }

    private PlanRequest Request(ParseResult parsed)
    {
        var usual = new PlanRequest();
        return usual with
        {
            Packs = parsed.WholeNumber(packs, PlanRequest.LeastPacks, PlanRequest.MostPacks) ?? usual.Packs,
            Seed = parsed.Seed(seed),
            Times = parsed.GetValue(attended) switch
            {
                null or "always" => new HumanTimes(),
                "daytime" => new HumanTimes { DaytimeOnly = true },
                { } other => throw new InputException(null, 0, attended.Name, $"saw {OneLine.Quote(other)}, expected daytime or always"),
            },
        };
    }

    // Ctrl-C ends the playing, not the command: what was played until then is shown
    private async Task<PlanSummary> PlanAsync(PackSpec spec, ObservationLog? log, PlanRequest request, CancellationToken cancellationToken)
    {
        using var progress = new Progress(terminal, "planning");
        Task<PlanSummary> planning = Task.Run(() => PlanRun.Run(spec, log, request, progress, cancellationToken), CancellationToken.None);
        await progress.WhileAsync(planning);
        return await planning;
    }
}
