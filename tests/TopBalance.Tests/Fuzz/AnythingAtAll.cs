using System.Globalization;
using TopBalance.Packs;
using TopBalance.Simulation;

namespace TopBalance.Tests.Fuzz;

/// <summary>
/// Any pack, broken in any way, with anything done to it: the engine comes to an end with figures that add up. <c>TOPBALANCE_LONG=1</c>
/// plays a hundred times as many; <c>TOPBALANCE_SEED</c> plays one seed alone.
/// </summary>
public sealed class AnythingAtAll
{
    private const int Blocks = 4, SeedsPerBlock = 60, LongSeedsPerBlock = 6000;

    // prevents hangs, measures nothing: a run takes milliseconds, a few of them seconds
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Blocks)];

    [Theory]
    [MemberData(nameof(Numbers))]
    [Trait("Category", "Slow")]
    public async Task Comes_to_an_end_with_figures_that_add_up(int block)
    {
        var failures = new List<string>();
        foreach (ulong seed in Seeds(block))
        {
            if (await FaultInTime(seed) is { } fault)
            {
                failures.Add($"seed {seed}: {fault}");
            }
        }

        failures.ShouldBeEmpty($"{failures.Count} seeds fail");
    }

    [Fact]
    public void A_step_that_makes_no_sense_is_refused_before_anything_is_played()
    {
        for (ulong seed = 0; seed < 50; seed++)
        {
            PackModel model = PackDraw.Draw(AnyPack.Of(seed));
            var beyond = new CellNumber(model.Cells.Length + 1);
            Step drain = new DrainCell(beyond, DrainLoadSpec.Resistor(new(3.3)), new(60));

            Should.Throw<ArgumentException>(() => new PackSimulator().Run(model, [.. AnySteps.Of(model, seed), drain]), $"seed {seed}");
        }
    }

    private static IEnumerable<ulong> Seeds(int block)
    {
        if (Environment.GetEnvironmentVariable("TOPBALANCE_SEED") is { Length: > 0 } one)
        {
            return block == 0 ? [ulong.Parse(one, CultureInfo.InvariantCulture)] : [];
        }

        int count = Environment.GetEnvironmentVariable("TOPBALANCE_LONG") is "1" ? LongSeedsPerBlock : SeedsPerBlock;
        return Enumerable.Range(0, count).Select(k => (ulong)((k * Blocks) + block));
    }

    private static async Task<string?> FaultInTime(ulong seed)
    {
        try
        {
            return await Task.Run(() => Fault(seed)).WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            return "is still running";
        }
    }

    // what is wrong with a run, in a line; null if nothing is
    private static string? Fault(ulong seed)
    {
        string did = "";
        try
        {
            PackModel model = PackDraw.Draw(AnyPack.Of(seed));
            Step[] steps = AnySteps.Of(model, seed);
            did = $" (cells: {model.Cells.Length}, steps: {string.Join(", ", steps.Select(s => s.GetType().Name))})";
            PackRun run = new PackSimulator().Run(model, steps);
            return RunAudit.Fault(run, steps, seed) is { } fault ? fault + did : null;
        }
        catch (Exception e)
        {
            return $"{e.GetType().Name}: {e.Message} {e.StackTrace?.Split('\n')[0].Trim()}{did}";
        }
    }
}
