using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Simulation.Kernel;

/// <summary>What is done to single cells while the string is idle.</summary>
internal sealed partial class Player
{
    private StepOutcome PlayTogether(ReadOnlySpan<Step> activities)
    {
        double start = Now;
        bool quiet = IsQuiet();
        RowHalt last = new(start, Halt.Limit);
        EndReason reason = EndReason.Time;
        foreach (Step activity in activities)
        {
            (RowHalt halt, EndReason why) = activity is DrainCell drain
                ? PlayDrain(drain, quiet)
                : PlaySupply((ChargeCells)activity, quiet);
            (last, reason) = halt.Time >= last.Time ? (halt, why) : (last, reason);
        }

        // what is not worked on, and what was done earlier than the rest, stands idle until the last activity has ended
        for (int c = 0; c < Ns; c++)
        {
            if (cellTime[c] < last.Time)
            {
                Unplug(c);
                PlayApart(c, c + 1, 0, last.Time, new RowWatch());
            }
        }

        StepOutcome outcome = new(start, last.Time, reason, last.Cell, 0) { SupplyAh = supplyAh };
        for (int c = 0; c < Ns; c++)
        {
            Unplug(c);
        }

        return outcome;
    }

    // whether the buzzer is silent, so that an alarm would be heard; contacts that only the string's current held open have closed
    private bool IsQuiet()
    {
        for (int c = 0; c < Ns; c++)
        {
            if (flags[c].Open != 0)
            {
                LoadNodes(c, c + 1, joined: false);
                kernel.Load(model.Members, model.FirstMember[c], StatesOf(c));
                kernel.Solve(new SourceLaw(LawKind.Current, 0));
                kernel.Store(StatesOf(c));
                SwitchContact(c, ref flags[c], model.Sensed[c], Now, kernel.NodeVolts[0], ReachedInRow);
            }
        }

        return !LoopOpen;
    }

    // the load or supply comes off; a danger that came from its watts ends with it
    private void Unplug(int cell)
    {
        ref CellFlags f = ref flags[cell];
        if (f.OverWattage)
        {
            f.OverWattage = false;
            Report(cellTime[cell], RunEventKind.OverWattageEnded, cell, WattsAbove(cell, f.PeakWatts));
        }

        (portAmps[cell], portSiemens[cell], wattVolts[cell]) = (0, 0, double.PositiveInfinity);
    }

    // depth in W from the height in V above the voltage at which the load's rating is met
    private double WattsAbove(int cell, double volts)
    {
        double rated = wattVolts[cell];
        double peak = rated + volts;
        return (portSiemens[cell] * ((peak * peak) - (rated * rated))) - (portAmps[cell] * volts);
    }

    private (RowHalt Halt, EndReason Reason) PlayDrain(DrainCell drain, bool quiet)
    {
        int c = drain.Cell.Index;
        double drainOhms = drain.Load.Resistance?.Value ?? 0;
        double drainAmps = drain.Load.Current?.Value ?? 0;
        portSiemens[c] = drainOhms > 0 ? 1 / drainOhms : 0;
        portAmps[c] = -drainAmps;
        wattVolts[c] = drain.Load.Rating is not { } rating ? double.PositiveInfinity
            : drainOhms > 0 ? Math.Sqrt(rating.Value * drainOhms) : rating.Value / drainAmps;
        stopVolts = drain.StopAt?.Value ?? double.NaN;
        RowHalt halt = PlayApart(c, c + 1, 0, cellTime[c] + drain.Duration.Value, new RowWatch { StopOnOpen = drain.Attended && quiet });
        stopVolts = double.NaN;
        return (halt, halt.Reason switch
        {
            Halt.Opened => EndReason.Alarm,
            Halt.StopVolts => EndReason.Reached,
            Halt.Stuck => EndReason.Stuck,
            _ => EndReason.Time,
        });
    }

    private (RowHalt Halt, EndReason Reason) PlaySupply(ChargeCells charge, bool quiet)
    {
        int first = charge.Cells[0].Index;
        var source = new ChargerSource(first, first + charge.Cells.Length, 0, charge.Supply.Current.Value)
        {
            LeadOhms = charge.Supply.Lead.Value,
            StopOnOpen = charge.Attended && quiet,
            WaitFor = charge.UntilRed ? WaitFor.Red : WaitFor.Nothing,
        };
        return PlayStages(source, charge.Supply, charge.UntilTaperedTo, charge.Limit, LargestCellAh());
    }

    private StepOutcome PlayParallel(ChargeInParallel charge)
    {
        double start = Now;
        var source = new ChargerSource(0, Ns, 0, charge.Supply.Current.Value)
        {
            LeadOhms = charge.Supply.Lead.Value,
            StopOnOpen = charge.Attended && IsQuiet(),
            Joined = true,
        };
        (RowHalt halt, EndReason reason) = PlayStages(source, charge.Supply, charge.UntilTaperedTo, charge.Limit, AllCellsAh());
        return new StepOutcome(start, halt.Time, reason, halt.Cell, 0) { SupplyAh = supplyAh };
    }

    private (RowHalt Halt, EndReason Reason) PlayStages(
        ChargerSource source, SupplySetting supply, Amperes? taper, Seconds? limit, double capacityAh)
    {
        double until = limit is null ? Now + Hopeless(source.Amps, capacityAh) : Until(Now, limit);
        for (int k = 0; ; k++)
        {
            SupplyStage stage = supply.Stages[k];
            bool lastStage = k == supply.Stages.Length - 1;
            double stageEnd = stage.EndsAfter is { } s ? cellTime[source.First] + s.Value : double.PositiveInfinity;
            double endAmps = Math.Max(taper?.Value ?? double.NegativeInfinity, stage.EndsAt?.Value ?? double.NegativeInfinity);
            source.Volts = stage.Voltage.Value;
            source.EndAmps = endAmps;
            source.PassedAh = 0;
            source.Unlimited = limit is null && stage.EndsAfter is null;
            RowHalt halt = PlaySource(ref source, Math.Min(until, stageEnd));
            supplyAh += source.PassedAh;
            bool tapered = halt.Reason == Halt.AmpsLow && taper is { } t && endAmps == t.Value;
            bool goesOn = !lastStage && !tapered && (halt.Reason == Halt.AmpsLow || (halt.Reason == Halt.Limit && halt.Time < until));
            if (!goesOn)
            {
                bool stuck = halt.Reason == Halt.Limit && limit is null && halt.Time >= until;
                return (halt, stuck ? EndReason.Stuck : EndOf(halt.Reason));
            }
        }
    }

    private static EndReason EndOf(Halt halt) => halt switch
    {
        Halt.AmpsLow => EndReason.Tapered,
        Halt.All => EndReason.Red,
        Halt.Opened => EndReason.Alarm,
        Halt.Limit => EndReason.Time,
        _ => EndReason.Stuck,
    };
}
