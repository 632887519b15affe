using TopBalance.Inference.Observations;
using TopBalance.Verification.Setup;

namespace TopBalance.Verification.Diagnosis;

/// <summary>How a log says that the cells are brought together, and how long that takes.</summary>
/// <param name="Does">What moves how much, a sentence without its full stop.</param>
/// <param name="Limit">What limits it, a sentence.</param>
/// <param name="Instead">What would be faster, a sentence.</param>
/// <param name="Hours">Hours that a drawn pack still takes.</param>
internal sealed record WayOfWorking(string Does, string Limit, string Instead, Func<double[], double> Hours)
{
    /// <summary>The last way that was tried; null if nothing moved anything.</summary>
    public static WayOfWorking? Of(DiagnosisCase of) => of.Seen.LastOrDefault(s => s is DrainSeen or CellChargeSeen) switch
    {
        DrainSeen => Draining(of),
        CellChargeSeen single => Charging(single),
        _ => Shunting(of),
    };

    private static WayOfWorking? Draining(DiagnosisCase of)
    {
        double dose = of.Log.UsualDoseAh;
        double cycleHours = of.Log.CycleSeconds / 3600;
        return !(dose > 0) ? null : new WayOfWorking(
            $"A dose takes out {Say.AmpereHours(dose)}, and its cycle {Say.Duration(of.Log.CycleSeconds)}",
            "Every Ah that one cell has more than the emptiest must go out through one small load.",
            "Charge the low cells singly: with many cells high and few low that moves far less charge.",
            draw => draw.ToDrainAh() / dose * cycleHours);
    }

    private static WayOfWorking Charging(CellChargeSeen single)
    {
        double amps = single.Step.Supply.Current.Value;
        int at = single.Step.Cells.Length;
        return new WayOfWorking(
            $"The supply gives {Say.Amperes(amps)} to {(at == 1 ? "one cell" : $"{at} cells")} at a time",
            "The cells are charged one after another.",
            "Take a larger supply or several floating ones, drain the few high cells, or join all cells in parallel before the "
                + "pack is built.",
            draw => draw.ToRaiseAh() / (amps * at));
    }

    private static WayOfWorking? Shunting(DiagnosisCase of)
    {
        if (of.Log.LastCharge is not { Ended: ChargeEnding.Hvc } last)
        {
            return null;
        }

        double cycleHours = of.Log.CycleSeconds / 3600;
        return ShuntWindow.Of(of.Pack, of.Log.AmpsOf(last)) is not { PerChargeAh: > 0 } window ? null : new WayOfWorking(
            $"A charge and the bleeding after it take {Say.AmpereHours(window.PerChargeAh)} from the fullest cell, and its cycle "
                + $"{Say.Duration(of.Log.CycleSeconds)}",
            $"Even held without a trip the shunts move no more than {Say.Amperes(of.Pack.ShuntAmps())}.",
            "Charge the low cells singly with a bench supply, or drain the high ones; the shunts are for what is left.",
            draw => draw.GapAh() / window.PerChargeAh * cycleHours);
    }
}
