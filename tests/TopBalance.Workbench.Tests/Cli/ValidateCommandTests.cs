using System.Text.Json;
using TopBalance.Cli;
using TopBalance.Workbench.Validation;

namespace TopBalance.Workbench.Tests.Cli;

public sealed class ValidateCommandTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Without_data_it_says_skipped_and_ends_with_3()
    {
        CliRun run = await new CliStage { DataFolder = folder["nowhere"] }.Run("validate", "--out", folder["v.md"]);

        run.ExitCode.ShouldBe(ExitCode.Inconclusive, run.Error);
        run.Out.ShouldStartWith("skipped: no data: ");
        run.Out.ShouldContain("TOPBALANCE_DATA");
        File.Exists(folder["v.md"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Without_data_the_json_says_so_too()
    {
        CliRun run = await new CliStage { DataFolder = folder["nowhere"] }.Run("validate", "--json");

        run.ExitCode.ShouldBe(ExitCode.Inconclusive, run.Error);
        JsonElement json = JsonDocument.Parse(run.Out).RootElement;
        json.GetProperty("outcome").GetString().ShouldBe("incomplete");
        json.GetProperty("skipped").GetString().ShouldStartWith("no data: ");
        json.GetProperty("cases").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task With_a_folder_that_lacks_the_files_each_case_is_skipped_and_it_ends_with_3()
    {
        var stage = new CliStage { DataFolder = folder.Path };

        CliRun text = await stage.Run("validate");
        CliRun json = await stage.Run("validate", "--json", "--case", ValidationCases.All[0].Id);

        text.ExitCode.ShouldBe(ExitCode.Inconclusive, text.Error);
        text.Out.Split("skipped: no data: ").Length.ShouldBe(ValidationCases.All.Length + 1);
        text.Out.ShouldContain($"0 cases run, {ValidationCases.All.Length} skipped.");
        json.ExitCode.ShouldBe(ExitCode.Inconclusive, json.Error);
        JsonElement one = JsonDocument.Parse(json.Out).RootElement.GetProperty("cases").EnumerateArray().ShouldHaveSingleItem();
        one.EnumerateObject().Select(p => p.Name).ShouldBe(["case", "title", "skipped", "figures", "limit", "remarks"]);
        one.GetProperty("skipped").GetString().ShouldStartWith("no data: ");
    }

    [Fact]
    public async Task An_unknown_case_is_refused_and_the_known_ones_are_named()
    {
        (await CliRun.Of("validate", "--case", "knee2")).ShouldRefuse("--case", "knee2", ValidationCases.All[0].Id);
        (await CliRun.Of("validate", "--out", folder["no/such/v.md"])).ShouldRefuse("no such folder");
    }
}
