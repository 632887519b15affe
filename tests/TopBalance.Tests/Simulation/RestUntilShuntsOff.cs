using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Tests.Frozen;
using TopBalance.Tests.Oracle;

namespace TopBalance.Tests.Simulation;

public sealed class RestUntilShuntsOff
{
    private static readonly Step Wait = new Rest { UntilShuntsOff = true };

    public static TheoryData<string> Kinds => [.. DrawnPacks.Kinds.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Ends_when_the_last_shunt_lets_go_whatever_its_modules_error(string kind)
    {
        for (ulong seed = 0; seed < 40; seed++)
        {
            PackModel model = PackDrawing.Draw(DrawnPacks.Kinds[kind], seed);
            PackRun run = new PackSimulator().Run(model, new Charge { Limit = new(4 * 3600) }, Wait);

            StepOutcome rest = run.Steps[1];
            rest.Reason.ShouldBe(EndReason.Reached, $"{kind}, seed {seed}");
            if (kind == "relative rule and strong shunts")
            {
                // regulators that follow the lowest cell have let go at a hundredth of the 5.4 A that the strongest shunt takes
                run.At(run.EndSeconds).ShouldAllBe(c => !c.ShuntOn || c.CurrentAmps > -0.055, $"{kind}, seed {seed}");
                continue;
            }

            run.At(run.EndSeconds).ShouldAllBe(c => !c.ShuntOn, $"{kind}, seed {seed}");
            double[] off = [.. run.Events.ToArray().Where(e => e.Kind == RunEventKind.ShuntOff).Select(e => e.TimeSeconds)];
            rest.EndSeconds.ShouldBe(Math.Max(rest.StartSeconds, off.DefaultIfEmpty().Max()), $"{kind}, seed {seed}");
        }
    }

    [Fact]
    public void A_module_whose_own_level_is_high_keeps_nobody_waiting_for_the_level_of_its_type()
    {
        PackSpec pack = FrozenPack.Of(0.9);
        PackModel model = PackDraw.Draw(pack);
        CellModel high = model.Cells[0] with { Levels = model.Cells[0].Levels.Moved(0.03, 0, 0, 0) };
        var moved = new PackModel([high], model.Module, model.Charger, model.MaxVoltage);

        PackRun byShunt = new PackSimulator().Run(moved, new Charge(), Wait);
        PackRun byType = new PackSimulator().Run(moved, new Charge(), new Rest { UntilHighestAt = pack.Module.ShuntOff });

        byShunt.Steps[1].Reason.ShouldBe(EndReason.Reached);
        byShunt.AtEnd()[0].VoltageVolts.ShouldBeGreaterThanOrEqualTo(3.48 - 1e-9);
        byType.Steps[1].Reason.ShouldBe(EndReason.Stuck);
    }

    [Fact]
    public void A_shunt_that_is_stuck_on_has_let_go_at_its_level()
    {
        PackRun run = FrozenPack.Of(0.9, 0.5).With(new Fault.StuckOnShunt(new CellNumber(1))).Run(new Charge(), Wait);

        run.Steps[1].Reason.ShouldBe(EndReason.Reached);
        run.AtEnd()[0].VoltageVolts.ShouldBeLessThanOrEqualTo(3.45 + 1e-9);
    }

    [Fact]
    public void A_voltage_and_the_shunts_are_not_waited_for_at_once() =>
        Should.Throw<ArgumentException>(() => FrozenPack.Of(0.9).Run(new Rest { UntilShuntsOff = true, UntilHighestAt = new Volts(3.4) }));
}
