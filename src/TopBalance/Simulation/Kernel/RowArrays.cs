using System.Numerics;
using System.Runtime.InteropServices;

namespace TopBalance.Simulation.Kernel;

/// <summary>
/// What the members of a row are in one step and the coefficients of their series, one array per quantity, padded with zeros to whole
/// vectors: coefficient n of member m stands at n·<see cref="Stride"/> + m.
/// </summary>
internal sealed class RowArrays
{
    private int room;

    public int Members { get; private set; }

    /// <summary>Members rounded up to whole vectors.</summary>
    public int Stride { get; private set; }

    // series
    public double[] Z = [], U1 = [], U2 = [], H = [], I = [], E = [], Zi = [], Hi = [];

    // the equations of the step, with resistances and OCV as lines in z
    public double[] From = [], To = [], OcvSlope = [], InverseR0 = [], R0Slope = [];
    public double[] R1 = [], R1Slope = [], R2 = [], R2Slope = [], Rate1 = [], Rate2 = [];
    public double[] SocPerCoulomb = [], LeakRate = [], SignedHysteresis = [], Sign = [], HysteresisVolts = [], Away = [];

    /// <summary>The RC pairs of the row follow the current as plain resistances in this step.</summary>
    public bool Settled { get; set; }

    /// <summary>Members with hysteresis are among them.</summary>
    public bool AnyHysteresis { get; set; }

    public void Resize(int members)
    {
        Members = members;
        int width = Vector<double>.Count;
        Stride = (members + width - 1) / width * width;
        if (Stride > room)
        {
            room = Stride;
            Allocate((TaylorKernel.MostOrder + 2) * Stride, Stride);
        }

        // whatever another row has left between the members and the whole vector must count for nothing
        Clear(members, Stride - members);
    }

    public static Span<Vector<double>> Vectors(double[] array, int from, int length) =>
        MemoryMarshal.Cast<double, Vector<double>>(array.AsSpan(from, length));

    public void Set(int m, in MemberConstants c, in MemberState s, int segment)
    {
        ref readonly Segment g = ref c.Table.Side(s.Charging)[segment];
        double dz = s.Z - g.Z0;
        (From[m], To[m]) = (g.From, g.To);
        E[m] = g.Ocv + (g.OcvSlope * dz) + (c.HysteresisVolts * s.H) + s.U1 + s.U2;
        OcvSlope[m] = g.OcvSlope;

        // a member without any resistance would make the algebra singular; a nanoohm does no harm
        InverseR0[m] = 1 / Math.Max(1e-9, c.R0Scale * (g.R0 + (g.R0Slope * dz)));
        R0Slope[m] = c.R0Scale * g.R0Slope;
        R1[m] = c.R1Scale * (g.R1 + (g.R1Slope * dz));
        R1Slope[m] = c.R1Scale * g.R1Slope;
        R2[m] = c.R2Scale * (g.R2 + (g.R2Slope * dz));
        R2Slope[m] = c.R2Scale * g.R2Slope;
        Rate1[m] = 1 / c.Tau1;
        Rate2[m] = 1 / c.Tau2;
        SocPerCoulomb[m] = c.SocPerAmpSecond * (s.Charging ? c.Efficiency : 1);
        LeakRate[m] = c.SocPerAmpSecond * c.LeakAmps;
        Sign[m] = s.Charging ? 1 : -1;
        SignedHysteresis[m] = -SocPerCoulomb[m] * c.HysteresisPerSoc * Sign[m];
        HysteresisVolts[m] = c.HysteresisVolts;
        (Z[m], U1[m], U2[m], H[m]) = (s.Z, s.U1, s.U2, s.H);
    }

    /// <summary>Turns a member's RC pairs into plain resistances.</summary>
    public void Settle(int m)
    {
        InverseR0[m] = 1 / ((1 / InverseR0[m]) + R1[m] + R2[m]);
        R0Slope[m] += R1Slope[m] + R2Slope[m];
        E[m] -= U1[m] + U2[m];
        (U1[m], U2[m], Rate1[m], Rate2[m]) = (0, 0, 0, 0);
    }

    /// <summary>For each member the sum of the sizes of all terms but the first: how far the series can stray within a span.</summary>
    public void Stray(double[] series, int terms, double span)
    {
        Span<Vector<double>> away = Vectors(Away, 0, Stride);
        away.Clear();
        var step = new Vector<double>(span);
        for (int n = terms - 1; n > 0; n--)
        {
            Span<Vector<double>> row = Vectors(series, n * Stride, Stride);
            for (int k = 0; k < away.Length; k++)
            {
                away[k] = (away[k] + Vector.Abs(row[k])) * step;
            }
        }
    }

    /// <summary>Values of all series of a quantity at a time, into <see cref="Away"/>.</summary>
    public void Evaluate(double[] series, int terms, double t)
    {
        Span<Vector<double>> sum = Vectors(Away, 0, Stride);
        sum.Clear();
        var step = new Vector<double>(t);
        for (int n = terms - 1; n >= 0; n--)
        {
            Span<Vector<double>> row = Vectors(series, n * Stride, Stride);
            for (int k = 0; k < sum.Length; k++)
            {
                sum[k] = (sum[k] * step) + row[k];
            }
        }
    }

    private void Allocate(int series, int row)
    {
        (Z, U1, U2, H) = (new double[series], new double[series], new double[series], new double[series]);
        (I, E, Zi, Hi) = (new double[series], new double[series], new double[series], new double[series]);
        (From, To, OcvSlope, InverseR0, R0Slope) = (new double[row], new double[row], new double[row], new double[row], new double[row]);
        (R1, R1Slope, R2, R2Slope) = (new double[row], new double[row], new double[row], new double[row]);
        (Rate1, Rate2) = (new double[row], new double[row]);
        (SocPerCoulomb, LeakRate, SignedHysteresis) = (new double[row], new double[row], new double[row]);
        (Sign, HysteresisVolts, Away) = (new double[row], new double[row], new double[row]);
    }

    private void Clear(int from, int count)
    {
        Z.AsSpan(from, count).Clear();
        U1.AsSpan(from, count).Clear();
        U2.AsSpan(from, count).Clear();
        H.AsSpan(from, count).Clear();
        OcvSlope.AsSpan(from, count).Clear();
        R0Slope.AsSpan(from, count).Clear();
        R1.AsSpan(from, count).Clear();
        R1Slope.AsSpan(from, count).Clear();
        R2.AsSpan(from, count).Clear();
        R2Slope.AsSpan(from, count).Clear();
        Rate1.AsSpan(from, count).Clear();
        Rate2.AsSpan(from, count).Clear();
        SocPerCoulomb.AsSpan(from, count).Clear();
        LeakRate.AsSpan(from, count).Clear();
        SignedHysteresis.AsSpan(from, count).Clear();
        Sign.AsSpan(from, count).Clear();
        HysteresisVolts.AsSpan(from, count).Clear();
        for (int n = 0; n < TaylorKernel.MostOrder + 2; n++)
        {
            I.AsSpan((n * Stride) + from, count).Clear();
        }
    }
}
