using TopBalance.Packs;
using TopBalance.Verification.Setup;

namespace TopBalance.Verification.Diagnosis;

/// <summary>The shunt of a cell never conducts.</summary>
internal sealed class ShuntDead : CellFault
{
    /// <inheritdoc/>
    public override string Code => "shunt-dead";

    /// <inheritdoc/>
    public override string InWords => "Does a shunt never conduct?";

    /// <inheritdoc/>
    /// <remarks>Nobody publishes how often; a soldered part out of a few hundred.</remarks>
    public override double PriorOdds => 0.003;

    /// <inheritdoc/>
    public override string Supposed => "its shunt never conducts";

    /// <inheritdoc/>
    public override IEnumerable<PackSpec> Suppose(DiagnosisCase of, CellNumber cell, bool finely) =>
        [Having(of.Pack, new Fault.DeadShunt(cell))];

    /// <inheritdoc/>
    public override bool MayBe(DiagnosisCase of, CellSigns signs) => signs.Lit <= signs.Dark;

    /// <inheritdoc/>
    protected override DiagnosisFinding Found(DiagnosisCase of, CellSigns signs, double probability, string seen) => new(
        Code,
        signs.Cell,
        probability,
        seen,
        "A cell that is never bled stays as full as it is: it ends every charge while the others never catch up. At "
            + $"{Say.Volts(of.Pack.Module.Hvc.Value)} a working shunt takes "
            + $"{Say.Amperes(of.Pack.Module.Shunt.AmperesAt(of.Pack.Module.Hvc.Value))}.",
        $"Bring cell {signs.Cell} with a bench supply to {Say.Volts(of.Pack.Module.BenchSetpoint.Value)} and feel or measure its "
            + "module: warm, or a current through the shunt, and only the lamp is dead; cold, and the shunt is.",
        $"Replace the module of cell {signs.Cell}. Until then drain that cell by hand; its HVC still protects it.");
}
