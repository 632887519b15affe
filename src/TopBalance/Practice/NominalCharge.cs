using TopBalance.Chemistry;

namespace TopBalance.Practice;

/// <summary>
/// The course of the voltage of one nominal cell charged at a constant rate, in small steps of charge. Only to find out where on the axis
/// of charge an error that is told against voltage belongs.
/// </summary>
internal sealed class NominalCharge
{
    private const double Start = 0.6, Step = 2e-4, Last = 1.06;
    private const int Count = (int)((Last - Start) / Step);

    private readonly double[] highestVolts = new double[Count];

    /// <param name="cell">The circuit.</param>
    /// <param name="amps">Current of a member, A.</param>
    /// <param name="capacityAh">Its capacity, Ah.</param>
    public NominalCharge(CellParameters cell, double amps, double capacityAh)
    {
        double seconds = Step * 3600 * capacityAh / amps;
        double[] u = new double[cell.RcPairs.Length];
        double hysteresis = 0;
        double highest = double.NegativeInfinity;
        for (int k = 0; k < Count; k++)
        {
            double z = Start + (k * Step);
            double volts = cell.Ocv.At(z) + (cell.Hysteresis.Value * hysteresis) + (amps * cell.R0.At(z, charging: true));
            for (int j = 0; j < u.Length; j++)
            {
                double settled = amps * cell.RcPairs[j].Resistance.At(z, charging: true);
                u[j] = settled + ((u[j] - settled) * Math.Exp(-seconds / cell.RcPairs[j].TimeConstant.Value));
                volts += u[j];
            }

            hysteresis = 1 + ((hysteresis - 1) * Math.Exp(-cell.HysteresisRate * Step));
            highest = Math.Max(highest, volts);
            highestVolts[k] = highest;
        }
    }

    /// <summary>The highest voltage seen up to a state of charge, V.</summary>
    public double VoltsAt(double soc) => highestVolts[Math.Clamp((int)Math.Round((soc - Start) / Step), 0, Count - 1)];
}
