using System.Numerics;
using System.Runtime.InteropServices;

namespace TopBalance.Simulation.Kernel;

/// <summary>
/// What the members of a row are and the coefficients of their series, one array per quantity, padded with zeros to whole vectors:
/// coefficient n of member m stands at n·<see cref="Stride"/> + m. The states are the coefficients of order 0 and stay here from step to
/// step; of the equations only those of a member that passes a knot or turns are set anew.
/// </summary>
internal sealed class RowArrays
{
    private int room;

    public int Members { get; private set; }

    /// <summary>Members rounded up to whole vectors.</summary>
    public int Stride { get; private set; }

    // series
    public double[] Z = [], U1 = [], U2 = [], H = [], I = [];

    // of one order only: the voltage behind R0, and the products z·i and h·i without their terms in the newest i
    public double[] E = [], Zi = [], Hi = [];

    // the segment of each member: OCV and resistances as lines in z through their values at Z0
    public double[] From = [], To = [], Z0 = [], Ocv0 = [], OcvSlope = [];
    public double[] R0At = [], R0Slope = [], R1At = [], R1Slope = [], R2At = [], R2Slope = [];

    // the lines at the start of the step
    public double[] InverseR0 = [], R1 = [], R2 = [];

    // what does not change within a segment
    public double[] Rate1 = [], Rate2 = [], SocPerCoulomb = [], LeakRate = [], SignedHysteresis = [], Sign = [], HysteresisVolts = [];

    /// <summary>The RC pairs of the row follow the current as plain resistances in this step.</summary>
    public bool Settled { get; set; }

    /// <summary>Members with hysteresis are among them.</summary>
    public bool AnyHysteresis { get; private set; }

    public static Vector<double> At(double[] array, int index) =>
        Vector.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(array), (nuint)index);

    public static void Put(Vector<double> value, double[] array, int index) =>
        value.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(array), (nuint)index);

    public void Resize(int members)
    {
        if (members == Members)
        {
            return;
        }

        Members = members;
        int width = Vector<double>.Count;
        Stride = (members + width - 1) / width * width;
        if (Stride > room)
        {
            room = Stride;
            Allocate();
        }

        // whatever another row has left between the members and the whole vector must count for nothing
        Clear(members, Stride - members);
    }

    public void Load(ReadOnlySpan<MemberConstants> constants, ReadOnlySpan<MemberState> states)
    {
        Settled = false;
        AnyHysteresis = false;
        for (int m = 0; m < Members; m++)
        {
            ref readonly MemberState s = ref states[m];
            (Z[m], U1[m], U2[m], H[m]) = (s.Z, s.U1, s.U2, s.H);
            AnyHysteresis |= constants[m].HysteresisVolts != 0;
            Set(m, constants[m], s.Charging, falls: !s.Charging);
        }
    }

    /// <summary>Chooses the table of a direction and, on it, the segment that the member's state of charge moves into.</summary>
    public void Set(int m, in MemberConstants c, bool charging, bool falls)
    {
        ref readonly Segment g = ref c.Table.Side(charging)[c.Table.SegmentAt(Z[m], falls)];
        (From[m], To[m], Z0[m]) = (g.From, g.To, g.Z0);
        (Ocv0[m], OcvSlope[m]) = (g.Ocv, g.OcvSlope);
        (R0At[m], R0Slope[m]) = (c.R0Scale * g.R0, c.R0Scale * g.R0Slope);
        (R1At[m], R1Slope[m]) = (c.R1Scale * g.R1, c.R1Scale * g.R1Slope);
        (R2At[m], R2Slope[m]) = (c.R2Scale * g.R2, c.R2Scale * g.R2Slope);
        (Rate1[m], Rate2[m]) = (1 / c.Tau1, 1 / c.Tau2);
        SocPerCoulomb[m] = c.SocPerAmpSecond * (charging ? c.Efficiency : 1);
        LeakRate[m] = c.SocPerAmpSecond * c.LeakAmps;
        Sign[m] = charging ? 1 : -1;
        SignedHysteresis[m] = -SocPerCoulomb[m] * c.HysteresisPerSoc * Sign[m];
        HysteresisVolts[m] = c.HysteresisVolts;
    }

    /// <summary>The lines of all members at their states.</summary>
    public void PrepareLines()
    {
        // a member without any resistance would make the algebra singular; a nanoohm does no harm
        var least = new Vector<double>(1e-9);
        for (int m = 0; m < Stride; m += Vector<double>.Count)
        {
            Vector<double> dz = At(Z, m) - At(Z0, m);
            Put(Vector<double>.One / Vector.Max(least, At(R0At, m) + (At(R0Slope, m) * dz)), InverseR0, m);
            Put(At(R1At, m) + (At(R1Slope, m) * dz), R1, m);
            Put(At(R2At, m) + (At(R2Slope, m) * dz), R2, m);
            Vector<double> e = At(Ocv0, m) + (At(OcvSlope, m) * dz) + (At(HysteresisVolts, m) * At(H, m)) + At(U1, m) + At(U2, m);
            Put(e, E, m);
        }
    }

    /// <summary>Turns a member's RC pairs into plain resistances for the step to come.</summary>
    public void Settle(int m)
    {
        InverseR0[m] = 1 / ((1 / InverseR0[m]) + R1[m] + R2[m]);
        E[m] -= U1[m] + U2[m];
        (U1[m], U2[m]) = (0, 0);
        SettleSlopes(m);
    }

    /// <summary>The part of <see cref="Settle"/> that a new segment undoes.</summary>
    public void SettleSlopes(int m)
    {
        R0Slope[m] += R1Slope[m] + R2Slope[m];
        (Rate1[m], Rate2[m]) = (0, 0);
    }

    /// <summary>Takes back <see cref="Settle"/>: the RC voltages are what the current has made of them by now.</summary>
    public void Unsettle(int m, in MemberConstants c, double amps)
    {
        bool charging = Sign[m] > 0;
        Set(m, c, charging, falls: !charging);
        double dz = Z[m] - Z0[m];
        U1[m] = amps * (R1At[m] + (R1Slope[m] * dz));
        U2[m] = amps * (R2At[m] + (R2Slope[m] * dz));
    }

    private void Allocate()
    {
        int series = (TaylorKernel.MostOrder + 2) * room;
        (Z, U1, U2, H, I) = (new double[series], new double[series], new double[series], new double[series], new double[series]);
        (E, Zi, Hi) = (new double[room], new double[room], new double[room]);
        (From, To, Z0, Ocv0, OcvSlope) = (new double[room], new double[room], new double[room], new double[room], new double[room]);
        (R0At, R1At, R2At) = (new double[room], new double[room], new double[room]);
        (R0Slope, R1Slope, R2Slope) = (new double[room], new double[room], new double[room]);
        (InverseR0, R1, R2, Rate1, Rate2) = (new double[room], new double[room], new double[room], new double[room], new double[room]);
        (SocPerCoulomb, LeakRate, SignedHysteresis) = (new double[room], new double[room], new double[room]);
        (Sign, HysteresisVolts) = (new double[room], new double[room]);
    }

    private void Clear(int from, int count)
    {
        ReadOnlySpan<double[]> all =
        [
            Z, U1, U2, H, E, Z0, Ocv0, OcvSlope, R0Slope, R1At, R1Slope, R2At, R2Slope,
            Rate1, Rate2, SocPerCoulomb, LeakRate, SignedHysteresis, Sign, HysteresisVolts,
        ];
        foreach (double[] array in all)
        {
            array.AsSpan(from, count).Clear();
        }

        for (int n = 0; n < TaylorKernel.MostOrder + 2; n++)
        {
            I.AsSpan((n * Stride) + from, count).Clear();
        }

        // no current through what is no member
        R0At.AsSpan(from, count).Fill(double.PositiveInfinity);
        From.AsSpan(from, count).Fill(double.NegativeInfinity);
        To.AsSpan(from, count).Fill(double.PositiveInfinity);
    }
}
