using System.Collections.Immutable;
using TopBalance.Quantities;

namespace TopBalance.Chemistry;

/// <summary>Interpolates a cell between two temperatures, once, before a run.</summary>
internal static class TemperatureInterpolation
{
    public static CellParameters At(ImmutableArray<CellAtTemperature> table, Celsius temperature)
    {
        int upper = 0;
        while (upper < table.Length && table[upper].Temperature.Value < temperature.Value)
        {
            upper++;
        }

        if (upper == 0 || upper == table.Length)
        {
            return table[Math.Min(upper, table.Length - 1)].Parameters;
        }

        CellAtTemperature cold = table[upper - 1];
        CellAtTemperature warm = table[upper];
        double share = (temperature.Value - cold.Temperature.Value) / (warm.Temperature.Value - cold.Temperature.Value);
        return share == 1 ? warm.Parameters : Between(cold.Parameters, warm.Parameters, share);
    }

    private static CellParameters Between(CellParameters cold, CellParameters warm, double share) => new(
        Between(cold.Ocv, warm.Ocv, share),
        Between(cold.R0, warm.R0, share),
        [.. cold.RcPairs.Zip(warm.RcPairs, (c, w) => new RcPair(
            Between(c.Resistance, w.Resistance, share),
            new Seconds(Geometric(c.TimeConstant.Value, w.TimeConstant.Value, share))))],
        new Volts(Linear(cold.Hysteresis.Value, warm.Hysteresis.Value, share)),
        Linear(cold.HysteresisRate, warm.HysteresisRate, share),
        Linear(cold.Efficiency, warm.Efficiency, share),
        new Amperes(Linear(cold.SelfDischarge.Value, warm.SelfDischarge.Value, share)));

    private static OcvCurve Between(OcvCurve cold, OcvCurve warm, double share)
    {
        ImmutableArray<double> knots = PiecewiseLinear.MergeKnots(cold.Soc, warm.Soc);
        return new OcvCurve(knots, [.. knots.Select(z => Linear(cold.At(z), warm.At(z), share))]);
    }

    private static ResistanceCurve Between(ResistanceCurve cold, ResistanceCurve warm, double share)
    {
        ImmutableArray<double> knots = PiecewiseLinear.MergeKnots(cold.Soc, warm.Soc);
        return new ResistanceCurve(
            knots,
            [.. knots.Select(z => Geometric(cold.At(z, charging: true), warm.At(z, charging: true), share))],
            [.. knots.Select(z => Geometric(cold.At(z, charging: false), warm.At(z, charging: false), share))]);
    }

    private static double Linear(double a, double b, double share) => a + ((b - a) * share);

    // resistances and time constants change by factors with temperature, so their logarithms are interpolated
    private static double Geometric(double a, double b, double share) =>
        a > 0 && b > 0 ? Math.Exp(Linear(Math.Log(a), Math.Log(b), share)) : Linear(a, b, share);
}
