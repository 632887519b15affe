using TopBalance.Verification.Setup;

namespace TopBalance.Verification.Diagnosis;

/// <summary>The doses drained are small against what there is to drain.</summary>
internal sealed class DosesTooSmall : IHypothesis
{
    // a charger cycle takes a quarter of an hour and more: as many are a long day
    private const double ManyDoses = 20;

    /// <inheritdoc/>
    public string Code => "doses-too-small";

    /// <inheritdoc/>
    public string InWords => "Are the doses too small?";

    /// <inheritdoc/>
    public IEnumerable<DiagnosisFinding> Examine(DiagnosisCase of)
    {
        if (of.Log.Doses.IsEmpty || !(of.Log.UsualDoseAh > 0))
        {
            yield break;
        }

        double dose = of.Log.UsualDoseAh;
        double toDrain = of.Median(Spread.ToDrainAh);
        double gap = of.Median(Spread.GapAh);
        yield return new DiagnosisFinding(
            Code,
            null,
            of.Share(draw => draw.ToDrainAh() > ManyDoses * dose),
            $"{of.Log.Doses.Length} doses took out {Say.AmpereHours(of.Log.Doses.Sum(d => d.Ah))}, the last ones "
                + $"{Say.AmpereHours(dose)} each. Between the fullest and the emptiest cell there are still about {Say.AmpereHours(gap)}, "
                + $"and {Say.AmpereHours(toDrain)} to drain in all: {Say.Number(toDrain / dose)} doses of this size.",
            "Every dose costs a charger cycle. Small doses are right at the end, when the trip wanders from cell to cell, not at "
                + "the beginning.",
            "Drain the cell that trips by three doses at once and charge again: if the same cell still trips first, the doses were "
                + "too small.",
            $"Drain about half of what the cell is believed to be ahead, up to {Say.AmpereHours(0.5 * gap)} at first, then halve; "
                + "with more cells high than low charge the low ones singly instead.");
    }
}
