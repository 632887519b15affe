using System.Numerics;
using System.Runtime.CompilerServices;

namespace TopBalance.Simulation.Kernel;

/// <summary>
/// Steps a row of cells by Taylor series of the exact equations: with resistances linear in z between two knots, every coefficient follows
/// from lower ones by products of series and one small linear system that is the same for all orders. The series is its own dense output
/// and its own error estimate; it reaches up to the next knot, and no further than it converges.
/// </summary>
internal sealed class TaylorKernel
{
    /// <summary>Highest order.</summary>
    public const int MostOrder = 20;

    /// <summary>A regulating shunt may seem to take this much less than nothing, or more than it can, by the rounding of its level, A.</summary>
    public const double HeldSlack = 1e-5;

    // what a truncated series may be off by at the end of a step: V for voltages, 1 for states of charge and hysteresis
    private const double VoltTolerance = 1e-11;
    private const double SocTolerance = 1e-13;

    // a current turns when it has passed zero by this much, A; keeps the direction well defined at zero itself
    private const double TurnAmps = 1e-12;

    // RC voltages this near to their resistance times the current, and staying there, need no equation of their own, V
    private const double SettledVolts = 1e-12;

    private bool anyHysteresis;
    private int members;
    private int capacity;
    private double[] z = [];
    private double[] u1 = [];
    private double[] u2 = [];
    private double[] h = [];
    private double[] i = [];
    private double[] e = [];
    private double[] zi = [];
    private double[] hi = [];
    private MemberStep[] steps = [];
    private TaylorNode[] nodes = [];
    private double[] v = [];

    /// <summary>Nodes of the row in use.</summary>
    public Span<TaylorNode> Nodes => nodes.AsSpan(0, NodeCount);

    public int NodeCount { get; private set; }

    /// <summary>Number of coefficients of the step just made.</summary>
    public int Terms { get; private set; }

    /// <summary>How far the series of the step just made holds, s.</summary>
    public double Span { get; private set; }

    /// <summary>Coefficients of the row's current, A.</summary>
    public double[] Amps { get; } = new double[MostOrder + 1];

    /// <summary>Coefficients of the row's voltage (without leads), V.</summary>
    public double[] Volts { get; } = new double[MostOrder + 1];

    /// <summary>Coefficients of the nodes' voltages, one after another for each order.</summary>
    public double[] NodeVolts => v;

    /// <summary>Room for a series made of others: <see cref="Difference"/>, <see cref="HeldAmps"/>.</summary>
    public double[] Differences { get; } = new double[MostOrder + 1];

    /// <summary>True if nothing in the row moves any more.</summary>
    public bool Frozen { get; private set; }

    public void Resize(int memberCount, int nodeCount)
    {
        members = memberCount;
        NodeCount = nodeCount;
        if (memberCount > capacity)
        {
            capacity = memberCount;
            int size = (MostOrder + 2) * memberCount;
            (z, u1, u2, h) = (new double[size], new double[size], new double[size], new double[size]);
            (i, e, zi, hi) = (new double[size], new double[size], new double[size], new double[size]);
            steps = new MemberStep[memberCount];
        }

        if (nodeCount > nodes.Length)
        {
            nodes = new TaylorNode[nodeCount];
            v = new double[(MostOrder + 1) * nodeCount];
        }
    }

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
            for (int m = 0; m < members; m++)
            {
                bool charging = states[m].Charging ? i[m] >= -2 * TurnAmps : i[m] > 2 * TurnAmps;
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
        if (!Solve(constants, states, law))
        {
            return false;
        }

        if (SettleRc(constants) && !Resolve(constants, states, law))
        {
            return false;
        }

        Span = most;
        double power = 1;
        int calm = 0;
        for (int n = 0; ; n++)
        {
            Integrate(constants, n);
            if (n == 0)
            {
                ChooseSegments(constants, states);
                Span = Math.Min(most, TimeToKnot());
                power = 1;
            }

            power *= Span;
            Terms = n + 2;
            calm = n > 0 && IsSmall(n + 1, power) ? calm + 1 : 0;
            if (n + 1 == MostOrder)
            {
                if (calm == 0)
                {
                    Shorten(power);
                }

                break;
            }

            Products(n + 1);
            if (!SolveOrder(n + 1, law))
            {
                return false;
            }

            if (calm >= 2)
            {
                break;
            }
        }

        if (Terms > MostOrder)
        {
            // the algebra of the last order closes the series of current and voltage
            Terms = MostOrder;
        }

        Frozen = IsFrozen();
        return true;
    }

    // in a row that only trickles, the time constants of minutes would keep the steps at minutes for years on end
    private bool SettleRc(ReadOnlySpan<MemberConstants> constants)
    {
        // a look at the row's current spares nearly all of them the rest
        if (Math.Abs(Amps[0]) > 1e-3)
        {
            return false;
        }

        Integrate(constants, 0);

        for (int m = 0; m < members; m++)
        {
            ref MemberStep s = ref steps[m];
            double slowest = Math.Max(constants[m].Tau1, constants[m].Tau2);
            double drift = (s.R1Slope + s.R2Slope) * i[m] * z[members + m] * slowest;
            if (Math.Abs(u1[members + m] / s.Rate1) > SettledVolts || Math.Abs(u2[members + m] / s.Rate2) > SettledVolts || Math.Abs(drift) > SettledVolts)
            {
                return false;
            }
        }

        return true;
    }

    private bool Resolve(ReadOnlySpan<MemberConstants> constants, ReadOnlySpan<MemberState> states, in SourceLaw law)
    {
        for (int m = 0; m < members; m++)
        {
            steps[m].Settle();
            e[m] -= u1[m] + u2[m];
            (u1[m], u2[m]) = (0, 0);
        }

        PrepareNodes();
        return SolveOrder(0, law);
    }

    /// <summary>Shortens the span to the first knot a member meets or the first change of direction of its current.</summary>
    /// <returns>Index of the member that meets a knot or turns first, or -1.</returns>
    public int FindKnot(ReadOnlySpan<MemberConstants> constants, out bool turns)
    {
        int first = -1;
        turns = false;
        for (int m = 0; m < members; m++)
        {
            double knot = Crossing(z, m, steps[m].From, steps[m].To);
            if (!double.IsNaN(knot))
            {
                (Span, first, turns) = (knot, m, false);
            }

            if (!constants[m].DependsOnDirection)
            {
                continue;
            }

            double turn = steps[m].Charging
                ? FirstFall(i, m, members, -TurnAmps, Span)
                : FirstRise(i, m, members, TurnAmps, Span);
            if (turn < Span)
            {
                (Span, first, turns) = (turn, m, true);
            }
        }

        return first;
    }

    /// <summary>dz/dt of a member at the start of the step, 1/s.</summary>
    public double RateOf(int member) => z[members + member];

    /// <summary>Between which voltages a node stays in a span, by the sizes of its coefficients.</summary>
    public void Reach(int node, double span, out double least, out double most)
    {
        double away = 0;
        for (int n = Terms - 1; n > 0; n--)
        {
            away = (away + Math.Abs(v[(n * NodeCount) + node])) * span;
        }

        least = v[node] - away;
        most = v[node] + away;
    }

    /// <summary>Makes <see cref="Differences"/> the series of one node's voltage less another's.</summary>
    public void Difference(int node, int other)
    {
        for (int n = 0; n < Terms; n++)
        {
            Differences[n] = v[(n * NodeCount) + node] - v[(n * NodeCount) + other];
        }
    }

    /// <summary>Current that a regulating shunt takes at the start of the step, A.</summary>
    public double HeldAmps(int node)
    {
        HeldSeries(node, 1);
        return Differences[0];
    }

    /// <summary>Charge that a regulating shunt takes in a span, C.</summary>
    public double HeldCoulombs(int node, double span)
    {
        HeldSeries(node, Terms);
        return Integral(Differences, 0, 1, span);
    }

    /// <summary>Shortens the span to where a regulating shunt would have to give charge or take more than it can.</summary>
    public bool HeldExit(int node, double fullAmps, ref double span)
    {
        HeldSeries(node, Terms);
        double start = span;
        double under = FirstFall(Differences, 0, 1, -2 * HeldSlack, span);
        span = under < span ? under : span;
        double over = FirstRise(Differences, 0, 1, fullAmps + (2 * HeldSlack), span);
        span = over < span ? over : span;
        return span < start;
    }

    /// <summary>Keeps only the linear part of the series: for a row in which nothing moves but a trickle of charge.</summary>
    public void Straighten() => Terms = 2;

    /// <summary>Moves the states to a time within the span.</summary>
    public void Move(Span<MemberState> states, double t)
    {
        for (int m = 0; m < members; m++)
        {
            states[m].Z = At(z, m, t);
            double settled = steps[m].Settled ? At(i, m, t) : 0;
            states[m].U1 = steps[m].Settled ? settled * (steps[m].R1 + (steps[m].R1Slope * (states[m].Z - z[m]))) : At(u1, m, t);
            states[m].U2 = steps[m].Settled ? settled * (steps[m].R2 + (steps[m].R2Slope * (states[m].Z - z[m]))) : At(u2, m, t);
            states[m].H = At(h, m, t);
        }
    }

    /// <summary>The exact knot that a member has met, given its state close to it.</summary>
    public double NearestKnot(int member, double soc) =>
        Math.Abs(soc - steps[member].From) < Math.Abs(soc - steps[member].To) ? steps[member].From : steps[member].To;

    /// <summary>Voltage of a node at a time within the span.</summary>
    public double NodeVoltsAt(int node, double t) => Polynomial.At(v, node, NodeCount, Terms, t);

    public double AmpsAt(double t) => Polynomial.At(Amps, 0, 1, Terms, t);

    public double VoltsAt(double t) => Polynomial.At(Volts, 0, 1, Terms, t);

    /// <summary>Current into a member at the start of the step, A.</summary>
    public double MemberAmps(int member) => i[member];

    /// <summary>Integral of a series over the first t seconds.</summary>
    public double Integral(double[] series, int offset, int stride, double t)
    {
        double sum = 0;
        for (int n = Terms - 1; n >= 0; n--)
        {
            sum = (sum * t) + (series[offset + (n * stride)] / (n + 1));
        }

        return sum * t;
    }

    public double FirstRise(double[] series, int offset, int stride, double level, double end) =>
        Polynomial.FirstRise(series, offset, stride, Terms, level, end);

    public double FirstFall(double[] series, int offset, int stride, double level, double end) =>
        Polynomial.FirstFall(series, offset, stride, Terms, level, end);

    // what a regulating shunt takes: what comes into the node less what its members take
    private void HeldSeries(int node, int terms)
    {
        ref TaylorNode held = ref nodes[node];
        for (int n = 0; n < terms; n++)
        {
            double amps = Amps[n] + (n == 0 ? held.SourceAmps : 0) - (held.Siemens * v[(n * NodeCount) + node]);
            for (int m = held.First; m < held.End; m++)
            {
                amps -= i[(n * members) + m];
            }

            Differences[n] = amps;
        }
    }

    private double At(double[] series, int m, double t) => Polynomial.At(series, m, members, Terms, t);

    private void Prepare(ReadOnlySpan<MemberConstants> constants, ReadOnlySpan<MemberState> states)
    {
        anyHysteresis = false;
        for (int m = 0; m < members; m++)
        {
            ref readonly MemberState s = ref states[m];
            anyHysteresis |= constants[m].HysteresisPerSoc != 0;
            steps[m].Set(constants[m], s, constants[m].Table.SegmentAt(s.Z, falling: !s.Charging));
            (z[m], u1[m], u2[m], h[m]) = (s.Z, s.U1, s.U2, s.H);
            e[m] = steps[m].OcvVolts + (constants[m].HysteresisVolts * s.H) + s.U1 + s.U2;
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
                conductance += steps[m].InverseR0;
            }

            node.InverseOfConductances = 1 / conductance;
            node.EqOhms = node.InverseOfConductances + node.LugOhms;
            node.Damping = 1 / (1 + (node.Siemens * node.EqOhms));
            node.OhmsToRow = double.IsNaN(node.HeldVolts) ? node.EqOhms * node.Damping : 0;
        }
    }

    // at a knot exactly, the segment is the one that z moves into
    private void ChooseSegments(ReadOnlySpan<MemberConstants> constants, ReadOnlySpan<MemberState> states)
    {
        for (int m = 0; m < members; m++)
        {
            double rate = z[members + m];
            if ((rate < 0) == states[m].Charging && (states[m].Z == steps[m].From || states[m].Z == steps[m].To))
            {
                bool settled = steps[m].Settled;
                steps[m].Set(constants[m], states[m], constants[m].Table.SegmentAt(states[m].Z, falling: rate < 0));
                if (settled)
                {
                    steps[m].Settle();
                }
            }
        }
    }

    private double TimeToKnot()
    {
        double least = double.PositiveInfinity;
        for (int m = 0; m < members; m++)
        {
            double rate = z[members + m];
            if (rate != 0)
            {
                least = Math.Min(least, ((rate > 0 ? steps[m].To : steps[m].From) - z[m]) / rate);
            }
        }

        // the first derivative alone foresees the knot; a little more room lets the series find it
        return least * 1.05;
    }

    private bool SolveOrder(int n, in SourceLaw law)
    {
        double sumVolts = 0;
        double sumOhms = 0;
        int row = n * NodeCount;
        int offset = n * members;
        for (int k = 0; k < NodeCount; k++)
        {
            ref TaylorNode node = ref nodes[k];
            double eq = 0;
            for (int m = node.First; m < node.End; m++)
            {
                eq += e[offset + m] * steps[m].InverseR0;
            }

            eq *= node.InverseOfConductances;
            double own = double.IsNaN(node.HeldVolts)
                ? (eq + (n == 0 ? node.EqOhms * node.SourceAmps : 0)) * node.Damping
                : n == 0 ? node.HeldVolts : 0;
            v[row + k] = own;
            steps[node.First].GroupVolts = eq;
            sumVolts += own;
            sumOhms += node.OhmsToRow;
        }

        if (!SolveRow(n, law, sumVolts, sumOhms))
        {
            return false;
        }

        Volts[n] = sumVolts + (sumOhms * Amps[n]);
        for (int k = 0; k < NodeCount; k++)
        {
            Distribute(ref nodes[k], row + k, offset, n);
        }

        return true;
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
            : (volts - steps[node.First].GroupVolts) / node.EqOhms;
        double junction = volts - (node.LugOhms * into);
        for (int m = node.First; m < node.End; m++)
        {
            i[offset + m] = node.End - node.First == 1 ? into : (junction - e[offset + m]) * steps[m].InverseR0;
        }
    }

    // coefficient n+1 of the states from coefficient n of the currents
    private void Integrate(ReadOnlySpan<MemberConstants> constants, int n)
    {
        int now = n * members;
        int next = now + members;
        double inverse = 1.0 / (n + 1);
        for (int m = 0; m < members; m++)
        {
            ref readonly MemberConstants c = ref constants[m];
            ref MemberStep s = ref steps[m];
            double amps = i[now + m];
            double sum = n == 0 ? 0 : zi[now + m];
            z[next + m] = ((s.SocPerCoulomb * amps) - (n == 0 ? c.SocPerAmpSecond * c.LeakAmps : 0)) * inverse;
            u1[next + m] = s.Settled ? 0 : ((s.R1 * amps) + (s.R1Slope * sum) - u1[now + m]) * s.Rate1 * inverse;
            u2[next + m] = s.Settled ? 0 : ((s.R2 * amps) + (s.R2Slope * sum) - u2[now + m]) * s.Rate2 * inverse;
            if (s.HysteresisPerCoulomb != 0)
            {
                double product = n == 0 ? h[m] * i[m] : hi[now + m] + (h[m] * amps);
                h[next + m] = -s.HysteresisPerCoulomb * (product - (s.Sign * amps)) * s.Sign * inverse;
            }
        }
    }

    // what order n of the algebra needs of lower orders: the products z·i and h·i without their terms in i_n, and e_n
    private void Products(int n)
    {
        int row = n * members;
        Span<double> sumZ = zi.AsSpan(row, members);
        if (members < Vector<double>.Count)
        {
            ProductsOfFew(n);
        }
        else
        {
            ProductsOfMany(n, sumZ, hi.AsSpan(row, members));
        }

        for (int m = 0; m < members; m++)
        {
            ref MemberStep s = ref steps[m];
            e[row + m] = (s.OcvSlope * z[row + m]) + u1[row + m] + u2[row + m] + (s.HysteresisVolts * h[row + m]) + (s.R0Slope * sumZ[m]);
        }
    }

    private void ProductsOfFew(int n)
    {
        for (int m = 0; m < members; m++)
        {
            double sumZ = 0;
            double sumH = 0;
            int up = members + m;
            int down = ((n - 1) * members) + m;
            for (int l = 1; l <= n; l++, up += members, down -= members)
            {
                sumZ += z[up] * i[down];
                sumH += h[up] * i[down];
            }

            zi[(n * members) + m] = sumZ;
            hi[(n * members) + m] = sumH;
        }
    }

    private void ProductsOfMany(int n, Span<double> sumZ, Span<double> sumH)
    {
        sumZ.Clear();
        sumH.Clear();
        for (int l = 1; l <= n; l++)
        {
            ReadOnlySpan<double> amps = i.AsSpan((n - l) * members, members);
            MultiplyAdd(sumZ, z.AsSpan(l * members, members), amps);
            if (anyHysteresis)
            {
                MultiplyAdd(sumH, h.AsSpan(l * members, members), amps);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyAdd(Span<double> sum, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        int m = 0;
        for (; m <= sum.Length - Vector<double>.Count; m += Vector<double>.Count)
        {
            (new Vector<double>(sum[m..]) + (new Vector<double>(a[m..]) * new Vector<double>(b[m..]))).CopyTo(sum[m..]);
        }

        for (; m < sum.Length; m++)
        {
            sum[m] += a[m] * b[m];
        }
    }

    private bool IsSmall(int n, double power)
    {
        int row = n * members;
        double volts = VoltTolerance / power;
        double soc = SocTolerance / power;
        for (int m = 0; m < members; m++)
        {
            if (Math.Abs(z[row + m]) > soc || Math.Abs(u1[row + m]) > volts || Math.Abs(u2[row + m]) > volts
                || Math.Abs(steps[m].HysteresisVolts * h[row + m]) > volts)
            {
                return false;
            }
        }

        return true;
    }

    private void Shorten(double power)
    {
        int row = MostOrder * members;
        double worst = 1;
        for (int m = 0; m < members; m++)
        {
            worst = Math.Max(worst, Math.Abs(z[row + m]) * power / SocTolerance);
            double volts = Math.Max(Math.Abs(u1[row + m]), Math.Max(Math.Abs(u2[row + m]), Math.Abs(steps[m].HysteresisVolts * h[row + m])));
            worst = Math.Max(worst, volts * power / VoltTolerance);
        }

        Span *= 0.9 * Math.Pow(worst, -1.0 / (MostOrder - 1));
    }

    private bool IsFrozen()
    {
        for (int m = 0; m < members; m++)
        {
            if (Math.Abs(z[members + m]) > 1e-13 || Math.Abs(u1[members + m]) > 1e-12 || Math.Abs(u2[members + m]) > 1e-12)
            {
                return false;
            }
        }

        return true;
    }

    // the first time in the span at which a member leaves its segment; at a knot it starts on, only the other one counts
    private double Crossing(double[] series, int m, double from, double to)
    {
        double rate = series[members + m];
        bool clear = rate > 0 ? series[m] < to : series[m] > from;
        if (!clear)
        {
            return double.NaN;
        }

        double up = series[m] < to && !double.IsInfinity(to) ? FirstRise(series, m, members, to, Span) : double.NaN;
        double end = double.IsNaN(up) ? Span : up;
        double down = series[m] > from && !double.IsInfinity(from) ? FirstFall(series, m, members, from, end) : double.NaN;
        return double.IsNaN(down) ? up : down;
    }

    /// <summary>What one member's equations are in the step.</summary>
    private struct MemberStep
    {
        public double From, To, OcvVolts, OcvSlope, InverseR0, R0Slope, R1, R1Slope, R2, R2Slope, Rate1, Rate2;
        public double SocPerCoulomb, HysteresisPerCoulomb, HysteresisVolts, Sign, GroupVolts;
        public bool Charging;

        /// <summary>The RC pairs follow the current as plain resistances in this step.</summary>
        public bool Settled;

        public void Settle()
        {
            Settled = true;
            InverseR0 = 1 / ((1 / InverseR0) + R1 + R2);
            R0Slope += R1Slope + R2Slope;
        }

        public void Set(in MemberConstants c, in MemberState s, int segment)
        {
            ref readonly Segment g = ref c.Table.Side(s.Charging)[segment];
            double dz = s.Z - g.Z0;
            Charging = s.Charging;
            Settled = false;
            (From, To) = (g.From, g.To);
            OcvVolts = g.Ocv + (g.OcvSlope * dz);
            OcvSlope = g.OcvSlope;

            // a member without any resistance would make the algebra singular; a nanoohm does no harm
            InverseR0 = 1 / Math.Max(1e-9, c.R0Scale * (g.R0 + (g.R0Slope * dz)));
            R0Slope = c.R0Scale * g.R0Slope;
            R1 = c.R1Scale * (g.R1 + (g.R1Slope * dz));
            R1Slope = c.R1Scale * g.R1Slope;
            R2 = c.R2Scale * (g.R2 + (g.R2Slope * dz));
            R2Slope = c.R2Scale * g.R2Slope;
            Rate1 = 1 / c.Tau1;
            Rate2 = 1 / c.Tau2;
            SocPerCoulomb = c.SocPerAmpSecond * (s.Charging ? c.Efficiency : 1);
            HysteresisPerCoulomb = SocPerCoulomb * c.HysteresisPerSoc;
            HysteresisVolts = c.HysteresisVolts;
            Sign = s.Charging ? 1 : -1;
        }
    }
}
