using TopBalance.Simulation;

namespace TopBalance.Tests.Fuzz;

/// <summary>A stream of random numbers in the shapes that drawing a pack asks for.</summary>
internal sealed class Dice(ulong seed, ulong key)
{
    private RandomStream random = new(seed, key);

    public bool Chance(double share) => random.NextUniform() < share;

    public double Between(double low, double high) => random.NextUniform(low, high);

    /// <summary>As likely between 1 and 2 as between 10 and 20.</summary>
    public double Wide(double low, double high) => Math.Exp(Between(Math.Log(low), Math.Log(high)));

    /// <summary>Both ends occur.</summary>
    public int Whole(int low, int high) => Math.Min(high, low + (int)Between(0, high - low + 1));

    public T? Maybe<T>(double share, Func<T> draw)
        where T : struct => Chance(share) ? draw() : null;
}
