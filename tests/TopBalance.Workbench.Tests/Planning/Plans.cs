using TopBalance.Packs;
using TopBalance.Workbench.Planning;
using TopBalance.Workbench.Tests.Cli;

namespace TopBalance.Workbench.Tests.Planning;

/// <summary>Plans made by hand, so that what they are turned into can be read without playing anything.</summary>
internal static class Plans
{
    public static PlanSummary Summary(PackSpec? pack = null) => new(pack ?? Summaries.Pack(8))
    {
        Methods =
        [
            Played("bench-supply", 31, 4.2, 2, 1000),
            MethodPlan.Impossible("smart-charger-12v", "there is no 12 V charger among the tools"),
            Played("drain-and-cycle", 64, 30.5, 48, 200) with
            {
                OvershootRisk = 0.12, DrainedAh = new Spread80(20, 31, 44), HottestW = new Spread80(3.9, 3.9, 3.9), BalancedShare = 0.83,
            },
            Played("shunt-and-cycle", 44, 6.1, 25, 1000),
            MethodPlan.Impossible("low-current-hold", "nobody has said how far the charger can be turned down (charger_current_min_a)"),
            Played("all-parallel", 1400, 26, 2, 200),
            new MethodPlan("mixed", true) { Reason = "stopped before it was played" },
        ],
        Recommended = "bench-supply",
        Reason = "bench-supply takes 31 h. shunt-and-cycle, the next best, takes 44 h.",
        Next = new NextStep("charge_cell", "Charge cell 5 at 3.550 V and at most 4.75 A until its red lamp is "
            + "lit.", "3 cells have shown no red lamp since.")
        {
            Cells = [5],
            Then = [2, 7],
            SupplyV = 3.55,
            SupplyA = 4.75,
            EndA = 3.2,
            MostMinutes = 640,
            Until = "its red lamp is lit, or the current has fallen to end_a",
            Safety = ["Set 3.550 V before it is connected.", "One supply at a time."],
        },
        WhatWouldChange = [new Change("only attended hours counted", "low-current-hold: 40 h, 1.1 h attended.")],
        Complete = true,
        Observations = 3,
        File = "pack.observations.yaml",
    };

    private static MethodPlan Played(string name, double hours, double attended, double cycles, int packs) => new(name, true)
    {
        Packs = packs,
        Hours = new Spread80(0.85 * hours, hours, 1.25 * hours),
        AttendedHours = new Spread80(0.9 * attended, attended, 1.2 * attended),
        ChargerCycles = new Spread80(cycles, cycles, cycles + 1),
        DrainedAh = new Spread80(0, 0, 0),
        OvershootRisk = 0,
        HottestW = new Spread80(0, 0, 0),
        ResidualAh = new Spread80(0.2, 0.4, 0.8),
        BalancedShare = 0.98,
        Cost = attended + (0.1 * hours),
    };
}
