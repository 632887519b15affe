using System.Numerics;
using static TopBalance.Simulation.Kernel.RowArrays;

namespace TopBalance.Simulation.Kernel;

/// <summary>How a step is prepared: currents at its start, then order after order until the series is exact enough over the span.</summary>
internal sealed partial class TaylorKernel
{
    // what a truncated series may be off by at the end of a step: V for voltages, 1 for states of charge
    private const double VoltTolerance = 1e-12;
    private const double SocTolerance = 1e-14;

    // RC voltages this near to their resistance times the current, and staying there, need no equation of their own, V
    private const double SettledVolts = 1e-12;

    // a line is looked at anew at least this often, s
    private const double LongestLine = 30 * 86400;

    /// <summary>
    /// Current, row voltage and node voltages at this instant, without a step. Chooses the direction of every member's current.
    /// </summary>
    /// <returns>False if the law cannot be met (a power the row cannot give).</returns>
    public bool Solve(in SourceLaw law)
    {
        for (int attempt = 0; ; attempt++)
        {
            row.PrepareLines();
            PrepareNodes();
            if (!SolveOrder(0, law))
            {
                return false;
            }

            if (!ChooseDirections() || attempt == 8)
            {
                return true;
            }
        }
    }

    /// <summary>Prepares the series from these states on, valid for at most <paramref name="most"/> seconds.</summary>
    /// <returns>False if the law cannot be met.</returns>
    public bool Expand(in SourceLaw law, double most)
    {
        if (!Solve(law) || (SettleRc() && !SolveOrder(0, law)))
        {
            return false;
        }

        Span = Math.Min(most, TimeToKnot());
        if (!(IsNarrow(law) ? ExpandNarrow(law) : ExpandWide(law)))
        {
            return false;
        }

        Frozen = IsFrozen();
        return true;
    }

    private bool ExpandWide(in SourceLaw law)
    {
        double power = Span;
        int calm = 0;
        for (int n = 1; ; n++)
        {
            // the currents are known below order n; the states follow to order n, then the currents and voltages of that order
            double size = Advance(n) * power;
            bool small = n > 1 && size <= VoltTolerance;
            calm = small ? calm + 1 : 0;
            if (n == MostOrder)
            {
                Shorten(size);
                return true;
            }

            if (!SolveOrder(n, law))
            {
                return false;
            }

            Terms = n + 1;
            if (n == 1 && row.Settled && law.Kind == LawKind.Current && MovesStraight())
            {
                Span = Math.Min(Span, LongestLine);
                return true;
            }

            if (calm >= 2)
            {
                return true;
            }

            power *= Span;
        }
    }

    private void Shorten(double size) =>
        Span *= size <= VoltTolerance ? 1 : 0.9 * Math.Pow(size / VoltTolerance, -1.0 / (MostOrder - 1));

    private void PrepareNodes()
    {
        anyHeldTo = false;
        foreach (ref TaylorNode node in Nodes)
        {
            double conductance = Sum(row.InverseR0, node.First, node.End);
            node.InverseOfConductances = 1 / conductance;
            node.EqOhms = node.InverseOfConductances + node.LugOhms;
            node.Damping = 1 / (1 + (node.Siemens * node.EqOhms));
            node.OhmsToRow = double.IsNaN(node.HeldVolts) ? node.EqOhms * node.Damping : 0;
            anyHeldTo |= node.HeldTo >= 0;
        }

        for (int k = 0; anyHeldTo && k < NodeCount; k++)
        {
            if (nodes[k].HeldTo >= 0)
            {
                nodes[k].OhmsToRow = nodes[nodes[k].HeldTo].OhmsToRow;
            }
        }
    }

    // the direction decides which table of resistances holds; the sign of a current does not depend on that choice, only its size
    private bool ChooseDirections()
    {
        var noise = new Vector<double>(2 * TurnAmps);
        bool matters = false;
        for (int block = 0; block < row.Stride; block += Vector<double>.Count)
        {
            Vector<double> amps = At(row.I, block);
            Vector<long> charging = Vector.GreaterThan(At(row.Sign, block), Vector<double>.Zero);
            Vector<long> turned = Vector.ConditionalSelect(charging, Vector.LessThan(amps, -noise), Vector.GreaterThan(amps, noise));
            for (int m = block; turned != Vector<long>.Zero && m < Math.Min(block + Vector<double>.Count, row.Members); m++)
            {
                bool was = row.Sign[m] > 0;
                if (was ? row.I[m] < -2 * TurnAmps : row.I[m] > 2 * TurnAmps)
                {
                    row.Set(m, ConstantsOf(m), !was, falls: was);
                    matters |= ConstantsOf(m).DependsOnDirection;
                }
            }
        }

        return matters;
    }

    // in a row that only trickles, the time constants of minutes would keep the steps at minutes for years on end
    private bool SettleRc()
    {
        // a look at the row's current spares nearly all of them the rest
        if (Math.Abs(Amps[0]) > 1e-3)
        {
            return false;
        }

        for (int m = 0; m < row.Members; m++)
        {
            double amps = row.I[m];
            double rate = (row.SocPerCoulomb[m] * amps) - row.LeakRate[m];
            double drift = (row.R1Slope[m] + row.R2Slope[m]) * amps * rate * Math.Max(ConstantsOf(m).Tau1, ConstantsOf(m).Tau2);
            if (Math.Abs((row.R1[m] * amps) - row.U1[m]) > SettledVolts
                || Math.Abs((row.R2[m] * amps) - row.U2[m]) > SettledVolts || Math.Abs(drift) > SettledVolts)
            {
                return false;
            }
        }

        for (int m = 0; m < row.Members; m++)
        {
            row.Settle(m);
        }

        row.Settled = true;
        PrepareNodes();
        return true;
    }

    // seconds in which, by their first derivatives, the first member comes to its knot; a member that stands at the end of its segment and
    // leaves it moves into the next one, where its voltage is the same
    private double TimeToKnot()
    {
        var infinite = new Vector<double>(double.PositiveInfinity);
        Vector<double> least = infinite;
        for (int m = 0; m < row.Stride; m += Vector<double>.Count)
        {
            Vector<double> rate = (At(row.SocPerCoulomb, m) * At(row.I, m)) - At(row.LeakRate, m);
            Vector<long> falls = Vector.LessThan(rate, Vector<double>.Zero);
            Vector<double> way = Way(m, falls);
            if (Vector.LessThanOrEqualAny(way, Vector<double>.Zero))
            {
                LeaveSegments(m);
                way = Way(m, falls);
            }

            Vector<double> time = way / Vector.Abs(rate);
            least = Vector.Min(least, Vector.ConditionalSelect(Vector.Equals(rate, Vector<double>.Zero), infinite, time));
        }

        double first = double.PositiveInfinity;
        for (int k = 0; k < Vector<double>.Count; k++)
        {
            first = Math.Min(first, least[k]);
        }

        // a little more room lets the series find the knot
        return first * 1.05;
    }

    private Vector<double> Way(int m, Vector<long> falls) =>
        Vector.ConditionalSelect(falls, At(row.Z, m) - At(row.From, m), At(row.To, m) - At(row.Z, m));

    private void LeaveSegments(int block)
    {
        for (int m = block; m < Math.Min(block + Vector<double>.Count, row.Members); m++)
        {
            double rate = (row.SocPerCoulomb[m] * row.I[m]) - row.LeakRate[m];
            if (rate > 0 ? row.Z[m] >= row.To[m] : rate < 0 && row.Z[m] <= row.From[m])
            {
                row.Set(m, ConstantsOf(m), row.Sign[m] > 0, falls: rate < 0);
                if (row.Settled)
                {
                    row.SettleSlopes(m);
                }
            }
        }
    }

    // members that self-discharge side by side exchange a steady trickle: once its transient has died out the states are lines in time,
    // and a series that could still hold the transient would keep the steps short for years
    private bool MovesStraight()
    {
        for (int m = 0; m < row.Members; m++)
        {
            double rate = row.OcvSlope[m] * row.SocPerCoulomb[m] * row.InverseR0[m];
            if (Math.Abs(row.I[row.Stride + m]) > SettledVolts * rate * row.InverseR0[m])
            {
                return false;
            }
        }

        return true;
    }

    private bool IsFrozen()
    {
        for (int m = 0; m < row.Members; m++)
        {
            int at = row.Stride + m;
            if (Math.Abs(row.Z[at]) > 1e-13 || Math.Abs(row.U1[at]) > 1e-12 || Math.Abs(row.U2[at]) > 1e-12)
            {
                return false;
            }
        }

        return true;
    }
}
