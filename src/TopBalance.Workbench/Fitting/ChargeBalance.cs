using System.Collections.Immutable;

namespace TopBalance.Workbench.Fitting;

/// <summary>Capacity and coulombic efficiency of a cell from logs that go from full to empty and back, and what each log's ammeter is off.</summary>
internal sealed class ChargeBalance
{
    // a log that counts more than this share off the capacity has an ammeter error worth a note
    private const double NotedShare = 0.01;

    // capacities an hour, rests included: slower than this a pass counts the capacity; faster ones only where there is none
    private const double SlowRate = 0.04;

    private ChargeBalance(double capacityAh, double capacitySigma, double efficiency, double efficiencySigma)
    {
        CapacityAh = capacityAh;
        CapacitySigma = capacitySigma;
        Efficiency = efficiency;
        EfficiencySigma = efficiencySigma;
    }

    public double CapacityAh { get; }

    /// <summary>Ah; 0 where the capacity was given.</summary>
    public double CapacitySigma { get; }

    public double Efficiency { get; }

    /// <summary>0 where it was given or cannot be found.</summary>
    public double EfficiencySigma { get; }

    /// <summary>The logs, with currents put right where an ammeter drifted.</summary>
    public ImmutableArray<CellLog> Logs { get; private set; } = [];

    /// <summary>What was found and put right, a sentence each.</summary>
    public ImmutableArray<string> Notes { get; private set; } = [];

    /// <summary>Finds them.</summary>
    /// <returns>Null if no log says what the capacity is and none was given.</returns>
    public static ChargeBalance? Find(ImmutableArray<CellLog> logs, FitOptions options)
    {
        var notes = new List<string>();
        List<(CellLog Log, double Ah, double Rate)> passes = [.. logs.SelectMany(l => FullToEmpty(l, options).Select(p => (l, p.Ah, p.Rate)))];
        if (options.Capacity is null && passes.Count == 0)
        {
            return null;
        }

        // slow passes have the least of the ammeter's errors of range and of sag at the end
        List<double> slow = [.. passes.Where(p => p.Rate < SlowRate).Select(p => p.Ah)];
        List<double> counted = slow.Count > 0 ? slow : [.. passes.Select(p => p.Ah)];
        double capacity = options.Capacity?.Value ?? Median(counted);
        double sigma = options.Capacity is null ? Math.Max(0.002 * capacity, Spread(counted)) : 0;
        (double efficiency, double efficiencySigma) = Efficiencies(logs, capacity, options, notes);
        ImmutableArray<CellLog> closed = [.. logs.Select(l => Closed(l, capacity, efficiency, options, notes))];
        return new ChargeBalance(capacity, sigma, efficiency, efficiencySigma) { Logs = closed, Notes = [.. notes] };
    }

    private static IEnumerable<(double Ah, double Rate)> FullToEmpty(CellLog log, FitOptions options)
    {
        var count = new ChargeCount(log, 1);
        double guess = options.Capacity?.Value ?? count.RangeAh;
        ImmutableArray<SocAnchor> anchors = count.Anchors(guess, options);
        for (int k = 1; k < anchors.Length; k++)
        {
            if (anchors[k - 1].Soc > 0.9 && anchors[k].Soc == 0)
            {
                double ah = (anchors[k - 1].Ah - anchors[k].Ah) / anchors[k - 1].Soc;
                double hours = Hours(log, anchors[k - 1].Stretch, anchors[k].Stretch);
                yield return (ah, 1 / Math.Max(hours, 1e-3));
            }
        }
    }

    private static double Hours(CellLog log, int first, int last) =>
        Enumerable.Range(first, last - first + 1).Sum(s => log.Stretches[s].Seconds[^1] - log.Stretches[s].Seconds[0]) / 3600;

    // from full to empty and back the count must come to the capacity: what is missing is put down to a constant error of the ammeter while
    // current flows, which for a constant current is the same as an error of its scale
    private static CellLog Closed(CellLog log, double capacity, double efficiency, FitOptions options, List<string> notes)
    {
        ImmutableArray<SocAnchor> anchors = new ChargeCount(log, efficiency).Anchors(capacity, options);
        for (int k = 1; k < anchors.Length; k++)
        {
            SocAnchor from = anchors[k - 1];
            SocAnchor to = anchors[k];
            if (Math.Abs(from.Soc - to.Soc) < 0.5)
            {
                continue;
            }

            double missing = ((to.Soc - from.Soc) * capacity) - (to.Ah - from.Ah);
            double seconds = Enumerable.Range(from.Stretch, to.Stretch - from.Stretch + 1).Sum(s => FlowingSeconds(log.Stretches[s], capacity));
            double offset = missing * 3600 / Math.Max(1, seconds);
            if (Math.Abs(missing) > NotedShare * capacity)
            {
                notes.Add(FormattableString.Invariant(
                    $"{log.Stretches[from.Stretch].Source}: counts {Math.Abs(to.Ah - from.Ah):0.000} Ah where {Math.Abs(to.Soc - from.Soc) * capacity:0.000} were expected; the current was put right by {offset * 1000:+0.0;-0.0} mA while it flowed"));
            }

            log = Shifted(log, from.Stretch, to.Stretch, offset, capacity);
        }

        return log;
    }

    private static CellLog Shifted(CellLog log, int first, int last, double offset, double capacity)
    {
        ImmutableArray<LogStretch> stretches = log.Stretches;
        for (int s = first; s <= last; s++)
        {
            ImmutableArray<double> amps = [.. stretches[s].Amps.Select(a => Flows(a, capacity) ? a + offset : a)];
            stretches = stretches.SetItem(s, stretches[s] with { Amps = amps });
        }

        return log with { Stretches = stretches };
    }

    private static bool Flows(double amps, double capacity) => Math.Abs(amps) > capacity / 300;

    private static double FlowingSeconds(LogStretch stretch, double capacity) =>
        Enumerable.Range(1, stretch.Seconds.Length - 1)
            .Where(k => Flows(stretch.Amps[k], capacity))
            .Sum(k => stretch.Seconds[k] - stretch.Seconds[k - 1]);

    private static (double Efficiency, double Sigma) Efficiencies(
        ImmutableArray<CellLog> logs, double capacity, FitOptions options, List<string> notes)
    {
        if (options.Efficiency is { } given)
        {
            return (given, 0);
        }

        List<(double Efficiency, double Rate)> loops = [.. logs.SelectMany(l => Loops(l, capacity, options))];
        List<double> slow = [.. loops.Where(l => l.Rate < SlowRate).Select(l => l.Efficiency)];
        List<double> found = slow.Count > 0 ? slow : [.. loops.Select(l => l.Efficiency)];
        if (found.Count == 0)
        {
            notes.Add("coulombic efficiency: no log goes from full to empty and back to full; taken as 1");
            return (1, 0);
        }

        double middle = Median(found);
        if (middle > 1)
        {
            notes.Add(FormattableString.Invariant(
                $"coulombic efficiency: the logs count {middle:0.0000}, which is an error of the ammeter; taken as 1"));
        }

        return (Math.Min(1, middle), Math.Max(0.002, Spread(found)));
    }

    // what came out between full and empty over what went in between empty and full
    private static IEnumerable<(double Efficiency, double Rate)> Loops(CellLog log, double capacity, FitOptions options)
    {
        ImmutableArray<SocAnchor> anchors = new ChargeCount(log, 1).Anchors(capacity, options);
        for (int k = 2; k < anchors.Length; k++)
        {
            if (anchors[k - 2].Soc > 0.9 && anchors[k - 1].Soc == 0 && anchors[k].Soc > 0.9)
            {
                double drawn = (anchors[k - 2].Ah - anchors[k - 1].Ah) / anchors[k - 2].Soc;
                double hours = Hours(log, anchors[k - 2].Stretch, anchors[k].Stretch);
                yield return (drawn / (anchors[k].Ah - anchors[k - 1].Ah), 2 / Math.Max(hours, 1e-3));
            }
        }
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private static double Spread(List<double> values)
    {
        if (values.Count < 2)
        {
            return 0;
        }

        double mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
    }
}
