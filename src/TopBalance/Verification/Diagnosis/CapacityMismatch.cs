using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Verification.Setup;

namespace TopBalance.Verification.Diagnosis;

/// <summary>A cell of another capacity is high at one end and low at the other.</summary>
internal sealed class CapacityMismatch : CellFault
{
    // over the type's, each ±4 %
    private static readonly double[] Shares = [0.80, 0.88, 0.94];
    private const double Spread = 0.03;

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
    public override IEnumerable<PackSpec> Suppose(DiagnosisCase of, CellNumber cell) => Shares.Select(share => Knowing(
        of.Pack,
        new CellKnowledge(cell) { Capacity = new AmpereHours(share * of.Pack.Cell.Capacity.Value), CapacitySigma = Spread }));

    /// <inheritdoc/>
    protected override DiagnosisFinding Found(DiagnosisCase of, CellSigns signs, double probability, string seen) => new(
        Code,
        signs.Cell,
        probability,
        seen,
        "A smaller cell is first at both ends: balanced at the top it is still the first one empty, and no balancing changes that. The pack "
            + "gives what its smallest cell holds.",
        $"Balance at the top, drive a noted charge of about 80 % of {Say.AmpereHours(of.Pack.CellCapacityAh())}, rest an hour and measure all "
            + $"cells: cell {signs.Cell} is the lowest again, though it was full.",
        $"Balance at the top all the same, and set the range by cell {signs.Cell}; replace it if that is too little.");
}
