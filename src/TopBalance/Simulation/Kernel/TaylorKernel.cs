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
    private MemberConstants[] constants = [];
    private int firstConstants;
    private TaylorNode[] nodes = [];
    private double[] v = [];
    private bool anyHeldTo;

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

    /// <summary>Makes room for so many nodes; what hangs on them is the caller's to say.</summary>
    public void Resize(int nodeCount)
    {
        NodeCount = nodeCount;
        if (nodeCount > nodes.Length)
        {
            nodes = new TaylorNode[nodeCount];
            v = new double[(MostOrder + 1) * nodeCount];
        }
    }

    /// <summary>Takes over the states of a row's members, which from here on stay in the kernel from step to step.</summary>
    /// <param name="all">The members of the pack.</param>
    /// <param name="first">The first of the row.</param>
    /// <param name="states">States of the row's members.</param>
    public void Load(MemberConstants[] all, int first, ReadOnlySpan<MemberState> states)
    {
        (constants, firstConstants) = (all, first);
        row.Resize(states.Length);
        row.Load(all.AsSpan(first, states.Length), states);
    }

    /// <summary>Gives the states back as they stand.</summary>
    public void Store(Span<MemberState> states)
    {
        // a step that was prepared but not made leaves no RC voltages behind
        if (row.Settled)
        {
            Move(0);
        }

        for (int m = 0; m < states.Length; m++)
        {
            states[m] = new MemberState { Z = row.Z[m], U1 = row.U1[m], U2 = row.U2[m], H = row.H[m], Charging = row.Sign[m] > 0 };
        }
    }

    /// <summary>Moves the states to a time within the span.</summary>
    public void Move(double t)
    {
        EvaluateStates(t);
        for (int m = 0; row.Settled && m < row.Members; m++)
        {
            double amps = Polynomial.At(row.I, m, row.Stride, Terms, t);
            row.Unsettle(m, ConstantsOf(m), amps);
        }

        row.Settled = false;
    }

    /// <summary>Takes a member over what <see cref="FindKnot"/> has found: exactly onto the knot, or to the other direction.</summary>
    public void Pass(int member, bool turns)
    {
        if (turns)
        {
            bool charging = !(row.Sign[member] > 0);
            row.Set(member, ConstantsOf(member), charging, falls: !charging);
        }
        else
        {
            row.Z[member] = Knot;
        }
    }

    /// <summary>Current into a member at the start of the step, A.</summary>
    public double MemberAmps(int member) => row.I[member];

    /// <summary>dz/dt of a member at the start of the step, 1/s.</summary>
    public double RateOf(int member) => row.Z[row.Stride + member];

    /// <summary>Keeps only the linear part of the series: for a row in which nothing moves but a trickle of charge.</summary>
    public void Straighten() => Terms = 2;

    private ref readonly MemberConstants ConstantsOf(int member) => ref constants[firstConstants + member];
}
