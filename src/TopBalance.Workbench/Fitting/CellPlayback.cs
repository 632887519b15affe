using System.Collections.Immutable;
using TopBalance.Chemistry;

namespace TopBalance.Workbench.Fitting;

/// <summary>Plays a cell's parameters along a logged current, to lay its voltage beside the measured one.</summary>
internal sealed class CellPlayback
{
    private readonly FitGrid grid;
    private readonly double[] unknowns;
    private readonly SlowParameters slow;
    private readonly double capacityAh;

    /// <param name="parameters">The cell at the log's temperature.</param>
    /// <param name="capacityAh">Its capacity.</param>
    public CellPlayback(CellParameters parameters, double capacityAh)
    {
        this.capacityAh = capacityAh;
        var soc = new SortedSet<double>(parameters.R0.Soc.Concat(parameters.RcPairs.SelectMany(p => p.Resistance.Soc)));
        if (soc.Count == 1)
        {
            soc.Add(soc.Min + 0.5);
        }

        grid = new FitGrid(parameters.Ocv.Soc, [.. soc], parameters.RcPairs.Length);
        unknowns = new double[grid.Count];
        parameters.Ocv.Volts.CopyTo(unknowns);
        for (int r = 0; r <= grid.Pairs; r++)
        {
            ResistanceCurve curve = r == 0 ? parameters.R0 : parameters.RcPairs[r - 1].Resistance;
            for (int k = 0; k < grid.ResistanceSoc.Length; k++)
            {
                unknowns[grid.Table(r, charging: true) + k] = curve.At(grid.ResistanceSoc[k], charging: true);
                unknowns[grid.Table(r, charging: false) + k] = curve.At(grid.ResistanceSoc[k], charging: false);
            }
        }

        unknowns[grid.Hysteresis] = parameters.Hysteresis.Value;
        slow = new SlowParameters(Tau(parameters, 0), Tau(parameters, 1), parameters.HysteresisRate);
    }

    /// <summary>Voltage at every sample of the stretch that carries weight; 0 at the others.</summary>
    public double[] Play(FitStretch stretch)
    {
        double[] volts = new double[stretch.Seconds.Length];
        new VoltageRows(grid).Walk(stretch, slow, capacityAh, (k, indexes, values) =>
        {
            for (int e = 0; e < indexes.Length; e++)
            {
                volts[k] += values[e] * unknowns[indexes[e]];
            }
        });
        return volts;
    }

    private static double Tau(CellParameters parameters, int pair) =>
        pair < parameters.RcPairs.Length ? parameters.RcPairs[pair].TimeConstant.Value : 1;
}
