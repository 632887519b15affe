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
    [InlineData(true)]
    [InlineData(false)]
    public void A_relative_shunt_whose_own_drop_exceeds_the_rule_holds_its_cell_above_the_lowest(bool resistor)
    {
        // 0.7 A through 50 mΩ is 35 mV, and the rule's levels are 16 mV apart
        ShuntSpec shunt = resistor ? new ShuntSpec.Resistor(new(5)) : new ShuntSpec.ConstantCurrent(new(0.7));
        var module = new CellModuleSpec("narrow", new(3.38), new(3.3), shunt, new(3.6), new(3.59), new(2.5), new(2.6))
        {
            Relative = new RelativeShuntRule(new(0.028), new(0.012)),
        };
        var ocv = new OcvCurve([0, 0.1, 0.9, 1], [2.5, 3.2, 3.35, 3.6]);
        var parameters = new CellParameters(ocv, ResistanceCurve.Constant(0.05), [new RcPair(ResistanceCurve.Constant(0.02), new(60))]);
        CellModel[] cells = [.. new[] { 0.9, 0.88, 0.89, 0.86 }.Select(z => new CellModel([new(parameters, 40, z)], ModuleLevels.Of(module)))];
        var model = new PackModel([.. cells], module, new ChargerSpec(new(1000), new(0.5), new(0.1)), new(3.65));

        PackRun run = new PackSimulator().Run(model, new Charge(), new Rest { Duration = new(3600) });

        run.Steps[0].Reason.ShouldBe(EndReason.Hvc);
        run.Events.Length.ShouldBeLessThan(100);
        run.Events.ToArray().Where(e => e.Kind == RunEventKind.ShuntOn).Select(e => e.Cell).Distinct().Order().ShouldBe([0, 1, 2]);
        var states = new CellState[cells.Length];
        int held = 0;
        for (int k = 0; k <= 200; k++)
        {
            run.StateAt(new(run.Steps[0].EndSeconds * k / 200), states);
            double lowest = states.Min(s => s.VoltageVolts);
            held += states.Count(s => s.ShuntOn && s.VoltageVolts < lowest + 0.028 + 1e-8);

            // one that conducts all it can and is still above its level may be anywhere there
            states.Where(s => s.ShuntOn).ShouldAllBe(s => s.VoltageVolts > Math.Max(3.38, lowest + 0.028) - 1e-8);
        }

        held.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void A_charger_too_weak_for_its_shunts_does_not_keep_them_switching_for_ten_days()
    {
        // shunts of 2 A on 0.3 A: each cell fills in minutes and is bled in less
        var module = new CellModuleSpec(
            "strong", new(3.45), new(3.4), new ShuntSpec.ConstantCurrent(new(2)), new(3.6), new(3.59), new(2.5), new(2.6));
        var ocv = new OcvCurve([0, 0.1, 0.95, 1], [2.5, 3.2, 3.35, 3.6]);
        var parameters = new CellParameters(ocv, ResistanceCurve.Constant(0.002), [new RcPair(ResistanceCurve.Constant(0.002), new(100))]);
        CellModel[] cells =
        [
            .. Enumerable.Range(0, 30).Select(k => new CellModel([new(parameters, 5, 0.95 + (0.001 * k))], ModuleLevels.Of(module))),
        ];
        var model = new PackModel([.. cells], module, new ChargerSpec(new(30 * 3.47), new(0.3), new(0.02)), new(3.65));

        PackRun run = new PackSimulator().Run(model, new Charge());

        // 65 times on and off in a row, and after that a regulator
        run.Steps[0].Reason.ShouldBe(EndReason.Stuck);
        run.Events.ToArray().Count(e => e.Kind == RunEventKind.ShuntOn).ShouldBeGreaterThan(30 * 10);
        run.Events.Length.ShouldBeLessThan(30 * 200);
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
