using System.Collections.Immutable;
using TopBalance.Inference;
using TopBalance.Packs;
using TopBalance.Practice;
using TopBalance.Workbench.Files;

namespace TopBalance.Acceptance.Calibration;

/// <summary>What is asked for.</summary>
internal sealed record CalibrationPlan
{
    public int Packs { get; init; } = 1000;

    public ulong First { get; init; } = 1;

    public int Threads { get; init; } = 1;

    public BeliefSize Size { get; init; } = BeliefSize.Usual;

    public double PriorScale { get; init; } = 1;

    /// <summary>Larger packs are passed over.</summary>
    public int MostCells { get; init; } = PackSpec.MostSeries;
}

/// <summary>Many trials. The same plan gives the same rows, whatever the threads.</summary>
internal sealed record CalibrationRun(CalibrationPlan Plan, ImmutableArray<PackTrial> Trials)
{
    // as many as come to the end of a charge on their own
    private const double LowChargers = 0.25;

    public ImmutableArray<CellRow> Rows => [.. Trials.SelectMany(t => t.Rows)];

    public static CalibrationRun Play(CalibrationPlan plan, PartLibrary library, Action<int, PackTrial> played)
    {
        var packs = new RandomPacks(PackTrial.Parts(library)) { LowChargers = LowChargers };
        ulong[] seeds = [.. Seeds(plan.First).Where(seed => packs.Draw(seed).Series <= plan.MostCells).Take(plan.Packs)];
        var trials = new PackTrial[plan.Packs];
        int count = 0;
        var gate = new Lock();

        // one after another: a range for each thread would leave the last one waiting
        int next = -1;
        Parallel.For(0, plan.Threads, new ParallelOptions { MaxDegreeOfParallelism = plan.Threads }, _ =>
        {
            for (int k = Interlocked.Increment(ref next); k < trials.Length; k = Interlocked.Increment(ref next))
            {
                trials[k] = PackTrial.Run(packs, seeds[k], plan.Size, plan.PriorScale);
                lock (gate)
                {
                    played(++count, trials[k]);
                }
            }
        });
        return new CalibrationRun(plan, [.. trials]);
    }

    private static IEnumerable<ulong> Seeds(ulong first)
    {
        for (ulong seed = first; ; seed++)
        {
            yield return seed;
        }
    }
}
