namespace TopBalance.Simulation.Kernel;

/// <summary>
/// A row under a given charging current whose voltage is watched: apart as long as the sum cannot have come, then together.
/// </summary>
internal sealed partial class Player
{
    // nearer than this to the level the row is stepped together, s
    private const double LeastWindow = 2;

    // a look ahead is at least this long, s
    private const double LeastOutlook = 60;

    // the bound leaves shunts out of account: where they hold the cells it would go on for ever
    private const int MostWindows = 40;

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
            : PlayWindows(first, end, loopAmps, until, watch);
        rowAh = loopAmps * (halt.Time - start) / 3600;
        return halt;
    }

    // the sum of an unbalanced pack cannot come before its fullest cell has tripped: then the first window is the last
    private RowHalt PlayWindows(int first, int end, double loopAmps, double until, in RowWatch watch)
    {
        RowWatch apart = watch;
        apart.SumHigh = double.PositiveInfinity;
        bool unlike = HasUnlikeMembers(first, end);
        double longest = double.PositiveInfinity;
        for (int windows = 0; ; windows++)
        {
            double start = cellTime[first];
            double most = Math.Min(until - start, TimeToFull(first, end, loopAmps));
            double window = Math.Min(longest, SafeWindow(first, end, loopAmps, most, watch.SumHigh));
            if (window < most && (window < LeastWindow || windows > MostWindows))
            {
                return PlayRow(first, end, new SourceLaw(LawKind.Current, loopAmps), joined: false, until, watch);
            }

            RowHalt halt = unlike
                ? PlayUnderCeilings(first, end, loopAmps, start + window, until, apart, watch.SumHigh)
                : PlayApart(first, end, loopAmps, Math.Min(until, start + window), apart);
            if (halt.Reason == Halt.SumHigh)
            {
                longest = window / CeilingParts;
            }
            else if (halt.Reason != Halt.Limit || halt.Time >= until)
            {
                return halt;
            }
        }
    }

    // where the sum may have come to the level all cells are taken back to a time before that
    private RowHalt PlayUnderCeilings(int first, int end, double loopAmps, double windowEnd, double until, in RowWatch apart, double level)
    {
        double start = cellTime[first];
        ExpectCeilings(first, end, loopAmps, windowEnd - start);
        RowHalt halt = PlayApart(first, end, loopAmps, Math.Min(until, windowEnd), apart);
        double before = FirstPartAbove(level, halt.Time);
        ceilingsCells = 0;
        if (double.IsNaN(before))
        {
            return halt;
        }

        Meet(first, end, loopAmps, start, before);
        return new RowHalt(before, Halt.SumHigh);
    }

    // by then the fullest cell's OCV alone is at its HVC; a little more, so that the trip lies within
    private double TimeToFull(int first, int end, double loopAmps)
    {
        double least = double.PositiveInfinity;
        for (int c = first; c < end; c++)
        {
            double capacity = model.CellCapacityAh(c);
            for (int m = model.FirstMember[c]; m < model.FirstMember[c + 1]; m++)
            {
                ref readonly MemberConstants constants = ref model.Members[m];
                double rate = constants.SocRate(loopAmps * constants.CapacityAh / capacity);
                double full = constants.Table.Ocv.SocAt(model.Sensed[c].Hvc);
                least = rate > 0 ? Math.Min(least, Math.Max(0, full - states[m].Z) / rate) : least;
            }
        }

        return (1.02 * least) + LeastOutlook;
    }

    // the longest time up to the most asked for in which the bound stays below the level, or a little less
    private double SafeWindow(int first, int end, double loopAmps, double most, double level)
    {
        if (HighestSum(first, end, loopAmps, most) < level)
        {
            return most;
        }

        double low = 0;
        double high = most;
        while (high - low > 0.1 && high - low > 0.05 * low)
        {
            double middle = 0.5 * (low + high);
            bool below = HighestSum(first, end, loopAmps, middle) < level;
            (low, high) = below ? (middle, high) : (low, middle);
        }

        return low;
    }

    // a voltage that the row cannot exceed in the next seconds under a charging current, whatever shunts do; with unlike members, a guess
    private double HighestSum(int first, int end, double loopAmps, double seconds)
    {
        double sum = 0;
        for (int c = first; c < end; c++)
        {
            sum += HighestVolts(c, loopAmps, seconds);
        }

        return sum;
    }

    // of one member a bound; of several the mean of what each would come to with a share of the current that goes by its capacity
    private double HighestVolts(int cell, double loopAmps, double seconds)
    {
        double amps = loopAmps + Math.Max(0, portAmps[cell]);
        double capacity = model.CellCapacityAh(cell);
        double mean = 0;
        for (int m = model.FirstMember[cell]; m < model.FirstMember[cell + 1]; m++)
        {
            double share = model.Members[m].CapacityAh / capacity;
            mean += share * HighestVolts(model.Members[m], states[m], share * amps, seconds);
        }

        return mean + (model.Cells[cell].LugOhms * amps);
    }

    // 1 - exp(-x) is never above x: an exponential approach has come no further than this
    private static double Rising(double from, double to, double lives) => to > from ? from + ((to - from) * Math.Min(1, lives)) : from;

    // a member that takes no more than this current is nowhere above this
    private static double HighestVolts(in MemberConstants m, in MemberState s, double amps, double seconds)
    {
        double z = s.Z + (Math.Max(0, m.SocRate(amps)) * seconds);
        ResistanceBounds r = m.Table.Bounds(s.Z, z, charging: true);
        double turned = m.HysteresisPerSoc * m.SocPerAmpSecond * amps * seconds;
        return m.Table.Ocv.At(z) + (m.HysteresisVolts * Rising(s.H, 1, turned))
            + Rising(s.U1, m.R1Scale * r.R1High * amps, seconds / m.Tau1)
            + Rising(s.U2, m.R2Scale * r.R2High * amps, seconds / m.Tau2) + (m.R0Scale * r.R0High * amps);
    }
}
