using System.Collections.Immutable;
using TopBalance.Packs;

namespace TopBalance.Verification.Diagnosis;

/// <summary>Which cells are worth playing faults on: those with the most signs.</summary>
internal static class Suspects
{
    /// <summary>Most cells that are looked at.</summary>
    public const int Most = 5;

    // weights of the signs: what a sound cell can hardly show counts most
    private const double Impossible = 4, Odd = 2, Slight = 0.5;

    // a reading this far from where the lamp says the cell is, V: three times the usual error of a module
    private const double OddReading = 0.06;

    // beside a cell with plain signs one with less than this share of them is not worth the time
    private const double LeastShare = 0.15;

    /// <summary>Indexes of the cells, the most suspect first.</summary>
    public static ImmutableArray<int> Of(DiagnosisCase of)
    {
        double[] scores = [.. of.Signs.Select(s => Score(of.Pack, s))];
        double least = Math.Max(LeastShare * scores.Max(), 1e-9);
        IEnumerable<int> cells = Enumerable.Range(0, scores.Length).Where(c => scores[c] >= least);
        return [.. cells.OrderByDescending(c => scores[c]).ThenBy(c => c).Take(Most)];
    }

    private static double Score(PackSpec pack, CellSigns s) =>
        (Impossible * (s.Contradictions + s.DarkTrips + s.Readings.Count(r => IsOdd(pack, r.Volts, r.Lamp, r.Tripped))))
        + (s.FollowsCurrent ? Odd : 0)
        + (s.RestBelowVolts < -0.02 ? Impossible : 0)
        + (Odd * (s.DarkAlone + s.LitAlone))
        + (Slight * (s.Trips + (s.Readings.Count > 0 ? 1 : 0) + (s.ChargedAh > 0 ? 1 : 0) + (s.DrainedAh > 0 ? 1 : 0)));

    private static bool IsOdd(PackSpec pack, double volts, Inference.Observations.LampSight lamp, bool tripped) =>
        tripped ? Math.Abs(volts - pack.Module.Hvc.Value) > OddReading
        : lamp == Inference.Observations.LampSight.Lit ? volts < pack.Module.ShuntOn.Value - OddReading
        : volts > pack.Module.ShuntOn.Value + OddReading;
}
