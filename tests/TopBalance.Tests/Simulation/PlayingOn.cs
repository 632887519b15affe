using TopBalance.Packs;
using TopBalance.Simulation;
using TopBalance.Tests.Fuzz;

namespace TopBalance.Tests.Simulation;

public sealed class PlayingOn
{
    private const int Blocks = 2, SeedsPerBlock = 15;

    // a search for the highest voltage that begins elsewhere ends within this of it, V
    private const double SearchVolts = 1e-4;

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Blocks)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Steps_played_one_by_one_give_the_same_bits_as_all_at_once(int block)
    {
        var whole = new PackSimulator();
        var piecewise = new PackSimulator();
        for (ulong seed = (ulong)(block * SeedsPerBlock); seed < (ulong)((block + 1) * SeedsPerBlock); seed++)
        {
            PackModel model = PackDraw.Draw(AnyPack.Of(seed));
            Step[] steps = AnySteps.Of(model, seed);
            string expected = Transcript(whole.Run(model, steps));

            PackRun run = piecewise.Begin(model);
            foreach (Step step in steps)
            {
                piecewise.Continue(step);

                // whether it is looked at in between changes nothing
                _ = (seed % 2 == 0) ? run.Hazards : default;
            }

            Transcript(run).ShouldBe(expected, $"seed {seed}");
        }
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void What_is_forgotten_changes_nothing_of_what_follows(int block)
    {
        var whole = new PackSimulator();
        var forgetful = new PackSimulator();
        for (ulong seed = (ulong)(block * SeedsPerBlock); seed < (ulong)((block + 1) * SeedsPerBlock); seed++)
        {
            PackModel model = PackDraw.Draw(AnyPack.Of(seed));
            Step[] steps = [.. AnySteps.Of(model, seed), .. AnySteps.Of(model, seed + 1_000_000)];
            int cut = (int)(seed % (ulong)steps.Length);
            PackRun all = whole.Run(model, steps);

            forgetful.Begin(model);
            PackRun run = forgetful.Continue(steps.AsSpan(0, cut));
            forgetful.Forget();
            run.Steps.Length.ShouldBe(0);
            run.Events.Length.ShouldBe(0);
            forgetful.Continue(steps.AsSpan(cut));

            double from = run.KnownFromSeconds;
            string[] actual = Transcript(run, 0, from).Split('\n');
            string[] expected = Transcript(all, cut, from).Split('\n');
            for (int k = 0; k < expected.Length; k++)
            {
                actual[k].ShouldBe(expected[k], $"seed {seed}, line {k}");
            }

            actual.Length.ShouldBe(expected.Length);
            run.StringAh.ShouldBe(all.StringAh);
            SameHazards(run, all, seed);
        }
    }

    [Fact]
    public void Nothing_is_played_on_before_a_run_has_begun()
    {
        Should.Throw<InvalidOperationException>(() => new PackSimulator().Continue(new ResetIgnition()));
        Should.Throw<InvalidOperationException>(() => new PackSimulator().Forget());
    }

    [Fact]
    public void A_time_that_was_forgotten_is_not_answered()
    {
        var simulator = new PackSimulator();
        PackRun run = simulator.Run(PackDraw.Draw(AnyPack.Of(1)), new Rest { Duration = new(100) });
        simulator.Forget();
        simulator.Continue(new Rest { Duration = new(100) });

        run.KnownFromSeconds.ShouldBe(100);
        run.EndSeconds.ShouldBe(200);
        Should.Throw<ArgumentOutOfRangeException>(() => run.StateAt(new(99), new CellNumber(1)));
        run.StateAt(new(100), new CellNumber(1)).Soc.ShouldBeGreaterThan(0);
    }

    private static void SameHazards(PackRun run, PackRun all, ulong seed)
    {
        run.Hazards.Length.ShouldBe(all.Hazards.Length, $"seed {seed}");
        for (int k = 0; k < run.Hazards.Length; k++)
        {
            (run.Hazards[k] with { Depth = 0 }).ShouldBe(all.Hazards[k] with { Depth = 0 }, $"seed {seed}");
            run.Hazards[k].Depth.ShouldBe(all.Hazards[k].Depth, SearchVolts, $"seed {seed}");
        }
    }

    // every number with all its digits; since an instant without what happened at it
    private static string Transcript(PackRun run, int firstStep = 0, double? since = null)
    {
        var cells = new CellState[run.Model.Cells.Length];
        var lines = new List<string>();
        foreach (StepOutcome step in run.Steps[firstStep..])
        {
            lines.Add(step.ToString());
        }

        foreach (RunEvent e in run.Events)
        {
            if (since is null || e.TimeSeconds > since)
            {
                lines.Add(e.ToString());
            }
        }

        foreach (Hazard hazard in since is null ? run.Hazards : [])
        {
            lines.Add(hazard.ToString());
        }

        double from = since ?? 0;
        for (int k = 0; k <= 10; k++)
        {
            double time = k == 10 ? run.EndSeconds : from + ((run.EndSeconds - from) * k / 10);
            (double amps, double volts) = run.StateAt(new(time), cells);
            lines.Add($"{amps:r} {volts:r} {string.Join(' ', cells)}");
        }

        return string.Join('\n', lines);
    }
}
