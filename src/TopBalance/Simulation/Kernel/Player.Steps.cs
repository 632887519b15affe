using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Simulation.Kernel;

/// <summary>The steps of a run.</summary>
internal sealed partial class Player
{
    private bool latched;
    private double supplyAh;

    public double Now { get; private set; }

    /// <summary>Plays one step from now on.</summary>
    public StepOutcome Play(Step what, int index)
    {
        (step, eventsBeforeStep) = (index, Events.Count);
        supplyAh = 0;
        rowAh = 0;
        StepOutcome outcome = what switch
        {
            Charge charge => PlayCharge(charge),
            Rest rest => PlayRest(rest),
            ResetIgnition => PlayReset(),
            Drive drive => PlayDrive(drive),
            ChargeInParallel parallel => PlayParallel(parallel),
            Together together => PlayTogether(together.Activities.AsSpan()),
            DrainCell or ChargeCells => PlayTogether([what]),
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, "Unknown step."),
        };
        Now = outcome.EndSeconds;
        return outcome;
    }

    private bool LoopOpen
    {
        get
        {
            bool open = model.LoopCut;
            for (int c = 0; c < Ns; c++)
            {
                open |= flags[c].Open != 0;
            }

            return open;
        }
    }

    private int FirstOpen()
    {
        for (int c = 0; c < Ns; c++)
        {
            if (flags[c].Open != 0)
            {
                return c;
            }
        }

        return -1;
    }

    private EndReason OpenedBy(int cell) => flags[cell].Open < 0 ? EndReason.Lvc : EndReason.Hvc;

    private StepOutcome PlayReset()
    {
        latched = LoopOpen && latched;
        Report(Now, RunEventKind.IgnitionReset, -1);
        return new StepOutcome(Now, Now, EndReason.Time, -1, 0);
    }

    private StepOutcome PlayCharge(Charge charge)
    {
        double start = Now;
        if (latched || LoopOpen)
        {
            return new StepOutcome(start, start, EndReason.Loop, FirstOpen(), 0);
        }

        ChargerSpec charger = charge.Current is { } turned ? model.Charger with { Current = turned } : model.Charger;
        var source = new ChargerSource(0, Ns, charger.Voltage.Value, charger.Current.Value)
        {
            Watts = charger.PowerLimit?.Value ?? double.PositiveInfinity,
            EndAmps = charger.TerminationCurrent.Value,
            StopOnOpen = true,
            Unlimited = charge.Limit is null,
        };
        double limit = Until(start, charge.Limit);
        double hopeless = start + Hopeless(source.Amps, LargestCellAh());
        RowHalt halt = PlaySource(ref source, Math.Min(limit, hopeless));
        halt = halt.Reason == Halt.Limit && hopeless < limit ? halt with { Reason = Halt.Stuck } : halt;
        latched = halt.Reason == Halt.Opened;
        EndReason reason = halt.Reason switch
        {
            Halt.Opened => OpenedBy(halt.Cell),
            Halt.AmpsLow => EndReason.Charged,
            Halt.Limit => EndReason.Time,
            _ => EndReason.Stuck,
        };
        return new StepOutcome(start, halt.Time, reason, halt.Cell, source.PassedAh);
    }

    // shunts that switch on and off for ever keep a weak charger from its end: when it could have filled the pack twice, and had ten days
    // for its taper, it will not come any more
    private static double Hopeless(double amps, double capacityAh) => (2 * capacityAh * 3600 / amps) + (10 * 86400);

    private double LargestCellAh()
    {
        double largest = 0;
        for (int c = 0; c < Ns; c++)
        {
            largest = Math.Max(largest, model.CellCapacityAh(c));
        }

        return largest;
    }

    // cells joined in parallel
    private double AllCellsAh()
    {
        double sum = 0;
        for (int c = 0; c < Ns; c++)
        {
            sum += model.CellCapacityAh(c);
        }

        return sum;
    }

    private static double Until(double start, Seconds? limit) => limit is { } s ? start + s.Value : double.PositiveInfinity;

    private StepOutcome PlayRest(Rest rest)
    {
        double start = Now;
        (restVolts, restForShunts) = (rest.UntilHighestAt?.Value ?? double.NaN, rest.UntilShuntsOff);
        bool waits = rest.UntilHighestAt is not null || restForShunts;
        for (int c = 0; c < Ns; c++)
        {
            flags[c].AboveRest = waits && (flags[c].Shunt || !restForShunts);
        }

        RowHalt halt = PlayCurrent(
            0, Ns, 0, Until(start, rest.Duration), new RowWatch { WaitFor = waits ? WaitFor.Rest : WaitFor.Nothing });
        (restVolts, restForShunts) = (double.NaN, false);
        EndReason reason = halt.Reason == Halt.All ? EndReason.Reached : halt.Reason == Halt.Limit ? EndReason.Time : EndReason.Stuck;
        return new StepOutcome(start, halt.Time, reason, halt.Cell, 0)
        {
            SettlesAtVolts = reason == EndReason.Stuck ? HighestSettled() : double.NaN,
        };
    }

    // where the highest cell comes to rest once its RC voltages have died out
    private double HighestSettled()
    {
        double highest = double.NegativeInfinity;
        for (int m = 0; m < model.Members.Length; m++)
        {
            ref readonly MemberConstants constants = ref model.Members[m];
            highest = Math.Max(highest, constants.Table.Ocv.At(states[m].Z) + (constants.HysteresisVolts * states[m].H));
        }

        return highest;
    }

    private StepOutcome PlayDrive(Drive drive)
    {
        double start = Now;
        double until = Until(start, drive.Limit);
        if (drive.ObeysLoop && LoopOpen)
        {
            return new StepOutcome(start, start, EndReason.Lvc, FirstOpen(), 0);
        }

        double amps = drive.Current?.Value ?? double.NaN;
        RowWatch watch = new() { StopOnOpen = drive.ObeysLoop };
        RowHalt halt;
        if (drive.Power is { } power)
        {
            watch.ChargeAh = drive.Charge?.Value ?? double.PositiveInfinity;
            halt = PlayRow(0, Ns, new SourceLaw(LawKind.Power, -power.Value), joined: false, until, watch);
        }
        else
        {
            double byCharge = drive.Charge is { } charge ? start + (charge.Value * 3600 / amps) : double.PositiveInfinity;
            halt = PlayCurrent(0, Ns, -amps, Math.Min(until, byCharge), watch);
            halt = halt.Reason == Halt.Limit && byCharge <= until ? halt with { Reason = Halt.Charge } : halt;
        }

        EndReason reason = halt.Reason switch
        {
            Halt.Opened => OpenedBy(halt.Cell),
            Halt.Limit => EndReason.Time,
            Halt.Charge => EndReason.Reached,
            _ => EndReason.Stuck,
        };
        return new StepOutcome(start, halt.Time, reason, halt.Cell, rowAh);
    }
}
