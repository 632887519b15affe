using System.Diagnostics;
using System.Text.Json;
using TopBalance.Cli;
using TopBalance.Workbench.Tests.Studies;

namespace TopBalance.Workbench.Tests.Cli;

public sealed class StudyCommandTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_study_is_one_document_for_scripts()
    {
        CliRun run = await CliRun.Of(StudyPacks.Study(StudyPacks.Write(folder), "--json"));

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        run.Error.ShouldBeEmpty();
        JsonElement study = run.Json().GetProperty("study");
        study.GetProperty("packs").GetInt32().ShouldBe(7);
        study.GetProperty("tasks").GetInt64().ShouldBe(42);
        study.GetProperty("machine").GetString().ShouldNotBeNullOrEmpty();
        JsonElement[] results = [.. run.Json().GetProperty("results").EnumerateArray()];
        results.Length.ShouldBe(6);
        results[0].GetProperty("variant").GetProperty("charger.current_a").GetString().ShouldBe("5");
        results[0].GetProperty("method").GetString().ShouldBe("bench-supply");
        JsonElement hours = results[0].GetProperty("hours");
        hours.GetProperty("p50").GetDouble().ShouldBeInRange(hours.GetProperty("p10").GetDouble(), hours.GetProperty("p90").GetDouble());
        results[0].GetProperty("balanced").GetDouble().ShouldBeInRange(0, 1);
    }

    [Fact]
    public async Task People_see_every_variant_and_method()
    {
        string pack = StudyPacks.Write(folder);
        CliRun run = await CliRun.Of(StudyPacks.Study(pack, "--plain", "--out", folder["r.csv"], "--out", folder["r.sqlite"]));

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        run.Out.ShouldContain("STUDY  Small");
        run.Out.ShouldContain("charger.current_a 10.5");
        run.Out.ShouldContain("drain-and-cycle:0.5");
        run.Out.ShouldContain("Written: ");
        System.Text.Ascii.IsValid(run.Out).ShouldBeTrue();
        File.Exists(folder["r.csv"]).ShouldBeTrue();
        File.Exists(folder["r.sqlite"]).ShouldBeTrue();
    }

    [Fact]
    public async Task Shards_of_the_environment_are_merged_to_the_same_bytes()
    {
        string pack = StudyPacks.Write(folder);
        (await CliRun.Of(StudyPacks.Study(pack, "--out", folder["single.csv"]))).ExitCode.ShouldBe(ExitCode.Done);
        for (int k = 0; k < 2; k++)
        {
            var slurm = new CliStage
            {
                Environment = { ["SLURM_ARRAY_TASK_ID"] = $"{k + 5}", ["SLURM_ARRAY_TASK_MIN"] = "5", ["SLURM_ARRAY_TASK_COUNT"] = "2" },
            };
            (await slurm.Run(StudyPacks.Study(pack, "--shard", "slurm", "--out", folder[$"s-{k}.csv"]))).ExitCode.ShouldBe(ExitCode.Done);
            var pod = new CliStage { Environment = { ["JOB_COMPLETION_INDEX"] = $"{k}" } };
            (await pod.Run(StudyPacks.Study(pack, "--shard", "index/2", "--out", folder[$"k-{k}.csv"]))).ExitCode.ShouldBe(ExitCode.Done);
        }

        (await CliRun.Of("study", "merge", folder["s.csv"], folder["s-1.csv"], folder["s-0.csv"])).ExitCode.ShouldBe(ExitCode.Done);
        (await CliRun.Of("study", "merge", folder["k.csv"], folder["k-0.csv"], folder["k-1.csv"])).ExitCode.ShouldBe(ExitCode.Done);

        File.ReadAllText(folder["s.csv"]).ShouldBe(File.ReadAllText(folder["single.csv"]));
        File.ReadAllText(folder["k.csv"]).ShouldBe(File.ReadAllText(folder["single.csv"]));
        (await CliRun.Of("study", "merge", folder["k.csv"], folder["k-0.csv"], folder["k-1.csv"])).ShouldRefuse("is there already", "--force");
        (await CliRun.Of("study", "merge", folder["m.csv"], folder["k-0.csv"])).ShouldRefuse("shard 2/2 is missing");
        (await CliRun.Of("study", "merge", folder["m.csv"])).ShouldRefuse("IN is missing", "study merge --help");
    }

    [Theory]
    [InlineData("--shard slurm", "SLURM_ARRAY_TASK_ID is not set")]
    [InlineData("--shard index/4", "JOB_COMPLETION_INDEX is not set")]
    [InlineData("--shard 5/4", "'5/4': expected K from 1 to 4")]
    [InlineData("--vary charger.curent_a=5", "with charger.curent_a=5: ", "'current_a'")]
    [InlineData("--vary charger.current_a", "expected a key of the pack file and its values")]
    [InlineData("--vary charger.current_a=5,,6", "expected 1 to 1000 values")]
    [InlineData("--vary charger.current_a=5,5", "gives '5' twice")]
    [InlineData("--vary charger.current_a=5 --vary charger.current_a=6", "is varied twice")]
    [InlineData("--vary module.shunt_current_a=a", "module.shunt_current_a: saw 'a', expected a number in A")]
    [InlineData("--methods bench-suply", "'bench-suply' is no method; did you mean 'bench-supply'?")]
    [InlineData("--methods drain-and-cycle:x", "expected a dose in Ah")]
    [InlineData("--methods paper,paper", "'paper' is given twice")]
    [InlineData("--packs 0", "--packs", "whole number")]
    [InlineData("--threads 0", "--threads", "whole number")]
    [InlineData("--packs 1000000 --vary temperature_c=1,2,3,4,5,6,7", "expected at most 20000000")]
    public async Task What_is_wrong_is_refused_in_one_line(string options, params string[] words) =>
        (await CliRun.Of(["study", StudyPacks.Write(folder), .. options.Split(' ')])).ShouldRefuse(words);

    [Fact]
    public async Task Outputs_do_not_replace_the_pack_file_or_each_other()
    {
        string pack = StudyPacks.Write(folder);

        (await CliRun.Of("study", pack, "--out", pack)).ShouldRefuse("--out", "would replace the pack file");
        (await CliRun.Of("study", pack, "--out", folder["r.csv"], "--out", folder["r.csv"])).ShouldRefuse("--out", "would replace");
        (await CliRun.Of("study", pack, "--out", folder["no/r.csv"])).ShouldRefuse("there is no such folder");
    }

    [Fact]
    public async Task Ctrl_C_ends_with_130_and_says_that_nothing_is_lost()
    {
        string[] study = StudyPacks.Study(StudyPacks.Write(folder), "--out", folder["r.csv"]);
        CliRun run = await new CliStage { Cancel = new CancellationToken(canceled: true) }.Run(study);

        run.ExitCode.ShouldBe(ExitCode.Interrupted, run.Error);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldContain("the same command goes on from there");
        (await CliRun.Of(study)).ExitCode.ShouldBe(ExitCode.Done);
    }

    [Fact]
    public async Task A_process_that_is_killed_leaves_what_the_next_one_goes_on_from()
    {
        string[] study = StudyPacks.Study(StudyPacks.Write(folder), "--threads", "1");
        study[Array.IndexOf(study, "--packs") + 1] = "2000";
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])[Path.Combine(AppContext.BaseDirectory, "TopBalance.Cli.dll"), .. study, "--out", folder["killed.csv"]])
        {
            start.ArgumentList.Add(argument);
        }

        using (Process process = Process.Start(start)!)
        {
            var partial = new FileInfo(folder["killed.csv.partial"]);
            while (!process.HasExited && (!partial.Exists || partial.Length < 20_000))
            {
                await Task.Delay(5);
                partial.Refresh();
            }

            process.Kill();
            await process.WaitForExitAsync();
        }

        File.Exists(folder["killed.csv"]).ShouldBeFalse("it was killed in the midst of it");
        (await CliRun.Of([.. study, "--out", folder["killed.csv"]])).ExitCode.ShouldBe(ExitCode.Done);
        (await CliRun.Of([.. study, "--out", folder["whole.csv"]])).ExitCode.ShouldBe(ExitCode.Done);
        File.ReadAllText(folder["killed.csv"]).ShouldBe(File.ReadAllText(folder["whole.csv"]));
    }
}
