using TopBalance.Packs;

namespace TopBalance.Methods;

/// <summary>A way to balance a pack: a policy that looks at what is known and proposes the next step. It never acts.</summary>
public interface IBalancingMethod
{
    /// <summary>E.g. <c>bench-supply</c>.</summary>
    string Name { get; }

    /// <summary>Why the tools at hand do not allow it; null if they do.</summary>
    string? ImpossibleBecause(PackSpec pack);

    /// <summary>What to do next.</summary>
    Proposal Next(Situation now);
}
