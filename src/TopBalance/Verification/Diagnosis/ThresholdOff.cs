using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Verification.Setup;

namespace TopBalance.Verification.Diagnosis;

/// <summary>The levels of a module are off by more than modules usually are.</summary>
internal sealed class ThresholdOff : CellFault
{
    // measured units sat 50 to 100 mV from their manual
    private static readonly double[] OffsetVolts = [-0.10, -0.06, 0.06, 0.10], Roughly = [-0.08, 0.08];

    /// <inheritdoc/>
    public override string Code => "threshold-off";

    /// <inheritdoc/>
    public override string InWords => "Does a module switch at the wrong voltage?";

    /// <inheritdoc/>
    /// <remarks>Units have been measured 50 to 100 mV from their manual, and makers tell to calibrate each one.</remarks>
    public override double PriorOdds => 0.01;

    /// <inheritdoc/>
    public override string Supposed => "its module reads 60 to 100 mV wrong";

    /// <inheritdoc/>
    public override IEnumerable<PackSpec> Suppose(DiagnosisCase of, CellNumber cell, bool finely) =>
        (finely ? OffsetVolts : Roughly).Select(v => Having(of.Pack, new Fault.ReadingOffset(cell, new Volts(v))));

    /// <inheritdoc/>
    protected override DiagnosisFinding Found(DiagnosisCase of, CellSigns signs, double probability, string seen) => new(
        Code,
        signs.Cell,
        probability,
        seen,
        "A module that reads too much trips its cell before it is full, at every current alike; one that reads too little comes on "
            + $"late or not at all. It should shunt from {Say.Volts(of.Pack.Module.ShuntOn.Value)} and trip at "
            + $"{Say.Volts(of.Pack.Module.Hvc.Value)}.",
        $"Raise cell {signs.Cell} alone with a bench supply at under 1 A and read a good meter on its module's terminals when the "
            + "red lamp comes on and when the green goes out.",
        $"Calibrate or replace the module of cell {signs.Cell}; until then take its lamp and trip for what they are worth.");
}
