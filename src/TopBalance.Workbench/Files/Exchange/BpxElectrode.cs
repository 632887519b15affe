using System.Collections.Immutable;
using static System.FormattableString;

namespace TopBalance.Workbench.Files;

/// <summary>One electrode: its potential and the stoichiometries between which it works.</summary>
internal sealed class BpxElectrode(Func<double, double> potential, double min, double max)
{
    public static BpxElectrode Of(BpxNode electrode, List<string> notes)
    {
        BpxNode node = electrode;
        if (electrode.Find("Particle") is { } particles)
        {
            ImmutableArray<BpxNode> blend = particles.Children();
            node = blend.Length == 1
                ? blend[0]
                : throw particles.Wrong(Invariant($"is a blend of {blend.Length} materials; only electrodes of one material can be read"));
        }

        double min = node.Inside("Minimum stoichiometry").Number(0, 1);
        double max = node.Inside("Maximum stoichiometry").Number(min, 1);
        BpxNode? lithiation = node.Find("OCP (lithiation) [V]"), delithiation = node.Find("OCP (delithiation) [V]");
        if (lithiation is not null || delithiation is not null)
        {
            notes.Add($"Not taken over: hysteresis of the {electrode.Name.ToLowerInvariant()}.");
        }

        if (node.Find("OCP [V]") is null && lithiation is { } up && delithiation is { } down)
        {
            Func<double, double> one = up.Function(min, max, notes), other = down.Function(min, max, notes);
            return new BpxElectrode(x => 0.5 * (one(x) + other(x)), min, max);
        }

        return new BpxElectrode(node.Inside("OCP [V]").Function(min, max, notes), min, max);
    }

    /// <summary>Potential in V at a share of the way from the lowest stoichiometry to the highest.</summary>
    public double At(double share) => potential(min + (share * (max - min)));
}
