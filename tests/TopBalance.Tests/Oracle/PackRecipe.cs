using TopBalance.Packs;
using TopBalance.Simulation;

namespace TopBalance.Tests.Oracle;

/// <summary>What kind of pack to draw. The rest is drawn with it: tables coarse or fine, levels, lugs, reading errors, delays.</summary>
internal sealed record PackRecipe
{
    public int LeastCells { get; init; } = 2;

    public int MostMembers { get; init; } = 1;

    public double LowestSoc { get; init; } = 0.90;

    public double HighestSoc { get; init; } = 0.97;

    /// <summary>The shunt is a resistor; else a constant current; null draws.</summary>
    public bool? ResistorShunt { get; init; }

    /// <summary>One resistance at every state of charge, in both directions.</summary>
    public bool ConstantResistance { get; init; }

    public bool Hysteresis { get; init; }

    public bool Relative { get; init; }

    /// <summary>Efficiency of 1 and no self-discharge: what went in is what is there.</summary>
    public bool Lossless { get; init; }

    /// <summary>Set-point per cell, V; null is out of reach.</summary>
    public double? LowestSetpoint { get; init; }

    /// <summary>Shunts of several amperes on a weak charger: one that comes on throws it back into constant current.</summary>
    public bool StrongShunts { get; init; }

    /// <summary>The charger's power limit binds.</summary>
    public bool PowerLimit { get; init; }
}

/// <summary>Draws a pack of a recipe from a seed: always the same.</summary>
internal ref struct PackDrawing
{
    private readonly PackRecipe recipe;
    private RandomStream random;

    private PackDrawing(PackRecipe recipe, ulong seed)
    {
        this.recipe = recipe;
        random = new RandomStream(seed, 77);
    }

    public static PackModel Draw(PackRecipe recipe, ulong seed) => new PackDrawing(recipe, seed).Pack();

    private bool Chance(double p) => random.NextUniform() < p;

    private double Between(double min, double max) => random.NextUniform(min, max);

    private PackModel Pack()
    {
        int count = recipe.LeastCells + (int)Between(0, 7 - recipe.LeastCells);
        double capacity = Between(30, 100);
        CellModuleSpec module = Module();
        var type = new CellDrawing(recipe, capacity, Chance(0.5));
        double soc = Between(recipe.LowestSoc, recipe.HighestSoc);
        double spread = Math.Min(recipe.HighestSoc - recipe.LowestSoc, 0.04);
        var cells = new CellModel[count];
        for (int c = 0; c < count; c++)
        {
            int members = recipe.MostMembers == 1 ? 1 : 2 + (int)Between(0, recipe.MostMembers - 1);
            cells[c] = new CellModel(type.Members(ref random, members, soc + Between(-spread / 2, spread / 2)), Levels(module))
            {
                LugOhms = Chance(0.15) ? Between(0.0001, 0.001) : 0,
                ReadingOffsetVolts = Chance(0.15) ? Between(-0.01, 0.01) : 0,
            };
        }

        return new PackModel([.. cells], module, Charger(count, capacity), new(3.65));
    }

    private ModuleLevels Levels(CellModuleSpec module) => ModuleLevels.Of(module).Moved(
        Between(-0.01, 0.01), Between(-0.01, 0.01), Between(-0.01, 0.01), Between(-0.05, 0.05));

    private CellModuleSpec Module()
    {
        double on = recipe.Relative ? 3.38 : Between(3.47, 3.51);
        bool strong = recipe.StrongShunts || (!recipe.Relative && Chance(0.2));
        double off = on - (strong ? Between(0.1, 0.15) : Between(0.02, 0.05));
        double hvc = Between(3.58, 3.62);
        double lvc = Between(2.4, 2.7);
        double clear = hvc - Between(0.01, 0.04);
        return new CellModuleSpec("drawn", new(on), new(off), Shunt(strong), new(hvc), new(clear), new(lvc), new(lvc + 0.1))
        {
            Delay = new(Chance(0.3) ? 5 : 0),
            Quiescent = new(Chance(0.3) ? Between(0.001, 0.02) : 0),
            Relative = recipe.Relative ? new RelativeShuntRule(new(Between(0.025, 0.032)), new(Between(0.008, 0.014))) : null,
        };
    }

    // 0.5 to 0.9 A while on; a strong one several times that, so that it throws a charger back into constant current
    private ShuntSpec Shunt(bool strong)
    {
        double duty = Chance(0.2) ? Between(0.5, 0.95) : 1;
        double amps = Between(0.5, 0.9) * (strong ? 6 : 1);
        return recipe.ResistorShunt ?? Chance(0.5)
            ? new ShuntSpec.Resistor(new(3.5 / amps)) { Duty = duty }
            : new ShuntSpec.ConstantCurrent(new(amps)) { Duty = duty };
    }

    private ChargerSpec Charger(int cells, double capacityAh)
    {
        double amps = capacityAh * (recipe.StrongShunts ? Between(0.05, 0.12) : Between(0.1, 0.5));
        double volts = recipe.LowestSetpoint is { } lowest ? cells * Between(lowest, lowest + 0.05) : 1000;

        // ends well above what the shunts take, or it would never end
        double termination = Math.Max(1.2, amps * Between(0.05, 0.3));
        return new ChargerSpec(new(volts), new(amps), new(termination))
        {
            PowerLimit = recipe.PowerLimit ? new(amps * cells * (Chance(0.6) ? Between(3.38, 3.48) : Between(2.6, 3.38))) : null,
        };
    }
}
