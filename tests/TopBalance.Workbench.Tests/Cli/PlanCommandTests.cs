using System.Text.Json;
using TopBalance.Cli;

namespace TopBalance.Workbench.Tests.Cli;

public sealed class PlanCommandTests : IDisposable
{
    private const string Tools = """

        tools:
          bench_supplies: [ { current_a: 5, lead_ohm: 0.02 }, { current_a: 5 } ]
          drain_load: { resistance_ohm: 3.3 }
        """;

    private const string OneCharge = "- charge: { minutes: 170, ended: hvc, tripped: 4, red: [4] }\n";

    private static readonly string[] Figures = ["hours", "attended_hours", "charger_cycles", "drained_ah", "residual_ah", "hottest_w"];

    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Pack(string tools = Tools) => PackTexts.WriteFourCells(folder, PackTexts.FourCells + tools);

    [Fact]
    public async Task Every_method_has_the_figures_people_script_against_or_a_reason()
    {
        CliRun run = await CliRun.Of("plan", Pack(), "--json", "--packs", "40");

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        run.Error.ShouldBeEmpty();
        JsonElement plan = run.Json();
        JsonElement[] methods = [.. plan.GetProperty("methods").EnumerateArray()];
        methods.Select(m => m.GetProperty("method").GetString()).ShouldBe(
            ["bench-supply", "smart-charger-12v", "drain-and-cycle", "shunt-and-cycle", "low-current-hold", "all-parallel", "mixed"]);
        foreach (JsonElement method in methods)
        {
            if (!method.GetProperty("possible").GetBoolean())
            {
                method.GetProperty("reason").GetString().ShouldNotBeNullOrEmpty();
                method.TryGetProperty("hours", out _).ShouldBeFalse();
                continue;
            }

            foreach (JsonElement spread in Figures.Select(f => method.GetProperty(f)))
            {
                double p50 = spread.GetProperty("p50").GetDouble();
                p50.ShouldBeInRange(spread.GetProperty("p10").GetDouble(), spread.GetProperty("p90").GetDouble());
            }

            method.GetProperty("overshoot_risk").GetDouble().ShouldBeInRange(0, 1);
            method.GetProperty("balanced_share").GetDouble().ShouldBeInRange(0, 1);
        }

        Reason(methods, "smart-charger-12v").ShouldContain("12 V charger");
        Reason(methods, "low-current-hold").ShouldContain("charger_current_min_a");
        plan.GetProperty("complete").GetBoolean().ShouldBeTrue();
        run.Out.ShouldNotContain("\\u00A0", Case.Insensitive);
    }

    [Fact]
    public async Task Before_starting_the_next_action_is_the_first_charge_with_the_proof_of_the_loop_first()
    {
        JsonElement next = (await CliRun.Of("plan", Pack(), "--json", "--packs", "20")).Json().GetProperty("next");

        next.GetProperty("action").GetString().ShouldBe("charge");
        next.GetProperty("current_a").GetDouble().ShouldBe(10);
        next.GetProperty("charger_v").GetDouble().ShouldBe(14.4);
        next.GetProperty("safety")[0].GetString()!.ShouldContain("prove the loop");

        // the fullest lacks 30 Ah: 3 h at 10 A
        next.GetProperty("watch_from_minutes").GetDouble().ShouldBeInRange(120, 180);
    }

    [Fact]
    public async Task What_was_noted_is_taken_in()
    {
        string observations = folder.Write("o.yaml", "- loop_test: { charger_stopped: true }\n" + OneCharge);

        JsonElement plan = (await CliRun.Of("plan", Pack(), observations, "--json", "--packs", "20")).Json();

        plan.GetProperty("observations").GetInt32().ShouldBe(2);
        plan.GetProperty("next").GetProperty("safety").EnumerateArray().ShouldNotContain(s => s.GetString()!.Contains("rove the loop"));
    }

    [Fact]
    public async Task A_charger_that_went_on_when_the_loop_was_opened_is_not_started_again()
    {
        string observations = folder.Write("o.yaml", "- loop_test: { charger_stopped: false }\n");

        JsonElement next = (await CliRun.Of("plan", Pack(), observations, "--json", "--packs", "20")).Json().GetProperty("next");

        next.GetProperty("action").GetString().ShouldBe("loop_test");
        next.GetProperty("safety")[0].GetString()!.ShouldContain("Do not charge");
    }

    [Fact]
    public async Task People_are_told_the_same_as_scripts()
    {
        string pack = Pack();
        string best = (await CliRun.Of("plan", pack, "--json", "--packs", "20")).Json().GetProperty("recommended").GetString()!;

        CliRun run = await CliRun.Of("plan", pack, "--plain", "--packs", "20");

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        run.Out.ShouldContain("PLAN  Four cells");
        run.Out.ShouldContain(best is null ? "No way ends balanced" : $"Recommended: {best}");
        run.Out.ShouldContain("+- Do this now -");
        run.Out.ShouldContain("Mind\n");
        run.Out.ShouldContain("not possible: there is no 12 V charger");
        System.Text.Ascii.IsValid(run.Out).ShouldBeTrue();
        run.Out.Split('\n').Skip(1).ShouldAllBe(line => line.Length <= 80);
    }

    [Fact]
    public async Task Nobody_at_night_takes_longer_or_as_long()
    {
        string pack = Pack();
        JsonElement always = (await CliRun.Of("plan", pack, "--json", "--packs", "20", "--attended", "always")).Json();
        JsonElement daytime = (await CliRun.Of("plan", pack, "--json", "--packs", "20", "--attended", "daytime")).Json();

        Hours(daytime).ShouldBeGreaterThanOrEqualTo(Hours(always));
        static double Hours(JsonElement plan) =>
            plan.GetProperty("methods").EnumerateArray().Single(m => m.GetProperty("method").GetString() is "shunt-and-cycle")
                .GetProperty("hours").GetProperty("p50").GetDouble();
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_plan_and_another_one_another()
    {
        string pack = Pack("\nseed: 5\nunknowns: { threshold_sigma_v: 0.02 }\n");
        CliRun five = await CliRun.Of("plan", pack, "--json", "--packs", "20", "--seed", "5");

        (await CliRun.Of("plan", pack, "--json", "--packs", "20")).Out.ShouldBe(five.Out);
        (await CliRun.Of("plan", pack, "--json", "--packs", "20", "--seed", "6")).Out.ShouldNotBe(five.Out);
    }

    [Fact]
    public async Task Ctrl_C_before_anything_was_played_ends_with_130_and_nothing()
    {
        CliRun run = await new CliStage { Cancel = new CancellationToken(canceled: true) }.Run("plan", Pack());

        run.ExitCode.ShouldBe(ExitCode.Interrupted, run.Error);
        run.Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ctrl_C_shows_what_was_played_until_then()
    {
        using var stop = new CancellationTokenSource();
        var output = new StringWriter();
        var terminal = new Terminal { Out = output, Error = new Finger(stop), ErrorIsTerminal = true };

        int exitCode = await CommandLine.RunAsync(["plan", Pack(), "--plain", "--packs", "20000"], terminal, stop.Token);

        exitCode.ShouldBe(ExitCode.Interrupted);
        output.ToString().ShouldContain("Stopped early");
        output.ToString().ShouldContain("Do this now");
    }

    [Fact]
    public async Task Wrong_input_is_refused_in_one_line()
    {
        string pack = Pack(), wrong = folder.Write("o.yaml", "- charge: { minutes: 182, ended: hvc, tripped: 5 }");

        (await CliRun.Of("plan", pack, wrong)).ShouldRefuse("o.yaml:1: entry[1].charge.tripped: saw cell 5, expected 1 to 4");
        (await CliRun.Of("plan", pack, wrong, "--json")).ShouldRefuse("o.yaml:1:");
        (await CliRun.Of("plan", "no-such-pack.yaml")).ShouldRefuse("no-such-pack.yaml: there is no such file");
        (await CliRun.Of("plan", pack, "no-such.yaml")).ShouldRefuse("no-such.yaml: there is no such file");
        (await CliRun.Of("plan")).ShouldRefuse("PACK", "is missing");
        (await CliRun.Of("plan", pack, "--packs", "5")).ShouldRefuse("--packs", "20 to 100000");
        (await CliRun.Of("plan", pack, "--attended", "never")).ShouldRefuse("--attended", "daytime or always");
        (await CliRun.Of("plan", pack, "--seed", "1.5")).ShouldRefuse("--seed", "whole number");
    }

    private static string Reason(JsonElement[] methods, string name) =>
        methods.Single(m => m.GetProperty("method").GetString() == name).GetProperty("reason").GetString()!;

    /// <summary>Presses Ctrl-C once the second round has begun.</summary>
    private sealed class Finger(CancellationTokenSource stop) : StringWriter
    {
        public override void Write(string? value)
        {
            if (value?.Contains("the two cheapest", StringComparison.Ordinal) == true)
            {
                stop.Cancel();
            }
        }
    }
}
