using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Verification.Diagnosis;

/// <summary>What a shunt can do in one charge that ends at HVC, played on one typical cell.</summary>
/// <param name="Seconds">From shunt-on to HVC, s.</param>
/// <param name="BledAh">What the shunt takes in that time, Ah.</param>
/// <param name="AfterAh">What it takes after the charger has stopped, until it lets go, Ah.</param>
internal readonly record struct ShuntWindow(double Seconds, double BledAh, double AfterAh)
{
    private const double StartSoc = 0.6, LongestSeconds = 12 * 3600;

    /// <summary>What one charge takes from the fullest cell, if the shunt is left to bleed on, Ah.</summary>
    public double PerChargeAh => BledAh + AfterAh;

    /// <summary>Charges one typical cell with its module and lets it bleed.</summary>
    /// <returns>Null if the shunt holds the cell, or no charge gets so far.</returns>
    public static ShuntWindow? Of(PackSpec pack, double amps)
    {
        if (amps <= pack.Module.Shunt.AmperesAt(pack.Module.Hvc.Value))
        {
            return null;
        }

        var charger = new ChargerSpec(new Volts(2 * pack.Module.Hvc.Value), new Amperes(amps), new Amperes(0));
        var one = new PackSpec("one cell", 1, pack.Parallel, pack.Cell, pack.Module with { Relative = null }, charger)
        {
            Temperature = pack.Temperature,
            Cells = [new CellKnowledge(new CellNumber(1)) { Soc = StartSoc }],
        };
        double toFull = 2 * 3600 * pack.Cell.Capacity.Value * pack.Parallel / amps;
        PackRun run = new PackSimulator().Run(
            PackDraw.Draw(one),
            new Charge { Limit = new Seconds(toFull) },
            new Rest { UntilShuntsOff = true, Duration = new Seconds(LongestSeconds) });
        return Read(run);
    }

    private static ShuntWindow? Read(PackRun run)
    {
        double? on = null;
        foreach (RunEvent e in run.Events)
        {
            if (e.Kind == RunEventKind.ShuntOn)
            {
                on ??= e.TimeSeconds;
            }
            else if (e.Kind == RunEventKind.HvcOpened && on is { } since)
            {
                double bled = run.StateAt(new Seconds(e.TimeSeconds), new CellNumber(1)).BledAh;
                double all = run.StateAt(new Seconds(run.EndSeconds), new CellNumber(1)).BledAh;
                return new ShuntWindow(e.TimeSeconds - since, bled, all - bled);
            }
        }

        return null;
    }
}
