namespace TopBalance.Simulation.Kernel;

/// <summary>Which side of a band of voltage was left.</summary>
internal enum Side
{
    None,
    Low,
    High,
}

/// <summary>
/// A member alone in its cell under a constant current: between knots of its tables everything is a line plus exponentials, exact for any
/// length of time.
/// </summary>
internal static class ClosedForm
{
    /// <summary>Voltage at a current, V.</summary>
    public static double Voltage(in MemberConstants m, in MemberState s, double amps, double lugOhms)
    {
        Segment[] side = m.Table.Side(amps >= 0);
        ref readonly Segment g = ref side[m.Table.SegmentAt(s.Z, falling: false)];
        double dz = s.Z - g.Z0;
        return g.Ocv + (g.OcvSlope * dz) + (m.HysteresisVolts * s.H) + s.U1 + s.U2
            + (((m.R0Scale * (g.R0 + (g.R0Slope * dz))) + lugOhms) * amps);
    }

    /// <summary>Moves the state by a time during which the current stays the same.</summary>
    public static void Advance(in MemberConstants m, ref MemberState s, double amps, double seconds)
    {
        double rate = m.SocRate(amps);
        double z = s.Z + (rate * seconds);
        if (m.HysteresisPerSoc != 0 && amps != 0)
        {
            double sign = amps > 0 ? 1 : -1;
            s.H = sign + ((s.H - sign) * Math.Exp(-HysteresisRate(m, amps) * seconds));
        }

        if (m.Pairs > 0)
        {
            AdvanceRc(m, ref s, amps, rate, z, seconds);
        }

        s.Z = z;
        s.Charging = amps == 0 ? s.Charging : amps > 0;
    }

    /// <summary>
    /// Moves the state until the voltage leaves a band or the time is over, and says how long that took. The time may be infinite; if then
    /// the band is never left, the state stays where it is and the answer is infinite.
    /// </summary>
    public static double RunToExit(
        in MemberConstants m, ref MemberState s, double amps, double lugOhms, double low, double high, double limit, out Side side)
    {
        MemberState before = s;
        double rate = m.SocRate(amps);
        double elapsed = Math.Min(SafeTime(m, s, amps, rate, lugOhms, low, high), limit);
        side = Side.None;
        if (elapsed == limit)
        {
            if (!double.IsInfinity(limit))
            {
                Advance(m, ref s, amps, limit);
            }

            return limit;
        }

        if (elapsed > 0)
        {
            Advance(m, ref s, amps, elapsed);
        }

        Segment[] segments = m.Table.Side(amps >= 0);
        int k = m.Table.SegmentAt(s.Z, falling: rate < 0);
        while (true)
        {
            ref readonly Segment g = ref segments[k];
            double toKnot = rate > 0 ? (g.To - s.Z) / rate : rate < 0 ? (g.From - s.Z) / rate : double.PositiveInfinity;
            bool last = limit - elapsed <= toKnot;
            double span = last ? limit - elapsed : toKnot;
            if (WalkSegment(m, ref s, g, amps, rate, lugOhms, low, high, ref span, out side) || last)
            {
                s = double.IsInfinity(span) ? before : s;
                return elapsed + span;
            }

            elapsed += span;
            s.Z = rate > 0 ? g.To : g.From;
            k += rate > 0 ? 1 : -1;
        }
    }

    /// <summary>A time that is never later than the first exit from the band: 0 where nothing is known.</summary>
    /// <remarks>Cheap: one look into the inverse OCV. It is what lets most cells be left alone most of the time.</remarks>
    public static double SafeTime(in MemberConstants m, in MemberState s, double amps, double rate, double lugOhms, double low, double high)
    {
        bool charging = amps >= 0;
        if (rate != 0 && charging != (rate > 0))
        {
            return 0;
        }

        ref readonly ResistanceBounds r = ref charging ? ref m.Table.Above(s.Z) : ref m.Table.Below(s.Z);
        double sign = amps > 0 ? 1 : amps < 0 ? -1 : s.H;
        double size = Math.Abs(amps);
        double most = (m.HysteresisVolts * Math.Max(s.H, sign)) + Extreme(s.U1, m.R1Scale, r.R1Low, r.R1High, amps, size, up: true)
            + Extreme(s.U2, m.R2Scale, r.R2Low, r.R2High, amps, size, up: true)
            + Ohmic(m.R0Scale, r.R0Low, r.R0High, lugOhms, amps, up: true);
        double least = (m.HysteresisVolts * Math.Min(s.H, sign)) + Extreme(s.U1, m.R1Scale, r.R1Low, r.R1High, amps, size, up: false)
            + Extreme(s.U2, m.R2Scale, r.R2Low, r.R2High, amps, size, up: false)
            + Ohmic(m.R0Scale, r.R0Low, r.R0High, lugOhms, amps, up: false);
        double now = m.Table.Ocv.At(s.Z);
        if (charging ? now + least <= low : now + most >= high)
        {
            return 0;
        }

        if (rate == 0)
        {
            return now + most < high && now + least > low ? double.PositiveInfinity : 0;
        }

        double reach = charging ? high - most : low - least;
        if (double.IsInfinity(reach))
        {
            return double.PositiveInfinity;
        }

        // an infinitesimal step back keeps rounding on the safe side
        double needed = m.Table.Ocv.SocAt(reach) + (charging ? -1e-12 : 1e-12);
        return Math.Max(0, (needed - s.Z) / rate);
    }

    private static double Extreme(double u, double scale, double rLow, double rHigh, double amps, double size, bool up)
    {
        double target = scale * size * ((amps >= 0) == up ? rHigh : rLow) * (amps >= 0 ? 1 : -1);
        return up ? Math.Max(u, target) : Math.Min(u, target);
    }

    private static double Ohmic(double scale, double rLow, double rHigh, double lugOhms, double amps, bool up) =>
        ((scale * ((amps >= 0) == up ? rHigh : rLow)) + lugOhms) * amps;

    private static double HysteresisRate(in MemberConstants m, double amps) =>
        Math.Abs((amps > 0 ? m.Efficiency * amps : amps) * m.HysteresisPerSoc * m.SocPerAmpSecond);

    private static void AdvanceRc(in MemberConstants m, ref MemberState s, double amps, double rate, double zEnd, double seconds)
    {
        double[] knots = m.Table.RcKnots;
        Segment[] side = m.Table.Side(amps >= 0);
        double z = s.Z;
        double left = seconds;
        bool falling = zEnd < z;
        int k = 0;
        while (k < knots.Length && (falling ? knots[k] < z : knots[k] <= z))
        {
            k++;
        }

        while (true)
        {
            bool end = falling ? k == 0 || knots[k - 1] <= zEnd : k == knots.Length || knots[k] >= zEnd;
            double next = end ? zEnd : falling ? knots[k - 1] : knots[k];
            double span = end || rate == 0 ? left : (next - z) / rate;
            ref readonly Segment g = ref side[m.Table.SegmentAt(z, falling)];
            Relax(ref s.U1, m.R1Scale * amps, g.R1, g.R1Slope, z - g.Z0, rate, m.Tau1, span);
            if (m.Pairs > 1)
            {
                Relax(ref s.U2, m.R2Scale * amps, g.R2, g.R2Slope, z - g.Z0, rate, m.Tau2, span);
            }

            if (end || rate == 0)
            {
                return;
            }

            left -= span;
            z = next;
            k += falling ? -1 : 1;
        }
    }

    private static void Relax(ref double u, double scaledAmps, double r, double rSlope, double dz, double rate, double tau, double seconds)
    {
        double target = scaledAmps * (r + (rSlope * dz));
        double drift = scaledAmps * rSlope * rate;
        double lag = drift * tau;
        u = target - lag + (drift * seconds) + ((u - target + lag) * Math.Exp(-seconds / tau));
    }

    // one segment: true if the band is left within it, with the time of that in span; the state moves by span
    private static bool WalkSegment(
        in MemberConstants m, ref MemberState s, in Segment g, double amps, double rate, double lugOhms, double low, double high,
        ref double span, out Side side)
    {
        double dz = s.Z - g.Z0;
        var v = new LineAndExponentials
        {
            A = g.Ocv + (g.OcvSlope * dz) + (((m.R0Scale * (g.R0 + (g.R0Slope * dz))) + lugOhms) * amps),
            B = (g.OcvSlope + (m.R0Scale * g.R0Slope * amps)) * rate,
        };
        double longest = 0;
        if (m.Pairs > 0)
        {
            AddPair(ref v.A, ref v.B, out v.C1, out v.L1, s.U1, m.R1Scale * amps, g.R1, g.R1Slope, dz, rate, m.Tau1);
            longest = m.Tau1;
        }

        if (m.Pairs > 1)
        {
            AddPair(ref v.A, ref v.B, out v.C2, out v.L2, s.U2, m.R2Scale * amps, g.R2, g.R2Slope, dz, rate, m.Tau2);
            longest = Math.Max(longest, m.Tau2);
        }

        AddHysteresis(m, s, amps, ref v, ref longest);

        // in an endless segment the exponentials have died out after some tens of time constants; then only the line is left, if any
        bool endless = double.IsInfinity(span);
        double end = endless ? (60 * longest) + LineReach(v, low, high) : span;
        double rise = v.FirstRise(high, end);
        double fall = v.FirstFall(low, double.IsNaN(rise) ? end : rise);
        double exit = double.IsNaN(fall) ? rise : fall;
        side = double.IsNaN(exit) ? Side.None : double.IsNaN(fall) ? Side.High : Side.Low;
        if (side != Side.None)
        {
            span = exit;
        }
        else if (endless)
        {
            return false;
        }

        double z = s.Z + (rate * span);
        s.U1 = m.Pairs > 0 ? Pair(s.U1, m.R1Scale * amps, g.R1, g.R1Slope, dz, rate, m.Tau1, span) : 0;
        s.U2 = m.Pairs > 1 ? Pair(s.U2, m.R2Scale * amps, g.R2, g.R2Slope, dz, rate, m.Tau2, span) : 0;
        if (v.L3 != 0)
        {
            double sign = amps > 0 ? 1 : -1;
            s.H = sign + ((s.H - sign) * Math.Exp(-v.L3 * span));
        }

        s.Z = z;
        s.Charging = amps == 0 ? s.Charging : amps > 0;
        return side != Side.None;
    }

    private static double LineReach(in LineAndExponentials v, double low, double high)
    {
        double target = v.B > 0 ? high : low;
        return v.B == 0 || double.IsInfinity(target) ? 0 : 2 * Math.Abs((target - v.A) / v.B);
    }

    private static double Pair(double u, double scaledAmps, double r, double rSlope, double dz, double rate, double tau, double seconds)
    {
        Relax(ref u, scaledAmps, r, rSlope, dz, rate, tau, seconds);
        return u;
    }

    private static void AddHysteresis(in MemberConstants m, in MemberState s, double amps, ref LineAndExponentials v, ref double longest)
    {
        if (m.HysteresisVolts == 0)
        {
            return;
        }

        double lambda = HysteresisRate(m, amps);
        if (lambda == 0)
        {
            v.A += m.HysteresisVolts * s.H;
            return;
        }

        double sign = amps > 0 ? 1 : -1;
        v.A += m.HysteresisVolts * sign;
        v.C3 = m.HysteresisVolts * (s.H - sign);
        v.L3 = lambda;
        longest = Math.Max(longest, 1 / lambda);
    }

    private static void AddPair(
        ref double a, ref double b, out double c, out double l,
        double u, double scaledAmps, double r, double rSlope, double dz, double rate, double tau)
    {
        double target = scaledAmps * (r + (rSlope * dz));
        double drift = scaledAmps * rSlope * rate;
        double lag = drift * tau;
        a += target - lag;
        b += drift;
        c = u - target + lag;
        l = 1 / tau;
    }
}
