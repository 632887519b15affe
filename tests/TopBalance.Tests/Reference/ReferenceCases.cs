using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Tests.Reference;

/// <summary>The engine against results computed elsewhere by two independent methods.</summary>
public sealed class ReferenceCases
{
    // the reference is good to 5e-10 s in A and, by its own summing up over 21 cycles, to nanoseconds in B and B2
    private const double EventSeconds = 1e-6;
    private const double Soc = 1e-9;

    [Fact]
    public void Case_A_trips_at_the_instant_and_in_the_cell_of_the_closed_form()
    {
        PackRun run = new PackSimulator().Run(ReferenceData.CaseA(), new Charge());

        ShouldMatch(run, ReferenceData.Result("A"));
    }

    [Fact]
    public void Case_B_repeats_every_one_of_its_21_trips_and_20_restarts()
    {
        PackRun run = new PackSimulator().Run(ReferenceData.CaseA(), Cycles(restartVolts: 3.485));

        ShouldMatch(run, ReferenceData.Result("B"));
    }

    [Fact]
    public void Case_B2_with_quiescent_draw_repeats_every_trip_and_restart_over_twenty_days()
    {
        PackRun run = new PackSimulator().Run(ReferenceData.CaseA(quiescentAmps: 0.02), Cycles(restartVolts: 3.45));

        ShouldMatch(run, ReferenceData.Result("B2"));
    }

    [Fact]
    public void Case_C_trips_in_the_right_cell_at_the_right_instant_in_all_1000_packs()
    {
        var simulator = new PackSimulator();
        var cells = new CellState[50];
        var expected = ReferenceData.ResultsOfC();
        var packs = ReferenceData.CaseC();
        packs.Length.ShouldBe(expected.Length);
        for (int pack = 0; pack < packs.Length; pack++)
        {
            PackRun run = simulator.Run(packs[pack], new Charge());

            StepOutcome outcome = run.Steps[0];
            outcome.Reason.ShouldBe(EndReason.Hvc, $"pack {pack}");
            outcome.Cell.ShouldBe(expected[pack].TripCell, $"pack {pack}");
            outcome.EndSeconds.ShouldBe(expected[pack].TripSeconds, EventSeconds, $"pack {pack}");
            run.StateAt(new Seconds(run.EndSeconds), cells);
            cells.Min(c => c.Soc).ShouldBe(expected[pack].SocMin, Soc, $"pack {pack}");
            cells.Average(c => c.Soc).ShouldBe(expected[pack].SocMean, Soc, $"pack {pack}");
            cells.Max(c => c.Soc).ShouldBe(expected[pack].SocMax, Soc, $"pack {pack}");
        }
    }

    // 20 times: wait for the highest cell, cycle the key, charge again
    internal static Step[] Cycles(double restartVolts) =>
    [
        new Charge(),
        .. Enumerable.Range(0, 20).SelectMany(_ => new Step[]
        {
            new Rest { UntilHighestAt = new Volts(restartVolts) }, new ResetIgnition(), new Charge(),
        }),
    ];

    private static void ShouldMatch(PackRun run, ReferenceResult expected)
    {
        run.Steps[^1].Reason.ShouldBe(EndReason.Hvc);
        run.Steps[^1].Cell.ShouldBe(expected.TripCell);
        ShouldBeSameTimes(run.TripSeconds.ToArray(), expected.TripSeconds, "trip");
        ShouldBeSameTimes(run.RestartSeconds.ToArray(), expected.RestartSeconds, "restart");
        for (int c = 0; c < expected.Soc.Length; c++)
        {
            CellState cell = run.StateAt(new Seconds(run.EndSeconds), CellNumber.FromIndex(c));
            cell.Soc.ShouldBe(expected.Soc[c], Soc, $"cell {c + 1}");

            // 1e-6 s of trip time at 10 µV/s to 1 mV/s is at most 1e-9 V
            cell.VoltageVolts.ShouldBe(expected.Volts[c], 1e-9, $"cell {c + 1}");
        }
    }

    private static void ShouldBeSameTimes(double[] actual, IReadOnlyList<double> expected, string what)
    {
        actual.Length.ShouldBe(expected.Count, what);
        for (int k = 0; k < actual.Length; k++)
        {
            actual[k].ShouldBe(expected[k], EventSeconds, $"{what} {k + 1}");
        }
    }
}
