using TopBalance.Packs;

namespace TopBalance.Verification.Diagnosis;

/// <summary>A cell of high resistance trips early while current flows: it looks full and is not.</summary>
internal sealed class ResistanceHigh : CellFault
{
    // over the type's; a factor of 2 is the most that is told apart
    private static readonly double[] Factors = [1.5, 1.95], Roughly = [1.7];

    /// <inheritdoc/>
    public override string Code => "resistance-high";

    /// <inheritdoc/>
    public override string InWords => "Does a cell only look full, because of its resistance?";

    /// <inheritdoc/>
    public override double PriorOdds => ResistanceFaked.PriorOdds;

    /// <inheritdoc/>
    public override string Supposed => "its resistance is 1.5 to 2 times that of the others";

    /// <inheritdoc/>
    public override IEnumerable<PackSpec> Suppose(DiagnosisCase of, CellNumber cell, bool finely) =>
        ResistanceFaked.Suppose(of.Pack, cell, finely ? Factors : Roughly);

    /// <inheritdoc/>
    public override bool MayBe(DiagnosisCase of, CellSigns signs) => signs.Trips > 0 && ResistanceFaked.CanBeTold(of);

    /// <inheritdoc/>
    protected override DiagnosisFinding Found(DiagnosisCase of, CellSigns signs, double probability, string seen) => new(
        Code,
        signs.Cell,
        probability,
        seen,
        "It trips at a high current although it lacks as much as the others, and no longer does at a low one. It is no imbalance: "
            + "draining it makes one. A loose joint looks the same in a log.",
        ResistanceFaked.Confirm(of, signs.Cell),
        $"Finish the balancing at a low current, and count what cell {signs.Cell} shows at a high one as resistance. Known and "
            + "harmless unless it grows from session to session; then replace the cell.");
}
