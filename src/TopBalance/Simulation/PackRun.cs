using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation.Kernel;

namespace TopBalance.Simulation;

/// <summary>
/// What a run did, and the pack at any instant of it. Owned by the simulator that made it: valid until it
/// begins another run; what is played on afterwards is added.
/// </summary>
public sealed class PackRun
{
    private readonly Player player;
    private readonly GrowingList<StepOutcome> steps = new();
    private readonly GrowingList<Hazard> hazards = new();
    private readonly GrowingList<double> trips = new();
    private readonly GrowingList<double> restarts = new();
    private readonly GrowingList<RunEvent> events = new();
    private readonly GrowingList<(RunEvent Event, int Order)> sorted = new();
    private readonly GrowingList<bool> stringFlows = new();
    private readonly HazardBook book = new();
    private readonly HazardBook.HighestVolts highest;
    private readonly HistoryReader reader = new();
    private bool hasCharged;
    private bool hazardsAreNew;
    private int forgottenSteps;
    private int forgottenEvents;

    // the step that owns the instant up to which all is forgotten, and whether its current flowed through the string
    private int ownerStep;
    private bool ownerFlowed;

    internal PackRun(Player player)
    {
        this.player = player;
        highest = HighestBetween;
    }

    /// <summary>The pack that was run.</summary>
    public PackModel Model { get; private set; } = null!;

    /// <summary>How each step went, in order. Since <see cref="KnownFromSeconds"/>.</summary>
    public ReadOnlySpan<StepOutcome> Steps => steps.Items;

    /// <summary>What happened, in order of time. Since <see cref="KnownFromSeconds"/>.</summary>
    public ReadOnlySpan<RunEvent> Events
    {
        get
        {
            SortNewEvents();
            return events.Items;
        }
    }

    /// <summary>Dangers that cells were in, in order of their start. Of the whole run, whatever else of it was forgotten.</summary>
    public ReadOnlySpan<Hazard> Hazards
    {
        get
        {
            if (hazardsAreNew)
            {
                SortNewEvents();
                book.Collect(Model, player.Flags, EndSeconds, highest, hazards);
                hazardsAreNew = false;
            }

            return hazards.Items;
        }
    }

    /// <summary>When the loop opened during a charge, s. Since <see cref="KnownFromSeconds"/>.</summary>
    public ReadOnlySpan<double> TripSeconds => trips.Items;

    /// <summary>When a charge after the first began, s. Since <see cref="KnownFromSeconds"/>.</summary>
    public ReadOnlySpan<double> RestartSeconds => restarts.Items;

    /// <summary>The run is known from here on, s: 0, or when its simulator was last told to forget.</summary>
    public double KnownFromSeconds { get; private set; }

    /// <summary>Length of the run, s.</summary>
    public double EndSeconds { get; private set; }

    /// <summary>Charge that the string current brought into the pack in the whole run, Ah.</summary>
    public double StringAh { get; private set; }

    /// <summary>
    /// The whole pack at an instant. At the instant a step ends it is as at that end, with its current still flowing; a step that begins
    /// then shows from the next moment on.
    /// </summary>
    /// <param name="time">From <see cref="KnownFromSeconds"/> to <see cref="EndSeconds"/>.</param>
    /// <param name="cells">Receives the state of each cell. Length Ns.</param>
    /// <returns>String current in A and pack voltage in V.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time lies outside what is known of the run.</exception>
    public (double CurrentAmps, double VoltageVolts) StateAt(Seconds time, Span<CellState> cells)
    {
        int step = StepAt(time.Value);
        double amps = reader.Read(Model, player.Tracks, time.Value, step, cells);
        double volts = 0;
        foreach (CellState cell in cells)
        {
            volts += cell.VoltageVolts;
        }

        return (Flows(step) ? amps : 0, volts);
    }

    /// <summary>One cell at an instant.</summary>
    /// <inheritdoc cref="StateAt(Seconds, Span{CellState})"/>
    public CellState StateAt(Seconds time, CellNumber cell)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cell.Value, Model.Cells.Length, nameof(cell));
        return reader.ReadOne(Model, player.Tracks, time.Value, StepAt(time.Value), cell.Index);
    }

    internal int NextStep => forgottenSteps + steps.Count;

    internal void Begin(PackModel model)
    {
        Model = model;
        ClearLists();
        hazards.Clear();
        book.Clear();
        (hasCharged, hazardsAreNew) = (false, true);
        (forgottenSteps, forgottenEvents, ownerStep, ownerFlowed) = (0, 0, 0, false);
        (KnownFromSeconds, EndSeconds, StringAh) = (0, 0, 0);
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
        EndSeconds = outcome.EndSeconds;
        StringAh += outcome.StringAh;
        hazardsAreNew = true;
    }

    internal void Forget()
    {
        // dangers that are over are looked at while their course is known
        _ = Hazards;
        book.Settle(Model, EndSeconds, highest);
        int owner = StepAt(EndSeconds);
        (ownerFlowed, ownerStep) = (Flows(owner), owner);
        forgottenSteps += steps.Count;
        forgottenEvents += sorted.Count;
        player.DropHistory(owner);
        ClearLists();
        KnownFromSeconds = EndSeconds;
    }

    private void ClearLists()
    {
        steps.Clear();
        trips.Clear();
        restarts.Clear();
        events.Clear();
        sorted.Clear();
        stringFlows.Clear();
    }

    private bool Flows(int step) =>
        step < forgottenSteps ? ownerFlowed : step - forgottenSteps < stringFlows.Count && stringFlows[step - forgottenSteps];

    // what is new comes after what is sorted, but for the instant at which they meet
    private void SortNewEvents()
    {
        GrowingList<RunEvent> happened = player.Events;
        int before = sorted.Count;
        if (before == happened.Count)
        {
            return;
        }

        double earliest = double.PositiveInfinity;
        for (int k = before; k < happened.Count; k++)
        {
            sorted.Add((happened[k], forgottenEvents + k));
            earliest = Math.Min(earliest, happened[k].TimeSeconds);
        }

        sorted.Sort(EventOrder.Compare, before);
        for (int k = before; k < sorted.Count; k++)
        {
            book.Note(sorted[k].Event, sorted[k].Order);
        }

        int from = before;
        while (from > 0 && sorted[from - 1].Event.TimeSeconds >= earliest)
        {
            from--;
        }

        sorted.Sort(EventOrder.Compare, from);
        events.Truncate(from);
        for (int k = from; k < sorted.Count; k++)
        {
            events.Add(sorted[k].Event);
        }
    }

    private double HighestBetween(int cell, double start, double end)
    {
        CellNumber number = CellNumber.FromIndex(cell);
        return PeakSearch.Highest(t => StateAt(new Seconds(t), number).VoltageVolts, player.Tracks[cell], start, end);
    }

    // a step that ends at an instant owns it
    private int StepAt(double time)
    {
        if (!(time >= KnownFromSeconds && time <= EndSeconds))
        {
            throw new ArgumentOutOfRangeException(nameof(time), time, $"The run is known from {KnownFromSeconds} to {EndSeconds} s.");
        }

        if (forgottenSteps > 0 && time <= KnownFromSeconds)
        {
            return ownerStep;
        }

        int low = 0;
        for (int high = steps.Count - 1; low < high;)
        {
            int middle = (low + high) >> 1;
            (low, high) = steps[middle].EndSeconds < time ? (middle + 1, high) : (low, middle);
        }

        return forgottenSteps + low;
    }
}
