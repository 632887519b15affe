using TopBalance.Inference;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Tests.Frozen;

namespace TopBalance.Tests.Inference;

/// <summary>One frozen cell of a resistance of its own that the engine charges, and what the reduced circuit of inference makes of it.</summary>
internal sealed class OneCell
{
    public const double CapacityAh = 100;
    private const double StartSoc = 0.4;

    public OneCell(double amps, double factor)
    {
        (Amps, Factor) = (amps, factor);
        double Ohms(Func<double, double> at) => factor * at(0.5);
        Pack = new PackSpec(
            "one cell", 1, 1, FrozenPack.Cell, FrozenPack.Module, new ChargerSpec(new Volts(5), new Amperes(amps), new Amperes(0.5 * amps)))
        {
            Cells =
            [
                new CellKnowledge(new CellNumber(1))
                {
                    Soc = StartSoc,
                    R0 = new Ohms(Ohms(z => FrozenPack.Parameters.R0.At(z, charging: true))),
                    R1 = new Ohms(Ohms(z => FrozenPack.Parameters.RcPairs[0].Resistance.At(z, charging: true))),
                    R2 = new Ohms(Ohms(z => FrozenPack.Parameters.RcPairs[1].Resistance.At(z, charging: true))),
                },
            ],
        };
        Shared = SharedDraw.Nominal(Pack);
    }

    public double Amps { get; }

    public double Factor { get; }

    public PackSpec Pack { get; }

    public SharedDraw Shared { get; }

    public double ShuntAmps => Pack.Module.Shunt.AmperesAt(Pack.Module.ShuntOn.Value);

    public PackRun Run(params ReadOnlySpan<Step> steps) => Pack.Run(steps);

    /// <summary>The reduced circuit of a charge.</summary>
    public TopCharge Reduced(double seconds, (double, double) start)
    {
        var top = new TopCharge(Pack.Module.ShuntOff.Value - 0.25, Pack.Module.Hvc.Value + 0.3);
        top.Draw(Shared, CapacityAh, Amps, seconds, start, Pack.Module.ShuntOn.Value, ShuntAmps);
        return top;
    }

    /// <summary>Charge to full, a share of capacity, at an instant of a run.</summary>
    public static double ShareAt(PackRun run, double seconds) => 1 - run.At(seconds)[0].Soc;

    /// <summary>The same when the shunt came on in a step; NaN if it did not.</summary>
    public static double ShareAtShuntOn(PackRun run, int step)
    {
        StepOutcome outcome = run.Steps[step];
        foreach (RunEvent e in run.Events)
        {
            if (e.Kind == RunEventKind.ShuntOn && e.TimeSeconds >= outcome.StartSeconds && e.TimeSeconds <= outcome.EndSeconds)
            {
                return ShareAt(run, e.TimeSeconds);
            }
        }

        return double.NaN;
    }
}
