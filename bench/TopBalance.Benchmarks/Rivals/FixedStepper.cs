using TopBalance.Chemistry;
using TopBalance.Simulation;

namespace TopBalance.Benchmarks.Rivals;

/// <summary>
/// Case A as it is written in an afternoon: every cell forward by 1 s, switches looked at once per step, and the trip by a straight line
/// within the last one.
/// </summary>
internal sealed class FixedStepper
{
    private const double StepSeconds = 1, ChargeAmps = 10, ShuntAmps = 0.7, ShuntOn = 3.5, ShuntOff = 3.48, Hvc = 3.6;

    private readonly double[] initialSoc, socPerAmp, decay, r0, r1;
    private readonly double[] soc, polarization;
    private readonly int[] segment;
    private readonly bool[] shunt;
    private readonly double[] ocvSoc, ocvVolts, ocvSlope;

    public FixedStepper(PackModel pack)
    {
        MemberModel[] members = [.. pack.Cells.Select(c => c.Members[0])];
        double Series(CellParameters p) => p.R0.At(0.5, charging: true);
        initialSoc = [.. members.Select(m => m.InitialSoc)];
        socPerAmp = [.. members.Select(m => StepSeconds / 3600 / m.CapacityAh)];
        decay = [.. members.Select(m => Math.Exp(-StepSeconds / m.Parameters.RcPairs[0].TimeConstant.Value))];
        r0 = [.. members.Select(m => Series(m.Parameters))];
        r1 = [.. members.Select(m => m.Parameters.RcPairs[0].Resistance.At(0.5, charging: true))];
        OcvCurve ocv = members[0].Parameters.Ocv;
        ocvSoc = [.. ocv.Soc];
        ocvVolts = [.. ocv.Volts];
        ocvSlope = [.. Enumerable.Range(0, ocvSoc.Length - 1).Select(k => (ocvVolts[k + 1] - ocvVolts[k]) / (ocvSoc[k + 1] - ocvSoc[k]))];
        soc = new double[members.Length];
        polarization = new double[members.Length];
        segment = new int[members.Length];
        shunt = new bool[members.Length];
    }

    /// <summary>Charges from the initial state to the trip.</summary>
    /// <returns>When it trips, s.</returns>
    public double Charge()
    {
        initialSoc.CopyTo(soc, 0);
        Array.Clear(polarization);
        Array.Clear(segment);
        Array.Clear(shunt);
        double before = 0;
        for (int step = 0; ; step++)
        {
            double highest = double.NegativeInfinity;
            for (int c = 0; c < soc.Length; c++)
            {
                highest = Math.Max(highest, Volts(c));
            }

            if (highest >= Hvc)
            {
                return (step - 1 + ((Hvc - before) / (highest - before))) * StepSeconds;
            }

            Forward();
            before = highest;
        }
    }

    // the voltage of a cell, and its shunt as that voltage sets it
    private double Volts(int c)
    {
        while (segment[c] < ocvSlope.Length - 1 && ocvSoc[segment[c] + 1] <= soc[c])
        {
            segment[c]++;
        }

        int k = segment[c];
        double amps = shunt[c] ? ChargeAmps - ShuntAmps : ChargeAmps;
        double volts = ocvVolts[k] + (ocvSlope[k] * (soc[c] - ocvSoc[k])) + polarization[c] + (r0[c] * amps);
        shunt[c] = shunt[c] ? volts > ShuntOff : volts >= ShuntOn;
        return volts;
    }

    private void Forward()
    {
        for (int c = 0; c < soc.Length; c++)
        {
            double amps = shunt[c] ? ChargeAmps - ShuntAmps : ChargeAmps;
            soc[c] += socPerAmp[c] * amps;
            polarization[c] = (decay[c] * polarization[c]) + ((1 - decay[c]) * r1[c] * amps);
        }
    }
}
