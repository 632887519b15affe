using System.Collections.Immutable;
using TopBalance.Inference;
using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Verification;

/// <summary>How fast one cell walks away from the others.</summary>
/// <param name="Cell">Which.</param>
/// <param name="AhPerMonth">Ah to full that it gains each month over the middle cell; negative: it loses less than the others.</param>
/// <param name="LeastAhPerMonth">What less than this is not worth a word, Ah per month.</param>
public sealed record CellDrift(CellNumber Cell, Interval90 AhPerMonth, double LeastAhPerMonth)
{
    /// <summary>Its interval leaves no doubt on which side it is; else the drift is not yet measurable.</summary>
    public bool Measurable => AhPerMonth.P05 > 0 || AhPerMonth.P95 < 0;

    /// <summary>It walks away: measurably, and fast enough to matter.</summary>
    public bool Walks => Measurable && Math.Abs(AhPerMonth.P50) >= LeastAhPerMonth;
}

/// <summary>What a cell lacked at two instants, with months between.</summary>
/// <param name="Before">At the end of a session, Ah by index.</param>
/// <param name="After">After the first charge of the next one, before anything was done to a cell.</param>
/// <param name="Months">Between them, above 0.</param>
public sealed record DriftPeriod(ImmutableArray<Interval90> Before, ImmutableArray<Interval90> After, double Months);

/// <summary>Which cells walk away, which should be replaced, and when to look again.</summary>
/// <param name="Cells">All cells, over the last period.</param>
/// <param name="Walking">Those that walk away.</param>
/// <param name="Replace">Those that walk away the same way in two periods in a row.</param>
/// <param name="NextCheckMonths">When to look again: before a cell can be a percent of capacity off; 1 to 12.</param>
public sealed record PackDrift(
    ImmutableArray<CellDrift> Cells, ImmutableArray<CellNumber> Walking, ImmutableArray<CellNumber> Replace, double NextCheckMonths)
{
    // of capacity: a drift of a tenth of this each month is worth a word; a cell that is so far off wants balancing
    private const double LeastShare = 0.001, LevelShare = 0.01;

    /// <summary>Works it out.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="periods">At least one, the latest last.</param>
    public static PackDrift Of(PackSpec pack, IReadOnlyList<DriftPeriod> periods)
    {
        ArgumentNullException.ThrowIfNull(pack);
        ArgumentNullException.ThrowIfNull(periods);
        double capacityAh = pack.Cell.Capacity.Value * pack.Parallel;
        ImmutableArray<CellDrift>[] all = [.. periods.Select(p => Over(p, LeastShare * capacityAh))];
        ImmutableArray<CellDrift> last = all[^1];
        double fastest = last.Max(c => Math.Max(Math.Abs(c.AhPerMonth.P05), Math.Abs(c.AhPerMonth.P95)));
        return new PackDrift(
            last,
            [.. last.Where(c => c.Walks).Select(c => c.Cell)],
            all.Length < 2 ? [] : [.. last.Where(c => c.Walks && KeepsOn(all[^2][c.Cell.Index], c)).Select(c => c.Cell)],
            Math.Clamp(LevelShare * capacityAh / Math.Max(fastest, 1e-9), 1, 12));
    }

    private static bool KeepsOn(CellDrift before, CellDrift now) =>
        before.Walks && Math.Sign(before.AhPerMonth.P50) == Math.Sign(now.AhPerMonth.P50);

    // against the middle cell, so that what is wrong for all cells alike cancels
    private static ImmutableArray<CellDrift> Over(DriftPeriod period, double least)
    {
        double months = Require.Positive(period.Months);
        (double was, double now) = (Middle(period.Before), Middle(period.After));
        return [.. period.Before.Zip(period.After).Select((c, k) =>
            new CellDrift(CellNumber.FromIndex(k), Between(c.First, was, c.Second, now, months), least))];
    }

    private static Interval90 Between(Interval90 before, double was, Interval90 after, double now, double months)
    {
        double moved = after.P50 - now - (before.P50 - was);
        double down = Math.Sqrt(Square(after.P50 - after.P05) + Square(before.P95 - before.P50));
        double up = Math.Sqrt(Square(after.P95 - after.P50) + Square(before.P50 - before.P05));
        return new Interval90((moved - down) / months, moved / months, (moved + up) / months);
    }

    private static double Middle(ImmutableArray<Interval90> cells) => cells.Select(c => c.P50).Order().ElementAt(cells.Length / 2);

    private static double Square(double x) => x * x;
}
