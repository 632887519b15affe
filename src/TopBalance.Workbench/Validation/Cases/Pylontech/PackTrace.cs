namespace TopBalance.Workbench.Validation.Cases.Pylontech;

/// <summary>A pack's voltages and shunts at instants, recorded or computed: both are evaluated by the same code.</summary>
/// <param name="Seconds">Instants from the start of the record, s.</param>
/// <param name="Volts">Per cell.</param>
/// <param name="Shunts">Per cell: the shunt conducts.</param>
internal sealed record PackTrace(double[] Seconds, double[][] Volts, bool[][] Shunts)
{
    private const double StaysSeconds = 1800;

    // a reading of exactly the level counts as reached
    private const double Rounding = 1e-6;

    /// <summary>Highest less lowest cell voltage at an instant, V.</summary>
    /// <param name="k">Index of the instant.</param>
    /// <param name="without">A cell that is left out, or null.</param>
    public double Spread(int k, int? without)
    {
        (double low, double high) = (double.MaxValue, double.MinValue);
        for (int c = 0; c < Volts.Length; c++)
        {
            if (c != without)
            {
                low = Math.Min(low, Volts[c][k]);
                high = Math.Max(high, Volts[c][k]);
            }
        }

        return high - low;
    }

    /// <summary>Hours until the spread is at a level or below and stays there for half an hour; NaN if it never does.</summary>
    public double HoursUntil(double volts, int? without)
    {
        int since = -1;
        for (int k = 0; k < Seconds.Length; k++)
        {
            if (Spread(k, without) > volts + Rounding)
            {
                since = -1;
                continue;
            }

            since = since < 0 ? k : since;
            if (Seconds[k] - Seconds[since] >= StaysSeconds)
            {
                return Seconds[since] / 3600;
            }
        }

        return double.NaN;
    }

    /// <summary>Share of the time in which shunts conduct, mean over the cells, between two instants.</summary>
    public double MeanOnShare(double fromSeconds, double toSeconds, int without)
    {
        int[] rows = [.. Enumerable.Range(0, Seconds.Length).Where(k => Seconds[k] >= fromSeconds && Seconds[k] <= toSeconds)];
        return Shunts.Where((_, c) => c != without).Average(s => rows.Average(k => s[k] ? 1.0 : 0));
    }
}
