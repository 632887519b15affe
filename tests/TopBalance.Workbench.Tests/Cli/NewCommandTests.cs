using TopBalance.Cli;

namespace TopBalance.Workbench.Tests.Cli;

public sealed class NewCommandTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Options_make_a_pack_that_check_can_read()
    {
        CliRun made = await CliRun.Of("new", folder["p.yaml"], "--cell", "calb-ca100", "--series", "16", "--parallel", "2");
        CliRun check = await CliRun.Of("check", folder["p.yaml"]);

        made.ExitCode.ShouldBe(ExitCode.Done, made.Error);
        made.Out.ShouldContain("16S2P");
        made.Out.ShouldContain("MiniBMS 3.6 V");
        made.Out.ShouldContain("57.6 V");
        check.ExitCode.ShouldBe(ExitCode.Done, check.Out + check.Error);
    }

    [Fact]
    public async Task What_is_missing_is_named_where_nobody_can_be_asked()
    {
        (await CliRun.Of("new", folder["p.yaml"])).ShouldRefuse("--cell");
        (await CliRun.Of("new", folder["p.yaml"], "--cell", "calb-ca100")).ShouldRefuse("--series");
        File.Exists(folder["p.yaml"]).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_missing_is_asked_at_a_terminal_and_a_comma_is_taken_and_echoed()
    {
        var stage = new CliStage { Typed = "calb-ca100\nmany\n4\n\n14,2\n5\n" };

        CliRun run = await stage.Run("new", folder["p.yaml"], "--json");

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        run.Error.ShouldContain("taken as 14.2");
        run.Error.ShouldContain("a number above 0, please");
        run.Out.ShouldStartWith("{");
        run.Out.ShouldContain("\"voltage_v\": 14.2");
        run.Out.ShouldContain("\"series\": 4");
    }

    [Fact]
    public async Task An_end_of_input_writes_nothing()
    {
        CliRun run = await new CliStage { Typed = "calb-ca100\n" }.Run("new", folder["p.yaml"]);

        run.ExitCode.ShouldBe(ExitCode.WrongInput);
        File.Exists(folder["p.yaml"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_file_that_is_there_is_not_overwritten()
    {
        folder.Write("p.yaml", "mine");

        (await CliRun.Of("new", folder["p.yaml"], "--cell", "calb-ca100", "--series", "4")).ShouldRefuse("p.yaml");
        (await File.ReadAllTextAsync(folder["p.yaml"])).ShouldBe("mine");
    }
}
