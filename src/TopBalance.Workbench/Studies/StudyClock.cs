using System.Globalization;
using TopBalance.Workbench.Simulations;

namespace TopBalance.Workbench.Studies;

/// <summary>How long the plays that are left will take: methods differ a thousandfold, so each is timed by itself.</summary>
internal sealed class StudyClock
{
    private readonly TimeProvider time;
    private readonly int threads;
    private readonly long total;
    private readonly long[] left;
    private readonly (long Plays, double Seconds)[] timed;
    private readonly Lock gate = new();

    public StudyClock(StudyPlan plan, long done, int threads, TimeProvider time)
    {
        (this.threads, this.time, total) = (threads, time, plan.Count);
        left = new long[plan.Methods.Length];
        timed = new (long, double)[left.Length];
        for (long n = done; n < total; n++)
        {
            left[plan[n].Method]++;
        }
    }

    /// <summary>Plays and notes how long it took.</summary>
    public StudyRow Timed(StudyTask task, Func<StudyTask, StudyRow> play)
    {
        long begun = time.GetTimestamp();
        StudyRow row = play(task);
        double seconds = time.GetElapsedTime(begun).TotalSeconds;
        lock (gate)
        {
            left[task.Method]--;
            timed[task.Method] = (timed[task.Method].Plays + 1, timed[task.Method].Seconds + seconds);
        }

        return row;
    }

    /// <summary>E.g. <c>1200 of 3600 plays (33 %), about 2 min 10 s left</c>.</summary>
    public string Text(long done) => string.Create(
        CultureInfo.InvariantCulture, $"{done} of {total} plays ({100.0 * done / total:0} %), about {Wording.Duration(Math.Ceiling(SecondsLeft()))} left");

    private double SecondsLeft()
    {
        lock (gate)
        {
            double usual = timed.Sum(t => t.Seconds) / Math.Max(1, timed.Sum(t => t.Plays));
            return left.Select((n, m) => n * (timed[m].Plays > 0 ? timed[m].Seconds / timed[m].Plays : usual)).Sum() / threads;
        }
    }
}
