namespace TopBalance.Simulation.Kernel;

/// <summary>
/// Steps a row of cells by Taylor series of the exact equations: with resistances linear in z between two knots, every coefficient follows
/// from lower ones by products of series and one small linear system that is the same for all orders. The series is its own dense output
/// and its own error estimate; it reaches up to the next knot, and no further than it converges.
/// </summary>
internal sealed partial class TaylorKernel
{
    /// <summary>Highest order.</summary>
    public const int MostOrder = 20;

    /// <summary>By the rounding of its level a regulating shunt may seem to take this much less than 0, or more than it can, A.</summary>
    public const double HeldSlack = 1e-5;

    // a current turns when it has passed zero by this much, A: far above the rounding of a voltage over a small resistance, so that the
    // direction is well defined at zero itself
    private const double TurnAmps = 1e-9;

    private readonly RowArrays row = new();
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

    /// <summary>The exact state of charge of the knot that <see cref="FindKnot"/> has found.</summary>
    public double Knot { get; private set; }

    /// <summary>True if nothing in the row moves any more.</summary>
    public bool Frozen { get; private set; }

    public void Resize(int memberCount, int nodeCount)
    {
        row.Resize(memberCount);
        NodeCount = nodeCount;
        if (nodeCount > nodes.Length)
        {
            nodes = new TaylorNode[nodeCount];
            v = new double[(MostOrder + 1) * nodeCount];
        }
    }

    /// <summary>Shortens the span to the first knot a member meets or the first change of direction of its current.</summary>
    /// <returns>Index of the member that meets a knot or turns first, or -1.</returns>
    public int FindKnot(ReadOnlySpan<MemberConstants> constants, out bool turns)
    {
        int first = -1;
        turns = false;
        row.Stray(row.Z, Terms, Span);
        for (int m = 0; m < row.Members; m++)
        {
            double z = row.Z[m];
            if (z + row.Away[m] < row.To[m] && z - row.Away[m] > row.From[m])
            {
                continue;
            }

            double time = Crossing(m, row.From[m], row.To[m], out double knot);
            if (!double.IsNaN(time))
            {
                (Span, first, Knot) = (time, m, knot);
            }
        }

        row.Stray(row.I, Terms, Span);
        for (int m = 0; m < row.Members; m++)
        {
            if (Math.Abs(row.I[m]) - row.Away[m] > TurnAmps || !constants[m].DependsOnDirection)
            {
                continue;
            }

            double turn = row.Sign[m] > 0
                ? FirstFall(row.I, m, row.Stride, -TurnAmps, Span)
                : FirstRise(row.I, m, row.Stride, TurnAmps, Span);
            if (turn < Span)
            {
                (Span, first, turns) = (turn, m, true);
            }
        }

        return first;
    }

    /// <summary>Moves the states to a time within the span.</summary>
    public void Move(Span<MemberState> states, double t)
    {
        double[] values = row.Away;
        row.Evaluate(row.Z, Terms, t);
        for (int m = 0; m < states.Length; m++)
        {
            states[m].Z = values[m];
        }

        row.Evaluate(row.Settled ? row.I : row.U1, Terms, t);
        for (int m = 0; m < states.Length; m++)
        {
            states[m].U1 = values[m] * (row.Settled ? row.R1[m] + (row.R1Slope[m] * (states[m].Z - row.Z[m])) : 1);
            states[m].U2 = values[m] * (row.R2[m] + (row.R2Slope[m] * (states[m].Z - row.Z[m])));
        }

        if (!row.Settled)
        {
            row.Evaluate(row.U2, Terms, t);
            for (int m = 0; m < states.Length; m++)
            {
                states[m].U2 = values[m];
            }
        }

        if (row.AnyHysteresis)
        {
            row.Evaluate(row.H, Terms, t);
            for (int m = 0; m < states.Length; m++)
            {
                states[m].H = values[m];
            }
        }
    }

    /// <summary>Current into a member at the start of the step, A.</summary>
    public double MemberAmps(int member) => row.I[member];

    /// <summary>dz/dt of a member at the start of the step, 1/s.</summary>
    public double RateOf(int member) => row.Z[row.Stride + member];

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

    /// <summary>
    /// Integral of a series over the first t seconds, to the order of the states: what has passed and what is stored agree to rounding.
    /// </summary>
    public double Integral(double[] series, int offset, int stride, double t)
    {
        double sum = 0;
        for (int n = Terms - 2; n >= 0; n--)
        {
            sum = (sum * t) + (series[offset + (n * stride)] / (n + 1));
        }

        return sum * t;
    }

    /// <inheritdoc cref="Polynomial.FirstRise"/>
    public double FirstRise(double[] series, int offset, int stride, double level, double end) =>
        Polynomial.FirstRise(series, offset, stride, Terms, level, end);

    /// <inheritdoc cref="Polynomial.FirstFall"/>
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
                amps -= row.I[(n * row.Stride) + m];
            }

            Differences[n] = amps;
        }
    }

    // the first time in the span at which a member leaves its segment; at a knot it starts on, only the other one counts
    private double Crossing(int m, double from, double to, out double knot)
    {
        double z = row.Z[m];
        knot = to;
        bool clear = RateOf(m) > 0 ? z < to : z > from;
        if (!clear)
        {
            return double.NaN;
        }

        double up = z < to && !double.IsInfinity(to) ? FirstRise(row.Z, m, row.Stride, to, Span) : double.NaN;
        double end = double.IsNaN(up) ? Span : up;
        double down = z > from && !double.IsInfinity(from) ? FirstFall(row.Z, m, row.Stride, from, end) : double.NaN;
        knot = double.IsNaN(down) ? to : from;
        return double.IsNaN(down) ? up : down;
    }
}
