using System.Diagnostics;
using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Simulation;
using TopBalance.Tests.Oracle;

namespace TopBalance.Tests.Simulation;

/// <summary>The cost of a run grows with what happens in it, and little enough happens.</summary>
public sealed class BoundedWork
{
    private const double TenYears = 10 * 365.25 * 86400;

    public static TheoryData<string> Kinds => [.. DrawnPacks.Kinds.Keys];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_shunt_whose_own_current_takes_the_cell_below_its_off_level_does_not_chatter(bool resistor)
    {
        // 0.7 A through 50 mΩ is 35 mV, and the levels are 1 mV apart
        ShuntSpec shunt = resistor ? new ShuntSpec.Resistor(new(5)) : new ShuntSpec.ConstantCurrent(new(0.7));
        var module = new CellModuleSpec("narrow", new(3.5), new(3.499), shunt, new(3.6), new(3.59), new(2.5), new(2.6));
        var ocv = new OcvCurve([0, 0.1, 0.9, 1], [2.5, 3.2, 3.35, 3.6]);
        var pair = new RcPair(ResistanceCurve.Constant(0.02), new(60));
        var cell = new CellModel(
            [new MemberModel(new CellParameters(ocv, ResistanceCurve.Constant(0.05), [pair]), 40, 0.9)],
            ModuleLevels.Of(module));
        var model = new PackModel([cell, cell], module, new ChargerSpec(new(1000), new(2), new(0.1)), new(3.65));

        PackRun run = new PackSimulator().Run(model, new Charge(), new Rest { Duration = new(4 * 3600) });

        // it comes on at least once, and the physics asks for no more than a few switchings per minute
        run.Steps[0].Reason.ShouldBe(EndReason.Hvc);
        run.Events.ToArray().ShouldContain(e => e.Kind == RunEventKind.ShuntOn);
        run.Events.Length.ShouldBeLessThan(2000);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Ten_years_at_rest_in_which_nothing_happens_are_over_at_once(string kind)
    {
        PackRecipe recipe = DrawnPacks.Kinds[kind] with { Lossless = true, LowestSoc = 0.5, HighestSoc = 0.6 };
        for (ulong seed = 0; seed < 10; seed++)
        {
            PackModel drawn = PackDrawing.Draw(recipe, seed);
            CellModuleSpec module = drawn.Module with { Quiescent = new(0) };
            var model = new PackModel(drawn.Cells, module, drawn.Charger, drawn.MaxVoltage);
            var simulator = new PackSimulator();
            simulator.Run(model, new Rest { Duration = new(1) });
            var watch = Stopwatch.StartNew();

            PackRun run = simulator.Run(model, new Rest { Duration = new(TenYears) });

            // milliseconds; a second is for a busy machine
            watch.Elapsed.TotalSeconds.ShouldBeLessThan(1, $"{kind}, seed {seed}");
            run.Steps[0].Reason.ShouldBe(EndReason.Time, $"{kind}, seed {seed}");
            run.EndSeconds.ShouldBe(TenYears, $"{kind}, seed {seed}");
            run.Events.Length.ShouldBeLessThan(10, $"{kind}, seed {seed}");
        }
    }
}
