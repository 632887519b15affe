using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Verification.Setup;

namespace TopBalance.Verification.Diagnosis;

/// <summary>The charger gives far more than a shunt takes: HVC comes before the shunts have done anything.</summary>
internal sealed class ChargerOutrunsShunts : IHypothesis
{
    // fewer cycles than this are an afternoon
    private const double ManyCycles = 10;

    /// <inheritdoc/>
    public string Code => "charger-outruns-shunts";

    /// <inheritdoc/>
    public string InWords => "Does the charger outrun the shunts?";

    /// <inheritdoc/>
    public IEnumerable<DiagnosisFinding> Examine(DiagnosisCase of)
    {
        PackSpec pack = of.Pack;
        if (!of.Log.ShuntsAlone || of.Log.LastCharge is not { Ended: ChargeEnding.Hvc } last
            || ShuntWindow.Of(pack, of.Log.AmpsOf(last)) is not { PerChargeAh: > 0 } window)
        {
            yield break;
        }

        double amps = of.Log.AmpsOf(last);
        double gap = of.Median(Spread.GapAh);
        yield return new DiagnosisFinding(
            Code,
            null,
            of.Share(draw => draw.GapAh() > ManyCycles * window.PerChargeAh),
            $"At {Say.Amperes(amps)} a cell is {Say.Duration(window.Seconds)} in the window from "
                + $"{Say.Volts(pack.Module.ShuntOn.Value)} to {Say.Volts(pack.Module.Hvc.Value)}: its shunt takes "
                + $"{Say.AmpereHours(window.BledAh)} in it, and {Say.AmpereHours(window.AfterAh)} more if it is left until its lamp goes "
                + $"out. Between the fullest and the emptiest cell there are about {Say.AmpereHours(gap)}: "
                + $"{Say.Number(gap / window.PerChargeAh)} more charges.",
            $"A shunt takes {Say.Amperes(pack.ShuntAmps())} of the {Say.Amperes(amps)}: the fullest cell goes on rising nearly as "
                + "fast as without it, and ends the charge before the others have gained on it.",
            "At the end of the next charge count the seconds from the first red lamp to the trip: about "
                + $"{Say.Duration(window.Seconds)} says it is so. Then charge once with no more than {Say.Amperes(pack.ShuntAmps())}: the "
                + "trip stays away while further lamps come up.",
            Instead(pack));
    }

    private static string Instead(PackSpec pack) => pack.Tools.ChargerCurrentMin is { } least
        ? $"Turn the charger down to {Say.Amperes(least.Value)} when the first red lamp comes on; if that still trips, charge the "
            + "low cells singly or drain the high ones."
        : "Turn the charger down to what the shunts take when the first red lamp comes on. If it cannot be, charge the low cells singly or "
            + "drain the high ones: the shunts keep a balanced pack balanced, they do not make it so.";
}
