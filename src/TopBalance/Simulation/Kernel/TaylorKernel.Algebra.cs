using System.Numerics;
using static TopBalance.Simulation.Kernel.RowArrays;

namespace TopBalance.Simulation.Kernel;

/// <summary>The linear system that couples members, nodes and the source; the same for every order of the series.</summary>
internal sealed partial class TaylorKernel
{
    private bool SolveOrder(int n, in SourceLaw law)
    {
        double sumVolts = 0;
        double sumOhms = 0;
        int at = n * NodeCount;
        int offset = n * row.Stride;
        for (int k = 0; k < NodeCount; k++)
        {
            ref TaylorNode node = ref nodes[k];
            double eq = GroupVolts(node);
            double own = double.IsNaN(node.HeldVolts)
                ? (eq + (n == 0 ? node.EqOhms * node.SourceAmps : 0)) * node.Damping
                : n == 0 ? node.HeldVolts : 0;
            v[at + k] = own;
            node.GroupVolts = eq;
            sumVolts += own;
            sumOhms += node.OhmsToRow;
        }

        sumVolts += anyHeldTo ? FollowOthers(at) : 0;

        if (!SolveRow(n, law, sumVolts, sumOhms))
        {
            return false;
        }

        Volts[n] = sumVolts + (sumOhms * Amps[n]);
        for (int k = 0; k < NodeCount; k++)
        {
            Distribute(ref nodes[k], at + k, offset, n);
        }

        return true;
    }

    // a node that is held to another stands above it by its own part
    private double FollowOthers(int at)
    {
        double sum = 0;
        for (int k = 0; k < NodeCount; k++)
        {
            if (nodes[k].HeldTo >= 0)
            {
                double other = v[at + nodes[k].HeldTo];
                v[at + k] += other;
                sum += other;
            }
        }

        return sum;
    }

    private bool SolveRow(int n, in SourceLaw law, double sumVolts, double sumOhms)
    {
        switch (law.Kind)
        {
            case LawKind.Current:
                Amps[n] = n == 0 ? law.Value : 0;
                return true;
            case LawKind.Voltage:
                Amps[n] = ((n == 0 ? law.Value : 0) - sumVolts) / (sumOhms + law.SeriesOhms);
                return true;
            default:
                return SolvePower(n, law.Value, sumVolts, sumOhms);
        }
    }

    private bool SolvePower(int n, double watts, double sumVolts, double sumOhms)
    {
        if (n == 0)
        {
            double root = (sumVolts * sumVolts) + (4 * sumOhms * watts);
            if (!(root > 0) || sumVolts <= 0)
            {
                return false;
            }

            Amps[0] = 2 * watts / (sumVolts + Math.Sqrt(root));
            return true;
        }

        double sum = Amps[0] * sumVolts;
        for (int l = 1; l < n; l++)
        {
            sum += Volts[l] * Amps[n - l];
        }

        double slope = Volts[0] + (sumOhms * Amps[0]);
        Amps[n] = -sum / slope;
        return slope > 0;
    }

    private void Distribute(ref TaylorNode node, int at, int offset, int n)
    {
        double volts = v[at] + (node.OhmsToRow * Amps[n]);
        v[at] = volts;
        double into = double.IsNaN(node.HeldVolts)
            ? Amps[n] + (n == 0 ? node.SourceAmps : 0) - (node.Siemens * volts)
            : (volts - node.GroupVolts) / node.EqOhms;
        if (node.End - node.First == 1)
        {
            row.I[offset + node.First] = into;
            return;
        }

        double junction = volts - (node.LugOhms * into);
        int m = node.First;
        var wide = new Vector<double>(junction);
        for (; m + Vector<double>.Count <= node.End; m += Vector<double>.Count)
        {
            Put((wide - At(row.E, m)) * At(row.InverseR0, m), row.I, offset + m);
        }

        for (; m < node.End; m++)
        {
            row.I[offset + m] = (junction - row.E[m]) * row.InverseR0[m];
        }
    }

    private double GroupVolts(in TaylorNode node)
    {
        int m = node.First;
        (double[] e, double[] g) = (row.E, row.InverseR0);
        return (node.End - m) switch
        {
            1 => e[m],
            2 => ((e[m] * g[m]) + (e[m + 1] * g[m + 1])) * node.InverseOfConductances,
            _ => WeightedSum(e, g, m, node.End) * node.InverseOfConductances,
        };
    }

    private static double Sum(double[] values, int first, int end)
    {
        int m = first;
        Vector<double> wide = Vector<double>.Zero;
        for (; m + Vector<double>.Count <= end; m += Vector<double>.Count)
        {
            wide += At(values, m);
        }

        double sum = m == first ? 0 : Vector.Sum(wide);
        for (; m < end; m++)
        {
            sum += values[m];
        }

        return sum;
    }

    private static double WeightedSum(double[] values, double[] weights, int first, int end)
    {
        int m = first;
        Vector<double> wide = Vector<double>.Zero;
        for (; m + Vector<double>.Count <= end; m += Vector<double>.Count)
        {
            wide = Vector.FusedMultiplyAdd(At(values, m), At(weights, m), wide);
        }

        double sum = m == first ? 0 : Vector.Sum(wide);
        for (; m < end; m++)
        {
            sum += values[m] * weights[m];
        }

        return sum;
    }
}
