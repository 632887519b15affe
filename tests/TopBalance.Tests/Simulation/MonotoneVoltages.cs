using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Simulation;
using TopBalance.Tests.Frozen;

namespace TopBalance.Tests.Simulation;

/// <summary>With resistances that do not change, a cell charged from rest only rises until its shunt conducts, and one that never shunted only falls afterwards.</summary>
public class MonotoneVoltages
{
    [Fact]
    public void A_charged_cell_rises_until_it_shunts_and_a_resting_one_falls()
    {
        for (ulong seed = 1; seed <= 100; seed++)
        {
            PackRun run = new PackSimulator().Run(Pack(seed), new Charge(), new Rest { Duration = new(3 * 3600) });

            ShouldMoveOneWay(run, 0, run.Steps[0].EndSeconds, 1, seed);
            ShouldMoveOneWay(run, run.Steps[0].EndSeconds, run.EndSeconds, -1, seed);
        }
    }

    private static PackModel Pack(ulong seed)
    {
        var random = new RandomStream(seed);
        var parameters = new CellParameters(
            FrozenPack.Ocv,
            ResistanceCurve.Constant(random.NextUniform(0.0005, 0.003)),
            [
                new RcPair(ResistanceCurve.Constant(random.NextUniform(0.0002, 0.002)), new(random.NextUniform(10, 100))),
                new RcPair(ResistanceCurve.Constant(random.NextUniform(0.0002, 0.002)), new(random.NextUniform(300, 2000))),
            ]);
        CellModuleSpec module = FrozenPack.Module;
        CellModel Cell() => new([new MemberModel(parameters, random.NextUniform(95, 105), random.NextUniform(0.6, 0.95))], ModuleLevels.Of(module));
        return new PackModel([Cell(), Cell(), Cell()], module, new ChargerSpec(new(10.8), new(random.NextUniform(5, 40)), new(1)), new(3.65));
    }

    // a cell that has shunted recovers when its shunt is off, and constant voltage lets the current fall: neither is looked at
    private static void ShouldMoveOneWay(PackRun run, double from, double to, int direction, ulong seed)
    {
        bool tapered = run.Events.ToArray().Any(e => e.Kind == RunEventKind.ConstantVoltage);
        for (int c = 0; c < run.Model.Cells.Length && !tapered; c++)
        {
            double last = double.NaN;
            for (int k = 1; k <= 200; k++)
            {
                CellState cell = run.StateAt(new(Math.Min(to, from + ((to - from) * k / 200))), CellNumber.FromIndex(c));
                if (cell.BledAh > 0)
                {
                    break;
                }

                if (!double.IsNaN(last))
                {
                    // rounding of a voltage of some volts
                    ((cell.VoltageVolts - last) * direction).ShouldBeGreaterThan(-1e-12, $"seed {seed}, cell {c + 1}, {k}");
                }

                last = cell.VoltageVolts;
            }
        }
    }
}
