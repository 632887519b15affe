using System.Text.Json;
using TopBalance.Cli;

namespace TopBalance.Workbench.Tests.Cli;

public sealed class LibraryAndCheckTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("cells", "calb-ca100")]
    [InlineData("modules", "minibms-3.6")]
    public async Task A_library_is_listed_and_one_shown_with_its_sources(string command, string id)
    {
        CliRun list = await CliRun.Of(command);
        CliRun one = await CliRun.Of(command, id);
        CliRun json = await CliRun.Of(command, "--json");
        CliRun oneJson = await CliRun.Of(command, id, "--json");

        list.Out.ShouldContain(id);
        list.Out.Split('\n').ShouldAllBe(line => line.Length <= 80);
        one.Out.ShouldContain("Where the numbers come from");
        one.Out.Split('\n').ShouldAllBe(line => line.Length <= 80);
        JsonDocument.Parse(json.Out).RootElement.GetProperty(command)[0].GetProperty("sources").GetArrayLength().ShouldBeGreaterThan(0);
        JsonDocument.Parse(oneJson.Out).RootElement.GetProperty("id").GetString().ShouldBe(id);
        (await CliRun.Of(command, id + "x")).ShouldRefuse(id);
    }

    [Fact]
    public async Task A_bad_setup_ends_with_1_and_shows_the_worst_first()
    {
        string pack = PackTexts.WriteFourCells(folder, PackTexts.FourCells.Replace("14.4", "19.9", StringComparison.Ordinal));

        CliRun text = await CliRun.Of("check", pack);
        CliRun json = await CliRun.Of("check", pack, "--json");

        text.ExitCode.ShouldBe(ExitCode.Bad, text.Error);
        text.Out.Split('\n').ShouldAllBe(line => line.Length <= 80);
        text.Out.Split('\n').ShouldContain(line => line.StartsWith("2 errors, ", StringComparison.Ordinal));
        text.Out.ShouldContain("Do not start like this.");
        JsonElement[] findings = [.. JsonDocument.Parse(json.Out).RootElement.GetProperty("findings").EnumerateArray()];
        findings[0].EnumerateObject().Select(p => p.Name).ShouldBe(["code", "severity", "seen", "why", "do"]);
        findings[0].GetProperty("severity").GetString().ShouldBe("error");
        json.ExitCode.ShouldBe(ExitCode.Bad);
    }

    [Fact]
    public async Task A_good_setup_ends_with_0_and_still_asks_for_the_loop_test()
    {
        CliRun run = await CliRun.Of("check", PackTexts.WriteFourCells(folder));

        run.ExitCode.ShouldBe(ExitCode.Done, run.Out);
        run.Out.ReplaceLineEndings(" ").ShouldContain("interrupt the loop while charging");
    }
}
