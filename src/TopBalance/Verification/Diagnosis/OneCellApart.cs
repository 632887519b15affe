using TopBalance.Packs;
using TopBalance.Verification.Setup;

namespace TopBalance.Verification.Diagnosis;

/// <summary>All cells are together but one: the job is that cell's, not the pack's.</summary>
internal sealed class OneCellApart : IHypothesis
{
    // of the whole spread, and of capacity: a smaller step between one cell and the next is none
    private const double MostOfSpread = 0.5, LeastShare = 0.01;

    /// <inheritdoc/>
    public string Code => "one-cell-apart";

    /// <inheritdoc/>
    public string InWords => "Is it one cell only?";

    /// <inheritdoc/>
    public IEnumerable<DiagnosisFinding> Examine(DiagnosisCase of)
    {
        if (of.Pack.Series < 4 || of.Log.Charges.IsEmpty)
        {
            yield break;
        }

        double least = LeastShare * of.Pack.CellCapacityAh();
        foreach (IGrouping<int, int> cell in of.Draws.Select(d => Apart(d, least)).Where(c => c >= 0).GroupBy(c => c))
        {
            CellNumber number = CellNumber.FromIndex(cell.Key);
            double ahead = of.Median(d => d.Where((_, c) => c != cell.Key).Average() - d[cell.Key]);
            string side = ahead > 0 ? "fuller" : "emptier";
            yield return new DiagnosisFinding(
                Code,
                number,
                (double)cell.Count() / of.Draws.Length,
                $"Cell {number} is believed to be {Say.AmpereHours(Math.Abs(ahead))} {side} than the mean of the others; between "
                    + $"those there are {Say.AmpereHours(of.Median(d => d.Where((_, c) => c != cell.Key).ToArray().GapAh()))}.",
                "Cycling the charger for the whole pack waits for one cell.",
                ahead > 0
                    ? $"Drain cell {number} by half of that, and charge: the trip moves to another cell and many lamps come up."
                    : $"Charge cell {number} singly by half of that with noted amps and minutes: its lamp comes nearer the others.",
                ahead > 0 ? $"Drain cell {number} alone." : $"Charge cell {number} alone.");
        }
    }

    // index of the cell that stands alone at one end; -1 if none does
    private static int Apart(double[] draw, double leastAh)
    {
        int[] order = [.. Enumerable.Range(0, draw.Length).OrderBy(c => draw[c])];
        double gap = draw.GapAh();
        double low = draw[order[1]] - draw[order[0]];
        double high = draw[order[^1]] - draw[order[^2]];
        return Math.Max(low, high) < Math.Max(leastAh, MostOfSpread * gap) ? -1 : low > high ? order[0] : order[^1];
    }
}
