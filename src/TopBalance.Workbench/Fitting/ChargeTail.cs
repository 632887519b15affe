using System.Collections.Immutable;

namespace TopBalance.Workbench.Fitting;

/// <summary>Charge still to come when a charge showed a voltage for the first time.</summary>
/// <param name="Volts">The voltage, V.</param>
/// <param name="ToFullVoltsAh">To the moment it first showed full_v, Ah.</param>
/// <param name="ToFullAh">To full (held at full_v until C/20, or until the end of the log if the capacity is not known), Ah.</param>
public sealed record KneeRow(double Volts, double ToFullVoltsAh, double ToFullAh);

/// <summary>Charge still to come when the current, at constant voltage, had fallen to a value.</summary>
/// <param name="Amps">The current, A.</param>
/// <param name="ToFullAh">To full, Ah.</param>
public sealed record TaperRow(double Amps, double ToFullAh);

/// <summary>
/// What a single charge to the top says without any model: how much is still to come at each voltage and, at constant voltage, at each
/// current. It needs no capacity and no discharge.
/// </summary>
/// <param name="Source">Where in the log.</param>
/// <param name="Amps">Median current before full_v, A.</param>
/// <param name="Knee">By voltage.</param>
/// <param name="Taper">By current; empty where the charge ended at full_v.</param>
public sealed record ChargeTail(string Source, double Amps, ImmutableArray<KneeRow> Knee, ImmutableArray<TaperRow> Taper)
{
    private const double VoltsNearFull = 0.004;

    private static readonly ImmutableArray<double> Below = [0.22, 0.2, 0.15, 0.1, 0.05];

    private static readonly ImmutableArray<double> Shares = [0.75, 0.5, 0.25, 0.1];

    /// <summary>Every charge of the logs that came to full_v.</summary>
    /// <param name="logs">The logs.</param>
    /// <param name="options">full_v, and the capacity if it is known.</param>
    public static ImmutableArray<ChargeTail> Find(ImmutableArray<CellLog> logs, FitOptions options) =>
        [.. logs.SelectMany(l => l.Stretches).Select(s => Of(s, options)).OfType<ChargeTail>()];

    private static ChargeTail? Of(LogStretch stretch, FitOptions options)
    {
        double full = options.Full.Value - VoltsNearFull;
        int end = Enumerable.Range(0, stretch.Volts.Length).FirstOrDefault(k => stretch.Amps[k] > 0 && stretch.Volts[k] >= full, -1);
        int begin = end;
        while (begin > 0 && stretch.Amps[begin - 1] > 0)
        {
            begin--;
        }

        if (end < 0 || begin == end || stretch.Volts[begin] > full - Below[^1])
        {
            return null;
        }

        double[] counted = new double[stretch.Volts.Length];
        for (int k = begin + 1; k < counted.Length; k++)
        {
            counted[k] = counted[k - 1] + (stretch.Amps[k] * (stretch.Seconds[k] - stretch.Seconds[k - 1]) / 3600);
        }

        int last = Last(stretch, end, full, options.Capacity?.Value);
        double[] flowing = [.. stretch.Amps.Skip(begin).Take(end - begin).Order()];
        double amps = flowing[flowing.Length / 2];
        return new ChargeTail(
            stretch.Source,
            amps,
            [.. Below.Select(b => options.Full.Value - b).Where(v => stretch.Volts[begin] < v).Select(v => Row(stretch, counted, begin, end, last, v))],
            [.. Shares.Select(s => s * amps).Select(a => Tapered(stretch, counted, end, last, a)).OfType<TaperRow>()]);
    }

    // full is C/20 where the capacity is known, else where the charge ended
    private static int Last(LogStretch stretch, int end, double full, double? capacityAh)
    {
        int k = end;
        while (k + 1 < stretch.Amps.Length && stretch.Amps[k + 1] > 0 && stretch.Volts[k + 1] >= full && !(stretch.Amps[k] <= capacityAh / 20))
        {
            k++;
        }

        return k;
    }

    private static KneeRow Row(LogStretch stretch, double[] counted, int begin, int end, int last, double volts)
    {
        int first = Enumerable.Range(begin, end - begin + 1).First(k => stretch.Volts[k] >= volts);
        return new KneeRow(volts, counted[end] - counted[first], counted[last] - counted[first]);
    }

    private static TaperRow? Tapered(LogStretch stretch, double[] counted, int end, int last, double amps)
    {
        int at = Enumerable.Range(end, last - end + 1).FirstOrDefault(k => stretch.Amps[k] <= amps, -1);
        return at < 0 || at >= last ? null : new TaperRow(amps, counted[last] - counted[at]);
    }
}
