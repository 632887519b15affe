using System.Collections.Immutable;
using TopBalance.Methods;

namespace TopBalance.Workbench.Studies;

/// <summary>What is asked of a study.</summary>
/// <param name="Pack">Path of the pack file.</param>
/// <param name="Packs">How many packs each method is played on in each variant, 1 to <see cref="MostPacks"/>.</param>
public sealed record StudyRequest(string Pack, int Packs)
{
    /// <summary>Most packs of a study.</summary>
    public const int MostPacks = 1_000_000;

    /// <summary>Most plays of a study.</summary>
    public const long MostTasks = 20_000_000;

    /// <summary>The methods; empty takes all that the tools allow in any variant.</summary>
    public ImmutableArray<IBalancingMethod> Methods { get; init; } = [];

    /// <summary>What is varied; every combination is played.</summary>
    public ImmutableArray<VaryAxis> Vary { get; init; } = [];

    /// <summary>Seed of all draws; null takes the pack's.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Which part is played. Default all.</summary>
    public Shard Shard { get; init; } = Shard.Whole;
}
