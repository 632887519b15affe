using TopBalance.Inference;
using TopBalance.Packs;

namespace TopBalance.Planning;

/// <summary>How a counted charge ended.</summary>
/// <param name="Tripped">Index of the cell that tripped; -1 if the charger stopped on its own or the time was over.</param>
/// <param name="Charged">The current had tapered.</param>
/// <param name="Seconds">How long it lasted.</param>
internal readonly record struct CountedEnd(int Tripped, bool Charged, double Seconds);

/// <summary>
/// A believed pack played by counting charge: between trips nothing happens to a cell but charge going in and out, and where it trips,
/// lights and lets go is read off the curve of the charge. Thousands of cycles of fifty cells take a second. The simulator plays packs
/// as they are; this plays what is believed, with the circuit that inference uses.
/// </summary>
internal sealed class CountedPack
{
    private readonly PackSpec pack;
    private readonly TopCharge top, taper, single;
    private readonly Bleeding bleeding;
    private readonly Slice[] cells;
    private readonly double[] redAh, tripAh;
    private readonly double capacityAh, shuntAmps;
    private SharedDraw shared = null!;
    private (double U1, double U2) memory;
    private (double Amps, double Seconds, double U2) drawn;

    // the last charge ended with the fullest cell so far above full, Ah
    private double depthAh;

    public CountedPack(PackSpec pack)
    {
        this.pack = pack;
        (double from, double to) = (pack.Module.ShuntOff.Value - 0.25, pack.Module.Hvc.Value + 0.3);
        (top, taper, single) = (new TopCharge(from, to), new TopCharge(from, to), new TopCharge(from, to));
        bleeding = new Bleeding(pack);
        cells = new Slice[pack.Series];
        (redAh, tripAh) = (new double[pack.Series], new double[pack.Series]);
        capacityAh = pack.Cell.Capacity.Value * pack.Parallel;
        shuntAmps = pack.Module.Shunt.AmperesAt(pack.Module.ShuntOn.Value);
    }

    /// <summary>Cells in series.</summary>
    public int Series => cells.Length;

    /// <summary>Capacity of a nominal whole cell, Ah.</summary>
    public double CapacityAh => capacityAh;

    /// <summary>A shunt's current, A.</summary>
    public double ShuntAmps => shuntAmps;

    /// <summary>Ah to full of a cell.</summary>
    public double ToFullAh(int cell) => cells[cell].Low;

    /// <summary>Its shunt conducts.</summary>
    public bool Lit(int cell) => cells[cell].Lit;

    /// <summary>Begins with a believed pack.</summary>
    public void Load(BelievedPack believed)
    {
        believed.Slices.CopyTo(cells, 0);
        (shared, memory) = (believed.Shared, believed.Memory);
        (drawn, drawnSingle, depthAh) = (default, 0, 0.003 * capacityAh);
    }

    /// <summary>The pack charger until the first trip, its end or a limit.</summary>
    public CountedEnd Charge(double amps, double limitSeconds = double.PositiveInfinity)
    {
        double real = amps * shared.CurrentFactor;
        double nearest = Nearest();
        Prepare(real, nearest);
        double share = Math.Max(0, 1 - top.ShuntShare);
        double first = double.PositiveInfinity;
        int tripping = -1;
        for (int c = 0; c < cells.Length; c++)
        {
            double until = ToTrip(c, share);
            (first, tripping) = until < first ? (until, c) : (first, tripping);
        }

        double limitAh = Math.Min(limitSeconds * real / 3600, 2.5 * capacityAh);
        double passed = Math.Min(first, limitAh);
        double set = pack.Charger.Voltage.Value * (1 + shared.SetpointError);
        if (SumAfter(top, passed, share) > set)
        {
            return Taper(real, share, set, passed, limitSeconds);
        }

        Pass(passed, share);
        memory = top.MemoryAt(top.DarkShare(pack.Module.ShuntOn.Value, 1, 1));
        depthAh = first <= limitAh ? passed - nearest : depthAh;
        return new CountedEnd(first <= limitAh ? tripping : -1, false, passed * 3600 / real);
    }

    /// <summary>Nothing is connected.</summary>
    /// <returns>Seconds until the last shunt has let go, if that is sooner.</returns>
    public double Wait(double seconds)
    {
        bleeding.Begin(shared, memory);
        double last = 0;
        for (int c = 0; c < cells.Length; c++)
        {
            if (cells[c].Lit)
            {
                last = Math.Max(last, bleeding.LetsGoAfter(cells[c], cells[c].Low));
                bleeding.Bleed(ref cells[c], seconds);
            }
        }

        memory = (memory.U1 * Math.Exp(-seconds / shared.Curve.Tau1), memory.U2 * Math.Exp(-seconds / shared.Curve.Tau2));
        return Math.Min(seconds, last);
    }

    /// <summary>Waits untouched until the last shunt has let go, at most a day.</summary>
    /// <returns>How long that took, s.</returns>
    public double WaitForShunts()
    {
        bleeding.Begin(shared, memory);
        double last = 0;
        for (int c = 0; c < cells.Length; c++)
        {
            last = cells[c].Lit ? Math.Max(last, bleeding.LetsGoAfter(cells[c], cells[c].Low)) : last;
        }

        double seconds = Math.Min(last + 1, 86400);
        Wait(seconds);
        return seconds;
    }

    /// <summary>Takes charge out of one cell; its shunt lets go under the load.</summary>
    public void Drain(int cell, double ah)
    {
        ref Slice s = ref cells[cell];
        s.Low = s.High = s.Low + ah;
        s.Hysteresis = shared.Curve.HysteresisAfter(s.Hysteresis, -ah / s.CapacityAh);
        s.Lit = false;
    }

    /// <summary>One cell on a supply until its lamp is red, its current has tapered or the time is over.</summary>
    /// <returns>How long it took, s.</returns>
    public double ChargeSingly(int cell, double volts, double amps, double leadOhms, double taperAmps, double limitSeconds)
    {
        ref Slice s = ref cells[cell];
        double factor = s.Factor;
        DrawSingle(amps);
        double red = s.CapacityAh * single.DarkShare(s.On, factor, 1);

        // from here on the supply holds its voltage and the current falls, about halved on the mean
        double held = volts - (amps * leadOhms);
        double reaches = s.CapacityAh * single.DarkShare(Math.Min(held, s.On), factor, 1);
        double lastAmps = leadOhms > 0 ? Math.Clamp((volts - s.On) / leadOhms, 0, amps) : amps;
        bool lights = s.On <= volts - (taperAmps * leadOhms);
        double lightAh = lastAmps >= 0.98 * amps ? red
            : s.CapacityAh * single.DarkShare(s.On + (factor * (1 - (lastAmps / amps)) * single.Polarisation(red / s.CapacityAh)), factor, 1);
        double endAh = lights ? lightAh
            : s.CapacityAh * single.DarkShare(volts + (factor * (1 - (taperAmps / amps)) * single.Polarisation(0.005)), factor, 1);
        double constant = Math.Max(0, s.Low - Math.Max(reaches, endAh));
        double tapering = Math.Max(0, Math.Min(s.Low, reaches) - endAh);
        double mean = Math.Max(0.5 * (amps + (lights ? lastAmps : taperAmps)), 0.1 * amps);
        double seconds = ((constant / amps) + (tapering / mean)) * 3600;
        if (seconds > limitSeconds)
        {
            double part = limitSeconds / seconds;
            double taken = (constant + tapering) * part;
            (s.Low, s.High) = (s.Low - taken, s.Low - taken);
            return limitSeconds;
        }

        (s.Low, s.High) = (Math.Min(s.Low, endAh), Math.Min(s.Low, endAh));
        (s.Hysteresis, s.Lit) = (1, lights);
        return seconds;
    }

    /// <summary>Neighbouring cells in series on one supply until one is at its HVC, all are red, or the current has tapered.</summary>
    /// <returns>How long it took, and whether the buzzer ended it.</returns>
    public (double Seconds, bool Alarm) ChargeRow(int first, int count, double volts, double amps)
    {
        DrawSingle(amps);
        double share = Math.Max(0.1, 1 - single.ShuntShare);
        double trip = double.PositiveInfinity;
        double allRed = 0;
        for (int c = first; c < first + count; c++)
        {
            ref Slice s = ref cells[c];
            redAh[c] = s.CapacityAh * single.DarkShare(s.On, s.Factor, 1);
            tripAh[c] = Math.Min(redAh[c] - 1e-6, s.CapacityAh * single.RedShare(s.Hvc, s.Factor, 1));
            trip = Math.Min(trip, ToTrip(c, share));
            allRed = Math.Max(allRed, Math.Max(0, s.Low - redAh[c]));
        }

        // the charger sees the sum: held at its voltage it gives on the mean about half, and brings the last cells up slowly
        double holds = allRed;
        for (double ah = allRed; ah > 0 && SumOf(first, count, ah, share) > volts; ah -= Math.Max(allRed / 20, 1e-3))
        {
            holds = ah;
        }

        double passed = Math.Min(trip, allRed);
        double slow = Math.Max(0, passed - holds);
        for (int c = first; c < first + count; c++)
        {
            Advance(c, passed, share);
        }

        return ((Math.Min(passed, holds) / amps * 3600) + (slow / (0.4 * amps) * 3600), trip < allRed);
    }

    /// <summary>Joins all cells in parallel at a voltage until the current has tapered.</summary>
    /// <returns>How long it took, s.</returns>
    public double ChargeInParallel(double volts, double amps)
    {
        drawnSingle = default;
        single.Draw(shared, capacityAh, 0.01 * capacityAh, 36000, default, pack.Module.ShuntOn.Value, 0);
        double sum = 0;
        for (int c = 0; c < cells.Length; c++)
        {
            ref Slice s = ref cells[c];
            double target = s.CapacityAh * single.DarkShare(Math.Min(volts, pack.Module.Hvc.Value), s.Factor, 1);
            sum += Math.Max(0, s.Low - target);
            (s.Low, s.High, s.Hysteresis, s.Lit) = (target, target, 1, false);
        }

        memory = default;
        return (sum / amps * 3600) + (0.02 * capacityAh * cells.Length / amps * 3600);
    }

    // every cell on the same supply sees the same curve
    private void DrawSingle(double amps)
    {
        if (drawnSingle != amps)
        {
            single.Draw(shared, capacityAh, amps, 36000, default, pack.Module.ShuntOn.Value, Math.Min(shuntAmps, 0.9 * amps));
            drawnSingle = amps;
        }
    }

    private double drawnSingle;

    private double Nearest()
    {
        double nearest = double.PositiveInfinity;
        foreach (ref Slice s in cells.AsSpan())
        {
            nearest = Math.Min(nearest, s.Low);
        }

        return nearest;
    }

    // polarisation of this charge, as long as the last one needed beyond the fullest cell's last Ah: drawn anew only if it would differ
    private void Prepare(double amps, double nearest)
    {
        double seconds = Math.Max(60, (nearest + depthAh) * 3600 / amps);
        bool same = drawn.Amps == amps && Math.Abs(drawn.U2 - memory.U2) < 0.0005
            && Math.Abs(Math.Exp(-seconds / shared.Curve.Tau2) - Math.Exp(-drawn.Seconds / shared.Curve.Tau2)) < 0.1;
        if (!same)
        {
            top.Draw(shared, capacityAh, amps, seconds, memory, pack.Module.ShuntOn.Value, shuntAmps);
            drawn = (amps, seconds, memory.U2);
        }

        for (int c = 0; c < cells.Length; c++)
        {
            ref Slice s = ref cells[c];
            double atRed = shared.Curve.HysteresisAfter(s.Hysteresis, Math.Max(0, s.Low) / s.CapacityAh);
            double atTrip = shared.Curve.HysteresisAfter(s.Hysteresis, Math.Max(0, s.Low + Math.Max(0, depthAh)) / s.CapacityAh);
            redAh[c] = s.CapacityAh * top.DarkShare(s.On, s.Factor, atRed);
            tripAh[c] = Math.Min(redAh[c] - (1e-5 * s.CapacityAh), s.CapacityAh * top.RedShare(s.Hvc, s.Factor, atTrip));
        }
    }

    private double ToTrip(int c, double share)
    {
        ref Slice s = ref cells[c];
        double dark = s.Lit ? 0 : Math.Max(0, s.Low - redAh[c]);
        double red = Math.Max(0, s.Low - dark - tripAh[c]);
        return red <= 1e-12 ? dark : share <= 0 ? double.PositiveInfinity : dark + (red / share);
    }

    private double After(int c, double passed, double share)
    {
        ref Slice s = ref cells[c];
        double dark = s.Lit ? 0 : Math.Clamp(s.Low - redAh[c], 0, passed);
        return s.Low - dark - ((passed - dark) * share);
    }

    private void Advance(int c, double passed, double share)
    {
        ref Slice s = ref cells[c];
        double after = After(c, passed, share);
        s.Hysteresis = shared.Curve.HysteresisAfter(s.Hysteresis, (s.Low - after) / s.CapacityAh);
        (s.Low, s.High) = (after, after);
        s.Lit |= after <= redAh[c];
    }

    private void Pass(double passed, double share)
    {
        for (int c = 0; c < cells.Length; c++)
        {
            Advance(c, passed, share);
        }
    }

    private double SumAfter(TopCharge at, double passed, double share)
    {
        double sum = 0;
        for (int c = 0; c < cells.Length; c++)
        {
            ref Slice s = ref cells[c];
            double after = After(c, passed, share);
            double of = after / s.CapacityAh;
            sum += after <= redAh[c] || s.Lit ? at.RedVolts(of, s.Factor, 1) : at.DarkVolts(of, s.Factor, 1);
        }

        return sum;
    }

    private double SumOf(int first, int count, double passed, double share)
    {
        double sum = 0;
        for (int c = first; c < first + count; c++)
        {
            ref Slice s = ref cells[c];
            sum += single.DarkVolts(After(c, passed, share) / s.CapacityAh, s.Factor, 1);
        }

        return sum;
    }

    // the sum reaches the set-point before any cell trips: the current falls until it is low enough, or a cell trips on the way
    private CountedEnd Taper(double amps, double share, double set, double latest, double limitSeconds)
    {
        double holds = Where(top, set, 0, latest, share);
        double endAmps = Math.Max(pack.Charger.TerminationCurrent.Value, 0.02 * amps);
        double seconds = holds * 3600 / amps;
        taper.Draw(shared, capacityAh, endAmps, 300, top.MemoryAt(top.DarkShare(pack.Module.ShuntOn.Value, 1, 1)), pack.Module.ShuntOn.Value, Math.Min(shuntAmps, 0.9 * endAmps));
        double end = Math.Max(holds, Where(taper, set, holds, holds + (0.04 * capacityAh), share));
        int tripping = -1;
        double deepest = 0;
        for (int c = 0; c < cells.Length; c++)
        {
            ref Slice s = ref cells[c];
            double trip = s.CapacityAh * taper.RedShare(s.Hvc, s.Factor, 1);
            double over = trip - After(c, end, share);
            (deepest, tripping) = over > deepest ? (over, c) : (deepest, tripping);
        }

        end = tripping >= 0 ? Math.Max(holds, end - (deepest / Math.Max(share, 0.05))) : end;
        double tapering = (end - holds) * 3600 / (0.5 * (amps + endAmps));
        Pass(end, share);
        memory = taper.MemoryAt(taper.DarkShare(pack.Module.ShuntOn.Value, 1, 1));
        drawn = default;
        return new CountedEnd(tripping, tripping < 0, Math.Min(seconds + tapering, limitSeconds));
    }

    private double Where(TopCharge at, double set, double low, double high, double share)
    {
        for (int k = 0; k < 14; k++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = SumAfter(at, middle, share) < set ? (middle, high) : (low, middle);
        }

        return high;
    }
}
