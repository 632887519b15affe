using TopBalance.Simulation;
using TopBalance.Tests.Oracle;
using Xunit.Abstractions;

namespace TopBalance.Tests.Reference;

/// <summary>The fine-step integration that judges the engine is itself judged by the closed form.</summary>
public sealed class OracleAgainstReference(ITestOutputHelper output)
{
    [Fact]
    public void The_fine_step_integration_finds_the_trip_of_case_A()
    {
        ReferenceResult expected = ReferenceData.Result("A");

        OracleRun run = OraclePlayer.Play(ReferenceData.CaseA(), new Charge());

        run.Steps[0].Cell.ShouldBe(expected.TripCell);
        double soc = run.EndStates[0].Zip(expected.Soc, (a, b) => Math.Abs(a.Soc - b)).Max();
        output.WriteLine($"trip within {Math.Abs(run.Steps[0].EndSeconds - expected.TripSeconds[0]):g2} s, SoC within {soc:g2}");

        // errors of 2e-13 in each of some thousand steps, and a cell that rises at 0.1 mV/s
        run.Steps[0].EndSeconds.ShouldBe(expected.TripSeconds[0], 1e-8);
        soc.ShouldBeLessThan(1e-12);
    }

    [Fact]
    public void The_fine_step_integration_finds_the_first_trips_and_restarts_of_case_B()
    {
        const int Trips = 5;
        ReferenceResult expected = ReferenceData.Result("B");

        OracleRun run = OraclePlayer.Play(ReferenceData.CaseA(), ReferenceCases.Cycles(restartVolts: 3.485).AsSpan(0, (3 * Trips) - 2));

        StepOutcome[] charges = [.. run.Steps.Where(s => s.Reason == EndReason.Hvc)];
        charges.Length.ShouldBe(Trips);
        for (int k = 0; k < Trips; k++)
        {
            // the same errors over more steps, and rests that end at 10 µV/s
            charges[k].EndSeconds.ShouldBe(expected.TripSeconds[k], 1e-6);
            charges[k].StartSeconds.ShouldBe(k == 0 ? 0 : expected.RestartSeconds[k - 1], 1e-6);
        }
    }
}
