using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Tests.Frozen;

namespace TopBalance.Tests.Simulation;

public class FaultTests
{
    private static readonly CellNumber Two = new(2);
    private static readonly PackSpec Pack = FrozenPack.Of(0.88, 0.9, 0.87);

    [Fact]
    public void A_stuck_on_shunt_drains_its_cell_all_the_time()
    {
        PackRun run = Pack.With(new Fault.StuckOnShunt(Two)).Run(new Rest { Duration = new Seconds(36000) });

        CellState[] cells = run.AtEnd();
        cells[1].ShuntOn.ShouldBeTrue();
        cells[1].BledAh.ShouldBe(3.33 / 5.4 * 10, 0.1);
        ((0.9 - cells[1].Soc) * 100).ShouldBe(cells[1].BledAh, 1e-9);
        cells[0].Soc.ShouldBe(0.88, 1e-12);
    }

    [Fact]
    public void A_stuck_on_shunt_that_takes_more_than_the_charger_gives_ends_the_charge_at_LVC()
    {
        PackRun run = FrozenPack.Of(0.3, 0.02, 0.3).With(new Fault.StuckOnShunt(Two)).Run(new Charge { Current = new Amperes(0.1) }, new Charge());

        run.Steps[0].Reason.ShouldBe(EndReason.Lvc);
        run.Steps[0].Cell.ShouldBe(1);
        run.TripSeconds.ToArray().ShouldBe([run.Steps[0].EndSeconds]);
        run.At(run.Steps[0].EndSeconds)[1].VoltageVolts.ShouldBe(2.5, 1e-9);
        run.Steps[1].Reason.ShouldBe(EndReason.Loop);
    }

    [Fact]
    public void A_dead_shunt_lights_no_red_lamp_although_its_cell_trips()
    {
        PackRun run = Pack.With(new Fault.DeadShunt(Two)).Run(new Charge());

        run.Steps[0].Cell.ShouldBe(1);
        run.AtEnd()[1].ShuntOn.ShouldBeFalse();
        run.AtEnd()[1].BledAh.ShouldBe(0);
    }

    [Fact]
    public void With_a_dead_loop_contact_the_charger_runs_on_and_the_cell_is_overcharged()
    {
        PackRun run = (Pack with { Charger = Pack.Charger with { Voltage = new Volts(13) } }).With(new Fault.DeadLoopContact(Two)).Run(new Charge());

        run.Steps[0].Cell.ShouldBe(0);
        run.Hazards.ToArray().ShouldContain(h => h.Kind == HazardKind.Overcharge && h.Cell == 1);
        run.AtEnd()[1].ContactOpen.ShouldBeFalse();
        run.Model.Cells[1].ShowsGreen(run.AtEnd()[1]).ShouldBeFalse();
    }

    [Fact]
    public void With_a_cut_loop_the_charger_does_not_start()
    {
        PackRun run = Pack.With(new Fault.CutLoop()).Run(new Charge());

        run.Steps[0].Reason.ShouldBe(EndReason.Loop);
        run.EndSeconds.ShouldBe(0);
    }

    [Fact]
    public void A_loose_lug_looks_like_a_high_cell()
    {
        PackRun sound = FrozenPack.Of(0.9, 0.898, 0.87).Run(new Charge());
        PackRun loose = FrozenPack.Of(0.9, 0.898, 0.87).With(new Fault.LooseLug(Two, new Ohms(0.01))).Run(new Charge());

        sound.Steps[0].Cell.ShouldBe(0);
        loose.Steps[0].Cell.ShouldBe(1);
        loose.EndSeconds.ShouldBeLessThan(sound.EndSeconds);
    }

    [Fact]
    public void A_module_that_reads_too_much_trips_too_early()
    {
        PackRun run = Pack.With(new Fault.ReadingOffset(Two, new Volts(0.1))).Run(new Charge());

        run.Steps[0].Cell.ShouldBe(1);
        run.AtEnd()[1].VoltageVolts.ShouldBe(3.5, 1e-9);
    }

    [Fact]
    public void A_delay_lets_the_loop_open_only_when_the_level_has_held()
    {
        PackSpec slow = Pack with { };
        CellModuleSpec module = Pack.Module with { Delay = new Seconds(5) };
        PackModel model = PackDraw.Draw(slow);
        var delayed = new PackModel(model.Cells, module, model.Charger, model.MaxVoltage);

        PackRun at = new PackSimulator().Run(model, new Charge());
        double reached = at.EndSeconds;
        PackRun after = new PackSimulator().Run(delayed, new Charge());

        after.EndSeconds.ShouldBe(reached + 5, 1e-6);
        after.AtEnd()[1].VoltageVolts.ShouldBeGreaterThan(3.6);
    }
}
