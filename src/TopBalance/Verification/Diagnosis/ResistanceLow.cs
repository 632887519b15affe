using TopBalance.Packs;

namespace TopBalance.Verification.Diagnosis;

/// <summary>A cell of low resistance stays dark while current flows: it looks low and is not.</summary>
internal sealed class ResistanceLow : CellFault
{
    private static readonly double[] Factors = [0.45, 0.65], Roughly = [0.55];

    /// <inheritdoc/>
    public override string Code => "resistance-low";

    /// <inheritdoc/>
    public override string InWords => "Does a cell only look low, because of its resistance?";

    /// <inheritdoc/>
    public override double PriorOdds => ResistanceFaked.PriorOdds;

    /// <inheritdoc/>
    public override string Supposed => "its resistance is about half that of the others";

    /// <inheritdoc/>
    public override IEnumerable<PackSpec> Suppose(DiagnosisCase of, CellNumber cell, bool finely) =>
        ResistanceFaked.Suppose(of.Pack, cell, finely ? Factors : Roughly);

    /// <inheritdoc/>
    public override bool MayBe(DiagnosisCase of, CellSigns signs) =>
        (signs.Dark > 0 || signs.Readings.Count > 0) && ResistanceFaked.CanBeTold(of);

    /// <inheritdoc/>
    protected override DiagnosisFinding Found(DiagnosisCase of, CellSigns signs, double probability, string seen) => new(
        Code,
        signs.Cell,
        probability,
        seen,
        "It stays dark at a high current although it lacks no more than the others, and comes up among the first at a low one. "
            + "Charging it singly makes an imbalance where there was none.",
        ResistanceFaked.Confirm(of, signs.Cell),
        $"Judge cell {signs.Cell} at a low current only. A low resistance is no defect; it may be a cell of another batch or size.");
}
