using TopBalance.Inference.Observations;

namespace TopBalance.Verification.Diagnosis;

/// <summary>Without lamps at the very end of a charge nothing can be told.</summary>
internal sealed class NotEnoughSeen : IHypothesis
{
    /// <inheritdoc/>
    public string Code => "not-enough-seen";

    /// <inheritdoc/>
    public string InWords => "Is there enough in the log to tell?";

    /// <inheritdoc/>
    public IEnumerable<DiagnosisFinding> Examine(DiagnosisCase of)
    {
        int withLamps = of.Log.Charges.Count(c => c.Lamps is not null);
        if (withLamps > 0 || of.Seen.Any(s => s is LogSeen))
        {
            yield break;
        }

        yield return new DiagnosisFinding(
            Code,
            null,
            1,
            $"The log has {of.Log.Charges.Length} charges of the whole pack, and the red lamps were noted at the end of none.",
            "What a cell lacks shows only at the very end of a charge, in its lamp and in which cell trips. What is not seen is "
                + "not fine: nothing is known.",
            "Charge until the BMS stops it, and in that second note which green lamp is out and which red ones are lit.",
            "Note every lamp, the current and the minutes of each charge, and ask again.");
    }
}
