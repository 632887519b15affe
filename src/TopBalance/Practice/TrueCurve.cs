using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Practice;

/// <summary>
/// Draws the circuit that the cells of one pack truly have out of the nominal one: OCV near full stretched or pressed along the axis of
/// charge, OCV of the plateau moved by millivolts, resistances and time constants changed by smooth factors.
/// </summary>
internal static class TrueCurve
{
    private const double TauSigma = 0.10, PlateauVolts = 0.003;

    // near full the stated model error holds what resistance does to it: with a tenth there it would be more than all of it, where the
    // voltage of a pack's charge rises least
    private const double ResistanceSigma = 0.10, ResistanceSigmaNearFull = 0.02, NearFullFrom = 0.90, NearFull = 0.96;

    // the plateau's error is gone before the knee begins, so that nothing counts twice
    private const double PlateauFades = 0.88, PlateauEnds = 0.96;

    // how fast the errors change along the axis: over the decades of charge still to come, and over the state of charge
    private const double KneeTurn = 0.3, ResistanceTurn = 2.5, PlateauTurn = 9;

    // the last bit up to 1 is short
    private const double LastBit = 5e-4;
    private const int ExtraKnots = 40;

    /// <summary>Draws the true circuit for a nominal one at the pack's temperature.</summary>
    public static CellParameters Draw(CellParameters nominal, KneeSpread spread, RandomStream random)
    {
        var knee = new SmoothNoise(ref random, KneeTurn);
        var resistance = new SmoothNoise(ref random, ResistanceTurn);
        var plateau = new SmoothNoise(ref random, PlateauTurn);
        ImmutableArray<double> tau = [.. nominal.RcPairs.Select(_ => Math.Exp(TauSigma * SmoothNoise.Normal(ref random)))];
        Func<double, double> moved = new Warp(spread, knee).At;
        double Factor(double z) => Math.Exp(Falling(z, NearFullFrom, NearFull, ResistanceSigma, ResistanceSigmaNearFull) * resistance.At(z));
        return new CellParameters(
            Ocv(nominal.Ocv, spread, moved, plateau),
            Scaled(nominal.R0, moved, Factor),
            [.. nominal.RcPairs.Select((p, k) => new RcPair(Scaled(p.Resistance, moved, Factor), new(tau[k] * p.TimeConstant.Value)))],
            nominal.Hysteresis,
            nominal.HysteresisRate,
            nominal.Efficiency,
            nominal.SelfDischarge);
    }

    // resistance is warped along with the OCV, so that a voltage that comes from either moves alike; the factor is sampled where the
    // table has points: between them both are smooth
    private static ResistanceCurve Scaled(ResistanceCurve curve, Func<double, double> moved, Func<double, double> factor) => new(
        [.. curve.Soc.Select(moved)],
        [.. curve.ChargeOhms.Select((r, k) => r * factor(curve.Soc[k]))],
        [.. curve.DischargeOhms.Select((r, k) => r * factor(curve.Soc[k]))]);

    private static OcvCurve Ocv(OcvCurve nominal, KneeSpread spread, Func<double, double> moved, in SmoothNoise plateau)
    {
        double[] from = Knots(nominal, spread);
        double[] to = [.. from.Select(moved)];
        var soc = new List<double>();
        var volts = new List<double>();
        for (int k = 0; k < from.Length && to[k] < 1 - LastBit; k++)
        {
            soc.Add(to[k]);
            volts.Add(nominal.At(from[k]) + (PlateauVolts * plateau.At(from[k]) * Falling(from[k], PlateauFades, PlateauEnds, 1, 0)));
        }

        Straighten(volts);
        AddEnd(nominal, spread.AnchorSoc, from, to, soc, volts);
        return new OcvCurve([.. soc], [.. volts]);
    }

    // the nominal table's own points, some more near full, and what lies beyond 1 up to the anchor
    private static double[] Knots(OcvCurve nominal, KneeSpread spread)
    {
        IEnumerable<double> extra = Enumerable.Range(0, ExtraKnots)
            .Select(k => spread.AnchorSoc - (spread.Near * Math.Exp(k * Math.Log(0.1 / spread.Near) / (ExtraKnots - 1))));
        List<double> knots = [];
        foreach (double z in nominal.Soc.Concat(extra).Append(spread.AnchorSoc).Append(spread.AnchorSoc + 0.1).Order())
        {
            if (knots.Count == 0 || z > knots[^1] + 1e-6)
            {
                knots.Add(z);
            }
        }

        return [.. knots];
    }

    // up to a state of charge of 1 the warped curve; its last bit leads straight on to the anchor, for beyond 1 there is no table
    private static void AddEnd(OcvCurve nominal, double anchor, double[] from, double[] to, List<double> soc, List<double> volts)
    {
        int k = to.Length - 2;
        while (k > 0 && to[k] > 1)
        {
            k--;
        }

        double at = from[k] + ((1 - to[k]) * (from[k + 1] - from[k]) / (to[k + 1] - to[k]));
        double slope = anchor > 1 + LastBit ? (nominal.At(anchor) - nominal.At(at)) / (anchor - 1) : (nominal.At(1) - nominal.At(0.999)) / 0.001;
        double before = nominal.At(at) - (slope * LastBit);
        while (volts[^1] > before)
        {
            soc.RemoveAt(soc.Count - 1);
            volts.RemoveAt(volts.Count - 1);
        }

        soc.AddRange([1 - LastBit, 1]);
        volts.AddRange([before, nominal.At(at)]);
    }

    private static double Falling(double z, double from, double to, double high, double low)
    {
        double way = Math.Clamp((z - from) / (to - from), 0, 1);
        return high - ((high - low) * way * way * (3 - (2 * way)));
    }

    // what falls is made level, midway between the higher and the lower of the two curves that never fall
    private static void Straighten(List<double> volts)
    {
        double[] low = [.. volts];
        for (int k = volts.Count - 2; k >= 0; k--)
        {
            low[k] = Math.Min(low[k], low[k + 1]);
        }

        double high = double.NegativeInfinity;
        for (int k = 0; k < volts.Count; k++)
        {
            high = Math.Max(high, volts[k]);
            volts[k] = 0.5 * (high + low[k]);
        }

        // an empty cell rises from its first point on
        volts[0] = Math.Min(volts[0], volts[1] - 1e-6);
    }
}
