namespace TopBalance.Simulation.Kernel;

/// <summary>
/// What hangs on a node of the row (usually one cell, or all cells when they are joined in parallel): members from First to End, a source
/// current and a conductance, a series resistance; or a shunt that regulates the node to a voltage.
/// </summary>
internal struct TaylorNode
{
    public int First, End;

    public double SourceAmps, Siemens, LugOhms;

    /// <summary>If a number, the shunt holds the node at this voltage by taking just the current that this needs.</summary>
    public double HeldVolts;

    // the algebra of a step: E_eq and R_eq of the group, and how its voltage follows the row's current
    internal double InverseOfConductances, EqOhms, Damping, OhmsToRow, GroupVolts;
}
