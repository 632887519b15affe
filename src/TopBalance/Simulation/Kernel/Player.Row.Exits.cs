namespace TopBalance.Simulation.Kernel;

/// <summary>The first thing that happens within a step of a row, found on its series.</summary>
internal sealed partial class Player
{
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

            if (flags[c].Held && !joined && kernel.HeldExit(node, FullShunt(node), ref span))
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

    private double FullShunt(int node) => shunt.Amps + (shunt.Siemens * kernel.Nodes[node].HeldVolts);

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
            double fall = kernel.FirstFall(kernel.Differences, 0, 1, low, span);
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

        return flags[cell].Shunt ? kernel.FirstFall(kernel.NodeVolts, node, kernel.NodeCount, l.ShuntOff, span)
            : kernel.NodeVolts[node] < l.ShuntOn - ReachedInRow ? kernel.FirstRise(kernel.NodeVolts, node, kernel.NodeCount, l.ShuntOn, span)
            : double.NaN;
    }

    private (double Low, double High) RelativeBand(int cell)
    {
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

        rowFirst = first;
        lowest = first;
        for (int c = first + 1; c < end; c++)
        {
            lowest = kernel.NodeVolts[c - first] < kernel.NodeVolts[lowest - first] ? c : lowest;
        }

        bool jumped = false;
        for (int c = first; c < end; c++)
        {
            double volts = kernel.NodeVolts[c - first];
            double above = volts - kernel.NodeVolts[lowest - first];
            ref ModuleLevels l = ref model.Sensed[c];
            if (flags[c].Shunt)
            {
                bool off = above <= rule.OffAbove.Value + ReachedInRow || volts <= l.ShuntOff + ReachedInRow;
                jumped |= off && !model.Cells[c].ShuntStuckOn && SetShunt(c, t, false);
            }
            else
            {
                bool on = above >= rule.OnAbove.Value - ReachedInRow && volts >= l.ShuntOn - ReachedInRow;
                jumped |= on && !model.Cells[c].ShuntDead && SetShunt(c, t, true);
            }
        }

        return jumped;
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
