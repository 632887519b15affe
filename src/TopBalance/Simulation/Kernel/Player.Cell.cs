namespace TopBalance.Simulation.Kernel;

/// <summary>One cell under a given current, on its own clock.</summary>
internal sealed partial class Player
{
    /// <summary>
    /// Plays a cell from its own time until a contact opens (if watched), it falls to the stop voltage, what is waited for of it comes, or
    /// the time is over. Local events on the way are dealt with.
    /// </summary>
    private RowHalt PlayCell(int cell, double loopAmps, double until, in RowWatch watch)
    {
        var law = new SourceLaw(LawKind.Current, loopAmps);
        while (true)
        {
            RowHalt? halt = IsClosedForm(cell)
                ? PlayClosedForm(cell, law, until, watch)
                : PlaySeries(cell, law, until, watch);
            if (halt is { } h)
            {
                return h;
            }
        }
    }

    private RowHalt? PlaySeries(int cell, in SourceLaw law, double until, in RowWatch watch)
    {
        var own = new RowWatch { StopOnOpen = watch.StopOnOpen, WaitFor = watch.WaitFor, ReturnOnClosedForm = true };
        RowHalt halt = PlayRow(cell, cell + 1, law, joined: false, until, own);
        return halt.Reason == Halt.ClosedForm ? null : halt.Reason == Halt.All ? halt with { Cell = cell } : halt;
    }

    // until the next event of the cell in closed form; null to go on
    private RowHalt? PlayClosedForm(int cell, in SourceLaw law, double until, in RowWatch watch)
    {
        ref MemberState s = ref states[model.FirstMember[cell]];
        ref readonly MemberConstants m = ref model.Members[model.FirstMember[cell]];
        double lug = model.Cells[cell].LugOhms;
        double amps = law.Value + NodeAmps(cell);
        double t = cellTime[cell];
        Band(cell, out double low, out double high);
        double limit = Math.Min(until, NextPending(cell));
        double empty = TimeToEmpty(m, s, amps);
        bool meetsEmpty = t + empty <= limit;
        double room = meetsEmpty ? empty : limit - t;
        double took = ClosedForm.RunToExit(m, ref s, amps, lug, low, high, room, out Side side);
        if (double.IsInfinity(took))
        {
            return new RowHalt(t, Halt.Stuck, cell);
        }

        Bleed(cell, took);
        cellTime[cell] = side == Side.None ? (meetsEmpty ? t + empty : limit) : t + took;
        if (meetsEmpty && side == Side.None)
        {
            s.Z = 0;
            Reversal(cell, cellTime[cell], falls: m.SocRate(amps) < 0);
        }
        else if (side == Side.None && limit == until)
        {
            return new RowHalt(until, Halt.Limit);
        }

        bool stops = side == Side.Low && low == stopVolts;
        RowHalt? halt = SettleCell(cell, law, watch) ?? (stops ? new RowHalt(cellTime[cell], Halt.StopVolts, cell) : null);
        Record(cell, cell, cell + 1, law);
        return halt;
    }

    private static double TimeToEmpty(in MemberConstants m, in MemberState s, double amps)
    {
        double rate = m.SocRate(amps);
        return rate * s.Z < 0 ? -s.Z / rate : double.PositiveInfinity;
    }

    private void Bleed(int cell, double seconds)
    {
        if (flags[cell].Shunt)
        {
            flags[cell].BledAh += shunt.Amps * seconds / 3600;
        }
    }

    /// <summary>Brings a cell's flags up to its voltage; a jump may switch more.</summary>
    private RowHalt? SettleCell(int cell, in SourceLaw law, in RowWatch watch)
    {
        double t = cellTime[cell];
        if (IsClosedForm(cell) && shunt.Siemens == 0 && model.Module.Relative is null)
        {
            int m = model.FirstMember[cell];
            for (int round = 0; round < 4; round++)
            {
                double volts = ClosedForm.Voltage(model.Members[m], states[m], law.Value + NodeAmps(cell), model.Cells[cell].LugOhms);
                if (!Switch(cell, t, volts, Reached) || flags[cell].Held)
                {
                    break;
                }
            }

            return watch.StopOnOpen && flags[cell].Open != 0 ? new RowHalt(t, Halt.Opened, cell)
                : watch.WaitFor != WaitFor.Nothing && Arrived(cell, watch.WaitFor) ? new RowHalt(t, Halt.All, cell)
                : null;
        }

        var own = new RowWatch { StopOnOpen = watch.StopOnOpen, WaitFor = watch.WaitFor };
        RowHalt? halt = SettleRow(cell, cell + 1, law, joined: false, t, own);
        return halt?.Reason == Halt.All ? halt.Value with { Cell = cell } : halt;
    }

    /// <summary>Moves a cell to a time before which nothing of it happens, or back to a time that it has passed.</summary>
    private void BringTo(int cell, double loopAmps, double time)
    {
        if (cellTime[cell] > time)
        {
            CellTrack track = tracks[cell];
            int record = track.Find(time, step);
            Restore(cell, record);
            track.KeepThrough(record, model.FirstMember[cell + 1] - model.FirstMember[cell]);
        }

        if (cellTime[cell] < time)
        {
            Drift(cell, loopAmps, time);
        }
    }

    private void Drift(int cell, double loopAmps, double time)
    {
        if (!IsClosedForm(cell))
        {
            PlayRow(cell, cell + 1, new SourceLaw(LawKind.Current, loopAmps), joined: false, time, new RowWatch());
            return;
        }

        int m = model.FirstMember[cell];
        double seconds = time - cellTime[cell];
        ClosedForm.Advance(model.Members[m], ref states[m], loopAmps + NodeAmps(cell), seconds);
        Bleed(cell, seconds);
        cellTime[cell] = time;
    }
}
