namespace TopBalance.Simulation.Kernel;

/// <summary>The first thing that happens within a step of a row, found on its series.</summary>
internal sealed partial class Player
{
    // a regulator that has fallen to this share of its shunt's current has let go for those who wait: it may follow the self-discharge of
    // the lowest cell for years
    private const double Trickle = 0.01;

    // of the row whose cells compare themselves with the lowest
    private int rowFirst;
    private int lowest;

    /// <summary>Shortens the span to the first exit of a cell from its band, or of the row from the watch.</summary>
    /// <returns>True if there is one; <paramref name="told"/> why, if it ends the stretch by itself.</returns>
    private bool FindExit(int first, int end, bool joined, ref double span, in RowWatch watch, out Halt? told)
    {
        double start = span;
        told = null;
        Series(kernel.Volts, watch.SumLow, watch.SumHigh, ref span, ref told, Halt.SumLow, Halt.SumHigh);
        Series(kernel.Amps, watch.AmpsLow, watch.AmpsHigh, ref span, ref told, Halt.AmpsLow, Halt.AmpsHigh);
        if (!double.IsInfinity(watch.ChargeAh))
        {
            ChargeExit(watch.ChargeAh, ref span, ref told);
        }

        for (int c = first; c < end; c++)
        {
            int node = joined ? 0 : c - first;
            Band(c, out double low, out double high);
            if (NodeExit(node, low, high, ref span, out bool atLow))
            {
                told = atLow && low == stopVolts ? Halt.StopVolts : null;
            }

            if (flags[c].Held && !joined && kernel.HeldExit(node, shunt.Amps, shunt.Siemens, ref span))
            {
                told = null;
            }

            if (restForShunts && flags[c].Held && flags[c].AboveRest && !joined
                && kernel.HeldFall(node, Trickle * shunt.Amps, Trickle * shunt.Siemens, ref span))
            {
                told = null;
            }
        }

        if (model.Module.Relative is not null && !joined)
        {
            RelativeExits(first, end, ref span, ref told);
        }

        return span < start;
    }

    private double FullShunt(int node) => shunt.Amps + (shunt.Siemens * kernel.NodeVolts[node]);

    private void Series(double[] series, double low, double high, ref double span, ref Halt? told, Halt atLow, Halt atHigh)
    {
        if (!double.IsInfinity(high))
        {
            double up = kernel.FirstRise(series, 0, 1, high, span);
            if (up < span)
            {
                (span, told) = (up, atHigh);
            }
        }

        if (!double.IsInfinity(low))
        {
            double down = kernel.FirstFall(series, 0, 1, low, span);
            if (down < span)
            {
                (span, told) = (down, atLow);
            }
        }
    }

    private void ChargeExit(double ampereHours, ref double span, ref Halt? told)
    {
        double left = ampereHours - Math.Abs(rowAh);
        if (Math.Abs(kernel.Integral(kernel.Amps, 0, 1, span)) / 3600 < left)
        {
            return;
        }

        // the charge passed grows all the time: bisection
        double low = 0;
        double high = span;
        for (int k = 0; k < 200 && high - low > 1e-15 * high; k++)
        {
            double middle = 0.5 * (low + high);
            bool enough = Math.Abs(kernel.Integral(kernel.Amps, 0, 1, middle)) / 3600 >= left;
            (low, high) = enough ? (low, middle) : (middle, high);
        }

        (span, told) = (Math.BitDecrement(high), Halt.Charge);
    }

    private bool NodeExit(int node, double low, double high, ref double span, out bool atLow)
    {
        atLow = false;
        bool found = false;
        kernel.Reach(node, span, out double least, out double most);
        if (most >= high)
        {
            double up = kernel.FirstRise(kernel.NodeVolts, node, kernel.NodeCount, high, span);
            if (up < span)
            {
                (span, found) = (up, true);
            }
        }

        if (least <= low)
        {
            double down = kernel.FirstFall(kernel.NodeVolts, node, kernel.NodeCount, low, span);
            if (down < span)
            {
                (span, found, atLow) = (down, true, true);
            }
        }

        return found;
    }

    // the cells compare themselves with the lowest: crossings of the differences, and a new lowest
    private void RelativeExits(int first, int end, ref double span, ref Halt? told)
    {
        for (int c = first; c < end; c++)
        {
            if (c == lowest)
            {
                continue;
            }

            (double low, double high) = RelativeBand(c);
            kernel.Difference(c - first, lowest - first);
            double fall = double.IsInfinity(low) ? double.NaN : kernel.FirstFall(kernel.Differences, 0, 1, low, span);
            if (fall < span)
            {
                (span, told) = (fall, null);
            }

            double rise = double.IsInfinity(high) ? double.NaN : kernel.FirstRise(kernel.Differences, 0, 1, high, span);
            if (rise < span)
            {
                (span, told) = (rise, null);
            }

            double gate = GateCrossing(c, c - first, span);
            if (gate < span)
            {
                (span, told) = (gate, null);
            }
        }
    }

    // under a relative rule a shunt's own levels are a gate: no bleeding below them, however far above the lowest cell
    private double GateCrossing(int cell, int node, double span)
    {
        ref ModuleLevels l = ref model.Sensed[cell];
        if (model.Cells[cell].ShuntStuckOn || model.Cells[cell].ShuntDead)
        {
            return double.NaN;
        }

        return flags[cell].Held ? HeldGateCrossing(cell, span)
            : flags[cell].Shunt ? kernel.FirstFall(kernel.NodeVolts, node, kernel.NodeCount, l.ShuntOff, span)
            : kernel.NodeVolts[node] < l.ShuntOn - ReachedInRow ? kernel.FirstRise(kernel.NodeVolts, node, kernel.NodeCount, l.ShuntOn, span)
            : double.NaN;
    }

    // a regulating shunt holds its cell at the higher of two levels, of which one moves with the lowest cell
    private double HeldGateCrossing(int cell, double span)
    {
        double level = model.Sensed[cell].ShuntOn - model.Module.Relative!.OnAbove.Value;
        return flags[cell].HeldTo < 0
            ? kernel.FirstRise(kernel.NodeVolts, lowest - rowFirst, kernel.NodeCount, level + (2 * ReachedInRow), span)
            : kernel.FirstFall(kernel.NodeVolts, lowest - rowFirst, kernel.NodeCount, level - (2 * ReachedInRow), span);
    }

    private (double Low, double High) RelativeBand(int cell)
    {
        if (flags[cell].Held)
        {
            return (flags[cell].HeldTo < 0 ? -1e-9 : double.NegativeInfinity, double.PositiveInfinity);
        }

        if (model.Cells[cell].ShuntStuckOn || model.Cells[cell].ShuntDead)
        {
            return (-1e-9, double.PositiveInfinity);
        }

        Packs.RelativeShuntRule rule = model.Module.Relative!;
        bool gated = kernel.NodeVolts[cell - rowFirst] < model.Sensed[cell].ShuntOn - ReachedInRow;
        return flags[cell].Shunt
            ? (rule.OffAbove.Value, double.PositiveInfinity)
            : (-1e-9, gated ? double.PositiveInfinity : rule.OnAbove.Value);
    }

    private bool SwitchRelative(int first, int end, double t)
    {
        if (model.Module.Relative is not { } rule)
        {
            return false;
        }

        if (kernel.NodeCount != end - first)
        {
            return DarkenLevel(first, end, t);
        }

        (rowFirst, lowest) = (first, Lowest(first, end, double.NaN));
        if (HoldFresh(first, end, t, rule))
        {
            return true;
        }

        bool jumped = false;
        for (int c = first; c < end; c++)
        {
            if (flags[c].Held)
            {
                jumped |= c == lowest ? SetShunt(c, t, false) : HoldTo(c, lowest, rule);
            }
            else if (flags[c].Shunt)
            {
                jumped |= FallsDark(c, lowest, rule) && !model.Cells[c].ShuntStuckOn && SetShunt(c, t, false);
            }
            else
            {
                double volts = kernel.NodeVolts[c - first];
                double above = volts - kernel.NodeVolts[lowest - first];
                bool on = above >= rule.OnAbove.Value - ReachedInRow && volts >= model.Sensed[c].ShuntOn - ReachedInRow;
                jumped |= on && !model.Cells[c].ShuntDead && SetShunt(c, t, true);
                _ = flags[c].Held && HoldTo(c, lowest, rule);
            }
        }

        return jumped;
    }

    // the cell that the others are held to stays the lowest until another is lower by more than rounding; without those that have begun to
    // conduct at an instant, unless it is NaN: -1 if there is no other
    private int Lowest(int first, int end, double notSince)
    {
        int found = -1;
        double least = double.PositiveInfinity;
        for (int c = first; c < end && found < 0; c++)
        {
            if (flags[c].Held && flags[c].HeldTo >= first && flags[c].HeldTo < end && !IsFresh(flags[c].HeldTo, notSince))
            {
                found = flags[c].HeldTo;
                least = kernel.NodeVolts[found - first] - (0.5 * ReachedInRow);
            }
        }

        for (int c = first; c < end; c++)
        {
            if (kernel.NodeVolts[c - first] < least && !IsFresh(c, notSince))
            {
                (found, least) = (c, kernel.NodeVolts[c - first]);
            }
        }

        return found;
    }

    private bool IsFresh(int cell, double since) =>
        flags[cell].Shunt && !flags[cell].Held && flags[cell].OnAt == since && !model.Cells[cell].ShuntStuckOn;

    // a shunt that its own drop would switch off at the instant it came on regulates from here on, before others see that drop
    private bool HoldFresh(int first, int end, double t, Packs.RelativeShuntRule rule)
    {
        int other = Lowest(first, end, t);
        bool held = false;
        for (int c = first; c < end && other >= 0; c++)
        {
            if (IsFresh(c, t) && FallsDark(c, other, rule))
            {
                flags[c].Held = true;
                HoldTo(c, other, rule);
                held = true;
            }
        }

        return held;
    }

    private bool FallsDark(int cell, int lowestCell, Packs.RelativeShuntRule rule)
    {
        double volts = kernel.NodeVolts[cell - rowFirst];
        return volts - kernel.NodeVolts[lowestCell - rowFirst] <= rule.OffAbove.Value + ReachedInRow
            || volts <= model.Sensed[cell].ShuntOff + ReachedInRow;
    }

    // whichever is higher holds the cell: its own level or the distance from the lowest; true if that has changed
    private bool HoldTo(int cell, int lowestCell, Packs.RelativeShuntRule rule)
    {
        ref CellFlags f = ref flags[cell];
        double relative = kernel.NodeVolts[lowestCell - rowFirst] + rule.OnAbove.Value - model.Sensed[cell].ShuntOn;
        int before = f.HeldTo;
        f.HeldTo = relative > ReachedInRow || (relative >= -ReachedInRow && before >= 0) ? lowestCell : -1;
        return f.HeldTo != before;
    }

    // cells joined in parallel are level: none is above the lowest
    private bool DarkenLevel(int first, int end, double t)
    {
        bool jumped = false;
        for (int c = first; c < end; c++)
        {
            jumped |= flags[c].Shunt && !model.Cells[c].ShuntStuckOn && SetShunt(c, t, false);
        }

        return jumped;
    }

    // a regulating shunt leaves that state when it would have to give charge, or takes all it can
    private bool SwitchHeld(int cell, int node, double t)
    {
        // one that has only now begun to regulate is judged once the row has been solved with it
        if (!flags[cell].Held || double.IsNaN(kernel.Nodes[node].HeldVolts))
        {
            return false;
        }

        double amps = kernel.HeldAmps(node);
        if (restForShunts && amps <= (Trickle * FullShunt(node)) + TaylorKernel.HeldSlack)
        {
            flags[cell].AboveRest = false;
        }

        if (amps < -TaylorKernel.HeldSlack)
        {
            return SetShunt(cell, t, false);
        }

        if (amps <= FullShunt(node) + TaylorKernel.HeldSlack)
        {
            return false;
        }

        flags[cell].Held = false;
        return true;
    }
}
