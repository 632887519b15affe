using TopBalance.Simulation;
using TopBalance.Tests.Simulation;

namespace TopBalance.Tests.Oracle;

/// <summary>The fine-step integration must itself see what it is to find in others.</summary>
public sealed class FineStepsSeeCrossings
{
    private const double FourHours = 4 * 3600;

    [Theory]
    [InlineData(TransientKind.ClosedForm)]
    [InlineData(TransientKind.UnlikeMembers)]
    [InlineData(TransientKind.ResistiveLoad)]
    public void A_summit_counts_from_1e_minus_11_V_above_the_level(TransientKind kind)
    {
        var transient = new Transient(kind, summit: true);
        double summit = transient.ExtremeVolts();

        ShuntEvents(transient.Pack(summit + 1e-11, summit - 0.01, 0), transient).ShouldBeEmpty();
        ShuntEvents(transient.Pack(summit - 1e-11, summit - 0.01, 0), transient).ShouldBe([RunEventKind.ShuntOn, RunEventKind.ShuntOff]);
    }

    [Theory]
    [InlineData(TransientKind.ClosedForm)]
    [InlineData(TransientKind.UnlikeMembers)]
    [InlineData(TransientKind.ResistiveLoad)]
    public void A_valley_counts_from_1e_minus_11_V_below_the_level(TransientKind kind)
    {
        var transient = new Transient(kind, summit: false);
        double valley = transient.ExtremeVolts();

        ShuntEvents(transient.Pack(valley + 0.06, valley - 1e-11, 0), transient).ShouldBeEmpty();
        ShuntEvents(transient.Pack(valley + 0.06, valley + 1e-11, 0), transient).ShouldBe([RunEventKind.ShuntOff]);
    }

    private static RunEventKind[] ShuntEvents(PackModel model, Transient transient) =>
    [
        .. OraclePlayer.Play(model, transient.Steps(FourHours)).Events
            .Where(e => e.Cell == 0 && e.TimeSeconds > Transient.StartSeconds + 1e-6)
            .Where(e => e.Kind is RunEventKind.ShuntOn or RunEventKind.ShuntOff)
            .Select(e => e.Kind),
    ];
}
