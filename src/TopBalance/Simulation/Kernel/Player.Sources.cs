namespace TopBalance.Simulation.Kernel;

/// <summary>A charger or supply on a row of cells: constant current, perhaps constant power, then constant voltage.</summary>
/// <param name="First">First cell.</param>
/// <param name="End">Cell after the last.</param>
/// <param name="Volts">Set-point at its terminals.</param>
/// <param name="Amps">Constant current.</param>
internal record struct ChargerSource(int First, int End, double Volts, double Amps)
{
    public double LeadOhms;
    public double Watts = double.PositiveInfinity;

    /// <summary>Ends when the current has fallen to this at constant voltage; minus infinity: not by current.</summary>
    public double EndAmps = double.NegativeInfinity;

    public bool StopOnOpen;

    /// <summary>Nobody has set a time.</summary>
    public bool Unlimited;

    public bool Joined;
    public WaitFor WaitFor;

    /// <summary>Charge given so far, Ah.</summary>
    public double PassedAh;
}

/// <summary>Chargers and supplies: which law holds when.</summary>
internal sealed partial class Player
{
    private enum Mode
    {
        Current,
        Power,
        Voltage,

        /// <summary>The cells are above the set-point: nothing flows.</summary>
        Idle,
    }

    private RowHalt PlaySource(ref ChargerSource source, double until)
    {
        var mode = Mode.Current;
        int changesAtOnce = 0;
        while (true)
        {
            double before = cellTime[source.First];
            RowHalt halt = PlayMode(source, mode, until);
            source.PassedAh += rowAh;
            Mode? next = NextMode(source, mode, halt.Reason);
            if (next is null)
            {
                return halt;
            }

            if (halt.Time >= until)
            {
                return new RowHalt(until, Halt.Limit);
            }

            changesAtOnce = halt.Time > before ? 0 : changesAtOnce + 1;
            if (changesAtOnce > 8)
            {
                return halt with { Reason = Halt.Stuck };
            }

            mode = next.Value;
            ReportMode(mode, halt.Time, source.End - source.First == 1 ? source.First : -1);
        }
    }

    private void ReportMode(Mode mode, double time, int cell)
    {
        RunEventKind? kind = mode switch
        {
            Mode.Current => RunEventKind.ConstantCurrent,
            Mode.Power => RunEventKind.ConstantPower,
            Mode.Voltage => RunEventKind.ConstantVoltage,
            _ => null,
        };
        if (kind is { } began)
        {
            Report(time, began, cell);
        }
    }

    private static Mode? NextMode(in ChargerSource source, Mode mode, Halt reason) => (mode, reason) switch
    {
        (Mode.Current, Halt.SumHigh) => PowerBinds(source) ? Mode.Power : Mode.Voltage,
        (Mode.Power, Halt.SumHigh) => Mode.Voltage,
        (Mode.Power, Halt.AmpsHigh) => Mode.Current,
        (Mode.Voltage, Halt.AmpsHigh) => PowerBinds(source) ? Mode.Power : Mode.Current,
        (Mode.Voltage, Halt.AmpsLow) when double.IsInfinity(source.EndAmps) => Mode.Idle,
        (Mode.Idle, Halt.SumLow) => Mode.Voltage,
        _ => null,
    };

    private static bool PowerBinds(in ChargerSource source) => source.Volts * source.Amps > source.Watts;

    private RowHalt PlayMode(in ChargerSource source, Mode mode, double until)
    {
        (int first, int end) = (source.First, source.End);
        var watch = new RowWatch { StopOnOpen = source.StopOnOpen, Unlimited = source.Unlimited, WaitFor = source.WaitFor };

        // a current above the limit by rounding is none
        const double above = 1 + 1e-9;
        switch (mode)
        {
            case Mode.Current:
                watch.SumHigh = Math.Min(source.Volts, source.Watts / source.Amps) - (source.LeadOhms * source.Amps);
                return source.Joined
                    ? PlayRow(first, end, new SourceLaw(LawKind.Current, source.Amps), joined: true, until, watch)
                    : PlayCurrent(first, end, source.Amps, until, watch);
            case Mode.Power:
                watch.SumHigh = source.Volts;
                watch.AmpsHigh = source.Amps * above;
                return PlayRow(first, end, new SourceLaw(LawKind.Power, source.Watts), source.Joined, until, watch);
            case Mode.Voltage:
                // a charger does not take charge back: below no current it idles
                watch.AmpsLow = double.IsInfinity(source.EndAmps) ? -1e-9 : source.EndAmps;
                watch.AmpsHigh = Math.Min(source.Amps, source.Watts / source.Volts) * above;
                return PlayRow(first, end, new SourceLaw(LawKind.Voltage, source.Volts, source.LeadOhms), source.Joined, until, watch);
            default:
                watch.SumLow = source.Volts - 1e-7;
                return PlayRow(first, end, new SourceLaw(LawKind.Current, 0), source.Joined, until, watch);
        }
    }
}
