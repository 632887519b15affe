using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Tests.Frozen;

namespace TopBalance.Tests.Simulation;

/// <summary>Activities beside each other, steps of no length, cells that start where a danger does.</summary>
public sealed class ActivitiesAtTheirEdges
{
    private static ChargeCells Overcharge(int cell) =>
        new([new CellNumber(cell)], SupplySetting.Bench(new Volts(3.7), new Amperes(5))) { Limit = new Seconds(6 * 3600) };

    private static DrainCell Drain(int cell, double seconds) =>
        new(new CellNumber(cell), DrainLoadSpec.ConstantCurrent(new Amperes(20)), new Seconds(seconds));

    [Fact]
    public void The_order_of_activities_beside_each_other_does_not_matter()
    {
        PackSpec pack = FrozenPack.Of(0.01, 0.985);
        PackRun one = pack.Run(new Together([Drain(1, 3600), Overcharge(2)]));
        (double Soc, bool Open)[] first = [.. one.AtEnd().Select(c => (c.Soc, c.ContactOpen))];
        double end = one.EndSeconds;
        PackRun other = pack.Run(new Together([Overcharge(2), Drain(1, 3600)]));

        other.EndSeconds.ShouldBe(end);
        other.AtEnd().Select(c => (c.Soc, c.ContactOpen)).ShouldBe(first);
    }

    [Fact]
    public void An_alarm_of_one_activity_does_not_make_the_other_one_unheard()
    {
        PackRun run = FrozenPack.Of(0.01, 0.985).Run(new Together([Drain(1, 3600), Overcharge(2)]));

        run.Events.ToArray().ShouldContain(e => e.Kind == RunEventKind.LvcOpened && e.Cell == 0);
        run.AtEnd()[1].VoltageVolts.ShouldBeLessThan(3.6 + 1e-6);
        run.Hazards.ToArray().ShouldNotContain(h => h.Kind == HazardKind.OverHvc);
    }

    [Fact]
    public void A_buzzer_that_sounds_already_tells_nothing_about_the_cell_that_is_drained()
    {
        PackRun run = FrozenPack.Of(0.02, 0.9).With(new Fault.CutLoop()).Run(Drain(1, 3600));

        run.Steps[0].Reason.ShouldBe(EndReason.Time);
    }

    [Fact]
    public void A_drain_whose_stop_is_already_reached_takes_nothing()
    {
        foreach (DrainLoadSpec load in new[] { DrainLoadSpec.ConstantCurrent(new(1)), DrainLoadSpec.Resistor(new(3)) })
        {
            PackRun run = FrozenPack.Of(0.5, 0.9).Run(new DrainCell(new CellNumber(1), load, new Seconds(600)) { StopAt = new Volts(3.4) });

            run.Steps[0].Reason.ShouldBe(EndReason.Reached);
            run.EndSeconds.ShouldBe(0, 1e-6);
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-0.01)]
    public void A_cell_that_starts_empty_is_reversed_by_the_first_discharge(double soc)
    {
        foreach (Drive drive in new[] { new Drive { Current = new(10) }, new Drive { Power = new(20) } })
        {
            PackRun run = FrozenPack.Of(soc, 0.9).Run(drive with { ObeysLoop = false, Limit = new Seconds(60) });

            run.Hazards.ToArray().ShouldContain(h => h.Kind == HazardKind.Reversal && h.Cell == 0 && h.StartSeconds == 0);
        }
    }

    [Fact]
    public void A_danger_that_ends_and_begins_anew_at_one_instant_is_two_dangers()
    {
        PackSpec pack = FrozenPack.Of(0.985, 0.5).With(new Fault.DeadLoopContact(new CellNumber(1)), new Fault.DeadShunt(new CellNumber(1)));
        pack = pack with { Charger = pack.Charger with { Current = new Amperes(40) } };

        // constant current all the way; without it for an instant the cell is below its maximum
        var charge = new Charge { Limit = new Seconds(132) };
        PackRun run = pack.Run(charge, new Rest { Duration = new Seconds(0) }, charge);

        Hazard[] overcharges = [.. run.Hazards.ToArray().Where(h => h.Kind == HazardKind.Overcharge)];
        run.AtEnd()[0].VoltageVolts.ShouldBeGreaterThan(3.65);
        overcharges.Length.ShouldBe(2);
        overcharges.Sum(h => h.DurationSeconds).ShouldBe(run.EndSeconds - overcharges[0].StartSeconds, 1e-6);
    }

    [Fact]
    public void Cells_joined_in_parallel_are_level_so_that_no_relative_shunt_conducts()
    {
        CellModuleSpec frozen = FrozenPack.Module;
        var module = new CellModuleSpec(
            "relative", new Volts(3.3), new Volts(3.2), frozen.Shunt, frozen.Hvc, frozen.HvcClear, frozen.Lvc, frozen.LvcClear)
        {
            Relative = new RelativeShuntRule(new Volts(0.028), new Volts(0.012)),
        };
        PackSpec like = FrozenPack.Of(0.95, 0.3);
        var pack = new PackSpec("relative", 2, 1, like.Cell, module, like.Charger) { Cells = like.Cells };
        PackRun run = pack.Run(
            new Charge { Limit = new Seconds(60) },
            new ChargeInParallel(SupplySetting.Bench(new Volts(3.4), new Amperes(5))) { Limit = new Seconds(3600) },
            new Rest { Duration = new Seconds(60) });

        run.At(60)[0].ShuntOn.ShouldBeTrue();
        run.At(1800)[0].ShuntOn.ShouldBeFalse();
    }
}
