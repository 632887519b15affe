using TopBalance.Workbench.Files;
using TopBalance.Workbench.Studies;

namespace TopBalance.Workbench.Tests.Studies;

public sealed class ShardTests
{
    [Theory]
    [InlineData("1/1", 1, 1)]
    [InlineData("3/16", 3, 16)]
    [InlineData("16/16", 16, 16)]
    public void A_shard_is_numbered_from_one(string text, int number, int of) => Parse(text).ShouldBe(new Shard(number, of));

    [Theory]
    [InlineData("0/4")]
    [InlineData("5/4")]
    [InlineData("4")]
    [InlineData("a/4")]
    [InlineData("1/0")]
    [InlineData("1/4/2")]
    [InlineData("-1/4")]
    [InlineData("1.5/4")]
    [InlineData("")]
    public void Anything_else_is_refused(string text) => Should.Throw<InputException>(() => Parse(text)).Message.ShouldStartWith("--shard: ");

    [Theory]
    [InlineData("0", "0", null, "4", "1/4")]
    [InlineData("7", "4", null, "4", "4/4")]
    [InlineData("10", "2", "4", "3", "3/3")]
    public void Slurm_numbers_an_array_from_where_it_likes(string id, string least, string? step, string count, string expected) =>
        Shard.Parse("slurm", Slurm(id, least, step, count)).ToString().ShouldBe(expected);

    [Theory]
    [InlineData(null, "0", "4", "SLURM_ARRAY_TASK_ID is not set")]
    [InlineData("1", null, "4", "SLURM_ARRAY_TASK_MIN is not set")]
    [InlineData("1", "0", null, "SLURM_ARRAY_TASK_COUNT is not set")]
    [InlineData("1x", "0", "4", "SLURM_ARRAY_TASK_ID is '1x', expected a whole number")]
    [InlineData("7", "1", "3", "number the array without gaps")]
    public void An_array_that_does_not_say_which_part_this_is_is_refused(string? id, string? least, string? count, string complaint) =>
        Should.Throw<InputException>(() => Shard.Parse("slurm", Slurm(id, least, null, count))).Message.ShouldContain(complaint);

    [Fact]
    public void Kubernetes_numbers_its_pods_from_zero()
    {
        Func<string, string?> Pod(string? index) => name => name == Shard.KubernetesIndex ? index : null;

        Shard.Parse("index/4", Pod("0")).ShouldBe(new Shard(1, 4));
        Shard.Parse("index/4", Pod("3")).ShouldBe(new Shard(4, 4));
        Should.Throw<InputException>(() => Shard.Parse("index/4", Pod("4"))).Message.ShouldContain("JOB_COMPLETION_INDEX is 4, expected 0 to 3");
        Should.Throw<InputException>(() => Shard.Parse("index/4", Pod(null))).Message.ShouldContain("JOB_COMPLETION_INDEX is not set");
    }

    [Theory]
    [InlineData(10, 4)]
    [InlineData(3, 5)]
    [InlineData(1, 1)]
    public void Shards_share_all_plays(long tasks, int of) =>
        Enumerable.Range(1, of).Sum(k => StudyPlan.CountOf(tasks, new Shard(k, of))).ShouldBe(tasks);

    private static Shard Parse(string text) => Shard.Parse(text, _ => null);

    private static Func<string, string?> Slurm(string? id, string? least, string? step, string? count) => name => name switch
    {
        Shard.SlurmId => id,
        Shard.SlurmMin => least,
        Shard.SlurmStep => step,
        Shard.SlurmCount => count,
        _ => null,
    };
}
