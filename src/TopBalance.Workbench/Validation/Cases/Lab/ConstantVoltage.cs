using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Workbench.Fitting;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Workbench.Validation.Cases.Lab;

/// <summary>What a quarter of an hour at 3.60 V still puts into a cell after C/3, by the engine.</summary>
internal static class ConstantVoltage
{
    private const double HeldSeconds = 900, HeldVolts = 3.599;

    /// <summary>Mean of the charges against the model.</summary>
    public static Figure Figure(FittedCell fit, ImmutableArray<LogStretch> charges)
    {
        double capacity = fit.Capacity.Value;
        double[] measured = [.. charges.Select(c => 100 * Taken(c) / capacity)];
        double model = 100 * Played(fit) / capacity;
        double off = Math.Abs(model - measured.Average());
        return new Figure("15 min at 3.60 V after C/3, error of the mean", off, "%")
        {
            OnHundredAh = Validation.Figure.Ah(off),
            Limit = Invariant($"measured {measured.Min():0.0} to {measured.Max():0.0} %, model {model:0.0} %"),
        };
    }

    private static double Taken(LogStretch charge)
    {
        int first = Knee.First(charge, HeldVolts);
        int last = Array.FindLastIndex([.. charge.Seconds], s => s <= charge.Seconds[first] + HeldSeconds);
        double[] counted = Knee.Counted(charge);
        return counted[last] - counted[first];
    }

    private static double Played(FittedCell fit)
    {
        double capacity = fit.Capacity.Value;
        FittedTemperature at = fit.Temperatures.Single();
        var cell = new CellSpec(
            "fitted", new AmpereHours(capacity), new Volts(LabLogs.FullVolts), new Volts(4), [new CellAtTemperature(at.Temperature, at.Parameters)]);
        var none = new CellModuleSpec(
            "none", new Volts(4.1), new Volts(4), new ShuntSpec.ConstantCurrent(default), new Volts(4.2), new Volts(4.15), new Volts(1), new Volts(1.1));
        var charger = new ChargerSpec(new Volts(LabLogs.FullVolts), new Amperes(capacity / 3), default);
        var pack = new PackSpec("one cell", 1, 1, cell, none, charger)
        {
            Temperature = at.Temperature,
            Cells = [new CellKnowledge(new CellNumber(1)) { Soc = 0.3 }],
        };
        PackRun run = new PackSimulator().Run(PackDraw.Draw(pack), new Charge { Limit = new Seconds(3 * 3600) });
        var cells = new CellState[1];
        double held = 0;
        while (run.StateAt(new Seconds(held), cells).CurrentAmps > 0.9999 * capacity / 3)
        {
            held++;
        }

        double before = run.StateAt(new Seconds(held), new CellNumber(1)).Soc;
        return capacity * (run.StateAt(new Seconds(held + HeldSeconds), new CellNumber(1)).Soc - before);
    }
}
