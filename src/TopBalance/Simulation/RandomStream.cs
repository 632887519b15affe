namespace TopBalance.Simulation;

/// <summary>
/// A small deterministic stream of random numbers (splitmix64). Streams with different keys are independent, so that what is drawn for one
/// cell does not depend on what is known of another.
/// </summary>
public struct RandomStream
{
    private ulong state;

    /// <param name="seed">The run's seed.</param>
    /// <param name="key">Which stream: a cell, a member, a quantity.</param>
    public RandomStream(ulong seed, ulong key = 0)
    {
        state = Mix(seed + 0x9E3779B97F4A7C15UL) ^ Mix((key * 0xD1B54A32D192ED03UL) + 0x8CB92BA72F3D8DD7UL);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        state += 0x9E3779B97F4A7C15UL;
        return Mix(state);
    }

    /// <summary>Uniform from 0 to below 1.</summary>
    public double NextUniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform from <paramref name="min"/> to <paramref name="max"/>.</summary>
    public double NextUniform(double min, double max) => min + ((max - min) * NextUniform());

    /// <summary>Normal with mean 0 and standard deviation 1.</summary>
    public double NextNormal()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextUniform()));
        return radius * Math.Cos(2 * Math.PI * NextUniform());
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
