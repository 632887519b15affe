using TopBalance.Workbench.Simulations;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Workbench.Inference;

/// <summary>A summary told to the person at the pack.</summary>
/// <param name="Spread">How far the fullest and the emptiest cell are apart, one sentence.</param>
/// <param name="Sureness">How many cells are known and how well.</param>
public sealed record InferenceMeaning(string Spread, string Sureness)
{
    /// <summary>What that does to the pack, one sentence; empty for a pack of one cell.</summary>
    public string Consequence { get; private init; } = "";

    /// <summary>Puts a summary into words.</summary>
    public static InferenceMeaning Of(InferenceSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return new InferenceMeaning(SpreadOf(summary), SurenessOf(summary))
        {
            Consequence = summary.Cells.Length == 1
                ? ""
                : "The pack gives about that much less than it could: the fullest cell ends every charge, the emptiest every discharge.",
        };
    }

    // what is certain of both ends at once: the emptiest lacks at least the largest of the low ends, the fullest at most the
    // smallest of the high ends
    private static string SpreadOf(InferenceSummary s)
    {
        if (s.Cells is [var only])
        {
            return $"Cell 1 lacks {Range(only.ToFullAh.P05, only.ToFullAh.P95)}.";
        }

        double least = Math.Max(0, s.Cells.Max(c => c.ToFullAh.P05) - s.Cells.Min(c => c.ToFullAh.P95));
        double most = s.Cells.Max(c => c.ToFullAh.P95) - s.Cells.Min(c => c.ToFullAh.P05);
        string apart = Rounded(least, 1) <= 0
            ? Invariant($"At most {most:0.0}\u00a0Ah")
            : Invariant($"Between {least:0.0} and {most:0.0}\u00a0Ah");
        string fullest = Named(s, s.Cells.MinBy(c => c.ToFullAh.P50)!), emptiest = Named(s, s.Cells.MaxBy(c => c.ToFullAh.P50)!);
        return $"{apart} lie between the fullest cell{fullest} and the emptiest{emptiest}.";
    }

    // a cell is named only where no other could as well be meant
    private static string Named(InferenceSummary s, CellBelief cell) =>
        s.Cells.Any(c => c != cell && c.ToFullAh.P50 >= cell.ToFullAh.P05 && c.ToFullAh.P50 <= cell.ToFullAh.P95)
            ? ""
            : Invariant($", most likely {cell.Cell}{(cell.ToFullAh.P50 == s.Cells.Min(c => c.ToFullAh.P50) ? "," : "")}");

    private static string SurenessOf(InferenceSummary s)
    {
        int known = s.Cells.Count(c => c.Known is "resolved");
        string within = Invariant($"to within {0.01 * s.Spec.Cell.Capacity.Value * s.Spec.Parallel:0.0#}\u00a0Ah");
        return known == s.Cells.Length ? $"Every cell is known {within}."
            : known == 0 ? $"No cell is known {within} yet."
            : Invariant($"{known} of {s.Cells.Length} cells {(known == 1 ? "is" : "are")} known {within}, of the others only bounds.");
    }

    private static string Range(double low, double high) => Invariant($"{Rounded(low, 1):0.0} to {Rounded(high, 1):0.0}\u00a0Ah");
}
