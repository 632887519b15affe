using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Tests.Frozen;

namespace TopBalance.Tests.Paper;

/// <summary>What the paper warns of.</summary>
public class HazardTests
{
    private static readonly SmartChargerSpec Smart = new(new Amperes(10), new Volts(14.4)) { Float = new Volts(13.6) };

    private static ChargeCells OnAllFour(bool attended) =>
        new([.. Enumerable.Range(1, 4).Select(k => new CellNumber(k))], SupplySetting.Of(Smart)) { Attended = attended, Limit = new Seconds(12 * 3600) };

    [Fact]
    [Trait("Row", "9")]
    public void A_12_V_charger_that_nobody_hears_overcharges_the_fullest_of_four_cells()
    {
        PackRun run = FrozenPack.Of(0.5, 0.6, 0.5, 0.9).Run(OnAllFour(attended: false));

        Hazard overcharge = run.Hazards.ToArray().Single(h => h.Kind == HazardKind.Overcharge);
        overcharge.Cell.ShouldBe(3);
        overcharge.Depth.ShouldBeGreaterThan(0.3);
        run.Hazards.ToArray().ShouldContain(h => h.Kind == HazardKind.OverHvc && h.Cell == 3);
    }

    [Theory]
    [InlineData(0.5, 0.6, 0.5, 0.9)]
    [InlineData(0.93, 0.96, 0.95, 0.97)]
    [InlineData(0.985, 0.97, 0.99, 0.992)]
    public void The_depth_of_a_danger_is_its_worst_instant_wherever_that_lies(double a, double b, double c, double d)
    {
        PackRun run = FrozenPack.Of(a, b, c, d).Run(OnAllFour(attended: false));

        run.Hazards.Length.ShouldBeGreaterThan(0);
        foreach (Hazard hazard in run.Hazards.ToArray())
        {
            double level = hazard.Kind == HazardKind.Overcharge ? run.Model.MaxVoltage.Value : run.Model.Cells[hazard.Cell].Levels.Hvc;
            double worst = Enumerable.Range(0, 2001).Max(k => run.StateAt(
                new(hazard.StartSeconds + (hazard.DurationSeconds * k / 2000)), CellNumber.FromIndex(hazard.Cell)).VoltageVolts);

            // the samples miss the very top by a little
            hazard.Depth.ShouldBeInRange(worst - level - 1e-9, worst - level + 1e-4, hazard.ToString());
        }
    }

    [Fact]
    [Trait("Row", "9")]
    public void Switched_off_at_the_buzzer_it_does_no_harm()
    {
        PackRun run = FrozenPack.Of(0.5, 0.6, 0.5, 0.9).Run(OnAllFour(attended: true));

        run.Steps[0].Reason.ShouldBe(EndReason.Alarm);
        run.Steps[0].Cell.ShouldBe(3);
        run.Hazards.Length.ShouldBe(0);
    }

    [Fact]
    public void A_12_V_charger_on_four_equal_cells_is_full_at_its_absorption_voltage()
    {
        PackRun run = FrozenPack.Of(0.9, 0.9, 0.9, 0.9).Run(
            OnAllFour(attended: true) with { Supply = SupplySetting.Bench(new Volts(14.2), new Amperes(10)), UntilTaperedTo = new Amperes(1.2) });

        run.Steps[0].Reason.ShouldBe(EndReason.Tapered);
        run.AtEnd().ShouldAllBe(c => Math.Abs(c.VoltageVolts - 3.55) < 1e-9 && c.ShuntOn);
        run.Steps[0].SupplyAh.ShouldBe(run.AtEnd()[0].BledAh + ((run.AtEnd()[0].Soc - 0.9) * 100), 1e-6);
    }

    [Fact]
    [Trait("Row", "14")]
    public void Without_a_BMS_the_emptiest_cell_is_reversed()
    {
        PackSpec pack = FrozenPack.Of(0.9, 0.9, 0.4, 0.9);

        PackRun unwatched = pack.Run(new Drive { Current = new Amperes(50), Charge = new AmpereHours(50), ObeysLoop = false });
        PackRun watched = pack.Run(new Drive { Current = new Amperes(50), Charge = new AmpereHours(50) });

        Hazard reversal = unwatched.Hazards.ToArray().Single(h => h.Kind == HazardKind.Reversal);
        reversal.Cell.ShouldBe(2);
        reversal.Depth.ShouldBe(10, 1e-6);
        reversal.DurationSeconds.ShouldBe(10.0 / 50 * 3600, 1e-6);
        watched.Steps[0].Reason.ShouldBe(EndReason.Lvc);
        watched.Steps[0].Cell.ShouldBe(2);
        watched.Hazards.Length.ShouldBe(0);
    }

    [Fact]
    [Trait("Row", "8")]
    public void A_bench_supply_set_midway_between_shunt_and_HVC_can_be_left_alone()
    {
        PackSpec pack = FrozenPack.Of(0.9, 0.5);

        PackRun run = pack.Run(new ChargeCells([new CellNumber(1)], SupplySetting.Bench(pack.Module.BenchSetpoint, new Amperes(5), new Ohms(0.02)))
        {
            Attended = false,
            Limit = new Seconds(48 * 3600),
        });

        run.Hazards.Length.ShouldBe(0);
        run.AtEnd()[0].ShuntOn.ShouldBeTrue();
        run.AtEnd()[0].VoltageVolts.ShouldBeInRange(3.5, 3.55);
        run.AtEnd()[1].Soc.ShouldBe(0.5, 1e-12);
    }

    [Fact]
    public void A_bench_supply_set_above_HVC_is_reported_with_depth_and_duration()
    {
        PackRun run = FrozenPack.Of(0.9, 0.5).Run(
            new ChargeCells([new CellNumber(1)], SupplySetting.Bench(new Volts(3.7), new Amperes(5))) { Attended = false, Limit = new Seconds(6 * 3600) });

        Hazard above = run.Hazards.ToArray().Single(h => h.Kind == HazardKind.OverHvc);
        above.Depth.ShouldBe(0.1, 1e-6);
        Hazard over = run.Hazards.ToArray().Single(h => h.Kind == HazardKind.Overcharge);
        over.Depth.ShouldBe(0.05, 1e-6);
        (over.StartSeconds + over.DurationSeconds).ShouldBe(6 * 3600, 1e-6);
    }

    [Fact]
    public void A_resistor_over_its_wattage_is_reported()
    {
        DrainLoadSpec load = DrainLoadSpec.Resistor(new Ohms(3.3), new Watts(3));

        PackRun run = FrozenPack.Of(0.9, 0.5).Run(new DrainCell(new CellNumber(1), load, new Seconds(480)));

        Hazard hot = run.Hazards.ToArray().Single();
        hot.Kind.ShouldBe(HazardKind.OverWattage);
        hot.DurationSeconds.ShouldBe(480, 1e-6);
        hot.Depth.ShouldBeInRange(0.3, 0.4);
        ((0.9 - run.AtEnd()[0].Soc) * 100).ShouldBe(0.134, 0.003);
    }

    [Fact]
    [Trait("Row", "16")]
    public void All_in_parallel_brings_every_cell_to_one_state()
    {
        PackRun run = FrozenPack.Of(0.3, 0.6, 0.5, 0.9).Run(
            new ChargeInParallel(SupplySetting.Bench(new Volts(3.55), new Amperes(10))) { UntilTaperedTo = new Amperes(3.5) });

        run.Steps[0].Reason.ShouldBe(EndReason.Tapered);
        CellState[] cells = run.AtEnd();
        cells.ShouldAllBe(c => Math.Abs(c.VoltageVolts - 3.55) < 1e-9);
        (cells.Max(c => c.Soc) - cells.Min(c => c.Soc)).ShouldBeLessThan(0.01);
    }
}
