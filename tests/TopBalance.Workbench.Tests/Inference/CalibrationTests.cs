using System.Diagnostics;
using TopBalance.Acceptance.Calibration;
using TopBalance.Inference;
using TopBalance.Workbench.Files;
using Xunit.Abstractions;

namespace TopBalance.Workbench.Tests.Inference;

/// <summary>A few packs of <c>bench/calibration</c>, coarsely: enough to see that something is broken, not how good it is.</summary>
public sealed class CalibrationTests(ITestOutputHelper output)
{
    private static readonly CalibrationPlan Plan = new() { Packs = 50, First = 10_001, Size = new BeliefSize(40, 16), MostCells = 8 };

    [Fact]
    public void Nine_truths_in_ten_lie_inside_their_interval()
    {
        var watch = Stopwatch.StartNew();
        CalibrationRun run = CalibrationRun.Play(Plan, PartLibrary.BesideProgram, (_, _) => { });
        CellRow[] end = [.. run.Rows.Where(r => r.Instant.HasFlag(Instant.Last))];
        Share held = Share.Of(end, r => r.Held);
        output.WriteLine($"seeds {Plan.First} to {run.Trials[^1].Seed}, packs of at most {Plan.MostCells} cells: {100 * held.Mean:0.0} ± {100 * held.Error:0.0} % of {end.Length} inside, "
            + $"{watch.Elapsed.TotalSeconds:0} s");
        foreach (var pack in end.GroupBy(r => r.Seed).Where(g => g.Count(r => !r.Held) > 0.5 * g.Count()))
        {
            output.WriteLine($"seed {pack.Key}: {pack.Count(r => !r.Held)} of {pack.Count()} outside");
        }

        run.Trials.Where(t => t.Failure is not null).Select(t => $"seed {t.Seed}: {t.Failure}").ShouldBeEmpty();
        run.Rows.Where(r => r.IsBroken).Select(r => r.ToString()).ShouldBeEmpty();

        // 50 small packs know it to 3 %, and few draws are a little too sure of what they have seen
        held.Mean.ShouldBeInRange(0.82, 0.98);
    }

    [Fact]
    public void The_same_seeds_give_the_same_rows_whatever_the_threads()
    {
        CalibrationPlan few = Plan with { Packs = 4 };
        CalibrationRun one = CalibrationRun.Play(few, PartLibrary.BesideProgram, (_, _) => { });

        CalibrationRun.Play(few with { Threads = 3 }, PartLibrary.BesideProgram, (_, _) => { }).Rows.ShouldBe(one.Rows);
    }
}
