namespace TopBalance.Simulation.Kernel;

/// <summary>Makes dangers out of the events in which they began and ended.</summary>
internal static class HazardList
{
    // a touch is no danger: overcharge counts after 10 s (the rule of the cell model), a supply above HVC after the loop has had time
    // to act
    private const double LeastOvercharge = 10;
    private const double LeastOverHvc = 10;

    public static void Collect(ReadOnlySpan<RunEvent> events, ReadOnlySpan<CellFlags> flags, double end, GrowingList<Hazard> hazards)
    {
        for (int k = 0; k < events.Length; k++)
        {
            if (KindOf(events[k].Kind) is not { } kind)
            {
                continue;
            }

            RunEvent began = events[k];
            double until = end;
            double depth = Ongoing(kind, flags[began.Cell]);
            foreach (RunEvent e in events[k..])
            {
                if (e.Cell == began.Cell && e.Kind == EndOf(began.Kind) && e.TimeSeconds >= began.TimeSeconds)
                {
                    (until, depth) = (e.TimeSeconds, e.Depth);
                    break;
                }
            }

            double duration = until - began.TimeSeconds;
            double least = kind switch { HazardKind.Overcharge => LeastOvercharge, HazardKind.OverHvc => LeastOverHvc, _ => 0 };
            if (duration > least)
            {
                hazards.Add(new Hazard(began.Cell, kind, began.TimeSeconds, duration, depth));
            }
        }
    }

    /// <summary>The event in which a danger ends that began with this one: they are declared in pairs.</summary>
    public static RunEventKind EndOf(RunEventKind began) => began + 1;

    private static HazardKind? KindOf(RunEventKind kind) => kind switch
    {
        RunEventKind.OverchargeBegan => HazardKind.Overcharge,
        RunEventKind.AboveHvcBegan => HazardKind.OverHvc,
        RunEventKind.ReversalBegan => HazardKind.Reversal,
        RunEventKind.OverWattageBegan => HazardKind.OverWattage,
        _ => null,
    };

    private static double Ongoing(HazardKind kind, in CellFlags flags) => kind switch
    {
        HazardKind.Overcharge => flags.PeakMax,
        HazardKind.OverHvc => flags.PeakHvc,
        HazardKind.Reversal => flags.PeakReversalAh,
        _ => flags.PeakWatts,
    };
}
