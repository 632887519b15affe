namespace TopBalance.Simulation.Kernel;

/// <summary>Which events begin and end a danger, and how long it must last to be one.</summary>
internal static class HazardKinds
{
    // a touch is no danger: overcharge counts after 10 s (the rule of the cell model), a supply above HVC after the loop has had time
    // to act
    private const double LeastOvercharge = 10;
    private const double LeastOverHvc = 10;

    /// <summary>The event in which a danger ends that began with this one: they are declared in pairs.</summary>
    public static RunEventKind EndOf(RunEventKind began) => began + 1;

    /// <summary>The danger that an event begins; null if it begins none.</summary>
    public static HazardKind? BegunBy(RunEventKind kind) => kind switch
    {
        RunEventKind.OverchargeBegan => HazardKind.Overcharge,
        RunEventKind.AboveHvcBegan => HazardKind.OverHvc,
        RunEventKind.ReversalBegan => HazardKind.Reversal,
        RunEventKind.OverWattageBegan => HazardKind.OverWattage,
        _ => null,
    };

    /// <summary>It counts if it lasts longer than this, s.</summary>
    public static double Least(HazardKind kind) => kind switch
    {
        HazardKind.Overcharge => LeastOvercharge,
        HazardKind.OverHvc => LeastOverHvc,
        _ => 0,
    };

    /// <summary>The worst seen so far of a danger that goes on.</summary>
    public static double Ongoing(HazardKind kind, in CellFlags flags) => kind switch
    {
        HazardKind.Overcharge => flags.PeakMax,
        HazardKind.OverHvc => flags.PeakHvc,
        HazardKind.Reversal => flags.PeakReversalAh,
        _ => flags.PeakWatts,
    };
}
