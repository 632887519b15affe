using TopBalance.Packs;
using TopBalance.Simulation;
using TopBalance.Simulation.Kernel;
using TopBalance.Tests.Oracle;

namespace TopBalance.Tests.Simulation.Kernel;

/// <summary>A cell alone whose members fill one vector has a recurrence of its own; beside others it has the general one.</summary>
public sealed class NarrowAndWideRows
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_cell_alone_moves_as_it_does_beside_other_cells(int members)
    {
        for (ulong seed = 0; seed < 50; seed++)
        {
            PackModel model = PackDrawing.Draw(new PackRecipe { MostMembers = members, Hysteresis = seed % 2 == 0 }, seed);
            MemberState[] states = [.. model.Members.Select(m => new MemberState { Z = m.InitialSoc, Charging = true })];
            var alone = new TaylorKernel();
            var beside = new TaylorKernel();
            Load(alone, model, states, cells: 1);
            Load(beside, model, states, cells: 2);

            var law = new SourceLaw(LawKind.Current, 10);
            alone.Expand(law, 20).ShouldBeTrue();
            beside.Expand(law, 20).ShouldBeTrue();
            double span = Math.Min(alone.Span, beside.Span);
            double volts = Polynomial.At(alone.NodeVolts, 0, 1, alone.Terms, span);

            // both series are exact to 1e-12 V; the sums of some terms add their rounding
            Polynomial.At(beside.NodeVolts, 0, 2, beside.Terms, span).ShouldBe(volts, 1e-11, $"seed {seed}");
        }
    }

    private static void Load(TaylorKernel kernel, PackModel model, MemberState[] states, int cells)
    {
        kernel.Resize(cells);
        for (int c = 0; c < cells; c++)
        {
            kernel.Nodes[c] = new TaylorNode
            {
                First = model.FirstMember[c],
                End = model.FirstMember[c + 1],
                SourceAmps = -0.1,
                Siemens = 0.2,
                LugOhms = 0.0005,
                HeldVolts = double.NaN,
            };
        }

        kernel.Load(model.Members, 0, states.AsSpan(0, model.FirstMember[cells]));
    }
}
