namespace TopBalance.Simulation.Kernel;

/// <summary>
/// What hangs on a node of the row (usually one cell, or all cells when they are joined in parallel): members from First to End, a source
/// current and a conductance, a series resistance; or a shunt that regulates the node to a voltage.
/// </summary>
internal struct TaylorNode
{
    public int First, End;

    public double SourceAmps, Siemens, LugOhms;

    /// <summary>
    /// If a number, the shunt holds the node at this voltage, or this far above <see cref="HeldTo"/>, by taking just the current that this
    /// needs.
    /// </summary>
    public double HeldVolts;

    /// <summary>The node, itself not held to another, that this one is held above; -1: none.</summary>
    public int HeldTo = -1;

    // the algebra of a step: E_eq and R_eq of the group, and how its voltage follows the row's current
    internal double InverseOfConductances, EqOhms, Damping, OhmsToRow, GroupVolts;

    public TaylorNode()
    {
    }
}
