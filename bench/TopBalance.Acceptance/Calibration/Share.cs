using System.Globalization;

namespace TopBalance.Acceptance.Calibration;

/// <summary>A mean over cells with its standard error. Cells of one pack err together, so the packs are the independent units.</summary>
/// <param name="Mean">Over all cells.</param>
/// <param name="Error">Standard error, NaN for fewer than two packs.</param>
internal readonly record struct Share(double Mean, double Error)
{
    /// <summary>The mean of a figure of rows; NaN for none.</summary>
    public static Share Of(IReadOnlyCollection<CellRow> rows, Func<CellRow, double> figure)
    {
        if (rows.Count == 0)
        {
            return new Share(double.NaN, double.NaN);
        }

        double mean = rows.Average(figure);
        double[] misses = [.. rows.GroupBy(r => r.Seed).Select(pack => pack.Sum(r => figure(r) - mean))];
        int packs = misses.Length;
        double variance = packs < 2 ? double.NaN : misses.Sum(m => m * m) * packs / (packs - 1);
        return new Share(mean, Math.Sqrt(variance) / rows.Count);
    }

    /// <summary>A share of true ones.</summary>
    public static Share Of(IReadOnlyCollection<CellRow> rows, Func<CellRow, bool> is1) => Of(rows, r => is1(r) ? 1.0 : 0.0);

    /// <summary>In percent, with its error if there is one, e.g. <c>89.5 ± 1.2 %</c>.</summary>
    public override string ToString() => double.IsNaN(Error)
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * Mean:0.0} %")
        : string.Create(CultureInfo.InvariantCulture, $"{100 * Mean:0.0} ± {100 * Error:0.0} %");

    /// <summary>A point of a distribution, e.g. 0.5; NaN for no values.</summary>
    public static double Point(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }
}
