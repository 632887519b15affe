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
    public void A_voltage_that_turns_just_above_the_off_level_leaves_the_lamp_lit_and_just_below_it_does_not(TransientKind kind, double volts)
    {
        var transient = new Transient(kind, summit: false);
        double valley = transient.ExtremeVolts();

        ShuntEvents(transient.Pack(valley + 0.06, valley - volts, 0), transient.Steps(FourHours)).ShouldBeEmpty();
        ShuntEvents(transient.Pack(valley + 0.06, valley + volts, 0), transient.Steps(FourHours)).ShouldBe([RunEventKind.ShuntOff]);
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
