using System.Runtime.InteropServices;

namespace TopBalance.Workbench.Fitting;

/// <summary>Finds rows that stand alone: a current or a voltage that neither neighbour knows of.</summary>
internal static class LogSpikes
{
    private const double Times = 10, JumpVolts = 0.5, AgreeVolts = 0.1;

    /// <summary>Takes them out of a list and reports each.</summary>
    public static void Drop(List<LogSample> samples, Action<LogDrop, int> report)
    {
        Span<LogSample> rows = CollectionsMarshal.AsSpan(samples);

        // the largest current that two rows in a row agree on; a real pulse has more than one row, or company of its size
        double confirmed = 0;
        for (int k = 1; k < rows.Length; k++)
        {
            confirmed = Math.Max(confirmed, Math.Min(Math.Abs(rows[k].Amps), Math.Abs(rows[k - 1].Amps)));
        }

        int kept = 0;
        bool begins = false;
        for (int k = 0; k < rows.Length; k++)
        {
            LogSample row = rows[k];
            LogDrop? reason = rows.Length > 2 && confirmed > 0 && Math.Abs(row.Amps) > Times * confirmed ? LogDrop.Current
                : Jumps(rows, k, kept) ? LogDrop.Spike
                : null;
            begins |= row.Begins;
            if (reason is { } why)
            {
                report(why, row.Line);
                continue;
            }

            row.Begins = begins;
            begins = false;
            rows[kept++] = row;
        }

        samples.RemoveRange(kept, samples.Count - kept);
    }

    private static bool Jumps(ReadOnlySpan<LogSample> rows, int k, int kept)
    {
        if (kept == 0 || k + 1 == rows.Length || rows[k].Begins || rows[k + 1].Begins)
        {
            return false;
        }

        LogSample before = rows[kept - 1], here = rows[k], after = rows[k + 1];
        double steady = 0.05 * Math.Max(Math.Abs(before.Amps), Math.Abs(after.Amps));
        return Math.Abs(before.Volts - after.Volts) < AgreeVolts
            && Math.Abs(here.Volts - before.Volts) > JumpVolts
            && Math.Abs(here.Volts - after.Volts) > JumpVolts
            && Math.Abs(here.Amps - before.Amps) <= steady
            && Math.Abs(here.Amps - after.Amps) <= steady;
    }
}
