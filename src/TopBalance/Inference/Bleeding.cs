using TopBalance.Packs;

namespace TopBalance.Inference;

/// <summary>What a shunt takes out of a cell after a charge, until the voltage has fallen to its off level.</summary>
internal sealed class Bleeding
{
    // close enough that the voltage is a straight line between them
    private static readonly double[] Instants =
    [
        0, 5, 15, 30, 60, 120, 240, 420, 660, 960, 1320, 1800, 2400, 3000, 3600, 4500, 5400, 6300, 7200, 8400, 9600, 10800, 12600, 14400,
        16800, 19200, 21600, 25200, 28800, 36000, 43200, 57600, 86400,
    ];

    // polarisation of a cell of factor 1 under its shunt at those instants, V
    private readonly double[] fading = new double[Instants.Length];
    private readonly double capacityAh, shuntAmps;
    private SharedDraw shared = null!;
    private double lastPolarisation;

    public Bleeding(PackSpec pack)
    {
        capacityAh = pack.Cell.Capacity.Value * pack.Parallel;

        // the voltage falls from where the charge ended to where the shunt lets go
        shuntAmps = pack.Module.Shunt.AmperesAt(0.5 * (pack.Module.Hvc.Value + pack.Module.ShuntOff.Value));
    }

    /// <summary>The charge is over: what the cells share, and the RC voltages of a nearly full cell of factor 1.</summary>
    public void Begin(SharedDraw draw, (double U1, double U2) memory)
    {
        shared = draw;
        lastPolarisation = memory.U1 + memory.U2;
        TopCurve curve = draw.Curve;
        for (int k = 0; k < fading.Length; k++)
        {
            (double left1, double left2) = (Math.Exp(-Instants[k] / curve.Tau1), Math.Exp(-Instants[k] / curve.Tau2));
            fading[k] = (memory.U1 * left1) + (memory.U2 * left2)
                - (shuntAmps * (curve.BleedOhms0 + (curve.BleedOhms1 * (1 - left1)) + (curve.BleedOhms2 * (1 - left2))));
        }
    }

    /// <summary>Lets a lit slice bleed for a while.</summary>
    public void Bleed(ref Slice s, double seconds)
    {
        double until = LetsGoAfter(s, s.Middle);
        double bled = Math.Min(seconds, until) * shuntAmps / 3600;
        if (s.Width > 0.002 * capacityAh)
        {
            // a full cell bleeds longer than one that had just come on
            double low = Math.Min(seconds, LetsGoAfter(s, s.Low)) * shuntAmps / 3600;
            double high = Math.Min(seconds, LetsGoAfter(s, s.High)) * shuntAmps / 3600;
            (s.Low, s.High) = (s.Low + low, Math.Max(s.High + high, s.Low + low));
        }
        else
        {
            (s.Low, s.High) = (s.Low + bled, s.High + bled);
        }

        s.Hysteresis = shared.Curve.HysteresisAfter(s.Hysteresis, -bled / s.CapacityAh);
        s.Lit = seconds < until;
    }

    /// <summary>Seconds until the shunt lets go of a cell with this much to full, Ah; infinite if it never does.</summary>
    public double LetsGoAfter(in Slice s, double toFullAh)
    {
        // it falls all the time: the instant before which the shunt lets go is found by halving
        double first = Above(s, toFullAh, 0);
        if (first <= 0)
        {
            return 0;
        }

        (int low, int high) = (0, Instants.Length - 1);
        (double before, double after) = (first, Above(s, toFullAh, high));
        if (after > 0)
        {
            return double.PositiveInfinity;
        }

        while (high - low > 1)
        {
            int middle = (low + high) >> 1;
            double above = Above(s, toFullAh, middle);
            (low, high, before, after) = above > 0 ? (middle, high, above, after) : (low, middle, before, above);
        }

        return Instants[low] + ((Instants[high] - Instants[low]) * before / (before - after));
    }

    // V above the level at which the shunt lets go
    private double Above(in Slice s, double toFullAh, int k)
    {
        TopCurve curve = shared.Curve;
        double bled = shuntAmps * Instants[k] / 3600;
        double hysteresis = curve.HysteresisVolts * curve.HysteresisAfter(s.Hysteresis, -bled / s.CapacityAh);
        return RestVolts((toFullAh + bled) / s.CapacityAh) + hysteresis + (s.Factor * fading[k]) - s.Off;
    }

    /// <summary>What a lit slice's shunt takes beside a load of its own, Ah.</summary>
    /// <param name="s">The slice; its shunt goes out if the load pulls it below its off level.</param>
    /// <param name="amps">The load's current, A.</param>
    /// <param name="seconds">How long.</param>
    public double Beside(ref Slice s, double amps, double seconds)
    {
        TopCurve curve = shared.Curve;
        double all = shuntAmps + amps;
        double after = s.Middle + (all * seconds / 3600);
        double first = RestVolts(s.Middle / s.CapacityAh) + (curve.HysteresisVolts * s.Hysteresis)
            + (s.Factor * (lastPolarisation - (all * curve.BleedOhms0)));
        double last = RestVolts(after / s.CapacityAh)
            + (curve.HysteresisVolts * curve.HysteresisAfter(s.Hysteresis, (s.Middle - after) / s.CapacityAh))
            - (s.Factor * all * (curve.BleedOhms0 + curve.BleedOhms1 + curve.BleedOhms2));
        s.Lit = last > s.Off;

        // one that goes out on the way has been on for about half of it
        return (s.Lit ? 1 : first > s.Off ? 0.5 : 0) * shuntAmps * seconds / 3600;
    }

    /// <summary>OCV of a draw's curve at a charge to full (share), its knee moved by its error, V.</summary>
    public double RestVolts(double share)
    {
        double off = shared.RestKneeError * Math.Clamp((0.5 - share) / 0.4, 0, 1);
        return shared.Curve.OcvAt(share - off);
    }
}
