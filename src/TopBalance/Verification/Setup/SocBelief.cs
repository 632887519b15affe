using TopBalance.Quantities;
using System.Collections.Immutable;
using TopBalance.Packs;

namespace TopBalance.Verification.Setup;

/// <summary>What a pack file says of its cells' states of charge: some known, the rest drawn from one distribution.</summary>
internal sealed class SocBelief
{
    // cells are shipped at 25 to 50 %
    private const double ShippedLow = 0.25, ShippedHigh = 0.50;

    private readonly Func<double, double> quantile;
    private readonly int unknownCells;

    private SocBelief(ImmutableArray<(int Cell, double Soc)> known, int unknownCells, Unknowns? unknowns)
    {
        Known = known;
        this.unknownCells = unknownCells;
        IsAssumed = unknownCells > 0 && unknowns is not ({ SocMin: not null, SocMax: not null } or { SocMean: not null });
        CommonSigma = unknownCells > 0 ? unknowns?.SocCommonSigma ?? 0 : 0;
        quantile = QuantileOf(unknowns);
    }

    /// <summary>Cell numbers and states of charge of the cells whose own is given; a cell's is the mean of its members'.</summary>
    public ImmutableArray<(int Cell, double Soc)> Known { get; }

    /// <summary>True if some cell's state of charge is given nowhere, so that what cells are shipped at stands in.</summary>
    public bool IsAssumed { get; }

    /// <summary>Standard deviation of an error shared by all unknown cells.</summary>
    public double CommonSigma { get; }

    /// <summary>Mean state of charge of all cells.</summary>
    public double Mean => (Known.Sum(k => k.Soc) + (unknownCells * UnknownMean)) / (Known.Length + unknownCells);

    private double UnknownMean => Enumerable.Range(0, 100).Average(k => quantile((k + 0.5) / 100));

    /// <summary>What the file of a pack says.</summary>
    public static SocBelief Of(PackSpec pack)
    {
        ImmutableArray<(int Cell, double Soc)> known =
        [
            .. from knowledge in pack.Cells
               where knowledge.Cell.Value <= pack.Series
               group knowledge by knowledge.Cell.Value into cell
               orderby cell.Key
               let soc = SocOf(cell)
               where soc is not null
               select (cell.Key, soc.Value),
        ];
        return new SocBelief(known, pack.Series - known.Length, pack.Unknowns);
    }

    /// <summary>The state of charge that the fullest cell stays at or below with probability <paramref name="probability"/>.</summary>
    public double HighestAt(double probability) => Bound(Math.Max(
        KnownOr(double.NegativeInfinity, k => k.Max(c => c.Soc)),
        UnknownAt(Math.Pow(probability, 1.0 / Math.Max(1, unknownCells)), probability, double.NegativeInfinity)));

    /// <summary>The state of charge that the emptiest cell stays at or below with probability <paramref name="probability"/>.</summary>
    public double LowestAt(double probability) => Bound(Math.Min(
        KnownOr(double.PositiveInfinity, k => k.Min(c => c.Soc)),
        UnknownLowestAt(probability)));

    /// <summary>The same for the cells whose own is not given; positive infinity if there is none.</summary>
    public double UnknownLowestAt(double probability) =>
        UnknownAt(1 - Math.Pow(1 - probability, 1.0 / Math.Max(1, unknownCells)), probability, double.PositiveInfinity);

    private double UnknownAt(double share, double probability, double ifNone) =>
        unknownCells == 0 ? ifNone : Bound(quantile(share) + (CommonSigma * Normal.Quantile(probability)));

    private double KnownOr(double ifNone, Func<ImmutableArray<(int Cell, double Soc)>, double> extreme) =>
        Known.IsEmpty ? ifNone : extreme(Known);

    private static double Bound(double soc) => Math.Clamp(soc, 0, 1);

    private static double? SocOf(IEnumerable<CellKnowledge> entries)
    {
        double? whole = null;
        var members = new SortedDictionary<int, double>();
        foreach (CellKnowledge entry in entries)
        {
            if (entry is { Member: null, Soc: { } soc })
            {
                whole = soc;
            }
            else if (entry is { Member: { } member, Soc: { } memberSoc })
            {
                members[member] = memberSoc;
            }
        }

        return members.Count > 0 ? members.Values.Average() : whole;
    }

    private static Func<double, double> QuantileOf(Unknowns? unknowns) => unknowns switch
    {
        { SocMin: { } a, SocMax: { } b } => share => Math.Min(a, b) + (share * Math.Abs(b - a)),
        { SocMean: { } mean } => share => TruncatedNormal(mean, unknowns.SocSigma ?? 0, share),
        _ => share => ShippedLow + (share * (ShippedHigh - ShippedLow)),
    };

    private static double TruncatedNormal(double mean, double sigma, double share)
    {
        double empty = sigma > 0 ? Normal.Cumulative(-mean / sigma) : 0;
        double full = sigma > 0 ? Normal.Cumulative((1 - mean) / sigma) : 0;
        return full > empty ? mean + (sigma * Normal.Quantile(empty + (share * (full - empty)))) : mean;
    }
}
