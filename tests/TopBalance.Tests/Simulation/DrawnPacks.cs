using TopBalance.Simulation;
using TopBalance.Tests.Oracle;

namespace TopBalance.Tests.Simulation;

/// <summary>Kinds of drawn packs that the properties are checked on, one for each way the engine has to compute.</summary>
internal static class DrawnPacks
{
    public static Dictionary<string, PackRecipe> Kinds { get; } = new()
    {
        ["closed form"] = new PackRecipe { ResistorShunt = false },
        ["constant resistance and resistor shunts"] = new PackRecipe { ResistorShunt = true, ConstantResistance = true },
        ["resistor shunts"] = new PackRecipe { ResistorShunt = true },
        ["hysteresis"] = new PackRecipe { ResistorShunt = true, Hysteresis = true },
        ["constant voltage"] = new PackRecipe { LowestSetpoint = 3.43 },
        ["power limit"] = new PackRecipe { LowestSetpoint = 3.43, PowerLimit = true },
        ["unlike members"] = new PackRecipe { MostMembers = 3, LowestSetpoint = 3.5 },
        ["relative rule"] = new PackRecipe { Relative = true },
        ["relative rule and strong shunts"] = new PackRecipe { Relative = true, StrongShunts = true },
    };

    /// <summary>The kinds that no closed form covers.</summary>
    public static IEnumerable<string> Integrated => Kinds.Keys.Skip(1);

    /// <summary>How fast a cell's voltage moves at the end of a run, V/s.</summary>
    public static double SlopeAtEnd(PackRun run, int cell)
    {
        const double Seconds = 0.01;
        var number = Packs.CellNumber.FromIndex(cell);
        double before = run.StateAt(new(run.EndSeconds - Seconds), number).VoltageVolts;
        return Math.Abs(run.StateAt(new(run.EndSeconds), number).VoltageVolts - before) / Seconds;
    }
}
