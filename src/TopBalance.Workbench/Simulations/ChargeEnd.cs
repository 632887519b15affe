using System.Collections.Immutable;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Workbench.Simulations;

/// <summary>Cell voltages over the last minutes of a run, for a chart.</summary>
/// <param name="TimesSeconds">Rising, from the start of the run.</param>
/// <param name="CellVolts">One series per cell, each as long as the times.</param>
public sealed record ChargeEnd(ImmutableArray<double> TimesSeconds, ImmutableArray<ImmutableArray<double>> CellVolts)
{
    /// <summary>How much of a run's end a chart shows.</summary>
    public static readonly Seconds Window = new(30 * 60);

    /// <summary>Samples the end of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="points">Number of instants, at least 2.</param>
    public static ChargeEnd Sample(PackRun run, int points = 181)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        double start = Math.Max(0, run.EndSeconds - Window.Value);
        double step = (run.EndSeconds - start) / (points - 1);
        double[] times = [.. Enumerable.Range(0, points - 1).Select(k => start + (k * step)), run.EndSeconds];
        var states = new CellState[run.Model.Cells.Length];
        double[][] volts = [.. states.Select(_ => new double[points])];
        for (int k = 0; k < points; k++)
        {
            run.StateAt(new Seconds(times[k]), states);
            for (int cell = 0; cell < states.Length; cell++)
            {
                volts[cell][k] = states[cell].VoltageVolts;
            }
        }

        return new ChargeEnd([.. times], [.. volts.Select(v => v.ToImmutableArray())]);
    }
}
