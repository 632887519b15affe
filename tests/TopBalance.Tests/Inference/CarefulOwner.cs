using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Practice;
using TopBalance.Quantities;
using TopBalance.Tests.Frozen;

namespace TopBalance.Tests.Inference;

/// <summary>
/// An owner who notes without any error, at a pack of frozen cells whose only hidden error is that of the curve; and what somebody believes
/// who knows nothing of their charge but a range.
/// </summary>
internal static class CarefulOwner
{
    private static readonly OwnerHabits Sharp = new() { TripUnseen = 0, LeastBlink = default, LongestGap = new(600) };

    private static readonly Unknowns Exact = new()
    {
        CapacitySigma = 0,
        ResistanceSigma = 0,
        ThresholdSigma = new Volts(0),
        TemperatureSigma = 0,
        CurrentSigma = 0,
        TimeSigmaMinutes = 0,
        MeterSigma = new Volts(0),
        LampError = 0,
        WrongCell = 0,
    };

    public static SimulatedOwner Of(ulong seed, params double[] soc) => Of(FrozenPack.Of(soc), seed);

    public static SimulatedOwner Of(PackSpec pack, ulong seed) => new(TruePack.Draw(pack with { Unknowns = Exact }, seed), seed, Sharp);

    /// <summary>The same pack as one knows it who has not looked inside.</summary>
    public static PackSpec Known(PackSpec pack, double socMin = 0.3, double socMax = 0.7) =>
        pack with { Cells = [], Unknowns = new Unknowns { SocMin = socMin, SocMax = socMax } };

    public static Belief Before(SimulatedOwner owner, double socMin = 0.3, double socMax = 0.7, ulong seed = 11) =>
        Belief.Before(Known(owner.Pack.Spec, socMin, socMax), seed);

    public static Belief Taking(this Belief belief, params IEnumerable<Observation> seen)
    {
        foreach (Observation observation in seen)
        {
            belief.Observe(observation);
        }

        return belief;
    }

    public static double ToFullAh(this SimulatedOwner owner, int number)
    {
        var all = new double[owner.Cells.Length];
        owner.TrueToFullAh(all);
        return all[number - 1];
    }

    public static Interval90 Of(this Belief belief, int number) => belief.ToFullOf(new CellNumber(number));
}
