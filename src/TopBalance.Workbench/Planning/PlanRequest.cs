using TopBalance.Planning;

namespace TopBalance.Workbench.Planning;

/// <summary>How a plan is worked out.</summary>
public sealed record PlanRequest
{
    /// <summary>Fewest and most packs that a plan may be played on.</summary>
    public const int LeastPacks = 20, MostPacks = 100_000;

    /// <summary>Packs for the two cheapest methods; a fifth of them for the others, a twentieth for the mixed one.</summary>
    public int Packs { get; init; } = 1000;

    /// <summary>Seed of all that is drawn; null takes the pack's.</summary>
    public ulong? Seed { get; init; }

    /// <summary>What a person needs.</summary>
    public HumanTimes Times { get; init; } = new();

    /// <summary>Threads that play; the answer does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Packs of the first look, which finds the two cheapest.</summary>
    internal int FirstPacks => Math.Min(50, Packs);

    /// <summary>Packs for the methods that are not among the two cheapest.</summary>
    internal int OtherPacks => Math.Max(FirstPacks, Packs / 5);

    /// <summary>Packs for the method that plays the others ahead.</summary>
    internal int MixedPacks => Math.Max(MethodPlays.Fewest, Packs / 20);
}
