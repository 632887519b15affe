using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Verification.Setup;

namespace TopBalance.Verification.Diagnosis;

/// <summary>A loose lug or a bad sense lead: the module sees a drop that moves with the current.</summary>
internal sealed class LooseLug : CellFault
{
    // what it drops at the highest current noted: less is lost among the modules' own errors
    private static readonly double[] DropVolts = [0.04, 0.08, 0.15], Roughly = [0.05, 0.12];

    /// <inheritdoc/>
    public override string Code => "loose-lug";

    /// <inheritdoc/>
    public override string InWords => "Is a lug or a sense lead loose?";

    /// <inheritdoc/>
    /// <remarks>The usual mistake in a pack bolted together by hand: one joint in a hundred.</remarks>
    public override double PriorOdds => 0.01;

    /// <inheritdoc/>
    public override string Supposed => "a joint at it drops voltage";

    /// <inheritdoc/>
    public override IEnumerable<PackSpec> Suppose(DiagnosisCase of, CellNumber cell, bool finely)
    {
        double amps = of.Log.Charges.Select(of.Log.AmpsOf).DefaultIfEmpty(of.Pack.Charger.Current.Value).Max();
        return (finely ? DropVolts : Roughly).Select(v => Having(of.Pack, new Fault.LooseLug(cell, new Ohms(v / amps))));
    }

    /// <inheritdoc/>
    public override bool MayBe(DiagnosisCase of, CellSigns signs) => signs.Trips > 0 || signs.Lit > 0;

    /// <inheritdoc/>
    protected override DiagnosisFinding Found(DiagnosisCase of, CellSigns signs, double probability, string seen) => new(
        Code,
        signs.Cell,
        probability,
        seen,
        "The module sees the joint's drop on top of its cell, so that it trips early while current flows; draining the cell then "
            + "makes it the emptiest. A joint that drops volts at charge gets hot at driving current. High resistance of the cell itself "
            + "looks the same in a log.",
        $"While charging at full current, measure from post to post of cell {signs.Cell} and from lug to lug: a difference above "
            + $"{Say.Volts(0.01)} is the joint. Then halve the current: its part of the voltage halves.",
        "Switch off, clean and tighten the joint to its torque, check crimp and sense lead. Do not balance before; forget what "
            + "this cell showed.");
}
