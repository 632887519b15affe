using System.Runtime.InteropServices;

namespace TopBalance.Workbench.Fitting;

/// <summary>
/// Thins a log out: a row stays when voltage or current has moved or time has passed since the one before. Its current becomes the mean
/// since then, so that no charge is lost.
/// </summary>
internal static class LogThinning
{
    /// <summary>Rows this far apart stay, at a coarseness of 1.</summary>
    public const double Seconds = 60;

    private const double Volts = 0.5e-3, ShareOfCurrent = 0.005;

    /// <param name="samples">Rows, in order; afterwards fewer.</param>
    /// <param name="coarseness">1 keeps a row every 0.5 mV, 0.5 % of the largest current and 60 s; 2 every 1 mV and so on.</param>
    public static void Apply(List<LogSample> samples, double coarseness)
    {
        Span<LogSample> rows = CollectionsMarshal.AsSpan(samples);
        double amps = 0;
        foreach (LogSample row in rows)
        {
            amps = Math.Max(amps, Math.Abs(row.Amps));
        }

        double tolerance = Math.Max(1e-9, amps * ShareOfCurrent * coarseness);
        int kept = 0;
        double charge = 0;
        for (int k = 0; k < rows.Length; k++)
        {
            LogSample row = rows[k];
            bool last = k + 1 == rows.Length || rows[k + 1].Begins;
            charge += row.Begins ? 0 : row.Amps * (row.Seconds - rows[k - 1].Seconds);

            // the row before a step stays too: the old current has flowed until there
            bool steps = !last && Math.Abs(rows[k + 1].Amps - row.Amps) >= tolerance;
            if (!row.Begins && !last && !steps && !Moved(rows[kept - 1], row, tolerance, coarseness))
            {
                continue;
            }

            if (!row.Begins)
            {
                row.Amps = charge / (row.Seconds - rows[kept - 1].Seconds);
            }

            // rows up to k are read already: what is written lies at or below it
            rows[kept++] = row;
            charge = 0;
        }

        samples.RemoveRange(kept, samples.Count - kept);
    }

    private static bool Moved(in LogSample before, in LogSample row, double tolerance, double coarseness) =>
        Math.Abs(row.Volts - before.Volts) >= Volts * coarseness
        || Math.Abs(row.Amps - before.Amps) >= tolerance
        || row.Seconds - before.Seconds >= Seconds * coarseness;
}
