using TopBalance.Planning;

namespace TopBalance.Workbench.Planning;

/// <summary>Plays methods on several threads, each with a stage of its own.</summary>
internal sealed class Playing(int threads, IProgress<string>? progress, CancellationToken cancellationToken)
{
    /// <summary>Plays each method on the packs up to its number, pack by pack, so that a stop leaves all equally far.</summary>
    /// <param name="rehearsal">Where the packs are.</param>
    /// <param name="what">What is being played, for people.</param>
    /// <param name="rounds">Each method with how many packs it shall have been played on then.</param>
    /// <returns>False if it was stopped.</returns>
    public bool Play(Rehearsal rehearsal, string what, params IReadOnlyList<(MethodPlays Plays, int UpTo)> rounds)
    {
        (MethodPlays Plays, int Pack)[] jobs =
        [
            .. Enumerable.Range(0, rounds.Select(r => r.UpTo).DefaultIfEmpty().Max())
                .SelectMany(k => rounds.Where(r => k < r.UpTo && !r.Plays.Has(k)).Select(r => (r.Plays, k))),
        ];
        (int taken, int finished) = (0, 0);
        Task[] working = [.. Enumerable.Range(0, Math.Clamp(jobs.Length, 1, threads)).Select(_ => Task.Run(Work))];
        bool whole = Finish(working);
        foreach ((MethodPlays plays, _) in rounds)
        {
            plays.CountUp();
        }

        return whole;

        void Work()
        {
            Stage stage = rehearsal.NewStage();
            for (int k = Interlocked.Increment(ref taken) - 1; k < jobs.Length; k = Interlocked.Increment(ref taken) - 1)
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    return;
                }

                jobs[k].Plays.Keep(jobs[k].Pack, stage.Play(jobs[k].Plays.Method, jobs[k].Pack));
                progress?.Report(FormattableString.Invariant($"{what}, {Interlocked.Increment(ref finished)} of {jobs.Length} plays"));
            }
        }
    }

    // a play is not interrupted: a stop leaves it behind, and what it brings then is not counted
    private bool Finish(Task[] working)
    {
        try
        {
            Task.WaitAll(working, cancellationToken);
            return !cancellationToken.IsCancellationRequested;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
