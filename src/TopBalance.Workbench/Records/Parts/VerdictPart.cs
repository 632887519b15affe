using TopBalance.Verification.Verdicts;

namespace TopBalance.Workbench.Records.Parts;

/// <summary>The verdict, criterion by criterion.</summary>
internal static class VerdictPart
{
    // these compare what was seen with what is believed; the others say what was seen
    private static readonly string[] Computed = ["pack-voltage", "level", "dark-explained"];

    public static VerdictSheet Of(RecordCase of, Verdict verdict) => new(
        verdict.Outcome,
        Sheet.Say("record.verdict." + verdict.Outcome switch
        {
            VerdictOutcome.Pass => "pass",
            VerdictOutcome.Fail => "fail",
            _ when of.Session.Practice => "practice",
            _ => "inconclusive",
        }),
        [
            .. verdict.Criteria.Select(c => new CriterionRow(
                c.Code, Sheet.Say("criterion." + c.Code), c.Outcome, new Remark(MarkOf(c), CellRanges.In(c.Seen.ToString())),
                c.Next is { } next ? CellRanges.In(next.ToString()) : null)),
        ])
    {
        ApartFromPractice = of.Session.Practice ? verdict.ApartFromPractice : null,
    };

    private static Mark MarkOf(Judged criterion) => criterion.Outcome == VerdictOutcome.Inconclusive ? Mark.NotKnown
        : Computed.Contains(criterion.Code, StringComparer.Ordinal) ? Mark.Computed : Mark.Observed;
}
