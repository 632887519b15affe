namespace TopBalance.Simulation.Kernel;

/// <summary>
/// A row under a given charging current whose voltage is watched: apart as long as the sum cannot have come, then together.
/// </summary>
internal sealed partial class Player
{
    // nearer than this to the level the row is stepped together, s
    private const double LeastWindow = 2;

    // the bound leaves shunts out of account: where they hold the cells it would go on for ever
    private const int MostWindows = 40;

    // the row as it was before it was played on for a try
    private MemberState[] saved = [];
    private CellFlags[] savedFlags = [];
    private double savedTime;
    private int savedEvents;

    /// <summary>Plays a row at a constant current until the watch, which may ask for the sum of the voltages.</summary>
    private RowHalt PlayCurrent(int first, int end, double loopAmps, double until, in RowWatch watch)
    {
        rowAh = 0;
        double start = cellTime[first];
        if (model.Module.Relative is not null && end - first > 1)
        {
            return PlayRow(first, end, new SourceLaw(LawKind.Current, loopAmps), joined: false, until, watch);
        }

        RowHalt halt = double.IsInfinity(watch.SumHigh) || loopAmps <= 0
            ? PlayApart(first, end, loopAmps, until, watch)
            : PlayTowardsSum(first, end, loopAmps, until, watch);
        rowAh = loopAmps * (halt.Time - start) / 3600;
        return halt;
    }

    private RowHalt PlayTowardsSum(int first, int end, double loopAmps, double until, in RowWatch watch)
    {
        RowWatch apart = watch;
        apart.SumHigh = double.PositiveInfinity;

        // usually something else ends the charge long before: play on, and ask afterwards whether the sum could have come earlier
        if (AllClosedForm(first, end))
        {
            Save(first, end);
            double start = cellTime[first];
            RowHalt tried = PlayApart(first, end, loopAmps, until, apart);
            if (HighestSum(first, end, saved, loopAmps, tried.Time - start) < watch.SumHigh)
            {
                return tried;
            }

            TakeBack(first, end);
        }

        return PlayWindows(first, end, loopAmps, until, watch, apart);
    }

    private RowHalt PlayWindows(int first, int end, double loopAmps, double until, in RowWatch watch, in RowWatch apart)
    {
        LoadNodes(first, end, joined: false);
        kernel.Solve(RowConstants(first, end), RowStates(first, end), new SourceLaw(LawKind.Current, loopAmps));
        if (Beyond(watch, cellTime[first]) is { } atOnce)
        {
            return atOnce;
        }

        for (int windows = 0; ; windows++)
        {
            double start = cellTime[first];
            double window = SafeWindow(first, end, loopAmps, until - start, watch.SumHigh);
            if (window < until - start && (window < LeastWindow || windows > MostWindows))
            {
                return PlayRow(first, end, new SourceLaw(LawKind.Current, loopAmps), joined: false, until, watch);
            }

            RowHalt halt = PlayApart(first, end, loopAmps, Math.Min(until, start + window), apart);
            if (halt.Reason != Halt.Limit || halt.Time >= until)
            {
                return halt;
            }
        }
    }

    // the longest time for which the bound stays below the level, or a little less
    private double SafeWindow(int first, int end, double loopAmps, double most, double level)
    {
        if (double.IsInfinity(most))
        {
            most = 3600.0;
            while (most < Forever && HighestSum(first, end, states, loopAmps, most) < level)
            {
                most *= 2;
            }
        }

        if (HighestSum(first, end, states, loopAmps, most) < level)
        {
            return most;
        }

        double low = 0;
        double high = most;
        for (int k = 0; k < 12 && high - low > 0.05 * low; k++)
        {
            double middle = 0.5 * (low + high);
            bool below = HighestSum(first, end, states, loopAmps, middle) < level;
            (low, high) = below ? (middle, high) : (low, middle);
        }

        return low;
    }

    private void Save(int first, int end)
    {
        if (saved.Length < states.Length || savedFlags.Length < flags.Length)
        {
            (saved, savedFlags) = (new MemberState[states.Length], new CellFlags[flags.Length]);
        }

        states.CopyTo(saved, 0);
        flags.AsSpan(first, end - first).CopyTo(savedFlags.AsSpan(first));
        savedTime = cellTime[first];
        savedEvents = Events.Count;
        for (int c = first; c < end; c++)
        {
            tracks[c].Mark();
        }
    }

    // as if it had never been tried
    private void TakeBack(int first, int end)
    {
        int member = model.FirstMember[first];
        saved.AsSpan(member, model.FirstMember[end] - member).CopyTo(states.AsSpan(member));
        savedFlags.AsSpan(first, end - first).CopyTo(flags.AsSpan(first));
        cellTime.AsSpan(first, end - first).Fill(savedTime);
        Events.Truncate(savedEvents);
        for (int c = first; c < end; c++)
        {
            tracks[c].BackToMark();
        }
    }

    private bool AllClosedForm(int first, int end)
    {
        for (int c = first; c < end; c++)
        {
            if (!IsClosedForm(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A voltage that the row cannot exceed in the next seconds under a charging current, whatever shunts do.</summary>
    private double HighestSum(int first, int end, MemberState[] from, double loopAmps, double seconds)
    {
        double sum = 0;
        for (int c = first; c < end; c++)
        {
            double amps = loopAmps + Math.Max(0, portAmps[c]);
            double highest = double.PositiveInfinity;
            for (int m = model.FirstMember[c]; m < model.FirstMember[c + 1]; m++)
            {
                highest = Math.Min(highest, HighestVolts(model.Members[m], from[m], amps, seconds));
            }

            sum += highest + (model.Cells[c].LugOhms * amps);
        }

        return sum;
    }

    // every member's own equation bounds the voltage they share: no member takes more than the whole current
    private static double HighestVolts(in MemberConstants m, in MemberState s, double amps, double seconds)
    {
        double z = s.Z + (Math.Max(0, m.SocRate(amps)) * seconds);
        ResistanceBounds r = m.Table.Bounds(s.Z, z, charging: true);
        return m.Table.Ocv.At(z) + (m.HysteresisVolts * Math.Max(s.H, 1)) + Math.Max(s.U1, m.R1Scale * r.R1High * amps)
            + Math.Max(s.U2, m.R2Scale * r.R2High * amps) + (m.R0Scale * r.R0High * amps);
    }
}
