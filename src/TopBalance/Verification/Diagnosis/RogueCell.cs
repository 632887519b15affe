using TopBalance.Packs;

namespace TopBalance.Verification.Diagnosis;

/// <summary>A cell that came with quite another state of charge than the file expects of any.</summary>
internal sealed class RogueCell : CellFault
{
    /// <inheritdoc/>
    public override string Code => "rogue-cell";

    /// <inheritdoc/>
    public override string InWords => "Did one cell come far fuller or emptier than the file expects?";

    /// <inheritdoc/>
    /// <remarks>Estimated: a pack of new cells has one with a chance of 2 to 5 %, 20 to 30 % off; mixed batches more often.</remarks>
    public override double PriorOdds => 0.01;

    /// <inheritdoc/>
    public override string Supposed => "it started outside of what the file expects";

    /// <inheritdoc/>
    public override IEnumerable<PackSpec> Suppose(DiagnosisCase of, CellNumber cell, bool finely) =>
        [Knowing(of.Pack, new CellKnowledge(cell) { Soc = 0.5, SocWithin = 0.5 })];

    /// <inheritdoc/>
    public override bool MayBe(DiagnosisCase of, CellSigns signs) =>
        signs.Contradictions > 0 || signs.ChargedAh > 0 || signs.DarkAlone > 0 || signs.LitAlone > 0
        || signs.Charges is [{ Tripped: true }, ..];

    /// <inheritdoc/>
    protected override DiagnosisFinding Found(DiagnosisCase of, CellSigns signs, double probability, string seen) => new(
        Code,
        signs.Cell,
        probability,
        seen,
        "The others wait for one cell. A plan made for all of them takes far longer than bringing this one to the rest, and every "
            + "figure computed with the file's expectation is off.",
        $"Let the pack rest, measure cell {signs.Cell} and two others: below 3.20 V it is nearly empty, above 3.35 V nearly full. "
            + "Between, charge it singly with noted amps and minutes until its red lamp comes on.",
        $"Charge or drain cell {signs.Cell} alone to the others, and write 'cells: - {{ cell: {signs.Cell}, soc: ... }}' or wider "
            + "soc_min and soc_max into the pack file. Watch it: a cell that left the others by itself will do so again.");
}
