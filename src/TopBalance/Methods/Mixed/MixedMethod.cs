using System.Collections.Immutable;
using TopBalance.Packs;

namespace TopBalance.Methods.Mixed;

/// <summary>
/// The best next action: each method the tools allow is played ahead from what is known now, and the first step of the cheapest is
/// proposed.
/// </summary>
internal sealed class MixedMethod : IBalancingMethod
{
    public string Name => "mixed";

    public string? ImpossibleBecause(PackSpec pack) =>
        Single(pack).Any() ? null : "the tools allow none of the other methods";

    public Proposal Next(Situation now)
    {
        if (Moves.Frame(now) is { } frame)
        {
            return frame;
        }

        ImmutableArray<IBalancingMethod> possible = [.. Single(now.Pack)];
        if (now.Foresight is not { } foresight || possible.Length == 1)
        {
            return possible[0].Next(now);
        }

        // the more is done, the less a single charge changes: decided anew after 1, 2, 3, 5, 8 … charges
        (IBalancingMethod? follows, int decided) = now.Following;
        if (follows is null || now.Charges >= Math.Max(decided + 1, decided * 1.6))
        {
            follows = foresight.Cheapest(possible, now, follows);
            now.Following = (follows, now.Charges);
        }

        return follows.Next(now);
    }

    private static IEnumerable<IBalancingMethod> Single(PackSpec pack) =>
        BalancingMethods.All.Where(m => m is not MixedMethod and not AllParallel.AllParallelMethod && m.ImpossibleBecause(pack) is null);
}
