using System.Collections.Immutable;
using TopBalance.Packs;
using TopBalance.Simulation;

namespace TopBalance.Tests.Oracle;

/// <summary>A drawn pack and what is done to it.</summary>
internal sealed record RandomScenario(PackModel Model, Step[] Steps)
{
    private static readonly Quantities.Seconds FourHours = new(4 * 3600);

    public static RandomScenario ChargerInCv(ulong seed)
    {
        PackModel model = PackDrawing.Draw(new PackRecipe { LowestSetpoint = 3.43, StrongShunts = seed % 4 == 3 }, seed);
        return new(model, ChargeRestCharge());
    }

    public static RandomScenario PowerLimit(ulong seed)
    {
        PackModel model = PackDrawing.Draw(new PackRecipe { LowestSetpoint = 3.43, PowerLimit = true, StrongShunts = seed % 4 == 3 }, seed);
        return new(model, ChargeRestCharge());
    }

    public static RandomScenario UnlikeMembers(ulong seed)
    {
        PackModel model = PackDrawing.Draw(new PackRecipe { MostMembers = 3, LowestSetpoint = 3.46, Hysteresis = seed % 4 == 0 }, seed);
        return new(model, [new Rest { Duration = new(600) }, .. ChargeRestCharge()]);
    }

    public static RandomScenario BenchSupply(ulong seed)
    {
        PackModel model = PackDrawing.Draw(new PackRecipe(), seed);
        var random = new RandomStream(seed, 5);
        var setting = SupplySetting.Bench(
            new(random.NextUniform(3.44, 3.58)), new(random.NextUniform(5, 20)), new(random.NextUniform(0.001, 0.012)));
        var cell = CellNumber.FromIndex((int)random.NextUniform(0, model.Cells.Length));
        Step charge = random.NextUniform() < 0.3
            ? new ChargeCells([cell], setting) { UntilRed = true, Limit = FourHours }
            : new ChargeCells([cell], setting) { UntilTaperedTo = new(random.NextUniform(1.2, 3)), Limit = FourHours };
        return new(model, [charge, new Rest { Duration = new(1800) }]);
    }

    public static RandomScenario ResistorShunts(ulong seed) => ChargeToHvc(new PackRecipe { ResistorShunt = true }, seed);

    public static RandomScenario Hysteresis(ulong seed) => ChargeToHvc(new PackRecipe { ResistorShunt = true, Hysteresis = true }, seed);

    public static RandomScenario RelativeRule(ulong seed) => ChargeToHvc(new PackRecipe { Relative = true }, seed);

    public static RandomScenario TwelveVoltCharger(ulong seed)
    {
        PackModel model = PackDrawing.Draw(new PackRecipe { LeastCells = 4 }, seed);
        var random = new RandomStream(seed, 5);
        int first = (int)random.NextUniform(0, model.Cells.Length - 3);
        ImmutableArray<CellNumber> cells = [.. Enumerable.Range(first, 4).Select(CellNumber.FromIndex)];
        var stage = new SupplyStage(new(random.NextUniform(13.9, 14.8)));
        var setting = new SupplySetting(new(random.NextUniform(5, 25)), default, [stage]);
        return new(model, [
            new ChargeCells(cells, setting)
            {
                UntilTaperedTo = new(random.NextUniform(1.2, 3)), Limit = FourHours, Attended = random.NextUniform() < 0.5,
            },
            new Rest { Duration = new(1800) },
        ]);
    }

    public static RandomScenario DriveAtConstantPower(ulong seed)
    {
        var recipe = new PackRecipe { LowestSoc = 0.05, HighestSoc = 0.3, MostMembers = seed % 4 == 0 ? 2 : 1, Hysteresis = seed % 3 == 0 };
        PackModel model = PackDrawing.Draw(recipe, seed);
        var random = new RandomStream(seed, 5);
        double capacity = model.CellCapacityAh(0);
        var drive = new Drive
        {
            Power = new(model.Cells.Length * capacity * random.NextUniform(0.6, 3)),
            Limit = new(random.NextUniform(600, 7200)),
            Charge = random.NextUniform() < 0.3 ? new(capacity * random.NextUniform(0.03, 0.2)) : null,
        };
        return new(model, [drive, new Rest { Duration = new(1800) }]);
    }

    private static RandomScenario ChargeToHvc(PackRecipe recipe, ulong seed) => new(PackDrawing.Draw(recipe, seed), ChargeRestCharge());

    private static Step[] ChargeRestCharge() =>
    [
        new Charge { Limit = FourHours },
        new Rest { Duration = new(2400) },
        new ResetIgnition(),
        new Charge { Limit = new(1200) },
        new Rest { Duration = new(300) },
    ];
}
