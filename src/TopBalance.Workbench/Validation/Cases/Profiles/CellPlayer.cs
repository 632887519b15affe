using TopBalance.Chemistry;

namespace TopBalance.Workbench.Validation.Cases.Profiles;

/// <summary>A current over time and what a cell answered.</summary>
/// <param name="Seconds">Instants, s, rising.</param>
/// <param name="Amps">Current that has flowed since the instant before, A; positive charges.</param>
/// <param name="Volts">Measured voltage.</param>
internal sealed record Profile(double[] Seconds, double[] Amps, double[] Volts);

/// <summary>The model of the engine on a current that is constant between samples: each step in closed form, resistances taken in its middle.</summary>
internal static class CellPlayer
{
    /// <summary>Terminal voltages at the instants of a profile.</summary>
    /// <param name="cell">The equivalent circuit of one member.</param>
    /// <param name="capacityAh">Its capacity.</param>
    /// <param name="soc">State of charge at the start, rested: no voltage on the RC pairs, no hysteresis.</param>
    /// <param name="profile">The current.</param>
    public static double[] Play(CellParameters cell, double capacityAh, double soc, Profile profile)
    {
        var volts = new double[profile.Seconds.Length];
        var u = new double[cell.RcPairs.Length];
        double h = 0;
        for (int k = 0; k < volts.Length; k++)
        {
            double amps = profile.Amps[k];
            double seconds = k == 0 ? 0 : profile.Seconds[k] - profile.Seconds[k - 1];
            double passed = (amps > 0 ? cell.Efficiency : 1) * amps * seconds / (3600 * capacityAh);
            double v = cell.R0.At(soc + passed, amps > 0) * amps;
            for (int j = 0; j < u.Length; j++)
            {
                RcPair pair = cell.RcPairs[j];
                u[j] += ((pair.Resistance.At(soc + (passed / 2), amps > 0) * amps) - u[j]) * -Expm1(-seconds / pair.TimeConstant.Value);
                v += u[j];
            }

            h += (Math.Sign(amps) - h) * -Expm1(-Math.Abs(passed) * cell.HysteresisRate);
            soc += passed;
            volts[k] = cell.Ocv.At(soc) + (cell.Hysteresis.Value * h) + v;
        }

        return volts;
    }

    /// <summary>e^x − 1, also for small x.</summary>
    public static double Expm1(double x) => Math.Abs(x) < 1e-5 ? x + (0.5 * x * x) : Math.Exp(x) - 1;
}
