using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Simulation;

namespace TopBalance.Tests.Simulation;

/// <summary>What an engine that looks only at the ends of its steps would miss.</summary>
public sealed class DesignedCrossings
{
    private const double FourHours = 4 * 3600;

    [Theory]
    [InlineData(TransientKind.ClosedForm)]
    [InlineData(TransientKind.UnlikeMembers)]
    [InlineData(TransientKind.ResistiveLoad)]
    public void A_voltage_that_rises_over_the_shunt_level_and_falls_again_within_one_rest_is_seen_twice(TransientKind kind)
    {
        var transient = new Transient(kind, summit: true);
        double on = transient.ExtremeVolts() - 0.001;
        PackModel model = transient.Pack(on, on - 0.01, 0.05);

        ShuntEvents(model, transient.Steps(FourHours)).ShouldBe([RunEventKind.ShuntOn, RunEventKind.ShuntOff]);
        OracleComparison.Differences(model, transient.Steps(FourHours)).ShouldBeEmpty();
    }

    // the closed form is exact to rounding; an integrator to its tolerance of 1e-9 V and what that is after some hundred steps
    [Theory]
    [InlineData(TransientKind.ClosedForm, 1e-9)]
    [InlineData(TransientKind.UnlikeMembers, 2e-8)]
    [InlineData(TransientKind.ResistiveLoad, 2e-8)]
    public void A_voltage_that_turns_just_below_the_shunt_level_lights_no_lamp_and_just_above_it_does(TransientKind kind, double volts)
    {
        var transient = new Transient(kind, summit: true);
        double summit = transient.ExtremeVolts();

        ShuntEvents(transient.Pack(summit + volts, summit - 0.01, 0), transient.Steps(FourHours)).ShouldBeEmpty();
        ShuntEvents(transient.Pack(summit - volts, summit - 0.01, 0), transient.Steps(FourHours))
            .ShouldBe([RunEventKind.ShuntOn, RunEventKind.ShuntOff]);
    }

    [Theory]
    [InlineData(TransientKind.ClosedForm, 1e-9)]
    [InlineData(TransientKind.UnlikeMembers, 2e-8)]
    [InlineData(TransientKind.ResistiveLoad, 2e-8)]
    public void A_voltage_that_turns_just_above_the_off_level_leaves_the_lamp_lit_and_just_below_not(TransientKind kind, double volts)
    {
        var transient = new Transient(kind, summit: false);
        double valley = transient.ExtremeVolts();

        ShuntEvents(transient.Pack(valley + 0.06, valley - volts, 0), transient.Steps(FourHours)).ShouldBeEmpty();
        ShuntEvents(transient.Pack(valley + 0.06, valley + volts, 0), transient.Steps(FourHours)).ShouldBe([RunEventKind.ShuntOff]);
    }

    [Fact]
    public void Knots_of_two_tables_that_differ_by_rounding_are_both_passed()
    {
        double knot = 0.9;
        ImmutableArray<double> volts = [2.5, 3.35, 3.6];
        ImmutableArray<double> ohms = [0.001, 0.001, 0.003];
        foreach (double beside in (double[])[Math.BitDecrement(knot), knot, Math.BitIncrement(knot), knot + 1e-13])
        {
            var resistance = new ResistanceCurve([0, beside, 1], ohms, ohms);
            var parameters = new CellParameters(new OcvCurve([0, knot, 1], volts), resistance, [new RcPair(resistance, new(60))]);
            var shunt = new ShuntSpec.ConstantCurrent(new(0.7));
            var module = new CellModuleSpec("plain", new(3.5), new(3.45), shunt, new(3.6), new(3.59), new(2.5), new(2.6));
            var cell = new CellModel([new MemberModel(parameters, 40, 0.85)], ModuleLevels.Of(module));
            var model = new PackModel([cell, cell], module, new ChargerSpec(new(1000), new(20), new(0.1)), new(3.65));

            OracleComparison.Differences(model, new Charge { Limit = new(600) }, new Rest { Duration = new(600) })
                .ShouldBeEmpty($"knots at {knot:r} and {beside:r}");
        }
    }

    // those of the last step, not those that its first current jump brings
    private static RunEventKind[] ShuntEvents(PackModel model, Step[] steps)
    {
        PackRun run = new PackSimulator().Run(model, steps);
        run.Steps[^1].StartSeconds.ShouldBe(Transient.StartSeconds);
        return [.. run.Events.ToArray()
            .Where(e => e.Cell == 0 && e.TimeSeconds > Transient.StartSeconds + 1e-6)
            .Where(e => e.Kind is RunEventKind.ShuntOn or RunEventKind.ShuntOff)
            .Select(e => e.Kind)];
    }
}
