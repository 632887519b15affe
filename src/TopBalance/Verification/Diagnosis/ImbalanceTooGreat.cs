using TopBalance.Verification.Setup;

namespace TopBalance.Verification.Diagnosis;

/// <summary>With the way of working that the log shows it takes more hours than anybody has.</summary>
internal sealed class ImbalanceTooGreat : IHypothesis
{
    // a week of work beside the pack
    private const double ManyHours = 40;

    /// <inheritdoc/>
    public string Code => "imbalance-too-great";

    /// <inheritdoc/>
    public string InWords => "Is the imbalance too great for this method?";

    /// <inheritdoc/>
    public IEnumerable<DiagnosisFinding> Examine(DiagnosisCase of)
    {
        if (WayOfWorking.Of(of) is not { } way)
        {
            yield break;
        }

        double hours = of.Median(way.Hours);
        yield return new DiagnosisFinding(
            Code,
            null,
            of.Share(draw => way.Hours(draw) > ManyHours),
            $"Between the fullest and the emptiest cell there are about {Say.AmpereHours(of.Median(Spread.GapAh))}. {way.Does}: at "
                + $"that rate {Say.Duration(3600 * hours)} more.",
            $"More than {ManyHours} h beside a charging pack is where mistakes are made. {way.Limit}",
            "Note the time for one whole cycle and what it moved; multiply.",
            way.Instead);
    }
}
