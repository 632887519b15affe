using System.Globalization;

namespace TopBalance.Workbench.Simulations;

/// <summary>Numbers for people to read: invariant, rounded, with units that do not break from them (a no-break space between).</summary>
public static class Wording
{
    /// <summary>E.g. <c>3 h 02 min 15 s</c>, <c>4 min 05 s</c>, <c>12.3 s</c>.</summary>
    public static string Duration(double seconds)
    {
        if (seconds < 60)
        {
            return Invariant($"{seconds:0.#}\u00a0s");
        }

        long whole = (long)Math.Round(seconds);
        (long hours, long minutes) = (whole / 3600, whole / 60 % 60);
        return hours > 0
            ? Invariant($"{hours}\u00a0h {minutes:00}\u00a0min {whole % 60:00}\u00a0s")
            : Invariant($"{minutes}\u00a0min {whole % 60:00}\u00a0s");
    }

    /// <summary>E.g. <c>24.81 Ah</c>.</summary>
    public static string Charge(double ampereHours) => Invariant($"{Rounded(ampereHours, 2):0.00}\u00a0Ah");

    /// <summary>E.g. <c>3.552 V</c>.</summary>
    public static string CellVoltage(double volts) => Invariant($"{volts:0.000}\u00a0V");

    /// <summary>E.g. <c>169.20 V</c>.</summary>
    public static string PackVoltage(double volts) => Invariant($"{volts:0.00}\u00a0V");

    /// <summary>E.g. <c>cells 3, 14 and 30</c>; a long list is cut short.</summary>
    public static string Cells(IReadOnlyList<int> numbers, int most = 12) => numbers.Count switch
    {
        0 => "no cell",
        1 => Invariant($"cell {numbers[0]}"),
        _ when numbers.Count <= most => $"cells {Joined(numbers.SkipLast(1))} and {Joined(numbers.TakeLast(1))}",
        _ => Invariant($"{numbers.Count} cells ({Joined(numbers.Take(most - 1))} …)"),
    };

    /// <summary>E.g. <c>cell 4: overcharge of 0.12 V for 3 min 05 s, 2 h 10 min 00 s after the start</c>.</summary>
    public static string Hazard(HazardSummary h)
    {
        string unit = h.Kind switch
        {
            "reversal" => "Ah",
            "over-wattage" => "W",
            _ => "V",
        };
        string size = Invariant($"cell {h.Cell}: {h.Kind} of {h.Depth:0.###}\u00a0{unit}");
        return $"{size} for {Duration(h.DurationSeconds)}, {Duration(h.StartSeconds)} after the start";
    }

    /// <summary>Rounded so that a tiny negative number does not show as −0.</summary>
    public static double Rounded(double value, int digits) => Math.Round(value, digits) + 0.0;

    /// <summary>Text under the invariant culture.</summary>
    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Joined(IEnumerable<int> numbers) =>
        string.Join(", ", numbers.Select(n => n.ToString(CultureInfo.InvariantCulture)));
}
