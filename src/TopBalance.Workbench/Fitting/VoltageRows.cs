namespace TopBalance.Workbench.Fitting;

/// <summary>
/// The voltage of a stretch as a sum over the unknowns of a fit, sample by sample: what the engine plays between two samples, with the
/// resistance of the interval's middle.
/// </summary>
internal sealed class VoltageRows
{
    private const double Nothing = 1e-13;

    private readonly FitGrid grid;
    private readonly double[][] polarisation;
    private readonly int[] indexes;
    private readonly double[] values;
    private int entries;

    public VoltageRows(FitGrid grid)
    {
        this.grid = grid;
        polarisation = [.. Enumerable.Range(0, grid.Pairs).Select(_ => new double[2 * grid.ResistanceSoc.Length])];
        indexes = new int[grid.Count + 1];
        values = new double[grid.Count + 1];
    }

    /// <summary>What a sample's row is handed to.</summary>
    /// <param name="sample">Index in the stretch.</param>
    /// <param name="indexes">Unknowns of the row.</param>
    /// <param name="values">Their factors.</param>
    public delegate void Visit(int sample, ReadOnlySpan<int> indexes, ReadOnlySpan<double> values);

    /// <summary>Goes through all samples that are compared.</summary>
    public void Walk(FitStretch stretch, in SlowParameters slow, double capacityAh, Visit visit)
    {
        foreach (double[] pair in polarisation)
        {
            Array.Clear(pair);
        }

        double hysteresis = stretch.StartHysteresis;
        double before = stretch.StartSoc;
        for (int k = 0; k < stretch.Seconds.Length; k++)
        {
            double soc = stretch.StartSoc + (stretch.ChargeAh[k] / capacityAh);
            double amps = stretch.Amps[k];
            if (k > 0)
            {
                double seconds = stretch.Seconds[k] - stretch.Seconds[k - 1];
                hysteresis = Follow(hysteresis, amps, soc - before, slow.Gamma);
                Relax(amps, (soc + before) / 2, seconds, slow);
            }

            before = soc;
            if (stretch.Weights[k] > 0)
            {
                entries = 0;
                AddOcv(soc);
                AddResistance(soc, amps);
                AddPolarisation();
                Add(grid.Hysteresis, hysteresis);
                visit(k, indexes.AsSpan(0, entries), values.AsSpan(0, entries));
            }
        }
    }

    /// <summary>One-state hysteresis after <paramref name="passed"/> of the capacity has passed in one direction.</summary>
    public static double Follow(double hysteresis, double amps, double passed, double gamma) =>
        amps == 0 ? hysteresis : Math.Sign(amps) + ((hysteresis - Math.Sign(amps)) * Math.Exp(-gamma * Math.Abs(passed)));

    private void Relax(double amps, double soc, double seconds, in SlowParameters slow)
    {
        (int low, double share) = Place(grid.ResistanceSoc.AsSpan(), Math.Clamp(soc, grid.ResistanceSoc[0], grid.ResistanceSoc[^1]));
        int half = amps > 0 ? 0 : grid.ResistanceSoc.Length;
        for (int j = 0; j < grid.Pairs; j++)
        {
            double kept = Math.Exp(-seconds / slow.Tau(j));
            double[] pair = polarisation[j];
            for (int k = 0; k < pair.Length; k++)
            {
                pair[k] = Math.Abs(pair[k]) < Nothing ? 0 : pair[k] * kept;
            }

            pair[half + low] += (1 - kept) * (1 - share) * amps;
            pair[half + low + 1] += (1 - kept) * share * amps;
        }
    }

    private void AddOcv(double soc)
    {
        (int low, double share) = Place(grid.OcvSoc.AsSpan(), soc);
        Add(low, 1 - share);
        Add(low + 1, share);
    }

    private void AddResistance(double soc, double amps)
    {
        if (amps == 0)
        {
            return;
        }

        (int low, double share) = Place(grid.ResistanceSoc.AsSpan(), Math.Clamp(soc, grid.ResistanceSoc[0], grid.ResistanceSoc[^1]));
        int first = grid.Table(0, amps > 0);
        Add(first + low, (1 - share) * amps);
        Add(first + low + 1, share * amps);
    }

    private void AddPolarisation()
    {
        for (int j = 0; j < grid.Pairs; j++)
        {
            int first = grid.Table(j + 1, charging: true);
            double[] pair = polarisation[j];
            for (int k = 0; k < pair.Length; k++)
            {
                Add(first + k, pair[k]);
            }
        }
    }

    private void Add(int index, double value)
    {
        if (value != 0)
        {
            indexes[entries] = index;
            values[entries++] = value;
        }
    }

    // an index of the interval and how far into it; beyond the ends the end interval goes on
    private static (int Low, double Share) Place(ReadOnlySpan<double> knots, double soc)
    {
        int low = 0;
        int high = knots.Length - 1;
        while (high - low > 1)
        {
            int middle = (low + high) >> 1;
            (low, high) = knots[middle] <= soc ? (middle, high) : (low, middle);
        }

        return (low, (soc - knots[low]) / (knots[low + 1] - knots[low]));
    }
}

/// <summary>What the voltage is not linear in.</summary>
/// <param name="FastSeconds">τ of the first RC pair, s.</param>
/// <param name="SlowSeconds">τ of the second, s.</param>
/// <param name="Gamma">γ of the hysteresis.</param>
internal readonly record struct SlowParameters(double FastSeconds, double SlowSeconds, double Gamma)
{
    /// <summary>τ of a pair, s.</summary>
    public double Tau(int pair) => pair == 0 ? FastSeconds : SlowSeconds;
}
