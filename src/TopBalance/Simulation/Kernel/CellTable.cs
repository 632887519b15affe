using System.Collections.Immutable;
using TopBalance.Chemistry;

namespace TopBalance.Simulation.Kernel;

/// <summary>A stretch of state of charge on which OCV and all resistances of one direction are straight lines.</summary>
internal struct Segment
{
    /// <summary>The stretch; infinite at the ends.</summary>
    public double From, To;

    /// <summary>Where the lines below have the values given.</summary>
    public double Z0;

    public double Ocv, OcvSlope, R0, R0Slope, R1, R1Slope, R2, R2Slope;
}

/// <summary>
/// The tables of one set of cell parameters on their merged knots, ready for the kernels. Segment s lies between knots s-1 and s; segment 0
/// and the last reach to infinity with the OCV's end slopes and constant resistances.
/// </summary>
internal sealed class CellTable
{
    private const int Buckets = 512;
    private readonly short[] firstSegment = new short[Buckets + 1];
    private readonly ResistanceBounds[] boundsAbove;
    private readonly ResistanceBounds[] boundsBelow;

    public CellTable(CellParameters parameters)
    {
        ResistanceCurve none = ResistanceCurve.Constant(0);
        ResistanceCurve r1 = parameters.RcPairs.Length > 0 ? parameters.RcPairs[0].Resistance : none;
        ResistanceCurve r2 = parameters.RcPairs.Length > 1 ? parameters.RcPairs[1].Resistance : none;
        Ocv = parameters.Ocv;
        Knots = [.. PiecewiseLinear.MergeKnots(Ocv.Soc, Moving(parameters.R0), Moving(r1), Moving(r2))];
        Charge = Build(Knots, Ocv, parameters.R0, r1, r2, charging: true);
        Discharge = Build(Knots, Ocv, parameters.R0, r1, r2, charging: false);
        ImmutableArray<double> rc = PiecewiseLinear.MergeKnots(Moving(r1), Moving(r2));
        RcKnots = [.. Knots.Where(k => rc.Any(r => Math.Abs(r - k) <= PiecewiseLinear.SameKnot))];
        SameBothWays = Charge.AsSpan().SequenceEqual(Discharge, SegmentComparer.Instance);
        boundsAbove = Accumulate(Charge, fromTop: true);
        boundsBelow = Accumulate(Discharge, fromTop: false);
        for (int b = 0; b <= Buckets; b++)
        {
            firstSegment[b] = (short)CountBelow(Knots, b / (double)Buckets);
        }
    }

    public OcvCurve Ocv { get; }

    public double[] Knots { get; }

    /// <summary>Knots of the RC resistances alone: between them an RC voltage has one closed form, whatever the OCV does.</summary>
    public double[] RcKnots { get; }

    public Segment[] Charge { get; }

    public Segment[] Discharge { get; }

    /// <summary>True if the resistances do not depend on the direction of the current.</summary>
    public bool SameBothWays { get; }

    public Segment[] Side(bool charging) => charging ? Charge : Discharge;

    /// <summary>The segment that a state of charge moves into: at a knot the upper one if it rises, the lower one if it falls.</summary>
    public int SegmentAt(double z, bool falling)
    {
        int s = z >= 1 ? firstSegment[Buckets] : z <= 0 ? 0 : firstSegment[(int)(z * Buckets)];
        while (s < Knots.Length && (falling ? Knots[s] < z : Knots[s] <= z))
        {
            s++;
        }

        return s;
    }

    /// <summary>Bounds of the resistances while charging, everywhere from a state of charge upwards.</summary>
    public ref readonly ResistanceBounds Above(double z) => ref boundsAbove[SegmentAt(z, falling: false)];

    /// <summary>Bounds of the resistances while discharging, everywhere from a state of charge downwards.</summary>
    public ref readonly ResistanceBounds Below(double z) => ref boundsBelow[SegmentAt(z, falling: true)];

    /// <summary>Highest and lowest of each resistance over a stretch, unscaled, for the bounds.</summary>
    public ResistanceBounds Bounds(double from, double to, bool charging)
    {
        Segment[] side = Side(charging);
        int last = SegmentAt(to, falling: true);
        int s = SegmentAt(from, falling: false);
        var bounds = ResistanceBounds.At(side[s], from);
        for (; s <= last; s++)
        {
            bounds.Include(side[s], Math.Min(to, side[s].To));
        }

        return bounds;
    }

    private static ResistanceBounds[] Accumulate(Segment[] side, bool fromTop)
    {
        var bounds = new ResistanceBounds[side.Length];
        int first = fromTop ? side.Length - 1 : 0;
        ResistanceBounds sum = ResistanceBounds.At(side[first], side[first].Z0);
        for (int n = 0; n < side.Length; n++)
        {
            int s = fromTop ? first - n : n;
            sum.Include(side[s], side[s].From);
            sum.Include(side[s], side[s].To);
            bounds[s] = sum;
        }

        return bounds;
    }

    private static ImmutableArray<double> Moving(ResistanceCurve curve) => curve.IsConstant ? [] : curve.Soc;

    private static int CountBelow(double[] knots, double z)
    {
        int s = 0;
        while (s < knots.Length && knots[s] < z)
        {
            s++;
        }

        return s;
    }

    private static Segment[] Build(double[] knots, OcvCurve ocv, ResistanceCurve r0, ResistanceCurve r1, ResistanceCurve r2, bool charging)
    {
        var segments = new Segment[knots.Length + 1];
        for (int s = 0; s <= knots.Length; s++)
        {
            int a = Math.Clamp(s - 1, 0, knots.Length - 2);
            double z0 = knots[a];
            double width = knots[a + 1] - z0;
            double volts = ocv.At(z0);
            bool outside = s == 0 || s == knots.Length;
            double anchor = s == knots.Length ? knots[^1] : z0;
            segments[s] = new Segment
            {
                From = s == 0 ? double.NegativeInfinity : knots[s - 1],
                To = s == knots.Length ? double.PositiveInfinity : knots[s],
                Z0 = anchor,
                Ocv = s == knots.Length ? ocv.At(knots[^1]) : volts,
                OcvSlope = (ocv.At(knots[a + 1]) - volts) / width,
                R0 = r0.At(anchor, charging),
                R1 = r1.At(anchor, charging),
                R2 = r2.At(anchor, charging),
                R0Slope = outside ? 0 : (r0.At(knots[a + 1], charging) - r0.At(z0, charging)) / width,
                R1Slope = outside ? 0 : (r1.At(knots[a + 1], charging) - r1.At(z0, charging)) / width,
                R2Slope = outside ? 0 : (r2.At(knots[a + 1], charging) - r2.At(z0, charging)) / width,
            };
        }

        return segments;
    }

    private sealed class SegmentComparer : IEqualityComparer<Segment>
    {
        public static readonly SegmentComparer Instance = new();

        public bool Equals(Segment x, Segment y) =>
            (x.R0, x.R1, x.R2) == (y.R0, y.R1, y.R2) && (x.R0Slope, x.R1Slope, x.R2Slope) == (y.R0Slope, y.R1Slope, y.R2Slope);

        public int GetHashCode(Segment obj) => HashCode.Combine(obj.R0, obj.R1, obj.R2);
    }
}

/// <summary>Highest and lowest of each resistance over a stretch of state of charge, unscaled.</summary>
internal struct ResistanceBounds
{
    public double R0Low, R0High, R1Low, R1High, R2Low, R2High;

    public static ResistanceBounds At(in Segment segment, double z)
    {
        double dz = double.IsInfinity(segment.From) || double.IsInfinity(segment.To) ? 0 : z - segment.Z0;
        double r0 = segment.R0 + (segment.R0Slope * dz);
        double r1 = segment.R1 + (segment.R1Slope * dz);
        double r2 = segment.R2 + (segment.R2Slope * dz);
        return new() { R0Low = r0, R0High = r0, R1Low = r1, R1High = r1, R2Low = r2, R2High = r2 };
    }

    public void Include(in Segment segment, double z)
    {
        ResistanceBounds other = At(segment, z);
        R0Low = Math.Min(R0Low, other.R0Low);
        R0High = Math.Max(R0High, other.R0High);
        R1Low = Math.Min(R1Low, other.R1Low);
        R1High = Math.Max(R1High, other.R1High);
        R2Low = Math.Min(R2Low, other.R2Low);
        R2High = Math.Max(R2High, other.R2High);
    }
}
