namespace TopBalance.Simulation.Kernel;

/// <summary>
/// Plays a pack: the buffers of a run and the cells on their own clocks. This part holds what the other parts share.
/// </summary>
internal sealed partial class Player
{
    // a level counts as reached within this of it; far above rounding, far below anything that matters, V
    private const double Reached = 1e-11;
    private const double ReachedInRow = 1e-9;

    // a level that has begun to count its delay must be left by this much before the count ends, V
    private const double Wavering = 1e-7;

    /// <summary>A shunt that begins to conduct again within this time flickers, s.</summary>
    public const double FlickerSeconds = 30;

    // after this many flickers in a row a shunt is played as a regulator
    private const int MostFlickers = 16;

    /// <summary>A shunt that begins to conduct again within this time returns, s.</summary>
    public const double ReturnSeconds = 3600;

    // after this many returns in a row it is played as a regulator: a charger too weak for its shunts would keep them switching for days
    private const int MostReturns = 64;

    // equal cells reach the end of their delay within this, s
    private const double SameInstant = 1e-9;

    // a danger begins this far above its level, so that a cell held exactly at the level is not in it, V
    private const double Margin = 1e-6;

    private readonly TaylorKernel kernel = new();
    private PackModel model = null!;
    private MemberState[] states = [];
    private CellFlags[] flags = [];
    private double[] cellTime = [];
    private double[] portAmps = [];
    private double[] portSiemens = [];
    private double[] wattVolts = [];
    private double[] safeUntil = [];
    private CellTrack[] tracks = [];
    private ShuntPort shunt;
    private int step;
    private int eventsBeforeStep;
    private double restVolts;
    private bool restForShunts;
    private double stopVolts;

    public GrowingList<RunEvent> Events { get; } = new();

    public CellTrack[] Tracks => tracks;

    public ReadOnlySpan<CellFlags> Flags => flags;

    private int Ns => model.Cells.Length;

    public void Load(PackModel pack)
    {
        model = pack;
        if (flags.Length < Ns)
        {
            (flags, cellTime, safeUntil) = (new CellFlags[Ns], new double[Ns], new double[Ns]);
            (portAmps, portSiemens, wattVolts) = (new double[Ns], new double[Ns], new double[Ns]);
            tracks = [.. tracks, .. Enumerable.Range(tracks.Length, Ns - tracks.Length).Select(_ => new CellTrack())];
        }

        if (states.Length < pack.Members.Length)
        {
            states = new MemberState[pack.Members.Length];
        }

        shunt = pack.Shunt;
        Events.Clear();
        (step, eventsBeforeStep) = (0, 0);
        Now = 0;
        latched = false;
        (restVolts, stopVolts) = (double.NaN, double.NaN);
        restForShunts = false;
        Array.Clear(flags);
        Array.Clear(cellTime);
        ClearPorts();
        for (int m = 0; m < pack.Members.Length; m++)
        {
            states[m] = new MemberState { Z = pack.Members[m].InitialSoc, Charging = true };
        }

        for (int c = 0; c < Ns; c++)
        {
            tracks[c].Clear();
            Wake(c);
            Record(c, c, c + 1, new SourceLaw(LawKind.Current, 0));
        }
    }

    /// <summary>Forgets what happened, and the history of every cell before the record that holds now in the step given.</summary>
    public void DropHistory(int atStep)
    {
        Events.Clear();
        for (int c = 0; c < Ns; c++)
        {
            tracks[c].KeepFrom(tracks[c].Find(Now, atStep));
        }
    }

    // the contacts have been watching since long before the run began: no delay counts
    private void Wake(int cell)
    {
        ref ModuleLevels l = ref model.Sensed[cell];
        double volts = 0;
        double conductance = 0;
        for (int m = model.FirstMember[cell]; m < model.FirstMember[cell + 1]; m++)
        {
            double weight = model.Members[m].CapacityAh;
            volts += weight * model.Members[m].Table.Ocv.At(states[m].Z);
            conductance += weight;
        }

        volts /= conductance;
        CellModel c = model.Cells[cell];
        flags[cell].Shunt = c.ShuntStuckOn;
        flags[cell].Open = c.ContactDead ? (sbyte)0 : volts >= l.Hvc ? (sbyte)1 : volts <= l.Lvc ? (sbyte)-1 : (sbyte)0;
        if (flags[cell].Open != 0)
        {
            Report(0, flags[cell].Open > 0 ? RunEventKind.HvcOpened : RunEventKind.LvcOpened, cell);
        }
    }

    private void ClearPorts()
    {
        Array.Clear(portAmps);
        Array.Clear(portSiemens);
        Array.Fill(wattVolts, double.PositiveInfinity);
    }

    private Span<MemberState> StatesOf(int cell) => RowStates(cell, cell + 1);

    /// <summary>One member and no conductance: its future under a given current has a closed form.</summary>
    private bool IsClosedForm(int cell) =>
        model.FirstMember[cell + 1] - model.FirstMember[cell] == 1 && NodeSiemens(cell) == 0 && !flags[cell].Held;

    private double NodeAmps(int cell) => portAmps[cell] - model.Module.Quiescent.Value - shunt.AmpsOf(flags[cell]);

    private double NodeSiemens(int cell) => portSiemens[cell] + shunt.SiemensOf(flags[cell]);

    private void Report(double time, RunEventKind kind, int cell, double depth = 0) => Events.Add(new RunEvent(time, kind, cell, depth));

    private void Record(int cell, int rowFirst, int rowEnd, in SourceLaw law, bool joined = false)
    {
        CellTrack track = tracks[cell];
        track.Records.Add(new CellRecord
        {
            Time = cellTime[cell],
            Step = step,
            RowFirst = rowFirst,
            RowEnd = rowEnd,
            Joined = joined,
            Law = law,
            Flags = flags[cell],
            PortAmps = portAmps[cell],
            PortSiemens = portSiemens[cell],
            States = track.States.Count,
        });
        track.States.AddRange(StatesOf(cell));
    }

    private void Restore(int cell, int record)
    {
        CellTrack track = tracks[cell];
        ref CellRecord r = ref track.Records[record];
        cellTime[cell] = r.Time;
        flags[cell] = r.Flags;
        (portAmps[cell], portSiemens[cell]) = (r.PortAmps, r.PortSiemens);
        Span<MemberState> mine = StatesOf(cell);
        track.States.Items.Slice(r.States, mine.Length).CopyTo(mine);
    }
}
