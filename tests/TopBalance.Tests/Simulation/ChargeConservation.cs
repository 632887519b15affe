using TopBalance.Packs;
using TopBalance.Simulation;
using TopBalance.Tests.Oracle;

namespace TopBalance.Tests.Simulation;

public sealed class ChargeConservation
{
    // sums of some hundred terms, each rounded to 1e-16
    private const double Relative = 1e-12;

    public static TheoryData<string> Kinds => [.. DrawnPacks.Kinds.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_the_string_brings_is_in_the_cell_or_bled_or_drawn_by_its_module(string kind)
    {
        var simulator = new PackSimulator();
        for (ulong seed = 0; seed < 100; seed++)
        {
            PackModel model = PackDrawing.Draw(DrawnPacks.Kinds[kind] with { Lossless = true }, seed);
            PackRun run = simulator.Run(
                model,
                new Charge { Limit = new(7200) },
                new Rest { Duration = new(3600) },
                new Drive { Current = new(20), Limit = new(600) },
                new Rest { Duration = new(600) });

            ShouldBalance(run, $"{kind}, seed {seed}");
        }
    }

    private static void ShouldBalance(PackRun run, string what)
    {
        double stringAh = 0;
        double turnoverAh = 0;
        foreach (StepOutcome step in run.Steps)
        {
            stringAh += step.StringAh;
            turnoverAh += Math.Abs(step.StringAh);
        }

        run.StringAh.ShouldBe(stringAh, Relative * turnoverAh, what);
        double drawnAh = run.Model.Module.Quiescent.Value * run.EndSeconds / 3600;
        for (int c = 0; c < run.Model.Cells.Length; c++)
        {
            CellState cell = run.StateAt(new(run.EndSeconds), CellNumber.FromIndex(c));
            double capacityAh = run.Model.CellCapacityAh(c);
            double before = run.Model.Cells[c].Members.Sum(m => m.InitialSoc * m.CapacityAh);
            double gained = (cell.Soc * capacityAh) - before;

            gained.ShouldBe(stringAh - cell.BledAh - drawnAh, Relative * (capacityAh + turnoverAh), $"{what}, cell {c + 1}");
        }
    }
}
