using TopBalance.Packs;
using TopBalance.Verification.Setup;

namespace TopBalance.Verification.Diagnosis;

/// <summary>A cell was drained so far that it is now the emptiest.</summary>
internal sealed class DosesOvershoot : IHypothesis
{
    // a difference below this share of capacity is none
    private const double Margin = 0.001;

    /// <inheritdoc/>
    public string Code => "doses-overshoot";

    /// <inheritdoc/>
    public string InWords => "Do the doses overshoot?";

    /// <inheritdoc/>
    public IEnumerable<DiagnosisFinding> Examine(DiagnosisCase of) =>
        of.Log.Doses.Select(d => d.Cell).Distinct().Select(cell => Found(of, cell));

    private DiagnosisFinding Found(DiagnosisCase of, CellNumber cell)
    {
        double margin = Margin * of.Pack.CellCapacityAh();
        CellSigns signs = of.Signs[cell.Index];
        double behind = of.Median(draw => Behind(draw, cell.Index));
        double doses = of.Log.Doses.Where(d => d.Cell == cell).Sum(d => d.Ah);
        return new DiagnosisFinding(
            Code,
            cell,
            of.Share(draw => Behind(draw, cell.Index) > margin),
            $"{Say.AmpereHours(doses)} were drained from cell {cell}, which had ended {signs.Trips} of {signs.Charges.Count} "
                + $"charges. It is now believed to lack {Say.AmpereHours(Math.Abs(behind))} {(behind >= 0 ? "more" : "less")} than the "
                + "emptiest of the others.",
            "A cell drained below all others takes its place at the other end: the work begins again, and the pack gives less than before.",
            $"Charge the pack: cell {cell} stays dark while all others come up.",
            $"Charge cell {cell} singly until its red lamp comes on, and halve the next dose.");
    }

    private static double Behind(double[] draw, int cell) => draw[cell] - draw.Where((_, c) => c != cell).DefaultIfEmpty(draw[cell]).Max();
}
