using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Simulation;

namespace TopBalance.Tests.Oracle;

/// <summary>A straight line a + b·z.</summary>
internal readonly record struct Line(double Offset, double Slope)
{
    public double At(double z) => Offset + (Slope * z);

    /// <summary>The line of a table around an inner point; beyond the ends its end slope, or its end value.</summary>
    public static Line Of(ImmutableArray<double> xs, ImmutableArray<double> ys, double inner, bool extrapolate)
    {
        if (!extrapolate && (xs.Length == 1 || inner < xs[0]))
        {
            return new(ys[0], 0);
        }

        if (!extrapolate && inner > xs[^1])
        {
            return new(ys[^1], 0);
        }

        int k = 0;
        while (k < xs.Length - 2 && xs[k + 1] < inner)
        {
            k++;
        }

        double slope = (ys[k + 1] - ys[k]) / (xs[k + 1] - xs[k]);
        return new(ys[k] - (slope * xs[k]), slope);
    }

    public Line Times(double factor) => new(Offset * factor, Slope * factor);
}

/// <summary>
/// One member. Its tables are frozen to the straight lines between two neighbouring knots and to one direction of current, so that what is
/// integrated is smooth; crossing a knot or turning the current is an event that freezes it anew.
/// </summary>
internal sealed class OracleMember
{
    private readonly MemberModel model;
    private readonly double[] knots;

    public OracleMember(MemberModel model)
    {
        this.model = model;
        CellParameters p = model.Parameters;
        knots = [.. p.RcPairs.Select(r => r.Resistance.Soc).Append(p.Ocv.Soc).Append(p.R0.Soc).SelectMany(s => s).Distinct().Order()];
        CoulombsPerSoc = 3600 * model.CapacityAh;
        HysteresisVolts = p.Hysteresis.Value;
        Gamma = p.HysteresisRate;
        Efficiency = p.Efficiency;
        SelfDischargeAmps = p.SelfDischarge.Value;
        Tau1 = p.RcPairs.Length > 0 ? model.Tau1Seconds ?? p.RcPairs[0].TimeConstant.Value : 1;
        Tau2 = p.RcPairs.Length > 1 ? model.Tau2Seconds ?? p.RcPairs[1].TimeConstant.Value : 1;
        Interval = knots.Count(k => k <= model.InitialSoc);
        Freeze();
    }

    public double CoulombsPerSoc { get; }

    public double HysteresisVolts { get; }

    public double Gamma { get; }

    public double Efficiency { get; }

    public double SelfDischargeAmps { get; }

    public double Tau1 { get; }

    public double Tau2 { get; }

    public double InitialSoc => model.InitialSoc;

    public double CapacityAh => model.CapacityAh;

    /// <summary>Number of knots at or below the state of charge.</summary>
    public int Interval { get; private set; }

    public bool Charging { get; private set; } = true;

    public double LowerKnot => Interval == 0 ? double.NegativeInfinity : knots[Interval - 1];

    public double UpperKnot => Interval == knots.Length ? double.PositiveInfinity : knots[Interval];

    public Line Ocv { get; private set; }

    public Line R0 { get; private set; }

    public Line R1 { get; private set; }

    public Line R2 { get; private set; }

    public void Cross(int knotsUp)
    {
        Interval += knotsUp;
        Freeze();
    }

    public void Turn()
    {
        Charging = !Charging;
        Freeze();
    }

    private void Freeze()
    {
        double below = Interval == 0 ? knots[0] - 2 : knots[Interval - 1];
        double above = Interval == knots.Length ? knots[^1] + 2 : knots[Interval];
        double inner = (below + above) / 2;
        CellParameters p = model.Parameters;
        Ocv = Line.Of(p.Ocv.Soc, p.Ocv.Volts, inner, extrapolate: true);
        R0 = Resistance(p.R0, inner, model.R0Scale);
        R1 = p.RcPairs.Length > 0 ? Resistance(p.RcPairs[0].Resistance, inner, model.R1Scale) : default;
        R2 = p.RcPairs.Length > 1 ? Resistance(p.RcPairs[1].Resistance, inner, model.R2Scale) : default;
    }

    private Line Resistance(ResistanceCurve table, double inner, double scale) =>
        Line.Of(table.Soc, Charging ? table.ChargeOhms : table.DischargeOhms, inner, extrapolate: false).Times(scale);
}
