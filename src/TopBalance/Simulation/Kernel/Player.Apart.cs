namespace TopBalance.Simulation.Kernel;

/// <summary>
/// Cells under a given current do not depend on each other: each is played on its own clock until the earliest event that concerns them
/// all. A cell that has run ahead is taken back; most are never looked at before that event.
/// </summary>
internal sealed partial class Player
{
    /// <summary>Plays a row of cells apart from a common time on, and leaves them at a common time.</summary>
    private RowHalt PlayApart(int first, int end, double loopAmps, double until, in RowWatch watch)
    {
        double start = cellTime[first];
        if (Begin(first, end, loopAmps, watch) is { } atOnce)
        {
            return atOnce;
        }

        if (watch.WaitFor != WaitFor.Nothing)
        {
            return PlayUntilAll(first, end, loopAmps, until, watch);
        }

        var halt = new RowHalt(until, Halt.Limit);
        double latest = start;
        while (true)
        {
            int next = first;
            for (int c = first + 1; c < end; c++)
            {
                next = safeUntil[c] < safeUntil[next] ? c : next;
            }

            if (double.IsInfinity(safeUntil[next]) || safeUntil[next] > halt.Time)
            {
                break;
            }

            RowHalt own = PlayCell(next, loopAmps, halt.Time, watch);
            safeUntil[next] = double.PositiveInfinity;
            latest = Math.Max(latest, cellTime[next]);
            if (EndsStretch(own.Reason)
                && (own.Time < halt.Time || (own.Time == halt.Time && (halt.Reason == Halt.Limit || own.Cell < halt.Cell))))
            {
                halt = own;
            }
        }

        if (double.IsInfinity(halt.Time))
        {
            halt = new RowHalt(latest, Halt.Stuck);
        }

        Meet(first, end, loopAmps, start, halt.Time);
        if (halt.Reason == Halt.Opened)
        {
            SettleOthers(first, end, loopAmps, halt.Cell);
        }

        return halt;
    }

    // what happens to one cell and concerns them all
    private static bool EndsStretch(Halt reason) => reason is Halt.Opened or Halt.StopVolts or Halt.Infeasible;

    // what other cells do at the very instant that ends the stretch: equal cells reach their levels together
    private void SettleOthers(int first, int end, double loopAmps, int cell)
    {
        var law = new SourceLaw(LawKind.Current, loopAmps);
        for (int c = first; c < end; c++)
        {
            if (c == cell || !double.IsInfinity(safeUntil[c]))
            {
                continue;
            }

            int before = Events.Count;
            SettleCell(c, law, new RowWatch());
            if (Events.Count != before)
            {
                Record(c, c, c + 1, law);
            }
        }
    }

    // the current has just changed: flags follow the jump, records are made, and each cell gets a time up to which it needs no look
    private RowHalt? Begin(int first, int end, double loopAmps, in RowWatch watch)
    {
        var law = new SourceLaw(LawKind.Current, loopAmps);
        RowHalt? halt = null;
        for (int c = first; c < end; c++)
        {
            RowHalt? own = SettleCell(c, law, watch);
            ref MemberState s = ref states[model.FirstMember[c]];
            if (s.Z <= 0 && IsClosedForm(c))
            {
                double rate = model.Members[model.FirstMember[c]].SocRate(loopAmps + NodeAmps(c));
                Reversal(c, cellTime[c], falls: s.Z == 0 && rate < 0);
            }

            Record(c, c, c + 1, law);
            safeUntil[c] = cellTime[c] + SafeTime(c, loopAmps);
            halt ??= own is { Reason: Halt.Opened } ? own : null;
        }

        bool arrived = watch.WaitFor != WaitFor.Nothing && AllArrived(first, end, watch.WaitFor);
        return halt ?? (arrived ? new RowHalt(cellTime[first], Halt.All) : null);
    }

    private double SafeTime(int cell, double loopAmps)
    {
        Band(cell, out double low, out double high);
        int m = model.FirstMember[cell];
        double amps = loopAmps + NodeAmps(cell);
        if (IsClosedForm(cell))
        {
            double rate = model.Members[m].SocRate(amps);
            double safe = ClosedForm.SafeTime(model.Members[m], states[m], amps, rate, model.Cells[cell].LugOhms, low, high);
            return Math.Min(safe, Math.Min(TimeToEmpty(model.Members[m], states[m], amps), NextPending(cell) - cellTime[cell]));
        }

        // without a bound the cell is played at once; who is nearest to the level goes first, so that the others need not go far
        double nearest = 0;
        for (; m < model.FirstMember[cell + 1]; m++)
        {
            nearest = Math.Max(nearest, amps > 0 ? states[m].Z : 1 - states[m].Z);
        }

        return -1e9 * (1 + nearest);
    }

    private RowHalt PlayUntilAll(int first, int end, double loopAmps, double until, in RowWatch watch)
    {
        double t = cellTime[first];
        double start = t;
        while (true)
        {
            double latest = t;
            RowHalt? stop = null;
            bool missing = false;
            int stuck = -1;
            for (int c = first; c < end; c++)
            {
                if (Arrived(c, watch.WaitFor))
                {
                    continue;
                }

                RowHalt own = PlayCell(c, loopAmps, stop?.Time ?? until, watch);
                missing |= own.Reason == Halt.Limit;
                stuck = own.Reason == Halt.Stuck && stuck < 0 ? c : stuck;
                latest = Math.Max(latest, cellTime[c]);
                stop = EndsStretch(own.Reason) && (stop is null || own.Time < stop.Value.Time) ? own : stop;
            }

            double common = stop?.Time ?? (missing ? until : latest);
            CatchUp(first, end, loopAmps, t, ref common, ref stop, watch);
            Meet(first, end, loopAmps, start, common);
            if (stop is { } h)
            {
                return h;
            }

            if (AllArrived(first, end, watch.WaitFor))
            {
                return new RowHalt(common, Halt.All);
            }

            if (missing || stuck >= 0)
            {
                return missing && stuck < 0 ? new RowHalt(until, Halt.Limit)
                    : double.IsInfinity(until) || watch.Unlimited ? new RowHalt(common, Halt.Stuck, stuck)
                    : Finish(first, end, loopAmps, start, until);
            }

            t = common;
        }
    }

    // one cell will never arrive, but a time limit stands: all go on to it
    private RowHalt Finish(int first, int end, double loopAmps, double start, double until)
    {
        double common = until;
        RowHalt? none = null;
        CatchUp(first, end, loopAmps, start, ref common, ref none, new RowWatch());
        Meet(first, end, loopAmps, start, until);
        return new RowHalt(until, Halt.Limit);
    }

    // those that had arrived, or were played less far, go on to the common time with all their events
    private void CatchUp(int first, int end, double loopAmps, double start, ref double common, ref RowHalt? stop, in RowWatch watch)
    {
        RowWatch plain = watch;
        plain.WaitFor = WaitFor.Nothing;
        for (int c = first; c < end; c++)
        {
            if (cellTime[c] >= common)
            {
                continue;
            }

            RowHalt own = PlayCell(c, loopAmps, common, plain);
            if (EndsStretch(own.Reason))
            {
                (common, stop) = (own.Time, own);
            }
        }
    }

    // all cells to one time; what a cell had done after it has not happened
    private void Meet(int first, int end, double loopAmps, double start, double time)
    {
        bool undone = false;
        for (int c = first; c < end; c++)
        {
            undone |= cellTime[c] > time;
            BringTo(c, loopAmps, time);
            NotePeaks(c, loopAmps, time);
        }

        if (undone)
        {
            Forget(first, end, time);
        }
    }

    // the worst of a danger is noted where the stretch ends, too
    private void NotePeaks(int cell, double loopAmps, double time)
    {
        ref CellFlags f = ref flags[cell];
        if (f.Reversed)
        {
            Reversal(cell, time, falls: false);
        }

        if ((f.AboveHvc || f.AboveMax || f.OverWattage) && IsClosedForm(cell))
        {
            int m = model.FirstMember[cell];
            double volts = ClosedForm.Voltage(model.Members[m], states[m], loopAmps + NodeAmps(cell), model.Cells[cell].LugOhms);
            f.PeakHvc = Math.Max(f.PeakHvc, volts - model.Sensed[cell].Hvc);
            f.PeakMax = Math.Max(f.PeakMax, volts - model.MaxVoltage.Value);
            f.PeakWatts = Math.Max(f.PeakWatts, volts - wattVolts[cell]);
        }
    }

    private void Forget(int first, int end, double time)
    {
        // what earlier steps did has happened
        int kept = eventsBeforeStep;
        for (int k = kept; k < Events.Count; k++)
        {
            RunEvent e = Events[k];
            if (e.Cell < first || e.Cell >= end || e.TimeSeconds <= time)
            {
                Events[kept++] = e;
            }
        }

        Events.Truncate(kept);
    }
}
