using TopBalance.Cli.Output;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Workbench.Simulations;

namespace TopBalance.Cli.Watch;

/// <summary>The last minute of a charge and the bleed-down after it, ready to be looked at instant by instant.</summary>
internal sealed class Reel
{
    private const double BeforeStopSeconds = 60, AfterLastLampSeconds = 5, LongestBleedSeconds = 15 * 60;
    private readonly PackRun run;
    private readonly CellState[] states;
    private readonly double chargeStart;

    private Reel(PackSimulation simulation, PackRun run, StepOutcome charge)
    {
        this.run = run;
        states = new CellState[simulation.Model.Cells.Length];
        Layout = simulation.Pack.Layout;
        Model = simulation.Model;
        Stop = charge.EndSeconds;
        chargeStart = charge.StartSeconds;
        Start = Math.Max(charge.StartSeconds, Stop - BeforeStopSeconds);
        double lastLamp = Stop;
        foreach (RunEvent happened in run.Events)
        {
            lastLamp = happened.Kind == RunEventKind.ShuntOff ? Math.Max(lastLamp, happened.TimeSeconds) : lastLamp;
        }

        End = Math.Min(run.EndSeconds, lastLamp + AfterLastLampSeconds);
    }

    /// <summary>When the reel begins, s from the start of the run.</summary>
    public double Start { get; }

    /// <summary>When the charger stopped.</summary>
    public double Stop { get; }

    /// <summary>When the last red lamp has gone out, or the reel is over.</summary>
    public double End { get; }

    /// <summary>How the cells stand.</summary>
    public PackLayout Layout { get; }

    /// <summary>The pack as it was drawn.</summary>
    public PackModel Model { get; }

    /// <summary>What happens in the last charge and the bleed-down after it, in order of time.</summary>
    public IEnumerable<RunEvent> Events => run.Events.ToArray().Where(e => e.TimeSeconds >= chargeStart && e.TimeSeconds <= End);

    /// <summary>The reel of a simulation, or null if it did not end with a charge.</summary>
    public static Reel? Of(PackSimulation simulation)
    {
        StepOutcome last = simulation.Run.Steps[^1];
        if (simulation.Steps[^1] is not Charge || last.EndSeconds <= last.StartSeconds || last.Reason == EndReason.Stuck)
        {
            return null;
        }

        var bleed = new Rest { Duration = new Seconds(LongestBleedSeconds) };
        PackRun bled = new PackSimulator().Run(simulation.Model, [.. simulation.Steps, bleed]);
        return new Reel(simulation, bled, last);
    }

    /// <summary>String current in A and pack voltage in V at an instant, and the lamps then.</summary>
    public (double Amps, double Volts, Lamps[] Lamps) At(double seconds)
    {
        (double amps, double volts) = run.StateAt(new Seconds(seconds), states);
        var lamps = new Lamps[states.Length];
        for (int k = 0; k < lamps.Length; k++)
        {
            lamps[k] = new Lamps(Model.Cells[k].ShowsRed(states[k]), Model.Cells[k].ShowsGreen(states[k]));
        }

        return (amps, volts, lamps);
    }
}
