using System.Collections.Immutable;
using System.Globalization;
using TopBalance.Inference;
using TopBalance.Procedure;
using TopBalance.Verification;
using TopBalance.Verification.Verdicts;

namespace TopBalance.Workbench.Records.Parts;

/// <summary>When to look again, and which cells walk away since the session before.</summary>
internal static class NextCheckPart
{
    // cells of one batch drift apart by about a tenth of a percent of capacity a month, our estimate: after three months one in hundreds
    // is half a percent off
    private const int UsualMonths = 3;

    public static NextCheckSheet Of(RecordCase of, Verdict verdict)
    {
        if (verdict.ApartFromPractice != VerdictOutcome.Pass)
        {
            return new NextCheckSheet(Sheet.Unknown("record.next.not-passed"), null, Sheet.NotKnown("record.next.not-passed"));
        }

        return Drift(of) is { } drift
            ? new NextCheckSheet(
                new Figure.Derived(Math.Round(drift.NextCheckMonths), "months", 0), Month(of, drift.NextCheckMonths),
                Sheet.Computed("record.next.drift"))
            : new NextCheckSheet(
                new Figure.Stated(UsualMonths, "months", 0), Month(of, UsualMonths), Sheet.NotKnown("record.next.first"));
    }

    /// <summary>How cells have drifted since the session before; null if there was none, or nothing was seen yet.</summary>
    public static PackDrift? Drift(RecordCase of)
    {
        if (of.Session.CheckUp is not { Months: > 0 } since || of.Before is not { } found
            || since.ToFullAh.Length != of.Session.Pack.Series)
        {
            return null;
        }

        ImmutableArray<Interval90> now = [.. found.Cells().Select(c => c.ToFullAh)];
        return PackDrift.Of(of.Session.Pack, [new DriftPeriod(since.ToFullAh, now, since.Months)]);
    }

    private static string Month(RecordCase of, double months)
    {
        Session s = of.Session;
        DateTimeOffset end = s.LastCharge is { } last ? s.WallAt(last.Seconds) : s.Began;
        return end.ToUniversalTime().AddMonths((int)Math.Floor(months)).ToString("yyyy-MM", CultureInfo.InvariantCulture);
    }
}
