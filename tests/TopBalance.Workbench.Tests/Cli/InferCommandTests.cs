using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Tests.Cli;

public sealed class InferCommandTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

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
