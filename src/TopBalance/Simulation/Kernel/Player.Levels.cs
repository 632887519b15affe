namespace TopBalance.Simulation.Kernel;

/// <summary>What a module does at its levels, and which dangers begin and end.</summary>
internal sealed partial class Player
{
    /// <summary>The band of voltage in which nothing about a cell changes.</summary>
    private void Band(int cell, out double low, out double high)
    {
        ref CellFlags f = ref flags[cell];
        ref ModuleLevels l = ref model.Sensed[cell];
        low = double.NegativeInfinity;
        high = double.PositiveInfinity;
        if (!f.Held && model.Module.Relative is null)
        {
            CellModel c = model.Cells[cell];
            Bound(f.Shunt, l.ShuntOff, l.ShuntOn, ref low, ref high, canRise: !c.ShuntDead, canFall: !c.ShuntStuckOn);
        }

        if (!model.Cells[cell].ContactDead)
        {
            switch (f.Open)
            {
                case 0:
                    Bound(f.Pending == 1, l.Hvc - Wavering, l.Hvc, ref low, ref high);
                    Bound(f.Pending != -1, l.Lvc, l.Lvc + Wavering, ref low, ref high);
                    break;
                case 1:
                    low = Math.Max(low, l.HvcClear);
                    break;
                default:
                    high = Math.Min(high, l.LvcClear);
                    break;
            }
        }

        Bound(f.AboveHvc, l.Hvc, l.Hvc + Margin, ref low, ref high);
        Bound(f.AboveMax, model.MaxVoltage.Value, model.MaxVoltage.Value + Margin, ref low, ref high);
        if (!double.IsInfinity(wattVolts[cell]))
        {
            Bound(f.OverWattage, wattVolts[cell], wattVolts[cell] + Margin, ref low, ref high);
        }

        double rest = RestVolts(cell);
        if (!double.IsNaN(rest))
        {
            Bound(f.AboveRest, rest, rest + Margin, ref low, ref high);
        }

        if (!double.IsNaN(stopVolts))
        {
            low = Math.Max(low, stopVolts);
        }
    }

    private static void Bound(
        bool above, double fallsAt, double risesAt, ref double low, ref double high, bool canRise = true, bool canFall = true)
    {
        if (above && canFall)
        {
            low = Math.Max(low, fallsAt);
        }
        else if (!above && canRise)
        {
            high = Math.Min(high, risesAt);
        }
    }

    /// <summary>Brings a cell's flags up to its voltage at an instant.</summary>
    /// <returns>True if the shunt switched, so that the voltage jumps.</returns>
    private bool Switch(int cell, double time, double volts, double reached)
    {
        ref CellFlags f = ref flags[cell];
        ref ModuleLevels l = ref model.Sensed[cell];
        SwitchContact(cell, ref f, l, time, volts, reached);
        Danger(ref f.AboveHvc, ref f.PeakHvc, cell, time, volts, l.Hvc, reached, RunEventKind.AboveHvcBegan);
        Danger(ref f.AboveMax, ref f.PeakMax, cell, time, volts, model.MaxVoltage.Value, reached, RunEventKind.OverchargeBegan);
        if (!double.IsInfinity(wattVolts[cell]))
        {
            Danger(ref f.OverWattage, ref f.PeakWatts, cell, time, volts, wattVolts[cell], reached, RunEventKind.OverWattageBegan);
        }

        double rest = RestVolts(cell);
        if (!double.IsNaN(rest))
        {
            f.AboveRest = f.AboveRest ? volts > rest + reached : volts >= rest + Margin - reached;
        }

        if (f.Held || model.Module.Relative is not null)
        {
            return false;
        }

        return f.Shunt
            ? volts <= l.ShuntOff + reached && !model.Cells[cell].ShuntStuckOn && SetShunt(cell, time, false)
            : volts >= l.ShuntOn - reached && !model.Cells[cell].ShuntDead && SetShunt(cell, time, true);
    }

    // the voltage that is waited for of a cell; NaN if none is
    private double RestVolts(int cell) =>
        !restForShunts ? restVolts : model.Cells[cell].ShuntStuckOn ? model.Sensed[cell].ShuntOff : double.NaN;

    private bool SetShunt(int cell, double time, bool on)
    {
        ref CellFlags f = ref flags[cell];
        f.AboveRest = restForShunts ? on : f.AboveRest;
        if (!on && f.Shunt && !f.Held && f.OnAt == time && model.Module.Relative is null)
        {
            // on and off again at one instant: the shunt regulates from here on
            (f.Held, f.HeldTo) = (true, -1);
            return true;
        }

        if (on)
        {
            f.Flickers = time - f.OnAt < FlickerSeconds ? f.Flickers + 1 : 0;
            f.Returns = time - f.OnAt < ReturnSeconds ? f.Returns + 1 : 0;
            f.OnAt = time;
            if (f.Flickers > MostFlickers || f.Returns > MostReturns)
            {
                (f.Held, f.HeldTo, f.Shunt) = (true, -1, true);
                Report(time, RunEventKind.ShuntOn, cell);
                return true;
            }
        }

        // leaving the state of a regulator counts as having conducted until now
        f.OnAt = f.Held ? time : f.OnAt;
        f.Shunt = on;
        f.Held = false;
        Report(time, on ? RunEventKind.ShuntOn : RunEventKind.ShuntOff, cell);
        return true;
    }

    private void SwitchContact(int cell, ref CellFlags f, in ModuleLevels l, double time, double volts, double reached)
    {
        if (model.Cells[cell].ContactDead)
        {
            return;
        }

        if (f.Open == 1 && volts <= l.HvcClear + reached)
        {
            f.Open = 0;
            Report(time, RunEventKind.HvcCleared, cell);
        }
        else if (f.Open == -1 && volts >= l.LvcClear - reached)
        {
            f.Open = 0;
            Report(time, RunEventKind.LvcCleared, cell);
        }

        if (f.Open != 0)
        {
            return;
        }

        double high = f.Pending == 1 ? l.Hvc - Wavering + reached : l.Hvc - reached;
        double low = f.Pending == -1 ? l.Lvc + Wavering - reached : l.Lvc + reached;
        bool isHigh = volts > high || (f.Pending != 1 && volts >= high);
        bool isLow = volts < low || (f.Pending != -1 && volts <= low);
        sbyte wanted = isHigh ? (sbyte)1 : isLow ? (sbyte)-1 : (sbyte)0;
        if (wanted != f.Pending)
        {
            f.Pending = wanted;
            f.PendingAt = time + model.Module.Delay.Value;
        }

        if (f.Pending != 0 && time >= f.PendingAt - SameInstant)
        {
            f.Open = f.Pending;
            f.Pending = 0;
            Report(time, f.Open == 1 ? RunEventKind.HvcOpened : RunEventKind.LvcOpened, cell);
        }
    }

    private void Danger(
        ref bool inDanger, ref double peak, int cell, double time, double volts, double level, double reached, RunEventKind began)
    {
        if (!inDanger && volts >= level + Margin - reached)
        {
            inDanger = true;
            peak = 0;
            Report(time, began, cell);
        }

        if (!inDanger)
        {
            return;
        }

        peak = Math.Max(peak, volts - level);
        if (volts <= level + reached)
        {
            inDanger = false;
            Report(time, HazardKinds.EndOf(began), cell, began == RunEventKind.OverWattageBegan ? WattsAbove(cell, peak) : peak);
        }
    }

    /// <summary>
    /// Notes when a member falls below empty, and when it is back. <paramref name="falls"/>: one stands at empty and goes on down.
    /// </summary>
    private void Reversal(int cell, double time, bool falls)
    {
        ref CellFlags f = ref flags[cell];
        double depth = 0;
        for (int m = model.FirstMember[cell]; m < model.FirstMember[cell + 1]; m++)
        {
            depth = Math.Max(depth, -states[m].Z * model.Members[m].CapacityAh);
        }

        if (!f.Reversed && (depth > 0 || falls))
        {
            (f.Reversed, f.PeakReversalAh) = (true, 0);
            Report(time, RunEventKind.ReversalBegan, cell);
        }
        else if (f.Reversed && depth <= 0 && !falls)
        {
            f.Reversed = false;
            Report(time, RunEventKind.ReversalEnded, cell, f.PeakReversalAh);
        }

        f.PeakReversalAh = Math.Max(f.PeakReversalAh, depth);
    }

    private double NextPending(int cell) => flags[cell].Pending != 0 ? flags[cell].PendingAt : double.PositiveInfinity;
}
