using System.Numerics;
using static TopBalance.Simulation.Kernel.RowArrays;

namespace TopBalance.Simulation.Kernel;

/// <summary>The recurrence, a vector of members of the row at a time: from the currents to the next order of the states.</summary>
internal sealed partial class TaylorKernel
{
    // a state of charge must be this much more exact than a voltage
    private const double SocWeight = VoltTolerance / SocTolerance;

    /// <summary>
    /// Coefficient n of the states from coefficient n-1 of the currents; and what the algebra of order n needs of them: the voltage behind
    /// R0 without the terms in the current of order n.
    /// </summary>
    /// <returns>The largest coefficient, as a voltage.</returns>
    private double Advance(int n)
    {
        int stride = row.Stride;
        int last = (n - 1) * stride;
        int at = n * stride;
        var inverse = new Vector<double>(1.0 / n);
        Vector<double> size = Vector<double>.Zero;
        for (int m = 0; m < stride; m += Vector<double>.Count)
        {
            Vector<double> amps = At(row.I, last + m);
            Vector<double> rate = At(row.SocPerCoulomb, m) * amps;
            Vector<double> drive1 = At(row.R1, m) * amps;
            Vector<double> drive2 = At(row.R2, m) * amps;
            if (n == 1)
            {
                rate -= At(row.LeakRate, m);
            }
            else
            {
                Vector<double> product = At(row.Zi, m);
                drive1 += At(row.R1Slope, m) * product;
                drive2 += At(row.R2Slope, m) * product;
            }

            Vector<double> z = rate * inverse;
            Vector<double> u1 = (drive1 - At(row.U1, last + m)) * (At(row.Rate1, m) * inverse);
            Vector<double> u2 = (drive2 - At(row.U2, last + m)) * (At(row.Rate2, m) * inverse);
            Put(z, row.Z, at + m);
            Put(u1, row.U1, at + m);
            Put(u2, row.U2, at + m);
            Vector<double> zi = Product(row.Z, n, m);
            Put(zi, row.Zi, m);
            Vector<double> volts = Vector.Max(Vector.Abs(u1), Vector.Abs(u2));
            Vector<double> e = (At(row.OcvSlope, m) * z) + (u1 + u2) + (At(row.R0Slope, m) * zi);
            if (row.AnyHysteresis)
            {
                Vector<double> mh = At(row.HysteresisVolts, m) * AdvanceHysteresis(n, m, amps, inverse);
                volts = Vector.Max(volts, Vector.Abs(mh));
                e += mh;
            }

            Put(e, row.E, m);
            size = Vector.Max(size, Vector.Max(volts, Vector.Abs(z) * SocWeight));
        }

        return Largest(size);
    }

    private Vector<double> AdvanceHysteresis(int n, int m, Vector<double> amps, Vector<double> inverse)
    {
        Vector<double> gap = (At(row.H, m) - At(row.Sign, m)) * amps;
        gap = n == 1 ? gap : gap + At(row.Hi, m);
        Vector<double> h = At(row.SignedHysteresis, m) * gap * inverse;
        Put(h, row.H, (n * row.Stride) + m);
        Put(Product(row.H, n, m), row.Hi, m);
        return h;
    }

    // coefficient n of a state times the current, without the state's first and the current's newest coefficient; two sums side by side,
    // so that one need not wait for the other
    private Vector<double> Product(double[] state, int n, int m)
    {
        int stride = row.Stride;
        int up = stride + m;
        int down = ((n - 1) * stride) + m;
        Vector<double> even = Vector<double>.Zero;
        Vector<double> odd = Vector<double>.Zero;
        double[] amps = row.I;
        for (; down - stride >= 0; up += 2 * stride, down -= 2 * stride)
        {
            even = Vector.FusedMultiplyAdd(At(state, up), At(amps, down), even);
            odd = Vector.FusedMultiplyAdd(At(state, up + stride), At(amps, down - stride), odd);
        }

        return down >= 0 ? Vector.FusedMultiplyAdd(At(state, up), At(amps, down), even) + odd : even + odd;
    }

    // the states at a time of the step become those that the next step starts from
    private void EvaluateStates(double t)
    {
        int stride = row.Stride;
        var step = new Vector<double>(t);
        for (int m = 0; m < stride; m += Vector<double>.Count)
        {
            int top = ((Terms - 1) * stride) + m;
            Vector<double> z = At(row.Z, top);
            Vector<double> u1 = At(row.U1, top);
            Vector<double> u2 = At(row.U2, top);
            Vector<double> h = At(row.H, top);
            for (int at = top - stride; at >= 0; at -= stride)
            {
                z = Vector.FusedMultiplyAdd(z, step, At(row.Z, at));
                u1 = Vector.FusedMultiplyAdd(u1, step, At(row.U1, at));
                u2 = Vector.FusedMultiplyAdd(u2, step, At(row.U2, at));
                h = Vector.FusedMultiplyAdd(h, step, At(row.H, at));
            }

            Put(z, row.Z, m);
            Put(u1, row.U1, m);
            Put(u2, row.U2, m);
            if (row.AnyHysteresis)
            {
                Put(h, row.H, m);
            }
        }
    }
}
