using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Verification.Setup;

/// <summary>How long a cell takes from shunt-on to HVC at one charging current, and what its shunt takes from it meanwhile.</summary>
/// <param name="Seconds">From shunt-on to the moment its contact opens, s.</param>
/// <param name="BledAh">Charge its shunt took in that time, Ah.</param>
internal readonly record struct KneeTime(double Seconds, double BledAh)
{
    /// <summary>A cell that takes longer than this is as good as held.</summary>
    public const double LongestSeconds = 7 * 86400;

    // a first charge begins about half full; five time constants and 5 % before the knee it is settled all the same
    private const double FirstChargeSoc = 0.5, SettledAfter = 5, LeastLead = 0.05;

    /// <summary>Charges one typical cell with its module at a current, alone and without a limit of voltage.</summary>
    /// <returns>Null if the shunt holds the cell, for <see cref="LongestSeconds"/> at least, or no charge gets to these levels.</returns>
    public static KneeTime? At(PackSpec pack, double amps)
    {
        if (amps <= pack.Module.Shunt.AmperesAt(pack.Module.Hvc.Value))
        {
            return null;
        }

        CellParameters parameters = pack.Cell.At(pack.Temperature);
        double knee = SocAtShuntOn(pack, parameters, amps);
        double ampHours = pack.CellCapacityAh();
        double lead = LeastLead + (SettledAfter * LongestTimeConstant(parameters) * amps / (3600 * ampHours));
        double start = Math.Clamp(knee - lead, Math.Min(FirstChargeSoc, Math.Max(0, knee - LeastLead)), 1);
        var limit = new Seconds(((knee - start) * 3600 * ampHours / amps) + LongestSeconds);
        PackRun run = new PackSimulator().Run(OneCell(pack, parameters, start, amps), new Charge { Limit = limit });
        return Read(run);
    }

    // where the cell would show shunt-on with its diffusion settled; beyond full if it takes that
    private static double SocAtShuntOn(PackSpec pack, CellParameters parameters, double amps)
    {
        const double last = 1.3;
        const double step = 0.001;
        double soc = 0;
        while (soc < last && SettledVolts(parameters, soc, amps / pack.Parallel) < pack.Module.ShuntOn.Value)
        {
            soc += step;
        }

        return soc;
    }

    private static double SettledVolts(CellParameters parameters, double soc, double memberAmps) => parameters.Ocv.At(soc)
        + (memberAmps * (parameters.R0.At(soc, charging: true) + parameters.RcPairs.Sum(pair => pair.Resistance.At(soc, charging: true))));

    private static double LongestTimeConstant(CellParameters parameters) =>
        parameters.RcPairs.Select(pair => pair.TimeConstant.Value).DefaultIfEmpty(0).Max();

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

    private static PackModel OneCell(PackSpec pack, CellParameters parameters, double soc, double amps)
    {
        // equal members beside each other are one member of their capacity and conductance
        double share = 1.0 / pack.Parallel;
        var member = new MemberModel(parameters, pack.CellCapacityAh(), soc)
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
