using TopBalance.Methods;
using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Studies;

/// <summary>A method whose doses are all of one size, whatever it would have taken: for comparing doses.</summary>
/// <param name="method">What decides when and which cell to drain.</param>
/// <param name="dose">What is taken out each time.</param>
/// <param name="name">E.g. <c>drain-and-cycle:0.5</c>.</param>
internal sealed class FixedDose(IBalancingMethod method, AmpereHours dose, string name) : IBalancingMethod
{
    public string Name => name;

    public string? ImpossibleBecause(PackSpec pack) => method.ImpossibleBecause(pack);

    public Proposal Next(Situation now)
    {
        Proposal next = method.Next(now);
        return next is DrainDose drain
            ? drain with { Charge = dose, Duration = new Seconds(drain.Duration.Value * dose.Value / drain.Charge.Value) }
            : next;
    }
}
