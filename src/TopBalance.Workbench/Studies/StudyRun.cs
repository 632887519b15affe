using System.Collections.Immutable;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Studies;

/// <summary>How and where to a study is played.</summary>
public sealed record StudyOutput
{
    /// <summary>Files of results, CSV or SQLite by their names; the first is the one that a study goes on from. May be empty.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>How many plays at a time, at least 1. Default one per core.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Throws away what is in the files.</summary>
    public bool Afresh { get; init; }

    /// <summary>The clock of the time left.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>Plays a study, writes its rows as they come and goes on after an interruption.</summary>
public sealed class StudyRun
{
    private const int AheadPerThread = 16;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private readonly StudyPlan plan;
    private readonly StudyOutput output;
    private readonly StudyLines lines;
    private readonly StudyPlays plays;
    private readonly StudyTally tally;

    private StudyRun(StudyPlan plan, StudyOutput output)
    {
        (this.plan, this.output) = (plan, output);
        (lines, plays, tally) = (StudyLines.Of(plan), new StudyPlays(plan), new StudyTally(plan.Header));
    }

    /// <summary>Plays what is not played yet, to the end.</summary>
    /// <param name="plan">What to play.</param>
    /// <param name="output">How and where to.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="cancellationToken">Rows that were written stay, and the next run goes on behind them.</param>
    /// <exception cref="InputException">A file cannot be written or holds something else.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<StudySummary> RunAsync(
        StudyPlan plan, StudyOutput output, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentOutOfRangeException.ThrowIfLessThan(output.Threads, 1);
        CheckFiles(plan, output);
        var run = new StudyRun(plan, output);
        await run.RunAsync(progress, cancellationToken);
        string? Impossible(int variant, int method) => plan.Methods[method].ImpossibleBecause(plan.Variants[variant].Pack);
        return run.tally.Summary(Impossible) with { Written = output.Files };
    }

    // what is wrong with a file is said before an hour of plays
    private static void CheckFiles(StudyPlan plan, StudyOutput output)
    {
        foreach (string file in output.Files)
        {
            AtomicFile.Check(file);
            if (!output.Afresh && File.Exists(file))
            {
                StudyResults.CheckSame(file, StudyResults.Open(file).Header, plan.Header);
            }
        }
    }

    private async Task RunAsync(IProgress<string>? progress, CancellationToken cancellationToken)
    {
        if (output.Files.IsEmpty)
        {
            await PlayAsync(null, null, progress, cancellationToken);
            return;
        }

        string first = output.Files[0];
        IEnumerable<string> others = output.Files.Skip(1);
        if (File.Exists(first) && !output.Afresh)
        {
            TakeOver(StudyResults.Open(first), others.Where(f => !File.Exists(f)));
            return;
        }

        using var file = StudyFile.Open(StudyFile.PathOf(first), plan, output.Afresh);
        string? live = output.Files.Where(StudyResults.IsDatabaseName).Select(f => f + ".live").FirstOrDefault();
        await PlayIntoAsync(file, live, progress, cancellationToken);

        // those beside the first come before it is there: a run that ends in between finishes from the partial file
        foreach (string other in others)
        {
            StudyResults.Write(other, plan.Header, lines, file.Read());
        }

        if (StudyResults.IsDatabaseName(first))
        {
            StudyResults.Write(first, plan.Header, lines, file.Read());
            file.Delete();
        }
        else
        {
            file.Finish(first);
        }

        File.Delete(live ?? first + ".live");
    }

    // nothing is left to play: what is there is read, and written where it is missing
    private void TakeOver(StudyResults finished, IEnumerable<string> missing)
    {
        foreach (StudyRow row in finished.Rows())
        {
            tally.Add(row);
        }

        foreach (string file in missing)
        {
            StudyResults.Write(file, plan.Header, lines, finished.Rows());
        }
    }

    private async Task PlayIntoAsync(StudyFile file, string? live, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        using StudyDatabase? growing = live is null ? null : StudyDatabase.Grow(live, plan.Header);
        foreach (StudyRow row in file.Read())
        {
            tally.Add(row);
            growing?.Add(row);
        }

        growing?.Commit();
        await PlayAsync(file, growing, progress, cancellationToken);
        growing?.Commit();
    }

    // plays run side by side, at most so many ahead; rows are taken in their order
    private async Task PlayAsync(StudyFile? file, StudyDatabase? growing, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        long next = file?.Rows ?? 0;
        var clock = new StudyClock(plan, next, output.Threads, output.Time);
        TaskScheduler side = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, output.Threads).ConcurrentScheduler;
        var running = new Queue<Task<StudyRow>>();
        long shown = output.Time.GetTimestamp();
        for (long done = next; done < plan.Count; done++)
        {
            for (; next < plan.Count && running.Count < AheadPerThread * output.Threads; next++)
            {
                StudyTask task = plan[next];
                running.Enqueue(Task.Factory.StartNew(() => clock.Timed(task, plays.Play), cancellationToken, TaskCreationOptions.None, side));
            }

            // a play is not interrupted: Ctrl-C leaves it behind
            StudyRow row = await running.Dequeue().WaitAsync(cancellationToken);
            file?.Append(lines.Line(row));
            growing?.Add(row);
            tally.Add(row);
            if (output.Time.GetElapsedTime(shown) > Beat)
            {
                shown = output.Time.GetTimestamp();
                growing?.Commit();
                progress?.Report(clock.Text(done + 1));
            }
        }
    }
}
