using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Tests.Frozen;

namespace TopBalance.Tests.Paper;

/// <summary>What the paper says of the first charge of an unbalanced pack.</summary>
public class FirstChargeTests
{
    // the paper's picture: cell 4 has the highest state of charge and cell 3 the lowest
    private static readonly PackSpec FourCells = FrozenPack.Of(0.55, 0.6, 0.3, 0.8);

    [Fact]
    [Trait("Row", "1")]
    public void A_50S2P_pack_is_100_members_in_50_cells_with_50_modules()
    {
        PackSpec pack = new("pack", 50, 2, FrozenPack.Cell, FrozenPack.Module, new ChargerSpec(new Volts(180), new Amperes(20), new Amperes(5)))
        {
            Unknowns = new Unknowns { SocMin = 0.4, SocMax = 0.5, CapacitySigma = 0.005 },
        };

        PackModel model = PackDraw.Draw(pack);

        pack.Arrangement.ShouldBe("50S2P");
        model.Cells.Length.ShouldBe(50);
        model.Cells.Sum(c => c.Members.Length).ShouldBe(100);
        model.Cells.Select(c => c.Levels).Count().ShouldBe(50);
        model.CellCapacityAh(0).ShouldBe(200, 5);
    }

    [Fact]
    [Trait("Row", "2")]
    public void The_fullest_cell_ends_the_first_charge_and_the_emptiest_stays_severely_undercharged()
    {
        PackRun run = FourCells.Run(new Charge());

        run.Steps[0].Reason.ShouldBe(EndReason.Hvc);
        CellNumber.FromIndex(run.Steps[0].Cell).Value.ShouldBe(4);
        CellState[] cells = run.AtEnd();
        cells[3].Soc.ShouldBeGreaterThan(0.98);
        cells[2].Soc.ShouldBe(cells[3].Soc - 0.5, 0.001);
        run.UsableAh().ShouldBe(cells[2].Soc * 100, 1e-9);
    }

    [Fact]
    [Trait("Row", "5")]
    public void Red_lamps_come_up_near_the_end_and_the_charger_is_shut_off()
    {
        PackRun run = FrozenPack.Of(0.55, 0.55005, 0.3, 0.5501).Run(new Charge(), new Rest { Duration = new Seconds(60) });

        double firstRed = run.Events.ToArray().First(e => e.Kind == RunEventKind.ShuntOn).TimeSeconds;
        double trip = run.TripSeconds[0];
        firstRed.ShouldBeInRange(trip * 0.98, trip);
        run.At(trip).Select(c => c.ShuntOn).ShouldBe([true, true, false, true]);
        var cells = new CellState[4];
        run.StateAt(new Seconds(trip), cells).CurrentAmps.ShouldBe(10);
        run.StateAt(new Seconds(trip + 1), cells).CurrentAmps.ShouldBe(0);
    }

    [Fact]
    [Trait("Row", "6")]
    public void Only_the_fullest_cell_loses_its_green_lamp_and_it_bounces_back_at_once()
    {
        PackRun run = FourCells.Run(new Charge(), new Rest { Duration = new Seconds(600) });

        run.At(run.TripSeconds[0]).Select(c => c.ContactOpen).ShouldBe([false, false, false, true]);
        RunEvent back = run.Events.ToArray().Single(e => e.Kind == RunEventKind.HvcCleared);
        back.Cell.ShouldBe(3);
        (back.TimeSeconds - run.TripSeconds[0]).ShouldBeLessThan(1);
    }

    [Fact]
    [Trait("Row", "6")]
    public void The_charger_stays_off_until_the_ignition_is_cycled()
    {
        Step rest = new Rest { Duration = new Seconds(600) };

        PackRun latched = FourCells.Run(new Charge(), rest, new Charge());
        PackRun reset = FourCells.Run(new Charge(), rest, new ResetIgnition(), new Charge());

        latched.Steps[2].Reason.ShouldBe(EndReason.Loop);
        latched.Steps[2].StringAh.ShouldBe(0);
        reset.Steps[3].Reason.ShouldBe(EndReason.Hvc);
        reset.Steps[3].Cell.ShouldBe(3);
        reset.TripSeconds.Length.ShouldBe(2);
        reset.RestartSeconds.Length.ShouldBe(1);
    }

    [Fact]
    [Trait("Row", "7")]
    public void Shunts_bleed_on_after_the_charge_until_the_red_lamps_vanish()
    {
        PackRun run = FourCells.Run(new Charge(), new Rest { Duration = new Seconds(4 * 3600) });

        double trip = run.TripSeconds[0];
        RunEvent dark = run.Events.ToArray().Single(e => e.Kind == RunEventKind.ShuntOff);
        run.At(trip)[3].ShuntOn.ShouldBeTrue();
        dark.TimeSeconds.ShouldBeGreaterThan(trip + 1);
        run.AtEnd().ShouldAllBe(c => !c.ShuntOn);
        run.AtEnd()[3].BledAh.ShouldBeGreaterThan(run.At(trip)[3].BledAh);
        run.AtEnd()[3].Soc.ShouldBeLessThan(run.At(trip)[3].Soc);
    }

    [Fact]
    [Trait("Row", "12")]
    public void A_balanced_pack_lights_every_red_lamp_and_the_charger_stops_on_its_own()
    {
        PackSpec pack = FrozenPack.Of([.. Enumerable.Repeat(0.9, 8)]);
        pack = pack with { Charger = pack.Charger with { Voltage = new Volts(8 * 3.58) } };

        PackRun run = pack.Run(new Charge());

        run.Steps[0].Reason.ShouldBe(EndReason.Charged);
        run.AtEnd().ShouldAllBe(c => c.ShuntOn && !c.ContactOpen);
        (double amps, double volts) = run.StateAt(new Seconds(run.EndSeconds), new CellState[8]);
        amps.ShouldBe(2, 1e-6);
        (volts / 8).ShouldBe(3.58, 1e-9);
    }

    [Theory]
    [Trait("Row", "13")]
    [InlineData(2.5, 3)]
    [InlineData(0.4, -1)]
    public void In_a_perfectly_balanced_pack_a_cell_of_odd_resistance_trips_early_or_misses_its_shunt(double factor, int tripping)
    {
        PackSpec pack = FrozenPack.Of(0.9, 0.9, 0.9, 0.9);
        pack = pack with { Cells = pack.Cells.SetItem(3, pack.Cells[3] with { R0 = new Ohms(0.001 * factor), R1 = new Ohms(0.0004 * factor) }) };

        PackRun run = pack.Run(new Charge());

        run.Steps[0].Reason.ShouldBe(EndReason.Hvc);
        if (tripping >= 0)
        {
            run.Steps[0].Cell.ShouldBe(tripping);
        }
        else
        {
            run.Steps[0].Cell.ShouldNotBe(3);
            CellState odd = run.AtEnd()[3];
            odd.VoltageVolts.ShouldBeLessThan(run.AtEnd()[0].VoltageVolts);
            odd.Soc.ShouldBe(run.AtEnd()[0].Soc, 0.001);
        }
    }
}
