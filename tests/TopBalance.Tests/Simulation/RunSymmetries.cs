using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Tests.Oracle;

namespace TopBalance.Tests.Simulation;

/// <summary>Ways of asking the same question that must not change the answer.</summary>
public sealed class RunSymmetries
{
    private static readonly Seconds Limit = new(4 * 3600);

    public static TheoryData<string> Kinds => [.. DrawnPacks.Kinds.Keys];

    public static TheoryData<string> Integrated => [.. DrawnPacks.Integrated];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Permuting_the_cells_permutes_the_answer(string kind)
    {
        for (ulong seed = 0; seed < 50; seed++)
        {
            PackModel model = PackDrawing.Draw(DrawnPacks.Kinds[kind], seed);
            var reversed = new PackModel([.. model.Cells.Reverse()], model.Module, model.Charger, model.MaxVoltage);
            Step[] steps = [new Charge { Limit = Limit }, new Rest { Duration = new(1800) }];

            PackRun run = new PackSimulator().Run(model, steps);
            PackRun mirror = new PackSimulator().Run(reversed, steps);

            mirror.Steps[0].Reason.ShouldBe(run.Steps[0].Reason, $"{kind}, seed {seed}");
            int cell = run.Steps[0].Cell;
            mirror.Steps[0].Cell.ShouldBe(cell < 0 ? -1 : model.Cells.Length - 1 - cell, $"{kind}, seed {seed}");
            ShouldMirror(run, mirror, $"{kind}, seed {seed}");
        }
    }

    [Fact]
    public void A_charge_split_in_two_is_the_same_charge_in_closed_form()
    {
        for (ulong seed = 0; seed < 100; seed++)
        {
            PackModel model = PackDrawing.Draw(DrawnPacks.Kinds["closed form"], seed);
            PackRun whole = new PackSimulator().Run(model, new Charge());
            PackRun split = Split(model, whole, seed);

            // rounding of 1e-14 V at 10 µV/s
            int cell = whole.Steps[0].Cell;
            if (DrawnPacks.SlopeAtEnd(whole, cell) > 1e-5)
            {
                split.EndSeconds.ShouldBe(whole.EndSeconds, 1e-9, $"seed {seed}");
            }

            ShouldEndAlike(split, whole, 1e-12, $"seed {seed}");
        }
    }

    [Theory]
    [MemberData(nameof(Integrated))]
    public void A_charge_split_in_two_is_the_same_charge_within_ten_times_the_tolerance(string kind)
    {
        // ten times the integrator's 1e-9, in V, and as the time that a voltage takes for it
        const double Tolerance = 1e-8;
        for (ulong seed = 0; seed < 50; seed++)
        {
            PackModel model = PackDrawing.Draw(DrawnPacks.Kinds[kind], seed);
            PackRun whole = new PackSimulator().Run(model, new Charge { Limit = Limit });
            PackRun split = Split(model, whole, seed);

            int cell = Math.Max(0, whole.Steps[0].Cell);
            double slope = DrawnPacks.SlopeAtEnd(whole, cell);
            if (slope > 1e-5)
            {
                split.EndSeconds.ShouldBe(whole.EndSeconds, Tolerance / slope, $"{kind}, seed {seed}");
                ShouldEndAlike(split, whole, Tolerance * 10, $"{kind}, seed {seed}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Cells_that_are_alike_switch_together_and_none_is_forgotten(string kind)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            PackModel drawn = PackDrawing.Draw(DrawnPacks.Kinds[kind] with { LowestSetpoint = null, Relative = false, StrongShunts = false }, seed);
            PackModel model = new([.. Enumerable.Repeat(drawn.Cells[0], 3)], drawn.Module, drawn.Charger, drawn.MaxVoltage);

            PackRun run = new PackSimulator().Run(model, new Charge(), new Rest { Duration = new(1800) });

            run.Steps[0].Reason.ShouldBe(EndReason.Hvc, $"{kind}, seed {seed}");
            RunEvent[] events = run.Events.ToArray();
            ShouldBeTogether(events, RunEventKind.ShuntOn, $"{kind}, seed {seed}");
            ShouldBeTogether(events, RunEventKind.ShuntOff, $"{kind}, seed {seed}");
            ShouldBeTogether(events, RunEventKind.HvcOpened, $"{kind}, seed {seed}");
            events.ShouldContain(e => e.Kind == RunEventKind.HvcOpened, $"{kind}, seed {seed}");
        }
    }

    private static PackRun Split(PackModel model, PackRun whole, ulong seed)
    {
        double at = new RandomStream(seed, 9).NextUniform(0.05, 0.95) * whole.EndSeconds;
        PackRun split = new PackSimulator().Run(model, new Charge { Limit = new(at) }, new Charge { Limit = new(Limit.Value - at) });
        split.Steps[0].Reason.ShouldBe(EndReason.Time, $"seed {seed}");
        split.Steps[1].Reason.ShouldBe(whole.Steps[0].Reason, $"seed {seed}");
        split.Steps[1].Cell.ShouldBe(whole.Steps[0].Cell, $"seed {seed}");
        return split;
    }

    private static void ShouldEndAlike(PackRun run, PackRun expected, double tolerance, string what)
    {
        run.Events.ToArray().Count(IsShunt).ShouldBe(expected.Events.ToArray().Count(IsShunt), what);
        for (int c = 0; c < run.Model.Cells.Length; c++)
        {
            CellState a = run.StateAt(new(run.EndSeconds), CellNumber.FromIndex(c));
            CellState e = expected.StateAt(new(expected.EndSeconds), CellNumber.FromIndex(c));
            a.Soc.ShouldBe(e.Soc, tolerance, $"{what}, cell {c + 1}");
            a.VoltageVolts.ShouldBe(e.VoltageVolts, tolerance, $"{what}, cell {c + 1}");
        }
    }

    private static bool IsShunt(RunEvent e) => e.Kind is RunEventKind.ShuntOn or RunEventKind.ShuntOff;

    // a sum taken in another order differs by rounding, which the integrator may answer with another step: 1e-8 as when splitting
    private static void ShouldMirror(PackRun run, PackRun mirror, string what)
    {
        int last = run.Model.Cells.Length - 1;
        mirror.EndSeconds.ShouldBe(run.EndSeconds, 1e-6 * run.EndSeconds, what);
        mirror.Events.Length.ShouldBe(run.Events.Length, what);
        for (int c = 0; c <= last; c++)
        {
            CellState a = mirror.StateAt(new(mirror.EndSeconds), CellNumber.FromIndex(last - c));
            CellState e = run.StateAt(new(run.EndSeconds), CellNumber.FromIndex(c));
            a.Soc.ShouldBe(e.Soc, 1e-8, $"{what}, cell {c + 1}");
            a.VoltageVolts.ShouldBe(e.VoltageVolts, 1e-7, $"{what}, cell {c + 1}");
            a.BledAh.ShouldBe(e.BledAh, 1e-6, $"{what}, cell {c + 1}");
        }
    }

    // in each round of switching every cell takes part, at one instant
    private static void ShouldBeTogether(RunEvent[] events, RunEventKind kind, string what)
    {
        RunEvent[] own = [.. events.Where(e => e.Kind == kind)];
        for (int k = 0; k < own.Length; k += 3)
        {
            RunEvent[] round = [.. own.Skip(k).Take(3)];
            round.Select(e => e.Cell).Order().SequenceEqual([0, 1, 2]).ShouldBeTrue(what);
            round.Max(e => e.TimeSeconds).ShouldBe(round.Min(e => e.TimeSeconds), 1e-9, what);
        }
    }
}
