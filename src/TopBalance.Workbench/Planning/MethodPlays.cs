using TopBalance.Methods;
using TopBalance.Planning;

namespace TopBalance.Workbench.Planning;

/// <summary>What came of playing a method: the k-th result is that of the k-th pack, whichever thread played it.</summary>
internal sealed class MethodPlays(IBalancingMethod method, int most)
{
    /// <summary>Fewer plays than this say nothing.</summary>
    public const int Fewest = 10;

    private readonly Played[] results = new Played[most];
    private readonly bool[] done = new bool[most];

    /// <summary>The method.</summary>
    public IBalancingMethod Method { get; } = method;

    /// <summary>The plays without a gap from the first one on; the same while threads go on playing.</summary>
    public ReadOnlySpan<Played> Results => results.AsSpan(0, Count);

    /// <summary>How many those are.</summary>
    public int Count { get; private set; }

    /// <summary>Its plays are enough to say something.</summary>
    public bool Says => Count >= Fewest;

    /// <summary>It chooses among the others, playing them ahead.</summary>
    public bool IsMixed => Method.Name is "mixed";

    /// <summary>May be recommended at all: joining all cells in parallel is for comparison.</summary>
    public bool IsComparison => Method.Name is "all-parallel";

    /// <summary>Share of the plays that ended balanced.</summary>
    public double BalancedShare => Share(p => p.Balanced);

    /// <summary>Share of the plays in which a drained cell became the emptiest.</summary>
    public double OvershootRisk => Share(p => p.Overshot);

    /// <summary>Keeps a result.</summary>
    public void Keep(int k, in Played played)
    {
        results[k] = played;
        Volatile.Write(ref done[k], true);
    }

    /// <summary>True if the k-th pack was played.</summary>
    public bool Has(int k) => Volatile.Read(ref done[k]);

    /// <summary>Takes in what was played since.</summary>
    public void CountUp()
    {
        while (Count < done.Length && Has(Count))
        {
            Count++;
        }
    }

    /// <summary>Mean cost of the first plays.</summary>
    public double MeanCost(int first)
    {
        double sum = 0;
        foreach (ref readonly Played played in Results[..first])
        {
            sum += played.Cost;
        }

        return sum / first;
    }

    private double Share(Func<Played, bool> holds)
    {
        int count = 0;
        foreach (ref readonly Played played in Results)
        {
            count += holds(played) ? 1 : 0;
        }

        return Count == 0 ? 0 : count / (double)Count;
    }
}
