using System.Collections.Immutable;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Fitting;

/// <summary>An instant of a log at which the state of charge is known.</summary>
/// <param name="Stretch">Index of the stretch.</param>
/// <param name="Ah">Charge counted from the start of the log, Ah.</param>
/// <param name="Soc">What is known.</param>
/// <param name="Sigma">How well.</param>
internal readonly record struct SocAnchor(int Stretch, double Ah, double Soc, double Sigma);

/// <summary>
/// Counts the charge of one log from end to end and finds where the cell is full (held at full_v until C/20) or empty (held at min_v until
/// C/15, or the lowest point it was drained to).
/// </summary>
internal sealed class ChargeCount
{
    private const double VoltsNearFull = 0.004, VoltsNearEmpty = 0.05;
    private const double FullRate = 0.05, EmptyRate = 1.0 / 15, RestRate = 1.0 / 200;

    // a cell rested after a full charge stands this little below full_v at least (A002: 3.54 V of 3.6 V)
    private const double RestedFullVolts = 0.12;

    private readonly double[][] countedAh;

    public ChargeCount(CellLog log, double efficiency)
    {
        Log = log;
        countedAh = new double[log.Stretches.Length][];
        double ah = 0;
        for (int s = 0; s < log.Stretches.Length; s++)
        {
            LogStretch stretch = log.Stretches[s];
            double[] counted = new double[stretch.Seconds.Length];
            counted[0] = ah;
            for (int k = 1; k < counted.Length; k++)
            {
                double passed = stretch.Amps[k] * (stretch.Seconds[k] - stretch.Seconds[k - 1]) / 3600;
                counted[k] = counted[k - 1] + (passed > 0 ? efficiency * passed : passed);
            }

            ah = counted[^1];
            countedAh[s] = counted;
        }
    }

    public CellLog Log { get; }

    /// <summary>Charge counted at the start of a stretch, Ah.</summary>
    public double StartAh(int stretch) => countedAh[stretch][0];

    /// <summary>The widest range that was passed through, Ah.</summary>
    public double RangeAh => countedAh.Max(c => c.Max()) - countedAh.Min(c => c.Min());

    /// <summary>Every instant at which the state of charge is known, in order.</summary>
    public ImmutableArray<SocAnchor> Anchors(double capacityAh, FitOptions options)
    {
        var anchors = new List<SocAnchor>();
        AddRestedFull(anchors, capacityAh, options);
        for (int s = 0; s < Log.Stretches.Length; s++)
        {
            AddWithin(anchors, s, capacityAh, options);
        }

        return [.. anchors];
    }

    private void AddRestedFull(List<SocAnchor> anchors, double capacityAh, FitOptions options)
    {
        LogStretch first = Log.Stretches[0];
        if (Math.Abs(first.Amps[0]) < RestRate * capacityAh && first.Volts[0] > options.Full.Value - RestedFullVolts)
        {
            anchors.Add(new SocAnchor(0, 0, options.RestedFullSoc, 0.006));
        }
    }

    private void AddWithin(List<SocAnchor> anchors, int s, double capacityAh, FitOptions options)
    {
        LogStretch stretch = Log.Stretches[s];
        bool full = false;
        for (int k = 1; k < stretch.Seconds.Length; k++)
        {
            double amps = stretch.Amps[k];
            if (amps > 0 && !full && stretch.Volts[k] >= options.Full.Value - VoltsNearFull && amps <= FullRate * 1.05 * capacityAh)
            {
                // reached at less than C/20 the cell was full a little before
                bool held = stretch.Amps[k - 1] > FullRate * capacityAh || stretch.Volts[k - 1] >= options.Full.Value - VoltsNearFull;
                anchors.Add(new SocAnchor(s, countedAh[s][k], 1, held ? 0.002 : 0.0015));
                full = true;
            }
            else if (amps < 0)
            {
                full &= amps > -FullRate * capacityAh;
                bool empty = stretch.Volts[k] <= options.Min.Value + VoltsNearEmpty && amps >= -EmptyRate * capacityAh;
                if (empty)
                {
                    AddEmpty(anchors, new SocAnchor(s, countedAh[s][k], 0, 0.003));
                }
            }
        }
    }

    // the lowest point counts, of several one after the other
    private static void AddEmpty(List<SocAnchor> anchors, SocAnchor empty)
    {
        if (anchors is [.., { Soc: 0 } last])
        {
            if (empty.Ah >= last.Ah)
            {
                return;
            }

            anchors.RemoveAt(anchors.Count - 1);
        }

        anchors.Add(empty);
    }
}
