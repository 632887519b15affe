using System.Collections.Immutable;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Tests.Frozen;

namespace TopBalance.Tests.Simulation;

/// <summary>What supplies do where one law gives way to another, or where nothing flows at all.</summary>
public sealed class SuppliesAtTheirEdges
{
    private static readonly ImmutableArray<CellNumber> One = [new(1)];
    private static readonly ImmutableArray<CellNumber> Four = [new(1), new(2), new(3), new(4)];

    [Fact]
    public void A_supply_below_the_cell_takes_no_charge_and_switches_nothing()
    {
        var low = new ChargeCells(One, SupplySetting.Bench(new Volts(2.4), new Amperes(5))) { Limit = new Seconds(60) };
        PackRun run = FrozenPack.Of(0.9).Run(low);

        run.Steps[0].Reason.ShouldBe(EndReason.Time);
        run.Steps[0].SupplyAh.ShouldBe(0, 1e-12);
        run.Events.ToArray().ShouldNotContain(e => e.Kind == RunEventKind.LvcOpened);
    }

    [Fact]
    public void A_charger_that_falls_to_float_leaves_the_red_lamps_lit()
    {
        var smart = new SmartChargerSpec(new Amperes(20), new Volts(14.1)) { Float = new Volts(13.3) };
        var charge = new ChargeCells(Four, SupplySetting.Of(smart)) { Attended = false, Limit = new Seconds(8 * 3600) };
        PackRun run = FrozenPack.Of(0.98, 0.98, 0.98, 0.98).Run(charge);

        // above shunt-on when absorption ends, the cells bleed down to the off level before their lamps go dark
        foreach (RunEvent off in run.Events.ToArray().Where(e => e.Kind == RunEventKind.ShuntOff))
        {
            run.StateAt(new Seconds(Math.BitDecrement(off.TimeSeconds)), CellNumber.FromIndex(off.Cell)).VoltageVolts.ShouldBe(3.45, 1e-6);
        }

        run.Events.ToArray().ShouldContain(e => e.Kind == RunEventKind.ShuntOff);
    }

    [Fact]
    public void A_supply_weaker_than_the_shunt_does_not_charge_for_ever()
    {
        var weak = new ChargeCells(One, SupplySetting.Bench(new Volts(3.65), new Amperes(0.5))) { UntilTaperedTo = new Amperes(0.1) };
        PackRun run = FrozenPack.Of(0.99).Run(weak);

        run.Steps[0].Reason.ShouldBe(EndReason.Stuck);
    }

    [Fact]
    public void A_charger_set_below_the_pack_ends_at_once_and_no_current_is_seen()
    {
        PackSpec pack = FrozenPack.Of(0.9, 0.9);
        pack = pack with { Charger = pack.Charger with { Voltage = new Volts(6) } };
        PackRun run = pack.Run(new Charge());

        run.Steps[0].Reason.ShouldBe(EndReason.Charged);
        run.EndSeconds.ShouldBe(0);
        run.StateAt(new Seconds(0), new CellState[2]).CurrentAmps.ShouldBe(0, 1e-9);
    }

    [Fact]
    public void A_charge_of_no_time_ends_by_time_also_above_the_set_point()
    {
        PackSpec pack = FrozenPack.Of(0.9, 0.9);
        pack = pack with { Charger = pack.Charger with { Voltage = new Volts(6.68) } };

        pack.Run(new Charge { Limit = new Seconds(0) }).Steps[0].Reason.ShouldBe(EndReason.Time);
    }

    [Fact]
    public void Idling_is_not_reported_as_constant_current()
    {
        var low = new ChargeCells(One, SupplySetting.Bench(new Volts(3.3), new Amperes(5))) { Limit = new Seconds(60) };

        FrozenPack.Of(0.9).Run(low).Events.ToArray().ShouldNotContain(e => e.Kind == RunEventKind.ConstantCurrent);
    }

    [Fact]
    public void A_stage_that_ends_before_it_begins_is_refused()
    {
        var supply = new SupplySetting(new Amperes(5), default, [new SupplyStage(new Volts(3.5)) { EndsAfter = new Seconds(-1) }]);

        Should.Throw<ArgumentException>(() => FrozenPack.Of(0.9).Run(new ChargeCells(One, supply)));
    }
}
