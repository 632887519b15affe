using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Fitting;

/// <summary>The end of a charge with a constant current by a model: how much is still to come when it first shows a voltage.</summary>
/// <param name="BeforeEndAh">For each voltage asked about, the charge from there to the end, Ah; NaN where one is not passed.</param>
/// <param name="EndSoc">State of charge at the end; NaN if it is not reached.</param>
public sealed record ChargeToCome(ImmutableArray<double> BeforeEndAh, double EndSoc)
{
    private const double FirstSoc = 0.3, LastSoc = 1.05;
    private const int Samples = 3000;

    /// <summary>Charges a cell that was discharged before.</summary>
    /// <param name="parameters">The cell at its temperature.</param>
    /// <param name="capacity">Its capacity.</param>
    /// <param name="current">The constant current, above 0.</param>
    /// <param name="levelVolts">Voltages asked about, V.</param>
    /// <param name="end">The voltage at which the charge ends.</param>
    public static ChargeToCome Of(
        CellParameters parameters, AmpereHours capacity, Amperes current, ImmutableArray<double> levelVolts, Volts end)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(current.Value);
        double step = 3600 * capacity.Value * (LastSoc - FirstSoc) / current.Value / Samples;
        double[] seconds = [.. Enumerable.Range(0, Samples).Select(k => k * step)];
        var charge = new FitStretch("charge", seconds, [.. Enumerable.Repeat(current.Value, Samples)], new double[Samples])
        {
            StartSoc = FirstSoc,
            StartHysteresis = -1,
        };
        charge.Count(1);
        Array.Fill(charge.Weights, 1);
        double[] volts = new CellPlayback(parameters, capacity.Value).Play(charge);
        double endAh = First(volts, charge.ChargeAh, end.Value);
        return new ChargeToCome(
            [.. levelVolts.Select(v => endAh - First(volts, charge.ChargeAh, v))], FirstSoc + (endAh / capacity.Value));
    }

    private static double First(double[] volts, double[] chargeAh, double level)
    {
        int k = Array.FindIndex(volts, v => v >= level);
        if (k < 1)
        {
            return double.NaN;
        }

        double share = (level - volts[k - 1]) / (volts[k] - volts[k - 1]);
        return chargeAh[k - 1] + (share * (chargeAh[k] - chargeAh[k - 1]));
    }
}
