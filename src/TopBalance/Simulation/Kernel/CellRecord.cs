namespace TopBalance.Simulation.Kernel;

/// <summary>What is on or off about a cell and its module, and what has been counted of it.</summary>
internal struct CellFlags
{
    /// <summary>The shunt conducts.</summary>
    public bool Shunt;

    /// <summary>
    /// The shunt would switch on and off at one instant without end, or flickers: it regulates the cell to its level, as a comparator with
    /// a ripple too fast to follow.
    /// </summary>
    public bool Held;

    /// <summary>If held: under a relative rule the cell it is held above; -1: it is held at its own level.</summary>
    public int HeldTo;

    /// <summary>When the shunt last began to conduct.</summary>
    public double OnAt;

    /// <summary>How often in a row it has done so again within <see cref="Player.FlickerSeconds"/>.</summary>
    public int Flickers;

    /// <summary>How often in a row it has done so again within <see cref="Player.ReturnSeconds"/>.</summary>
    public int Returns;

    /// <summary>1: the contact is open above HVC; -1: below LVC; 0: closed.</summary>
    public sbyte Open;

    /// <summary>1 or -1: the level has been reached, and the contact opens at <see cref="PendingAt"/> if it holds until then.</summary>
    public sbyte Pending;

    public double PendingAt;

    public bool AboveMax, AboveHvc, Reversed, OverWattage, AboveRest;

    /// <summary>The worst seen since the danger began: V, V, Ah, W.</summary>
    public double PeakMax, PeakHvc, PeakReversalAh, PeakWatts;

    /// <summary>Charge taken by the shunt, Ah.</summary>
    public double BledAh;
}

/// <summary>
/// A cell at an instant from which its future can be had without searching for events: up to the next record nothing switches.
/// </summary>
internal struct CellRecord
{
    public double Time;

    /// <summary>The step of the run it belongs to.</summary>
    public int Step;

    /// <summary>The row of cells it shares its source's current with; one cell where the current is given.</summary>
    public int RowFirst, RowEnd;

    /// <summary>All cells of the row are joined in parallel.</summary>
    public bool Joined;

    public SourceLaw Law;

    public CellFlags Flags;

    public double PortAmps, PortSiemens;

    /// <summary>Where the states of its members stand in the track.</summary>
    public int States;
}

/// <summary>The history of one cell.</summary>
internal sealed class CellTrack
{
    public GrowingList<CellRecord> Records { get; } = new();

    public GrowingList<MemberState> States { get; } = new();

    public void Clear()
    {
        Records.Clear();
        States.Clear();
    }

    /// <summary>Index of the last record not later than a time, of steps up to one.</summary>
    public int Find(double time, int step)
    {
        ReadOnlySpan<CellRecord> records = Records.Items;
        int low = 0;
        int high = records.Length;
        while (high - low > 1)
        {
            int middle = (low + high) >> 1;
            if (records[middle].Time <= time && records[middle].Step <= step)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>Forgets everything before a record.</summary>
    public void KeepFrom(int index)
    {
        int states = Records[index].States;
        Records.DropFirst(index);
        States.DropFirst(states);
        for (int k = 0; k < Records.Count; k++)
        {
            Records[k].States -= states;
        }
    }

    /// <summary>Forgets everything after a record.</summary>
    public void KeepThrough(int index, int members)
    {
        Records.Truncate(index + 1);
        States.Truncate(Records[index].States + members);
    }
}
