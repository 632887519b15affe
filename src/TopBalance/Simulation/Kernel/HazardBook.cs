namespace TopBalance.Simulation.Kernel;

/// <summary>Makes dangers out of the events in which they began and ended, as the events come in.</summary>
internal sealed class HazardBook
{
    private readonly GrowingList<Entry> entries = new();
    private readonly GrowingList<int> open = new();

    /// <summary>The highest voltage of a cell (its index) between two instants.</summary>
    public delegate double HighestVolts(int cell, double start, double end);

    public void Clear()
    {
        entries.Clear();
        open.Clear();
    }

    /// <summary>Takes in what happened next: in order of time, what is of one cell in the order in which it happened.</summary>
    public void Note(in RunEvent e, int order)
    {
        if (HazardKinds.BegunBy(e.Kind) is not null)
        {
            open.Add(entries.Count);
            entries.Add(new Entry { Began = e, Order = order, From = e.TimeSeconds, Before = double.NegativeInfinity });
            return;
        }

        int kept = 0;
        for (int k = 0; k < open.Count; k++)
        {
            ref Entry entry = ref entries[open[k]];
            bool ends = entry.Began.Cell == e.Cell && HazardKinds.EndOf(entry.Began.Kind) == e.Kind;
            if (ends)
            {
                (entry.Ended, entry.Until, entry.Depth) = (true, e.TimeSeconds, e.Depth);
            }
            else
            {
                open[kept++] = open[k];
            }
        }

        open.Truncate(kept);
    }

    /// <summary>The dangers so far, in order of their start.</summary>
    public void Collect(PackModel model, ReadOnlySpan<CellFlags> flags, double end, HighestVolts highest, GrowingList<Hazard> hazards)
    {
        hazards.Clear();
        entries.Sort((a, b) => EventOrder.Compare((a.Began, a.Order), (b.Began, b.Order)));
        open.Clear();
        for (int k = 0; k < entries.Count; k++)
        {
            ref Entry entry = ref entries[k];
            if (!entry.Ended)
            {
                open.Add(k);
            }

            HazardKind kind = HazardKinds.BegunBy(entry.Began.Kind)!.Value;
            double duration = (entry.Ended ? entry.Until : end) - entry.Began.TimeSeconds;
            if (duration > HazardKinds.Least(kind))
            {
                double depth = Depth(ref entry, kind, model, flags, end, highest);
                hazards.Add(new Hazard(entry.Began.Cell, kind, entry.Began.TimeSeconds, duration, depth));
            }
        }
    }

    /// <summary>What is known of the dangers that go on is kept, for the course of voltages up to now will be forgotten.</summary>
    public void Settle(PackModel model, double end, HighestVolts highest)
    {
        foreach (int k in open.Items)
        {
            ref Entry entry = ref entries[k];
            double level = LevelVolts(model, entry.Began.Cell, HazardKinds.BegunBy(entry.Began.Kind)!.Value);
            if (!double.IsInfinity(level))
            {
                entry.Before = Math.Max(entry.Before, highest(entry.Began.Cell, entry.From, end) - level);
                entry.From = end;
            }
        }
    }

    private static double Depth(
        ref Entry entry, HazardKind kind, PackModel model, ReadOnlySpan<CellFlags> flags, double end, HighestVolts highest)
    {
        if (entry.Worst is { } known)
        {
            return known;
        }

        // cells that even out under a held sum pass their highest voltage between two switches
        double told = entry.Ended ? entry.Depth : HazardKinds.Ongoing(kind, flags[entry.Began.Cell]);
        double level = LevelVolts(model, entry.Began.Cell, kind);
        double until = entry.Ended ? entry.Until : end;
        double depth = double.IsInfinity(level)
            ? told
            : Math.Max(Math.Max(told, entry.Before), highest(entry.Began.Cell, entry.From, until) - level);
        entry.Worst = entry.Ended ? depth : null;
        return depth;
    }

    private static double LevelVolts(PackModel model, int cell, HazardKind kind) => kind switch
    {
        HazardKind.Overcharge => model.MaxVoltage.Value,
        HazardKind.OverHvc => model.Sensed[cell].Hvc,
        _ => double.PositiveInfinity,
    };

    private struct Entry
    {
        public RunEvent Began;
        public int Order;
        public bool Ended;
        public double Until;

        /// <summary>Depth that the event of its end told.</summary>
        public double Depth;

        /// <summary>The course of the voltage is known from here on, s, and the worst of it before.</summary>
        public double From, Before;

        /// <summary>Its depth, once it has ended and been looked at.</summary>
        public double? Worst;
    }
}
