using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Verification.Setup;

/// <summary>How long a cell takes from shunt-on to HVC at one charging current, and what its shunt takes from it meanwhile.</summary>
/// <param name="Seconds">From shunt-on to the moment its contact opens, s.</param>
/// <param name="BledAh">Charge its shunt took in that time, Ah.</param>
internal readonly record struct KneeTime(double Seconds, double BledAh)
{
    // a first charge begins about half full, so diffusion is settled by the time the knee comes
    private const double InitialSoc = 0.5;

    /// <summary>Charges one typical cell with its module at a current, alone and without a limit of voltage.</summary>
    /// <returns>Null if the shunt holds the cell, or the module's levels are such that no charge gets there.</returns>
    public static KneeTime? At(PackSpec pack, double amps)
    {
        if (amps <= pack.Module.Shunt.AmperesAt(pack.Module.Hvc.Value))
        {
            return null;
        }

        // twice the capacity on top of the shunt's share: who has not come to HVC by then is held
        var limit = new Seconds(2 * 3600 * pack.CellCapacityAh() / amps);
        PackRun run = new PackSimulator().Run(OneCell(pack, amps), new Charge { Limit = limit });
        return Read(run);
    }

    private static KneeTime? Read(PackRun run)
    {
        double? shuntOn = null;
        foreach (RunEvent e in run.Events)
        {
            if (e.Kind == RunEventKind.ShuntOn)
            {
                shuntOn ??= e.TimeSeconds;
            }
            else if (e.Kind == RunEventKind.HvcOpened && shuntOn is { } on)
            {
                return new KneeTime(e.TimeSeconds - on, run.StateAt(new Seconds(e.TimeSeconds), new CellNumber(1)).BledAh);
            }
        }

        return null;
    }

    private static PackModel OneCell(PackSpec pack, double amps)
    {
        // equal members beside each other are one member of their capacity and conductance
        double share = 1.0 / pack.Parallel;
        var member = new MemberModel(pack.Cell.At(pack.Temperature), pack.CellCapacityAh(), InitialSoc)
        {
            R0Scale = share,
            R1Scale = share,
            R2Scale = share,
        };
        var charger = new ChargerSpec(new Volts(2 * pack.Module.Hvc.Value), new Amperes(amps), new Amperes(0));

        // alone, a cell is its own lowest: without the relative rule the module shunts as it does on the highest of many
        CellModuleSpec module = pack.Module with { Relative = null };
        return new PackModel([new CellModel([member], ModuleLevels.Of(module))], module, charger, pack.Cell.MaxVoltage);
    }
}
