using System.Text.Json;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Tests.Cli;

public sealed class InferCommandTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    private const string TwoCharges = """
        - charge: { current_a: 10, minutes: 180, ended: hvc, tripped: 4, red: [4] }
        - drain: { cell: 4, load_ohm: 3.3, minutes: 60 }
        - reset: ignition
        - charge: { minutes: 7, ended: hvc, tripped: unseen, red: [4], not_seen: [1] }
        """;

    [Fact]
    public async Task Notes_become_a_range_for_every_cell_in_the_fields_people_script_against()
    {
        string pack = PackTexts.WriteFourCells(folder), observations = folder.Write("o.yaml", TwoCharges);

        CliRun run = await CliRun.Of("infer", pack, observations, "--json");

        run.ExitCode.ShouldBe(TopBalance.Cli.ExitCode.Done, run.Error);
        run.Error.ShouldBeEmpty();
        JsonElement[] cells = [.. run.Json().GetProperty("cells").EnumerateArray()];
        cells.Select(c => c.GetProperty("cell").GetInt32()).ShouldBe([1, 2, 3, 4]);
        cells.Select(c => c.GetProperty("lamp").GetString()).ShouldBe(["not_seen", "dark", "dark", "lit"]);
        foreach (JsonElement toFull in cells.Select(c => c.GetProperty("to_full_ah")))
        {
            double p50 = toFull.GetProperty("p50").GetDouble();
            p50.ShouldBeInRange(toFull.GetProperty("p05").GetDouble(), toFull.GetProperty("p95").GetDouble());
        }

        run.Json().GetProperty("contradictions").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Why_it_is_not_converging_is_said_when_asked()
    {
        string pack = PackTexts.WriteFourCells(folder), observations = folder.Write("o.yaml", TwoCharges);

        CliRun scripts = await CliRun.Of("infer", pack, observations, "--why", "--json");
        CliRun people = await CliRun.Of("infer", pack, observations, "--why", "--plain");

        scripts.ExitCode.ShouldBe(TopBalance.Cli.ExitCode.Done, scripts.Error);
        JsonElement[] reasons = [.. scripts.Json().GetProperty("why").EnumerateArray()];
        reasons.ShouldNotBeEmpty();
        foreach (JsonElement reason in reasons)
        {
            reason.GetProperty("probability").GetDouble().ShouldBeInRange(0.05, 1);
            people.Out.ShouldContain(reason.GetProperty("code").GetString()!);
        }

        (await CliRun.Of("infer", pack, observations, "--json")).Json().TryGetProperty("why", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_answer_and_no_seed_that_of_the_pack_file()
    {
        string pack = PackTexts.WriteFourCells(folder, PackTexts.FourCells + "\nseed: 5\n");
        string observations = folder.Write("o.yaml", TwoCharges);

        CliRun five = await CliRun.Of("infer", pack, observations, "--json", "--seed", "5");

        (await CliRun.Of("infer", pack, observations, "--json")).Out.ShouldBe(five.Out);
        (await CliRun.Of("infer", pack, observations, "--json", "--seed", "6")).Out.ShouldNotBe(five.Out);
    }

    [Fact]
    public async Task People_are_told_the_same_as_scripts()
    {
        string pack = PackTexts.WriteFourCells(folder), observations = folder.Write("o.yaml", TwoCharges);

        CliRun run = await CliRun.Of("infer", pack, observations, "--plain");

        run.ExitCode.ShouldBe(TopBalance.Cli.ExitCode.Done, run.Error);
        run.Out.ShouldContain("INFERENCE  Four cells");
        run.Out.ShouldContain("4 observations");
        run.Out.ShouldContain("What would tell most");
        System.Text.Ascii.IsValid(run.Out).ShouldBeTrue();
    }

    [Fact]
    public async Task Ctrl_C_ends_with_130()
    {
        string pack = PackTexts.WriteFourCells(folder), observations = folder.Write("o.yaml", TwoCharges);

        CliRun run = await new CliStage { Cancel = new CancellationToken(canceled: true) }.Run("infer", pack, observations);

        run.ExitCode.ShouldBe(TopBalance.Cli.ExitCode.Interrupted, run.Error);
        run.Out.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("- charge: { minutes: 182, ended: hvc, tripped: 5 }", "o.yaml:1: entry[1].charge.tripped: saw cell 5, expected 1 to 4")]
    [InlineData("- reset: ignition\n- drain: { cell: 4, minutes: 3 }", "o.yaml:2: entry[2].drain.load_ohm: is missing")]
    [InlineData("", "o.yaml: is empty")]
    public async Task Wrong_observations_are_refused_in_one_line(string yaml, string complaint)
    {
        string pack = PackTexts.WriteFourCells(folder), observations = folder.Write("o.yaml", yaml);

        (await CliRun.Of("infer", pack, observations)).ShouldRefuse(complaint);
        (await CliRun.Of("infer", pack, observations, "--json")).ShouldRefuse(complaint);
    }

    [Fact]
    public async Task Files_that_are_not_there_are_refused_in_one_line()
    {
        string pack = PackTexts.WriteFourCells(folder);

        (await CliRun.Of("infer", "no-such-pack.yaml", "o.yaml")).ShouldRefuse("no-such-pack.yaml: there is no such file");
        (await CliRun.Of("infer", pack, "no-such.yaml")).ShouldRefuse("no-such.yaml: there is no such file");
        (await CliRun.Of("infer", pack)).ShouldRefuse("OBSERVATIONS", "is missing");
        (await CliRun.Of("infer")).ShouldRefuse("PACK", "is missing");
    }

    [Fact]
    public async Task What_a_simulation_wrote_as_its_trace_can_be_read_as_a_log()
    {
        string pack = PackTexts.WriteFourCells(folder);
        (await CliRun.Of("simulate", pack, "--trace", folder["run.csv"])).ExitCode.ShouldBe(TopBalance.Cli.ExitCode.Done);

        PackSpec spec = PackFile.Read(pack);
        var log = (LogSeen)ObservationFile.Read(folder.Write("o.yaml", "- log: { file: run.csv }"), spec).Entries.ShouldHaveSingleItem().Seen;

        log.CurrentAmps[0].ShouldBe(10);
        log.CellVolts.Length.ShouldBe(4);
        log.TimeSeconds.ShouldBe(log.TimeSeconds.Order());
        log.CellVolts[3].Max().ShouldBe(3.6, 1e-9, "cell 4 trips at its HVC; both numbers are written in full");
    }

    [Fact]
    public async Task A_seed_that_is_none_is_refused() =>
        (await CliRun.Of("infer", PackTexts.WriteFourCells(folder), "o.yaml", "--seed", "1.5")).ShouldRefuse("--seed", "whole number");
}
