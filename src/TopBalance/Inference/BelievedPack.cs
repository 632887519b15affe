using TopBalance.Packs;
using TopBalance.Simulation;

namespace TopBalance.Inference;

/// <summary>One whole pack as it may truly be, drawn from a belief.</summary>
public sealed class BelievedPack
{
    internal BelievedPack(PackSpec pack, SharedDraw shared, Slice[] cells, (double U1, double U2) memory)
    {
        (Pack, Shared, Slices, Memory) = (pack, shared, cells, memory);
    }

    /// <summary>The pack it is a draw of.</summary>
    public PackSpec Pack { get; }

    internal SharedDraw Shared { get; }

    /// <summary>Each of no width: a cell as it is.</summary>
    internal Slice[] Slices { get; }

    internal (double U1, double U2) Memory { get; }

    /// <summary>The same cells, modules and errors with other states of charge.</summary>
    /// <param name="toFullAh">Ah to full by cell index.</param>
    internal BelievedPack With(ReadOnlySpan<double> toFullAh)
    {
        var cells = (Slice[])Slices.Clone();
        for (int c = 0; c < cells.Length; c++)
        {
            (cells[c].Low, cells[c].High) = (toFullAh[c], toFullAh[c]);
        }

        return new BelievedPack(Pack, Shared, cells, Memory);
    }

    /// <summary>Ah to full of every cell. Length Ns; the caller's own.</summary>
    public double[] ToFullAh() => [.. Slices.Select(s => s.Low)];

    /// <summary>Ah to full of a cell by index.</summary>
    public double ToFullAh(int cell) => Slices[cell].Low;

    /// <summary>What the pack gives as it stands until its first cell is empty, Ah.</summary>
    public double UsableAh() => Slices.Min(s => s.CapacityAh - s.Low);

    /// <summary>What it would give with every cell full: the capacity of its smallest cell, Ah.</summary>
    public double BalancedAh() => Slices.Min(s => s.CapacityAh);
}

/// <summary>Whole packs drawn from the belief.</summary>
public sealed partial class Belief
{
    /// <summary>One whole pack: a shared draw by its weight, and in it of every cell a slice by its weight and a point of that slice.</summary>
    public BelievedPack Draw(ref RandomStream from) => Draw(Weights(), ref from);

    /// <summary>Several packs, each by a stream of its own, so that the k-th is the same however many are asked for.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Seed of the streams.</param>
    public BelievedPack[] Draws(int count, ulong seed)
    {
        double[] weights = Weights();
        var drawn = new BelievedPack[count];
        for (int k = 0; k < count; k++)
        {
            var stream = new RandomStream(seed, (ulong)k);
            drawn[k] = Draw(weights, ref stream);
        }

        return drawn;
    }

    private BelievedPack Draw(double[] weights, ref RandomStream from)
    {
        double at = from.NextUniform();
        int draw = 0;
        for (; draw < weights.Length - 1 && at >= weights[draw]; draw++)
        {
            at -= weights[draw];
        }

        var cells = new Slice[pack.Series];
        for (int c = 0; c < cells.Length; c++)
        {
            Span<Slice> mine = Of(draw, c).Items;
            double within = from.NextUniform();
            int k = 0;
            for (; k < mine.Length - 1 && within >= mine[k].Weight; k++)
            {
                within -= mine[k].Weight;
            }

            cells[c] = mine[k];
            double point = mine[k].Low + (from.NextUniform() * mine[k].Width);
            (cells[c].Low, cells[c].High, cells[c].Weight) = (point, point, 1);
        }

        return new BelievedPack(pack, shared[draw], cells, memories[draw]);
    }
}
