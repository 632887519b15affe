using System.Diagnostics;
using TopBalance.Packs;
using TopBalance.Simulation;
using TopBalance.Tests.Oracle;

namespace TopBalance.Tests.Simulation;

/// <summary>Cells of more unlike members than a vector holds, up to as many as a pack file may give.</summary>
public sealed class ManyMembers
{
    [Fact]
    public void Nine_unlike_members_share_the_current_as_fine_steps_say() =>
        OracleComparison.ShouldAgree(
            seed => new RandomScenario(
                PackDrawing.Draw(new PackRecipe { MostMembers = 9, LowestSetpoint = 3.46, Hysteresis = seed % 2 == 0 }, seed),
                [new Charge { Limit = new(4 * 3600) }, new Rest { Duration = new(600) }]),
            count: 12);

    [Fact]
    public void Cells_of_one_member_beside_cells_of_several_come_to_constant_voltage_when_fine_steps_say() =>
        OracleComparison.ShouldAgree(
            seed => new RandomScenario(
                EveryOtherCellOfOneMember(PackDrawing.Draw(new PackRecipe { MostMembers = 4, LowestSetpoint = 3.44 }, seed)),
                [new Charge { Limit = new(4 * 3600) }]),
            count: 60);

    [Fact]
    public void A_charge_of_cells_of_a_hundred_unlike_members_ends_soon_and_its_history_stays_small()
    {
        var recipe = new PackRecipe { MostMembers = PackSpec.MostParallel, LowestSetpoint = 3.46, Lossless = true };
        for (ulong seed = 0; seed < 3; seed++)
        {
            PackModel model = PackDrawing.Draw(recipe, seed);
            long before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();

            PackRun run = new PackSimulator().Run(model, new Charge { Limit = new(6 * 3600) });

            // a second or so; the rest is for a busy machine
            watch.Elapsed.TotalSeconds.ShouldBeLessThan(30, $"seed {seed}");
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(64L << 20, $"seed {seed}");
            run.Steps[0].Reason.ShouldBeOneOf(EndReason.Charged, EndReason.Hvc);
            for (int c = 0; c < model.Cells.Length; c++)
            {
                CellState cell = run.StateAt(new(run.EndSeconds), CellNumber.FromIndex(c));
                double drawnAh = model.Module.Quiescent.Value * run.EndSeconds / 3600;
                double given = model.Cells[c].Members.Sum(m => m.InitialSoc * m.CapacityAh) + run.StringAh - cell.BledAh - drawnAh;

                // sums of some ten thousand steps, each rounded to 1e-16
                (cell.Soc * model.CellCapacityAh(c)).ShouldBe(given, 1e-11 * model.CellCapacityAh(c), $"seed {seed}, cell {c + 1}");
            }
        }
    }

    // of the capacity and resistance of the members it stands for
    private static PackModel EveryOtherCellOfOneMember(PackModel drawn)
    {
        CellModel[] cells = [.. drawn.Cells];
        for (int c = 0; c < cells.Length; c += 2)
        {
            MemberModel m = cells[c].Members[0];
            int count = cells[c].Members.Length;
            cells[c] = cells[c] with
            {
                Members =
                [
                    new MemberModel(m.Parameters, drawn.CellCapacityAh(c), m.InitialSoc)
                    {
                        R0Scale = m.R0Scale / count, R1Scale = m.R1Scale / count, R2Scale = m.R2Scale / count, Tau1Seconds = m.Tau1Seconds,
                    },
                ],
            };
        }

        return new PackModel([.. cells], drawn.Module, drawn.Charger, drawn.MaxVoltage);
    }
}
