using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Verification.Setup;

namespace TopBalance.Verification.Diagnosis;

/// <summary>A cell of another capacity is high at one end and low at the other.</summary>
internal sealed class CapacityMismatch : CellFault
{
    // of the type's capacity; each stands for those around it
    private static readonly double[] Shares = [0.80, 0.86, 0.92], Roughly = [0.86];
    private const double Spread = 0.025, RoughSpread = 0.05;

    /// <inheritdoc/>
    public override string Code => "capacity-mismatch";

    /// <inheritdoc/>
    public override string InWords => "Is a cell smaller than the others?";

    /// <inheritdoc/>
    /// <remarks>Cells of a lot lie within 2 %; a few weak ones per batch are told of, without a count.</remarks>
    public override double PriorOdds => 0.01;

    /// <inheritdoc/>
    public override string Supposed => "it holds 5 to 20 % less than the others";

    /// <inheritdoc/>
    public override IEnumerable<PackSpec> Suppose(DiagnosisCase of, CellNumber cell, bool finely) =>
        (finely ? Shares : Roughly).Select(share => Knowing(of.Pack, Of(of.Pack, cell, share, finely ? Spread : RoughSpread)));

    /// <inheritdoc/>
    /// <remarks>Charges alone say where a cell stands, not how much it holds.</remarks>
    public override bool MayBe(DiagnosisCase of, CellSigns signs) => of.Seen.Any(s => s is UseSeen or LogSeen);

    private static CellKnowledge Of(PackSpec pack, CellNumber cell, double share, double sigma) =>
        new(cell) { Capacity = new AmpereHours(share * pack.Cell.Capacity.Value), CapacitySigma = sigma };

    /// <inheritdoc/>
    protected override DiagnosisFinding Found(DiagnosisCase of, CellSigns signs, double probability, string seen) => new(
        Code,
        signs.Cell,
        probability,
        seen,
        "A smaller cell is first at both ends: balanced at the top it is still the first one empty, and no balancing changes that. "
            + "The pack gives what its smallest cell holds.",
        $"Balance at the top, drive a noted charge of about 80 % of {Say.AmpereHours(of.Pack.CellCapacityAh())}, rest an hour and "
            + $"measure all cells: cell {signs.Cell} is the lowest again, though it was full.",
        $"Balance at the top all the same, and set the range by cell {signs.Cell}; replace it if that is too little.");
}
