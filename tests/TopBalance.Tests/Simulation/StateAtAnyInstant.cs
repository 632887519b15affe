using TopBalance.Packs;
using TopBalance.Simulation;
using TopBalance.Tests.Oracle;

namespace TopBalance.Tests.Simulation;

public sealed class StateAtAnyInstant
{
    public static TheoryData<string> Kinds => [.. DrawnPacks.Kinds.Keys];

    public static TheoryData<string> AbsoluteKinds => [.. DrawnPacks.Kinds.Keys.Where(k => !k.StartsWith("relative rule", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(AbsoluteKinds))]
    public void A_shunt_switches_when_its_module_reads_its_level(string kind)
    {
        int seen = 0;
        for (ulong seed = 0; seed < 100; seed++)
        {
            PackModel model = PackDrawing.Draw(DrawnPacks.Kinds[kind], seed);
            PackRun run = new PackSimulator().Run(model, new Charge { Limit = new(7200) }, new Rest { Duration = new(3600) });
            RunEvent[] events = run.Events.ToArray();
            double[] jumps = [.. run.Steps.ToArray().Select(s => s.StartSeconds)];
            foreach (RunEvent e in events.Where(e => IsCrossing(e, events, jumps)))
            {
                // the last instant before the shunt's own current moves the voltage
                CellState cell = run.StateAt(new(Math.BitDecrement(e.TimeSeconds)), CellNumber.FromIndex(e.Cell));
                ModuleLevels levels = model.Cells[e.Cell].Levels;
                double level = e.Kind == RunEventKind.ShuntOn ? levels.ShuntOn : levels.ShuntOff;

                // the engine's tolerance
                (cell.VoltageVolts + model.Cells[e.Cell].ReadingOffsetVolts).ShouldBe(level, 1e-9, $"{kind}, seed {seed}, {e}");
                seen++;
            }
        }

        seen.ShouldBeGreaterThan(100);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_state_at_any_instant_is_that_of_a_run_that_ends_there(string kind)
    {
        // in closed form the same expressions; else two sequences of steps, each within 1e-9
        double tolerance = kind == "closed form" ? 1e-12 : 1e-8;
        for (ulong seed = 0; seed < 40; seed++)
        {
            PackModel model = PackDrawing.Draw(DrawnPacks.Kinds[kind], seed);
            var random = new RandomStream(seed, 11);
            PackRun whole = new PackSimulator().Run(model, new Charge { Limit = new(7200) });
            for (int k = 0; k < 5; k++)
            {
                double at = whole.EndSeconds * random.NextUniform();
                PackRun limited = new PackSimulator().Run(model, new Charge { Limit = new(at) });

                limited.EndSeconds.ShouldBe(at, $"{kind}, seed {seed}");
                ShouldBeAlike(whole, limited, at, tolerance, $"{kind}, seed {seed}, {at:r} s");
            }
        }
    }

    [Fact]
    public void Outside_the_run_there_is_no_state()
    {
        PackModel model = PackDrawing.Draw(new PackRecipe(), 1);
        PackRun run = new PackSimulator().Run(model, new Rest { Duration = new(60) });

        Should.Throw<ArgumentOutOfRangeException>(() => run.StateAt(new(-1), new CellNumber(1)));
        Should.Throw<ArgumentOutOfRangeException>(() => run.StateAt(new(61), new CellNumber(1)));
    }

    // not one that a jump of the current brought
    private static bool IsCrossing(RunEvent e, RunEvent[] events, double[] jumps) =>
        e.Kind is RunEventKind.ShuntOn or RunEventKind.ShuntOff
        && !jumps.Any(t => Math.Abs(t - e.TimeSeconds) < 1e-6)
        && !events.Any(o => o.Cell != e.Cell && Math.Abs(o.TimeSeconds - e.TimeSeconds) < 1e-6);

    private static void ShouldBeAlike(PackRun whole, PackRun limited, double at, double tolerance, string what)
    {
        var expected = new CellState[whole.Model.Cells.Length];
        var actual = new CellState[expected.Length];
        (double expectedAmps, double expectedVolts) = whole.StateAt(new(at), expected);
        (double amps, double volts) = limited.StateAt(new(at), actual);
        volts.ShouldBe(expectedVolts, tolerance * expected.Length, what);

        // 1 nV across a milliohm is a microampere
        amps.ShouldBe(expectedAmps, tolerance * 1000, what);
        for (int c = 0; c < expected.Length; c++)
        {
            actual[c].Soc.ShouldBe(expected[c].Soc, tolerance, $"{what}, cell {c + 1}");
            actual[c].VoltageVolts.ShouldBe(expected[c].VoltageVolts, tolerance, $"{what}, cell {c + 1}");
            actual[c].ShuntOn.ShouldBe(expected[c].ShuntOn, $"{what}, cell {c + 1}");
            actual[c].ContactOpen.ShouldBe(expected[c].ContactOpen, $"{what}, cell {c + 1}");
            actual[c].BledAh.ShouldBe(expected[c].BledAh, tolerance * 100, $"{what}, cell {c + 1}");
        }
    }
}
