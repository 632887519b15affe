using System.Numerics;
using static TopBalance.Simulation.Kernel.RowArrays;

namespace TopBalance.Simulation.Kernel;

/// <summary>
/// The recurrence of a single cell whose members fill no more than one vector: the same equations as for a row of any width, but their
/// constants stay in registers from order to order. Most steps of most runs are such.
/// </summary>
internal sealed partial class TaylorKernel
{
    private bool IsNarrow(in SourceLaw law) =>
        NodeCount == 1 && row.Stride == Vector<double>.Count && !row.Settled && law.Kind != LawKind.Power
        && (law.Kind == LawKind.Current || double.IsNaN(nodes[0].HeldVolts));

    // of order 1 and more nothing but the members themselves drives the row, so that all follows from their common voltage by factors
    private (double Volts, double Amps, double Into) FactorsOf(in TaylorNode node, in SourceLaw law)
    {
        if (!double.IsNaN(node.HeldVolts))
        {
            return (0, 0, -1 / node.EqOhms);
        }

        double amps = law.Kind == LawKind.Current ? 0 : -node.Damping / (node.OhmsToRow + law.SeriesOhms);
        double volts = node.Damping + (node.OhmsToRow * amps);
        return (volts, amps, amps - (node.Siemens * volts));
    }

    private bool ExpandNarrow(in SourceLaw law)
    {
        ref TaylorNode node = ref nodes[0];
        (double ofVolts, double ofAmps, double ofInto) = FactorsOf(node, law);
        Vector<double> inverseR0 = At(row.InverseR0, 0);

        // a single member takes what comes into its node, whatever the rounding of its voltage over a small resistance
        bool single = row.Members == 1;
        double ofJunction = single ? 0 : ofVolts - (node.LugOhms * ofInto);
        Vector<double> conductance = single ? inverseR0 * (-ofInto * node.InverseOfConductances) : inverseR0;
        (Vector<double> socPerCoulomb, Vector<double> leak) = (At(row.SocPerCoulomb, 0), At(row.LeakRate, 0));
        (Vector<double> ocvSlope, Vector<double> r0Slope) = (At(row.OcvSlope, 0), At(row.R0Slope, 0));
        (Vector<double> rate1, Vector<double> rate2) = (At(row.Rate1, 0), At(row.Rate2, 0));
        (Vector<double> r1, Vector<double> r1Slope) = (At(row.R1, 0) * rate1, At(row.R1Slope, 0) * rate1);
        (Vector<double> r2, Vector<double> r2Slope) = (At(row.R2, 0) * rate2, At(row.R2Slope, 0) * rate2);
        (Vector<double> u1, Vector<double> u2, Vector<double> amps) = (At(row.U1, 0), At(row.U2, 0), At(row.I, 0));
        (Vector<double> zi, Vector<double> hi) = (Vector<double>.Zero, Vector<double>.Zero);
        double power = Span;
        int calm = 0;
        int width = Vector<double>.Count;
        for (int n = 1; ; n++)
        {
            var inverse = new Vector<double>(1.0 / n);
            int at = n * width;
            Vector<double> z = ((socPerCoulomb * amps) - leak) * inverse;
            leak = Vector<double>.Zero;
            u1 = ((r1 * amps) + ((r1Slope * zi) - (rate1 * u1))) * inverse;
            u2 = ((r2 * amps) + ((r2Slope * zi) - (rate2 * u2))) * inverse;
            Put(z, row.Z, at);
            Put(u1, row.U1, at);
            Put(u2, row.U2, at);
            zi = Product(row.Z, n, 0);
            Vector<double> volts = Vector.Max(Vector.Abs(u1), Vector.Abs(u2));
            Vector<double> e = ((ocvSlope * z) + (r0Slope * zi)) + (u1 + u2);
            if (row.AnyHysteresis)
            {
                Vector<double> mh = At(row.HysteresisVolts, 0) * NarrowHysteresis(n, amps, inverse, ref hi);
                volts = Vector.Max(volts, Vector.Abs(mh));
                e += mh;
            }

            volts = Vector.Max(volts, Vector.Abs(z) * SocWeight);
            bool small = n > 1 && Vector.LessThanOrEqualAll(volts, new Vector<double>(VoltTolerance / power));
            calm = small ? calm + 1 : 0;
            if (n == MostOrder)
            {
                Shorten(Largest(volts) * power);
                return true;
            }

            double eq = Vector.Sum(e * inverseR0) * node.InverseOfConductances;
            amps = (new Vector<double>(ofJunction * eq) - e) * conductance;
            Put(amps, row.I, at);
            v[n] = Volts[n] = ofVolts * eq;
            Amps[n] = ofAmps * eq;
            Terms = n + 1;
            if (calm >= 2)
            {
                return true;
            }

            power *= Span;
        }
    }

    private Vector<double> NarrowHysteresis(int n, Vector<double> amps, Vector<double> inverse, ref Vector<double> hi)
    {
        Vector<double> gap = ((At(row.H, 0) - At(row.Sign, 0)) * amps) + hi;
        Vector<double> h = At(row.SignedHysteresis, 0) * gap * inverse;
        Put(h, row.H, n * row.Stride);
        hi = Product(row.H, n, 0);
        return h;
    }

    private static double Largest(Vector<double> values)
    {
        double largest = values[0];
        for (int k = 1; k < Vector<double>.Count; k++)
        {
            largest = Math.Max(largest, values[k]);
        }

        return largest;
    }
}
