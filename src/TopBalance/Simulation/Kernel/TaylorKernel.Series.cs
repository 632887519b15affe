using System.Numerics;

namespace TopBalance.Simulation.Kernel;

/// <summary>The recurrence: states to currents by the algebra of the row, currents to the next order of the states.</summary>
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
    public bool Solve(ReadOnlySpan<MemberConstants> constants, Span<MemberState> states, in SourceLaw law)
    {
        for (int attempt = 0; ; attempt++)
        {
            Prepare(constants, states);
            if (!SolveOrder(0, law))
            {
                return false;
            }

            // the direction decides which table of resistances holds; the sign of a current does not depend on that choice, only its size
            bool flipped = false;
            for (int m = 0; m < row.Members; m++)
            {
                bool charging = states[m].Charging ? row.I[m] >= -2 * TurnAmps : row.I[m] > 2 * TurnAmps;
                flipped |= charging != states[m].Charging && constants[m].DependsOnDirection;
                states[m].Charging = charging;
            }

            if (!flipped || attempt == 8)
            {
                return true;
            }
        }
    }

    /// <summary>Prepares the series from these states on, valid for at most <paramref name="most"/> seconds.</summary>
    /// <returns>False if the law cannot be met.</returns>
    public bool Expand(ReadOnlySpan<MemberConstants> constants, Span<MemberState> states, in SourceLaw law, double most)
    {
        if (!Solve(constants, states, law) || (SettleRc(constants) && !SolveOrder(0, law)))
        {
            return false;
        }

        Integrate(0);
        ChooseSegments(constants, states);
        Span = Math.Min(most, TimeToKnot());
        double power = Span;
        int calm = 0;
        for (int n = 1; ; n++)
        {
            // the states are known to order n; their currents and voltages follow
            Products(n);
            if (!SolveOrder(n, law))
            {
                return false;
            }

            Terms = n + 1;
            if (n == 1 && row.Settled && law.Kind == LawKind.Current && MovesStraight())
            {
                Span = Math.Min(Span, LongestLine);
                break;
            }

            if (calm >= 2)
            {
                break;
            }

            Integrate(n);
            power *= Span;
            bool small = IsSmall(n + 1, power);
            calm = small ? calm + 1 : 0;
            if (n + 1 == MostOrder)
            {
                if (!small)
                {
                    Shorten(power);
                }

                break;
            }
        }

        Frozen = IsFrozen();
        return true;
    }

    private void Prepare(ReadOnlySpan<MemberConstants> constants, ReadOnlySpan<MemberState> states)
    {
        row.Settled = false;
        row.AnyHysteresis = false;
        for (int m = 0; m < row.Members; m++)
        {
            ref readonly MemberState s = ref states[m];
            row.AnyHysteresis |= constants[m].HysteresisVolts != 0;
            row.Set(m, constants[m], s, constants[m].Table.SegmentAt(s.Z, falling: !s.Charging));
        }

        PrepareNodes();
    }

    private void PrepareNodes()
    {
        foreach (ref TaylorNode node in Nodes)
        {
            double conductance = 0;
            for (int m = node.First; m < node.End; m++)
            {
                conductance += row.InverseR0[m];
            }

            node.InverseOfConductances = 1 / conductance;
            node.EqOhms = node.InverseOfConductances + node.LugOhms;
            node.Damping = 1 / (1 + (node.Siemens * node.EqOhms));
            node.OhmsToRow = double.IsNaN(node.HeldVolts) ? node.EqOhms * node.Damping : 0;
        }
    }

    // in a row that only trickles, the time constants of minutes would keep the steps at minutes for years on end
    private bool SettleRc(ReadOnlySpan<MemberConstants> constants)
    {
        // a look at the row's current spares nearly all of them the rest
        if (Math.Abs(Amps[0]) > 1e-3)
        {
            return false;
        }

        Integrate(0);
        for (int m = 0; m < row.Members; m++)
        {
            double slowest = Math.Max(constants[m].Tau1, constants[m].Tau2);
            double drift = (row.R1Slope[m] + row.R2Slope[m]) * row.I[m] * RateOf(m) * slowest;
            if (Math.Abs(row.U1[row.Stride + m] * constants[m].Tau1) > SettledVolts
                || Math.Abs(row.U2[row.Stride + m] * constants[m].Tau2) > SettledVolts || Math.Abs(drift) > SettledVolts)
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

    // at a knot exactly, the segment is the one that z moves into
    private void ChooseSegments(ReadOnlySpan<MemberConstants> constants, ReadOnlySpan<MemberState> states)
    {
        for (int m = 0; m < row.Members; m++)
        {
            bool falls = RateOf(m) < 0;
            if (falls != states[m].Charging || (states[m].Z != row.From[m] && states[m].Z != row.To[m]))
            {
                continue;
            }

            double ofOrderZero = row.E[m];
            row.Set(m, constants[m], states[m], constants[m].Table.SegmentAt(states[m].Z, falls));
            if (row.Settled)
            {
                row.Settle(m);
            }

            row.E[m] = ofOrderZero;
        }
    }

    private double TimeToKnot()
    {
        double least = double.PositiveInfinity;
        for (int m = 0; m < row.Members; m++)
        {
            double rate = RateOf(m);
            if (rate != 0)
            {
                least = Math.Min(least, ((rate > 0 ? row.To[m] : row.From[m]) - row.Z[m]) / rate);
            }
        }

        // the first derivative alone foresees the knot; a little more room lets the series find it
        return least * 1.05;
    }

    // coefficient n+1 of the states from coefficient n of the currents
    private void Integrate(int n)
    {
        int now = n * row.Stride;
        int next = now + row.Stride;
        if (n == 0)
        {
            row.Zi.AsSpan(0, row.Stride).Clear();
            row.Hi.AsSpan(0, row.Stride).Clear();
        }

        var inverse = new Vector<double>(1.0 / (n + 1));
        int width = Vector<double>.Count;
        for (int m = 0; m < row.Stride; m += width)
        {
            var amps = new Vector<double>(row.I, now + m);
            var sum = new Vector<double>(row.Zi, now + m);
            Vector<double> rate = new Vector<double>(row.SocPerCoulomb, m) * amps;
            rate = n == 0 ? rate - new Vector<double>(row.LeakRate, m) : rate;
            (rate * inverse).CopyTo(row.Z, next + m);
            Vector<double> drive1 = (new Vector<double>(row.R1, m) * amps) + (new Vector<double>(row.R1Slope, m) * sum);
            Vector<double> drive2 = (new Vector<double>(row.R2, m) * amps) + (new Vector<double>(row.R2Slope, m) * sum);
            ((drive1 - new Vector<double>(row.U1, now + m)) * new Vector<double>(row.Rate1, m) * inverse).CopyTo(row.U1, next + m);
            ((drive2 - new Vector<double>(row.U2, now + m)) * new Vector<double>(row.Rate2, m) * inverse).CopyTo(row.U2, next + m);
            if (row.AnyHysteresis)
            {
                Vector<double> product = new Vector<double>(row.Hi, now + m) + (new Vector<double>(row.H, m) * amps);
                Vector<double> gap = product - (new Vector<double>(row.Sign, m) * amps);
                (new Vector<double>(row.SignedHysteresis, m) * gap * inverse).CopyTo(row.H, next + m);
            }
        }
    }

    // what order n of the algebra needs of lower orders: the products z·i and h·i without their terms in i_n, and e_n
    private void Products(int n)
    {
        int width = Vector<double>.Count;
        int at = n * row.Stride;
        for (int m = 0; m < row.Stride; m += width)
        {
            Vector<double> sumZ = Vector<double>.Zero;
            Vector<double> sumH = Vector<double>.Zero;
            int up = row.Stride + m;
            int down = at - row.Stride + m;
            for (int l = 1; l <= n; l++, up += row.Stride, down -= row.Stride)
            {
                var amps = new Vector<double>(row.I, down);
                sumZ += new Vector<double>(row.Z, up) * amps;
                if (row.AnyHysteresis)
                {
                    sumH += new Vector<double>(row.H, up) * amps;
                }
            }

            sumZ.CopyTo(row.Zi, at + m);
            Vector<double> e = (new Vector<double>(row.OcvSlope, m) * new Vector<double>(row.Z, at + m))
                + new Vector<double>(row.U1, at + m) + new Vector<double>(row.U2, at + m) + (new Vector<double>(row.R0Slope, m) * sumZ);
            if (row.AnyHysteresis)
            {
                sumH.CopyTo(row.Hi, at + m);
                e += new Vector<double>(row.HysteresisVolts, m) * new Vector<double>(row.H, at + m);
            }

            e.CopyTo(row.E, at + m);
        }
    }

    private bool IsSmall(int n, double power)
    {
        int at = n * row.Stride;
        var volts = new Vector<double>(VoltTolerance / power);
        var soc = new Vector<double>(SocTolerance / power);
        for (int m = 0; m < row.Stride; m += Vector<double>.Count)
        {
            Vector<double> u = Vector.Max(Vector.Abs(new Vector<double>(row.U1, at + m)), Vector.Abs(new Vector<double>(row.U2, at + m)));
            if (row.AnyHysteresis)
            {
                u = Vector.Max(u, Vector.Abs(new Vector<double>(row.HysteresisVolts, m) * new Vector<double>(row.H, at + m)));
            }

            if (Vector.GreaterThanAny(u, volts) || Vector.GreaterThanAny(Vector.Abs(new Vector<double>(row.Z, at + m)), soc))
            {
                return false;
            }
        }

        return true;
    }

    private void Shorten(double power)
    {
        int at = MostOrder * row.Stride;
        double worst = 1;
        for (int m = 0; m < row.Members; m++)
        {
            worst = Math.Max(worst, Math.Abs(row.Z[at + m]) * power / SocTolerance);
            double u = Math.Max(Math.Abs(row.U1[at + m]), Math.Abs(row.U2[at + m]));
            double volts = row.AnyHysteresis ? Math.Max(u, Math.Abs(row.HysteresisVolts[m] * row.H[at + m])) : u;
            worst = Math.Max(worst, volts * power / VoltTolerance);
        }

        Span *= 0.9 * Math.Pow(worst, -1.0 / (MostOrder - 1));
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
