using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation.Kernel;

namespace TopBalance.Simulation;

/// <summary>
/// What a run did, and the pack at any instant of it. Owned by the simulator that made it: valid until its next run.
/// </summary>
public sealed class PackRun
{
    private readonly GrowingList<StepOutcome> steps = new();
    private readonly GrowingList<Hazard> hazards = new();
    private readonly GrowingList<double> trips = new();
    private readonly GrowingList<double> restarts = new();
    private readonly GrowingList<RunEvent> events = new();
    private readonly GrowingList<(RunEvent Event, int Order)> sorting = new();
    private readonly GrowingList<bool> stringFlows = new();
    private readonly HistoryReader reader = new();
    private CellTrack[] tracks = [];
    private bool hasCharged;

    internal PackRun()
    {
    }

    /// <summary>The pack that was run.</summary>
    public PackModel Model { get; private set; } = null!;

    /// <summary>How each step went, in order.</summary>
    public ReadOnlySpan<StepOutcome> Steps => steps.Items;

    /// <summary>What happened, in order of time.</summary>
    public ReadOnlySpan<RunEvent> Events => events.Items;

    /// <summary>Dangers that cells were in, in order of their start.</summary>
    public ReadOnlySpan<Hazard> Hazards => hazards.Items;

    /// <summary>When the loop opened during a charge, s.</summary>
    public ReadOnlySpan<double> TripSeconds => trips.Items;

    /// <summary>When a charge after the first began, s.</summary>
    public ReadOnlySpan<double> RestartSeconds => restarts.Items;

    /// <summary>Length of the run, s.</summary>
    public double EndSeconds => steps.Count == 0 ? 0 : steps[steps.Count - 1].EndSeconds;

    /// <summary>Charge that the string current brought into the pack in the whole run, Ah.</summary>
    public double StringAh
    {
        get
        {
            double sum = 0;
            foreach (StepOutcome step in Steps)
            {
                sum += step.StringAh;
            }

            return sum;
        }
    }

    /// <summary>
    /// The whole pack at an instant. At the instant a step ends it is as at that end, with its current still flowing; a step that begins
    /// then shows from the next moment on.
    /// </summary>
    /// <param name="time">From 0 to <see cref="EndSeconds"/>.</param>
    /// <param name="cells">Receives the state of each cell. Length Ns.</param>
    /// <returns>String current in A and pack voltage in V.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time lies outside the run.</exception>
    public (double CurrentAmps, double VoltageVolts) StateAt(Seconds time, Span<CellState> cells)
    {
        int step = StepAt(time.Value);
        double amps = reader.Read(Model, tracks, time.Value, step, cells);
        double volts = 0;
        foreach (CellState cell in cells)
        {
            volts += cell.VoltageVolts;
        }

        return (step < stringFlows.Count && stringFlows[step] ? amps : 0, volts);
    }

    /// <summary>One cell at an instant.</summary>
    /// <inheritdoc cref="StateAt(Seconds, Span{CellState})"/>
    public CellState StateAt(Seconds time, CellNumber cell)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cell.Value, Model.Cells.Length, nameof(cell));
        return reader.ReadOne(Model, tracks, time.Value, StepAt(time.Value), cell.Index);
    }

    internal void Begin(PackModel model, CellTrack[] history)
    {
        Model = model;
        tracks = history;
        steps.Clear();
        hazards.Clear();
        trips.Clear();
        restarts.Clear();
        events.Clear();
        stringFlows.Clear();
        hasCharged = false;
    }

    internal void Add(Step step, in StepOutcome outcome)
    {
        bool charged = step is Charge && outcome.Reason != EndReason.Loop;
        if (charged && hasCharged)
        {
            restarts.Add(outcome.StartSeconds);
        }

        hasCharged |= charged;

        if (charged && outcome.Reason is EndReason.Hvc or EndReason.Lvc)
        {
            trips.Add(outcome.EndSeconds);
        }

        steps.Add(outcome);
        stringFlows.Add(step is Charge or Drive);
    }

    internal void Finish(GrowingList<RunEvent> happened, ReadOnlySpan<CellFlags> flags)
    {
        sorting.Clear();
        for (int k = 0; k < happened.Count; k++)
        {
            sorting.Add((happened[k], k));
        }

        sorting.Sort(ByTime);
        foreach ((RunEvent e, _) in sorting.Items)
        {
            events.Add(e);
        }

        HazardList.Collect(Events, flags, EndSeconds, hazards);
        for (int k = 0; k < hazards.Count; k++)
        {
            hazards[k] = AtItsWorst(hazards[k]);
        }
    }

    // cells that even out under a held sum pass their highest voltage between two switches
    private Hazard AtItsWorst(in Hazard hazard)
    {
        CellNumber cell = CellNumber.FromIndex(hazard.Cell);
        double level = hazard.Kind switch
        {
            HazardKind.Overcharge => Model.MaxVoltage.Value,
            HazardKind.OverHvc => Model.Sensed[hazard.Cell].Hvc,
            _ => double.PositiveInfinity,
        };
        if (double.IsInfinity(level))
        {
            return hazard;
        }

        double end = Math.Min(hazard.StartSeconds + hazard.DurationSeconds, EndSeconds);
        double highest = PeakSearch.Highest(
            t => StateAt(new Seconds(t), cell).VoltageVolts, tracks[hazard.Cell], hazard.StartSeconds, end);
        return hazard with { Depth = Math.Max(hazard.Depth, highest - level) };
    }

    // by time, cell and kind; but what ends and begins anew at one instant of a cell stays in the order in which it happened
    private static int ByTime((RunEvent Event, int Order) a, (RunEvent Event, int Order) b)
    {
        int byTime = a.Event.TimeSeconds.CompareTo(b.Event.TimeSeconds);
        int byCell = byTime != 0 ? byTime : a.Event.Cell.CompareTo(b.Event.Cell);
        int byPair = byCell != 0 ? byCell : Pair(a.Event.Kind).CompareTo(Pair(b.Event.Kind));
        return byPair != 0 ? byPair : a.Order.CompareTo(b.Order);
    }

    // beginnings and ends are declared in pairs; a charger's modes and the key belong together
    private static int Pair(RunEventKind kind) => Math.Min((int)kind, (int)RunEventKind.ConstantCurrent) >> 1;

    // a step that ends at an instant owns it
    private int StepAt(double time)
    {
        if (!(time >= 0 && time <= EndSeconds))
        {
            throw new ArgumentOutOfRangeException(nameof(time), time, $"The run lasts from 0 to {EndSeconds} s.");
        }

        int step = 0;
        while (step < steps.Count - 1 && steps[step].EndSeconds < time)
        {
            step++;
        }

        return step;
    }
}
