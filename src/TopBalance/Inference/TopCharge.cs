namespace TopBalance.Inference;

/// <summary>
/// What cells near the top show during one charge, for one draw of what they share: their polarisation along the way, and the charge to
/// full at which a cell shows a voltage, before and after its shunt has come on. One equation of the circuit serves all cells: RC voltages
/// are linear in current and resistance, so those of a cell are its factor times those of a cell of factor 1.
/// </summary>
internal sealed class TopCharge
{
    // least part of the nominal charge between two points of the curve that a draw leaves
    private const double Steepest = 0.25;

    private static readonly int Count = TopCurve.Shares.Length;
    private readonly double[] shares = new double[Count];
    private readonly double[] u1 = new double[Count];
    private readonly double[] u2 = new double[Count];
    private readonly double[] bare = new double[Count];
    private readonly double[] shunted = new double[Count];
    private readonly TopTable dark, red;
    private TopCurve curve = null!;
    private double capacityAh, amps;

    /// <param name="fromVolts">Lowest voltage of the tables, V.</param>
    /// <param name="toVolts">Highest voltage of the tables, V.</param>
    public TopCharge(double fromVolts, double toVolts) => (dark, red) = (new TopTable(fromVolts, toVolts), new TopTable(fromVolts, toVolts));

    /// <summary>Share of the string current that a red cell's shunt takes.</summary>
    public double ShuntShare { get; private set; }

    /// <summary>How the charge was drawn.</summary>
    public DrawnCharge Drawn { get; private set; }

    /// <summary>Draws a charge again, for the same cells or others.</summary>
    public void Draw(SharedDraw shared, double capacity, in DrawnCharge like, double shuntOnVolts) =>
        Draw(shared, capacity, like.Amps, like.Seconds, like.Start, shuntOnVolts, like.ShuntAmps);

    /// <summary>Draws the charge.</summary>
    /// <param name="shared">What the cells share.</param>
    /// <param name="capacity">Capacity of a nominal whole cell, Ah.</param>
    /// <param name="stringAmps">True current, A, above 0.</param>
    /// <param name="seconds">How long it lasted.</param>
    /// <param name="start">RC voltages at its start of a cell of factor 1 near the top, V.</param>
    /// <param name="shuntOnVolts">The type's shunt-on level, V.</param>
    /// <param name="shuntAmps">What a shunt takes there, A.</param>
    public void Draw(
        SharedDraw shared, double capacity, double stringAmps, double seconds, (double U1, double U2) start,
        double shuntOnVolts, double shuntAmps)
    {
        (curve, capacityAh, amps) = (shared.Curve, capacity, stringAmps);
        Drawn = new DrawnCharge(stringAmps, seconds, start, shuntAmps);
        ShuntShare = shuntAmps / stringAmps;
        Sweep();
        double secondsPerShare = capacityAh * 3600 / stringAmps;
        double passed = seconds / secondsPerShare;
        (double fade1, double fade2) = (Math.Exp(-seconds / curve.Tau1), Math.Exp(-seconds / curve.Tau2));
        int k0 = 0;
        for (int k = 0; k < Count; k++)
        {
            // the sweep began long before; this charge began at its own start with its own memory: the difference fades
            double startShare = Math.Min(1, TopCurve.Shares[k] + passed);
            while (k0 < Count - 2 && TopCurve.Shares[k0 + 1] > startShare)
            {
                k0++;
            }

            (double s1, double s2) = (u1[k0], u2[k0]);
            bare[k] = (stringAmps * curve.R0[k]) + u1[k] + ((start.U1 - s1) * fade1) + u2[k] + ((start.U2 - s2) * fade2);
        }

        double cRate = stringAmps / capacityAh;
        for (int k = 0; k < Count; k++)
        {
            // the axis is wrong by what it is wrong at this state of charge, however short a charge passes it
            double volts = curve.Ocv[k] + curve.HysteresisVolts + (stringAmps * curve.R0[k]) + u1[k] + u2[k];
            double shift = shared.KneeError(cRate, volts, TopCurve.Shares[k]) * Math.Clamp((0.5 - TopCurve.Shares[k]) / 0.4, 0, 1);
            shares[k] = TopCurve.Shares[k] + shift;
            if (k > 0)
            {
                // a draw may make the curve steeper, but does not fold it
                shares[k] = Math.Min(shares[k], shares[k - 1] - (Steepest * (TopCurve.Shares[k - 1] - TopCurve.Shares[k])));
            }
        }

        dark.Fill(shares, curve.Ocv, bare);
        DrawShunted(shuntAmps, dark.At(shuntOnVolts - curve.HysteresisVolts, 1), secondsPerShare);
        red.Fill(shares, curve.Ocv, shunted);
    }

    /// <summary>Charge to full (share) at which a dark cell first shows a voltage.</summary>
    public double DarkShare(double volts, double factor, double hysteresis) =>
        dark.At(volts - (curve.HysteresisVolts * hysteresis), factor);

    /// <summary>Charge to full (share) at which a cell whose shunt is on shows a voltage.</summary>
    public double RedShare(double volts, double factor, double hysteresis) =>
        red.At(volts - (curve.HysteresisVolts * hysteresis), factor);

    /// <summary>Voltage of a dark cell with this much charge to full (share), V.</summary>
    /// <param name="share">Charge to full over capacity.</param>
    /// <param name="factor">Its resistances over those of a nominal cell.</param>
    /// <param name="hysteresis">Its hysteresis state.</param>
    /// <param name="current">Share of the current to which it has fallen, 0 to 1, and polarisation with it.</param>
    public double DarkVolts(double share, double factor, double hysteresis, double current = 1) =>
        Volts(bare, share, factor * current, hysteresis);

    /// <summary>Voltage of a cell whose shunt is on, V.</summary>
    /// <inheritdoc cref="DarkVolts"/>
    public double RedVolts(double share, double factor, double hysteresis, double current = 1) =>
        Volts(shunted, share, factor * current, hysteresis);

    /// <summary>Polarisation in V of a dark cell of factor 1 at a share.</summary>
    public double Polarisation(double share)
    {
        int k = Below(share);
        return bare[k];
    }

    /// <summary>RC voltages of a cell of factor 1 that ends the charge with this share to full, V.</summary>
    public (double U1, double U2) MemoryAt(double share)
    {
        int k = Below(share);
        double rc = bare[k] - (amps * curve.R0[k]);
        double sum = u1[k] + u2[k];
        double scale = sum > 1e-9 ? rc / sum : 0;
        return (scale * u1[k], scale * u2[k]);
    }

    private double Volts(double[] polarisation, double share, double factor, double hysteresis)
    {
        int k = Below(share);
        double part = (shares[k] - share) / (shares[k] - shares[k + 1]);
        double ocv = curve.Ocv[k] + (part * (curve.Ocv[k + 1] - curve.Ocv[k]));
        double drop = polarisation[k] + (part * (polarisation[k + 1] - polarisation[k]));
        return ocv + (curve.HysteresisVolts * hysteresis) + (factor * drop);
    }

    // index of the last share that is not below the one asked for
    private int Below(double share)
    {
        int low = 0;
        int high = Count - 1;
        while (high - low > 1)
        {
            int middle = (low + high) >> 1;
            (low, high) = shares[middle] >= share ? (middle, high) : (low, middle);
        }

        return low;
    }

    // RC voltages of a cell charged all the way from empty: exact between the points of the grid, where resistances are straight lines
    private void Sweep()
    {
        double secondsPerShare = capacityAh * 3600 / amps;
        (u1[0], u2[0]) = (0, 0);
        for (int k = 1; k < Count; k++)
        {
            double dt = (TopCurve.Shares[k - 1] - TopCurve.Shares[k]) * secondsPerShare;
            u1[k] = After(u1[k - 1], curve.R1[k - 1], curve.R1[k], curve.Tau1, dt);
            u2[k] = After(u2[k - 1], curve.R2[k - 1], curve.R2[k], curve.Tau2, dt);
        }
    }

    private double After(double u, double ohmsBefore, double ohmsAfter, double tau, double dt)
    {
        double slope = (ohmsAfter - ohmsBefore) / dt;
        double lag = slope * tau;
        return (amps * (ohmsAfter - lag)) + ((u - (amps * (ohmsBefore - lag))) * Math.Exp(-dt / tau));
    }

    // a shunt that has come on takes its share of R0 at once, and of each RC pair as fast as that pair forgets
    private void DrawShunted(double shuntAmps, double shareOn, double secondsPerShare)
    {
        for (int k = 0; k < Count; k++)
        {
            double since = Math.Max(0, shareOn - shares[k]) * secondsPerShare;
            double gone1 = 1 - Math.Exp(-since / curve.Tau1);
            double gone2 = 1 - Math.Exp(-since / curve.Tau2);
            double less = curve.R0[k] + (curve.R1[k] * gone1) + (curve.R2[k] * gone2);
            shunted[k] = Math.Max(0, bare[k] - (shuntAmps * less));
        }
    }
}

/// <summary>What a drawing of a charge was made of.</summary>
/// <param name="Amps">True current, A; 0 if there was no charge yet.</param>
/// <param name="Seconds">How long it lasted.</param>
/// <param name="Start">RC voltages at its start of a cell of factor 1 near the top, V.</param>
/// <param name="ShuntAmps">What a shunt takes, A.</param>
internal readonly record struct DrawnCharge(double Amps, double Seconds, (double U1, double U2) Start, double ShuntAmps);
