using TopBalance.Packs;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Json;
using TopBalance.Workbench.Planning;
using TopBalance.Workbench.Tests.Cli;

namespace TopBalance.Workbench.Tests.Planning;

public sealed class PlanRunTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    private PackSpec Pack() => PackFile.Read(PackTexts.WriteFourCells(folder, PackTexts.FourCells + """

        tools:
          bench_supplies: [ { current_a: 5 } ]
          charger_current_min_a: 0.5
        unknowns: { threshold_sigma_v: 0.02, capacity_sigma: 0.005, current_sigma: 0.02 }
        """));

    [Fact]
    public void The_answer_does_not_depend_on_the_number_of_threads()
    {
        PackSpec pack = Pack();
        var request = new PlanRequest { Packs = 40, Seed = 3 };

        string one = JsonText.Of(PlanRun.Run(pack, null, request with { Threads = 1 }));

        JsonText.Of(PlanRun.Run(pack, null, request with { Threads = 2 })).ShouldBe(one);
        JsonText.Of(PlanRun.Run(pack, null, request with { Threads = 5 })).ShouldBe(one);
    }

    [Fact]
    public void A_stop_gives_what_there_is()
    {
        using var stop = new CancellationTokenSource();
        var progress = new StopAt("the two cheapest", stop);

        PlanSummary plan = PlanRun.Run(Pack(), null, new PlanRequest { Packs = 400, Seed = 3, Threads = 2 }, progress, stop.Token);

        plan.Complete.ShouldBeFalse();
        plan.Recommended.ShouldNotBeNull();
        plan.Next.ShouldNotBeNull();
        plan.Methods.ShouldContain(m => m.Hours != null && m.Packs >= 50);
        plan.Methods.Single(m => m.Method == "mixed").Reason!.ShouldContain("stopped");
        plan.WhatWouldChange.ShouldBeEmpty();
    }

    [Fact]
    public void A_stop_before_anything_was_played_throws()
    {
        using var stop = new CancellationTokenSource();

        Should.Throw<OperationCanceledException>(
            () => PlanRun.Run(Pack(), null, new PlanRequest { Packs = 40 }, new StopAt("what is believed", stop), stop.Token));
    }

    [Fact]
    public void Methods_are_played_on_as_many_packs_as_the_plan_says()
    {
        PlanSummary plan = PlanRun.Run(Pack(), null, new PlanRequest { Packs = 300 });

        plan.Methods.Count(m => m.Packs == 300).ShouldBe(2);
        plan.Methods.Where(m => m.Possible && m.Method != "mixed" && m.Packs != 300).ShouldAllBe(m => m.Packs == 60);
        plan.Methods.Single(m => m.Method == "mixed").Packs.ShouldBe(15);
    }

    [Fact]
    [Trait("Row", "11")]
    public void What_is_recommended_is_the_cheapest_that_ends_balanced_and_does_not_overshoot()
    {
        PlanSummary plan = PlanRun.Run(Pack(), null, new PlanRequest { Packs = 100 });

        MethodPlan[] good =
        [
            .. plan.Methods.Where(m => m is { BalancedShare: >= 0.9, OvershootRisk: <= 0.05 } && m.Method != "all-parallel"),
        ];
        plan.Recommended.ShouldBe(good.MinBy(m => m.Cost)?.Method);
    }

    [Fact]
    public void Where_the_tools_allow_nothing_that_is_said()
    {
        const string noShunt = "{ shunt_on_v: 3.5, shunt_off_v: 3.45, shunt_current_a: 0, hvc_v: 3.6 }";
        string file = PackTexts.WriteFourCells(folder, PackTexts.FourCells.Replace("./module.yaml", noShunt, StringComparison.Ordinal));

        PlanSummary plan = PlanRun.Run(PackFile.Read(file), null, new PlanRequest { Packs = 20 });

        plan.Methods.ShouldAllBe(m => !m.Possible && m.Reason != null);
        plan.Recommended.ShouldBeNull();
        plan.Next.ShouldBeNull();
        plan.Reason.ShouldContain("tools");
    }

    [Theory]
    [InlineData(new[] { 3.0 }, 3, 3, 3)]
    [InlineData(new[] { 4.0, 0, 2, 1, 3 }, 0.4, 2, 3.6)]
    public void A_spread_lies_between_the_values(double[] values, double p10, double p50, double p90)
    {
        Spread80 spread = Spread80.Of(values);

        // rounding of a product
        spread.P10.ShouldBe(p10, 1e-12);
        spread.P50.ShouldBe(p50, 1e-12);
        spread.P90.ShouldBe(p90, 1e-12);
    }

    private sealed class StopAt(string what, CancellationTokenSource stop) : IProgress<string>
    {
        public void Report(string value)
        {
            if (value.StartsWith(what, StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        }
    }
}
