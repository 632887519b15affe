namespace TopBalance.Simulation.Kernel;

/// <summary>
/// Events by time, cell and kind; but what ends and begins anew at one instant of a cell stays in the order in which it happened.
/// </summary>
internal static class EventOrder
{
    public static int Compare((RunEvent Event, int Order) a, (RunEvent Event, int Order) b)
    {
        int byTime = a.Event.TimeSeconds.CompareTo(b.Event.TimeSeconds);
        int byCell = byTime != 0 ? byTime : a.Event.Cell.CompareTo(b.Event.Cell);
        int byPair = byCell != 0 ? byCell : Pair(a.Event.Kind).CompareTo(Pair(b.Event.Kind));
        return byPair != 0 ? byPair : a.Order.CompareTo(b.Order);
    }

    // beginnings and ends are declared in pairs; a charger's modes and the key belong together
    private static int Pair(RunEventKind kind) => Math.Min((int)kind, (int)RunEventKind.ConstantCurrent) >> 1;
}
