using TopBalance.Packs;
using TopBalance.Verification.Setup;

namespace TopBalance.Verification.Diagnosis;

/// <summary>The shunt of a cell always conducts.</summary>
internal sealed class ShuntStuckOn : CellFault
{
    /// <inheritdoc/>
    public override string Code => "shunt-stuck-on";

    /// <inheritdoc/>
    public override string InWords => "Does a shunt never let go?";

    /// <inheritdoc/>
    /// <remarks>Reported once in 861 cycles of a well-known boat bank, found late; one module in a few hundred.</remarks>
    public override double PriorOdds => 0.003;

    /// <inheritdoc/>
    public override string Supposed => "its shunt never lets go";

    /// <inheritdoc/>
    public override IEnumerable<PackSpec> Suppose(DiagnosisCase of, CellNumber cell, bool finely) =>
        [Having(of.Pack, new Fault.StuckOnShunt(cell))];

    /// <inheritdoc/>
    public override bool MayBe(DiagnosisCase of, CellSigns signs) => signs.Dark <= signs.Lit;

    /// <inheritdoc/>
    protected override DiagnosisFinding Found(DiagnosisCase of, CellSigns signs, double probability, string seen) => new(
        Code,
        signs.Cell,
        probability,
        seen,
        $"It takes {Say.Amperes(of.Pack.ShuntAmps())} out of its cell day and night, {Say.AmpereHours(24 * of.Pack.ShuntAmps())} a "
            + "day: the cell falls behind whatever is charged into it, and left alone it is emptied and ruined.",
        $"Look at the red lamp of cell {signs.Cell} an hour after a charge, with the cell below "
            + $"{Say.Volts(of.Pack.Module.ShuntOff.Value)}: lit, or its module warm, and the shunt is stuck.",
        $"Disconnect that module now and replace it; charge cell {signs.Cell} singly. Do not leave the pack standing with it.");
}
