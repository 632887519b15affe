using System.Globalization;
using Microsoft.Data.Sqlite;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Studies;
using TopBalance.Workbench.Tests.Cli;

namespace TopBalance.Workbench.Tests.Studies;

public sealed class StudyRunTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Threads_and_shards_do_not_change_a_byte()
    {
        string single = await Run("single.csv", threads: 1);

        (await Run("two.csv", threads: 2)).ShouldBe(single);
        foreach (int k in (int[])[1, 2, 3])
        {
            await Run($"part-{k}.csv", shard: new Shard(k, 3));
        }

        StudyMerge.Merge(folder["merged.csv"], [folder["part-3.csv"], folder["part-1.csv"], folder["part-2.csv"]]);
        File.ReadAllText(folder["merged.csv"]).ShouldBe(single);
        single.Split('\n').Length.ShouldBe(2 + (2 * 3 * 7) + 1);
        single.ShouldContain("\n5,bench-supply,1,");
        single.ShouldContain("\n10.5,drain-and-cycle:0.5,7,");
    }

    [Fact]
    public async Task A_database_has_the_same_rows_and_the_same_bytes()
    {
        string csv = await Run("single.csv", more: folder["single.sqlite"]);
        await Run("part-1.sqlite", shard: new Shard(1, 2));
        await Run("part-2.sqlite", shard: new Shard(2, 2));

        StudyMerge.Merge(folder["merged.sqlite"], [folder["part-1.sqlite"], folder["part-2.sqlite"]]);
        StudyMerge.Merge(folder["merged.csv"], [folder["part-2.sqlite"], folder["part-1.sqlite"]]);

        File.ReadAllBytes(folder["merged.sqlite"]).ShouldBe(File.ReadAllBytes(folder["single.sqlite"]));
        File.ReadAllText(folder["merged.csv"]).ShouldBe(csv);
        Count(folder["single.sqlite"], "SELECT count(*) FROM results WHERE \"charger.current_a\" = 10.5 AND method = 'bench-supply' AND hours > 0").ShouldBe(7);
        Directory.GetFiles(folder.Path, "*.live").ShouldBeEmpty();
        Directory.GetFiles(folder.Path, "*.partial").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(700)]
    [InlineData(1100)]
    [InlineData(2500)]
    public async Task A_study_cut_off_anywhere_goes_on_to_the_same_bytes(int kept)
    {
        string whole = await Run("whole.csv");
        File.WriteAllText(folder["cut.csv.partial"], whole[..Math.Min(kept, whole.Length - 1)]);

        (await Run("cut.csv")).ShouldBe(whole);
        File.WriteAllText(folder["damaged.csv.partial"], whole[..(whole.Length / 2)] + "\0\0\0\n" + whole[(whole.Length / 2)..]);
        (await Run("damaged.csv")).ShouldBe(whole);
    }

    [Fact]
    public async Task What_is_there_is_not_played_again()
    {
        string whole = await Run("whole.csv");
        string[] lines = whole.Split('\n');

        // a row that no play gives shows that it was taken over
        lines[2] = lines[2][..lines[2].IndexOf(",1,", StringComparison.Ordinal)] + ",1,1.5,0.5,2,0,0,0.25,0,1,0.65";
        File.WriteAllText(folder["other.csv.partial"], string.Join('\n', lines[..9]) + "\n");

        (await Run("other.csv")).ShouldBe(string.Join('\n', lines));
    }

    [Fact]
    public async Task Cancelled_it_leaves_what_was_played_and_goes_on()
    {
        string whole = await Run("whole.csv");
        using var cancel = new CancellationTokenSource();
        StudyPlan plan = Plan(Shard.Whole);
        var output = new StudyOutput { Files = [folder["stopped.csv"]], Threads = 1, Time = new CancellingClock(cancel, 40) };

        await Should.ThrowAsync<OperationCanceledException>(() => StudyRun.RunAsync(plan, output, null, cancel.Token));

        File.Exists(folder["stopped.csv"]).ShouldBeFalse();
        File.ReadAllText(folder["stopped.csv.partial"]).ShouldBe(whole[..(int)new FileInfo(folder["stopped.csv.partial"]).Length]);
        (await Run("stopped.csv")).ShouldBe(whole);
    }

    [Fact]
    public async Task The_same_pack_number_is_the_same_pack_in_every_variant_and_method()
    {
        // a key that changes nothing for these methods: every row must be the same but for its name
        StudyPlan plan = StudyPlan.Of(new StudyRequest(StudyPacks.Write(folder), 5)
        {
            Methods = StudyMethods.Parse("bench-supply,shunt-and-cycle"),
            Vary = [VaryAxis.Parse("tools.drain_load.resistance_ohm=3,4")],
        });
        await StudyRun.RunAsync(plan, new StudyOutput { Files = [folder["same.csv"]] });

        StudyRow[] rows = [.. StudyResults.Open(folder["same.csv"]).Rows()];
        rows[..10].Select(r => r.Played).ShouldBe(rows[10..].Select(r => r.Played));
        rows[..5].Select(r => r.Played!.Value.Hours).Distinct().Count().ShouldBe(5);
    }

    [Fact]
    public async Task Numbers_are_the_same_under_every_locale()
    {
        string here = await Run("here.csv");
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            (await Run("there.csv")).ShouldBe(here);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task Another_study_is_not_overwritten()
    {
        await Run("r.csv");
        await Run("p.csv", shard: new Shard(1, 2));
        File.WriteAllText(folder["notes.csv"], "time,current\n1,2\n");
        File.Move(folder["p.csv"], folder["q.csv.partial"]);

        (await Refused("r.csv", Plan(Shard.Whole, "4"))).ShouldContain("r.csv: holds another study: the seed (4 and 3) differs; choose another name");
        (await Refused("r.csv", Plan(new Shard(2, 2)))).ShouldContain("holds all of this study, expected shard 2/2");
        (await Refused("q.csv", Plan(new Shard(2, 2)))).ShouldContain("holds shard 1/2 of this study, expected shard 2/2");
        (await Refused("notes.csv", Plan(Shard.Whole))).ShouldContain("notes.csv: holds no results of a study");
        File.ReadAllText(folder["notes.csv"]).ShouldStartWith("time");
    }

    [Fact]
    public async Task Shards_that_do_not_belong_together_are_refused()
    {
        foreach (int k in (int[])[1, 2, 3])
        {
            await Run($"part-{k}.csv", shard: new Shard(k, 3));
        }

        await Run("half.csv", shard: new Shard(1, 2));
        await StudyRun.RunAsync(Plan(new Shard(2, 3), "4"), new StudyOutput { Files = [folder["other.csv"]] });
        File.WriteAllText(folder["short.csv"], string.Concat(File.ReadLines(folder["part-3.csv"]).SkipLast(1).Select(l => l + "\n")));
        File.WriteAllText(folder["x.csv.partial"], "");

        Merge("part-1.csv", "part-2.csv").ShouldContain("shard 3/3 is missing");
        Merge("part-2.csv").ShouldContain("shards 1/3, 3/3 are missing");
        Merge("part-1.csv", "part-2.csv", "part-3.csv", "part-2.csv").ShouldContain("holds shard 2/3, as does");
        Merge("part-1.csv", "other.csv", "part-3.csv").ShouldContain("they differ in the seed");
        Merge("part-1.csv", "half.csv", "part-3.csv").ShouldContain("merge the shards of one run");
        Merge("part-1.csv", "part-2.csv", "short.csv").ShouldContain("short.csv: is right for 13 of 14 rows");
        Merge("part-1.csv", "part-2.csv", "x.csv").ShouldContain("is an unfinished study");
        Merge("part-1.csv", "part-2.csv", "pack.yaml").ShouldContain("holds no results of a study");
        File.Exists(folder["m.csv"]).ShouldBeFalse();
        Should.Throw<InputException>(() => StudyMerge.Merge(folder["part-1.csv"], [folder["part-1.csv"]])).Message.ShouldContain("would replace one of the files");
    }

    [Fact]
    public async Task A_method_that_a_variant_does_not_allow_has_a_row_without_numbers()
    {
        StudyPlan plan = StudyPlan.Of(new StudyRequest(StudyPacks.Write(folder), 2)
        {
            Methods = StudyMethods.Parse("low-current-hold"),
            Vary = [VaryAxis.Parse("tools.charger_current_min_a=0.5,3")],
        });
        StudySummary summary = await StudyRun.RunAsync(plan, new StudyOutput { Files = [folder["r.csv"], folder["r.sqlite"]] });

        summary.Results[0].ImpossibleBecause.ShouldBeNull();
        summary.Results[1].ImpossibleBecause.ShouldNotBeNull().ShouldContain("cannot be turned down");
        summary.Results[1].Hours.ShouldBeNull();
        File.ReadAllLines(folder["r.csv"])[^1].ShouldBe("3,low-current-hold,2,,,,,,,,,");
        StudyResults.Open(folder["r.sqlite"]).Rows().Count(r => r.Played is null).ShouldBe(2);
        Should.Throw<InputException>(() => StudyPlan.Of(new StudyRequest(StudyPacks.Write(folder), 1)
        {
            Methods = StudyMethods.Parse("low-current-hold"),
            Vary = [VaryAxis.Parse("tools.charger_current_min_a=3")],
        })).Message.ShouldContain("low-current-hold is not possible");
    }

    [Fact]
    public void Percentiles_lie_between_the_numbers() =>
        Percentiles.Of([4, 1, 3, 2, 5]).ShouldBe(new Percentiles(1.4, 3, 4.6));

    private StudyPlan Plan(Shard shard, string seed = "3") => StudyPlan.Of(new StudyRequest(StudyPacks.Write(folder), 7)
    {
        Seed = ulong.Parse(seed, CultureInfo.InvariantCulture),
        Methods = StudyMethods.Parse("bench-supply,shunt-and-cycle,drain-and-cycle:0.5"),
        Vary = [VaryAxis.Parse("charger.current_a=5,10.5")],
        Shard = shard,
    });

    private async Task<string> Run(string name, int threads = 2, Shard? shard = null, string? more = null)
    {
        var output = new StudyOutput { Files = more is null ? [folder[name]] : [folder[name], more], Threads = threads };
        await StudyRun.RunAsync(Plan(shard ?? Shard.Whole), output);
        return File.ReadAllText(folder[name]);
    }

    private async Task<string> Refused(string name, StudyPlan plan) =>
        (await Should.ThrowAsync<InputException>(() => StudyRun.RunAsync(plan, new StudyOutput { Files = [folder[name]] }))).Message;

    private string Merge(params string[] parts) =>
        Should.Throw<InputException>(() => StudyMerge.Merge(folder["m.csv"], [.. parts.Select(p => folder[p])])).Message;

    private static long Count(string path, string query)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = query;
        return (long)command.ExecuteScalar()!;
    }

    // looked at twice in every play, so it cancels in the midst of them whatever the machine's speed
    private sealed class CancellingClock(CancellationTokenSource cancel, int looks) : TimeProvider
    {
        private int left = looks;

        public override long GetTimestamp()
        {
            if (Interlocked.Decrement(ref left) == 0)
            {
                cancel.Cancel();
            }

            return base.GetTimestamp();
        }
    }
}
