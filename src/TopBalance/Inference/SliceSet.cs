using TopBalance.Simulation;

namespace TopBalance.Inference;

/// <summary>The slices of one cell in one shared draw: a window on the belief's buffer.</summary>
internal readonly ref struct SliceSet
{
    // copies of a heavy slice drift apart by this share of their spread, so that what is not seen stays open
    private const double Drift = 0.15;
    private readonly Span<Slice> buffer;
    private readonly ref int count;

    public SliceSet(Span<Slice> buffer, ref int count)
    {
        this.buffer = buffer;
        this.count = ref count;
    }

    public Span<Slice> Items => buffer[..count];

    public int Capacity => buffer.Length;

    public void Replace(ReadOnlySpan<Slice> slices)
    {
        slices.CopyTo(buffer);
        count = slices.Length;
    }

    /// <summary>Divides the weights by their sum.</summary>
    /// <returns>The sum.</returns>
    public static double Normalise(Span<Slice> slices)
    {
        double sum = 0;
        foreach (ref Slice slice in slices)
        {
            sum += slice.Weight;
        }

        if (sum > 0)
        {
            foreach (ref Slice slice in slices)
            {
                slice.Weight /= sum;
            }
        }

        return sum;
    }

    /// <summary>
    /// Brings slices whose weights sum to 1 down to a number, each of the same weight: one that is worth several is cut into as many
    /// pieces, next to each other, whose cells drift apart a little.
    /// </summary>
    /// <returns>How many were written.</returns>
    public static int Thin(Span<Slice> from, Span<Slice> to, int number, ref RandomStream random)
    {
        // in order of what they lack, the comb takes its share from everywhere; as they were cut, it could fall in step with the cuts
        from.Sort(static (a, b) => a.Middle.CompareTo(b.Middle));
        (double on, double hvc, double factor) = Means(from);
        double keep = Math.Sqrt(1 - (Drift * Drift));
        double comb = random.NextUniform();
        double sum = 0;
        int written = 0;
        foreach (ref readonly Slice slice in from)
        {
            sum += slice.Weight * number;
            int copies = 0;
            while (written + copies < number && comb + written + copies < sum)
            {
                copies++;
            }

            for (int k = 0; k < copies; k++)
            {
                Slice piece = slice;
                piece.Weight = 1.0 / number;
                piece.Low = slice.Low + (k * slice.Width / copies);
                piece.High = slice.Low + ((k + 1) * slice.Width / copies);
                if (copies > 1 && Math.Abs(slice.On) < 10 && slice.Hvc < 10)
                {
                    double offBelow = piece.On - piece.Off;
                    double shift = Drift * random.NextNormal();
                    piece.Hvc = hvc + (keep * (slice.Hvc - hvc)) + (shift * DriftVolts);
                    piece.On = Math.Min(on + (keep * (slice.On - on)) + (shift * DriftVolts), piece.Hvc - 0.002);
                    piece.Off = piece.On - offBelow;
                    piece.Factor = Math.Max(0.05, factor + (keep * (slice.Factor - factor)) + (Drift * 0.05 * random.NextNormal()));
                }

                to[written + k] = piece;
            }

            written += copies;
        }

        return written;
    }

    private const double DriftVolts = 0.015;

    private static (double On, double Hvc, double Factor) Means(ReadOnlySpan<Slice> slices)
    {
        double on = 0, hvc = 0, factor = 0;
        foreach (ref readonly Slice slice in slices)
        {
            on += slice.Weight * slice.On;
            hvc += slice.Weight * slice.Hvc;
            factor += slice.Weight * slice.Factor;
        }

        return (on, hvc, factor);
    }
}
