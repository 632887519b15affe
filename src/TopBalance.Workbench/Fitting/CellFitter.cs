using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Quantities;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Fitting;

/// <summary>
/// Finds a cell's equivalent circuit from logs of current and voltage: capacity and coulombic efficiency by counting, OCV, hysteresis and
/// resistances over the state of charge by least squares, time constants by a search around it; per temperature where there are several.
/// </summary>
public static class CellFitter
{
    private const double ReferenceCelsius = 25;

    // a log that does not come this low says too little of the curve below
    private const double HighestStart = 0.2;

    /// <summary>Fits.</summary>
    /// <param name="logs">At least 1.</param>
    /// <param name="options">What is known beside them.</param>
    /// <param name="progress">Told what is being done; or null.</param>
    /// <param name="cancellation">Stops between two solutions.</param>
    /// <exception cref="InputException">The logs say too little; the message says what is missing and what to do.</exception>
    public static FittedCell Fit(
        ImmutableArray<CellLog> logs, FitOptions options, IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        ChargeBalance balance = ChargeBalance.Find(logs, options) ?? throw new InputException(
            logs[0].Name,
            0,
            null,
            FormattableString.Invariant(
                $"saw no log that goes from full (held at {options.Full.Value:0.00} V until C/20) to empty ({options.Min.Value:0.00} V), expected one to count the capacity; give --capacity AH, or log a discharge"));
        ImmutableArray<FitGroup> groups = FitGroup.Sort(balance, options);
        if (groups.Length == 0)
        {
            throw new InputException(
                logs[0].Name,
                0,
                null,
                FormattableString.Invariant(
                    $"saw no instant at which the cell is full (held at {options.Full.Value:0.00} V until C/20) or empty ({options.Min.Value:0.00} V), expected one to count from; log until full, or set --full-v and --min-v"));
        }

        CheckReach(logs[0].Name, groups, options, balance.CapacityAh);
        FitGroup first = groups.MinBy(g => Math.Abs(g.Celsius - ReferenceCelsius))!;
        progress?.Report(FormattableString.Invariant($"{first.Celsius:0.#} °C, {first.Stretches.Length} stretches: time constants"));
        GroupFit reference = options.Like is { } like
            ? GroupFit.Like(first, like, balance.CapacityAh, cancellation)
            : GroupFit.Search(first, options, balance.CapacityAh, progress, cancellation);
        var fits = new List<GroupFit> { reference };
        foreach (FitGroup group in groups.Where(g => g != first))
        {
            progress?.Report(FormattableString.Invariant($"{group.Celsius:0.#} °C, {group.Stretches.Length} stretches"));
            fits.Add(GroupFit.At(group, reference, balance.CapacityAh, cancellation));
        }

        return Describe(balance, options, reference, [.. fits.OrderBy(f => f.Celsius)]);
    }

    /// <summary>True if the capacity is given or a log counts it; without it only <see cref="ChargeTail"/> says something.</summary>
    public static bool KnowsCapacity(ImmutableArray<CellLog> logs, FitOptions options) => ChargeBalance.Find(logs, options) is not null;

    private static void CheckReach(string log, ImmutableArray<FitGroup> groups, FitOptions options, double capacityAh)
    {
        double lowest = groups.SelectMany(g => g.Stretches)
            .Min(s => Enumerable.Range(0, s.Seconds.Length).Where(k => s.Weights[k] > 0).Min(k => s.StartSoc + (s.ChargeAh[k] / capacityAh)));
        if (lowest > HighestStart && options.Like is null)
        {
            throw new InputException(
                log,
                0,
                null,
                FormattableString.Invariant(
                    $"reaches down to a state of charge of {lowest:0.00} only, expected {HighestStart:0.0} or less; give --like CELL, a cell of the same chemistry to lend the rest"));
        }
    }

    private static FittedCell Describe(
        ChargeBalance balance, FitOptions options, GroupFit reference, ImmutableArray<GroupFit> fits)
    {
        ImmutableArray<FittedTemperature> temperatures = [.. fits.Select(f => f.Describe(balance.Efficiency))];
        ImmutableArray<FittedStretch> stretches = [.. temperatures.SelectMany(t => t.Stretches)];
        return new FittedCell(new FittedNumber("capacity", balance.CapacityAh, balance.CapacitySigma, "Ah"), temperatures)
        {
            Efficiency = new FittedNumber("coulombic efficiency", balance.Efficiency, balance.EfficiencySigma, string.Empty),
            Slow = reference.DescribeSlow(),
            RestedFullSoc = fits.SelectMany(f => f.RestedFullStarts).Select(z => (double?)z).Average(),
            Notes = options.Like is { } like
                ? balance.Notes.Add($"what the logs do not reach, and the time constants, are lent by {like.Name}, scaled to this capacity")
                : balance.Notes,
            Undetermined = [.. fits.SelectMany(f => f.Undetermined())],
            Soc = (stretches.Min(s => s.Soc.Min()), stretches.Max(s => s.Soc.Max())),
            Rates = (
                Math.Max(0, stretches.Max(s => s.Amps.Max())) / balance.CapacityAh,
                Math.Max(0, stretches.Max(s => -s.Amps.Min())) / balance.CapacityAh),
        };
    }
}
