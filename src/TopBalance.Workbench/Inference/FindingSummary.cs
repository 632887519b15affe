using TopBalance.Verification.Diagnosis;

namespace TopBalance.Workbench.Inference;

/// <summary>One reason why a pack may not be converging, in the words of the JSON that people script against.</summary>
/// <param name="Code">E.g. <c>shunt-dead</c>; docs/guide/not-converging.md goes through them.</param>
/// <param name="Cell">The cell it is about; null for the pack or the way of working.</param>
/// <param name="Probability">0 to 1.</param>
/// <param name="Seen">What of the log speaks for it.</param>
/// <param name="Why">What it does to the balancing.</param>
/// <param name="Confirm">A test that decides.</param>
/// <param name="Do">What to do if the test confirms it.</param>
public sealed record FindingSummary(string Code, int? Cell, double Probability, string Seen, string Why, string Confirm, string Do)
{
    /// <summary>In these words.</summary>
    public static FindingSummary Of(DiagnosisFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return new FindingSummary(
            finding.Code, finding.Cell?.Value, Math.Round(finding.Probability, 3), finding.Seen, finding.Why, finding.Confirm, finding.Do);
    }
}
