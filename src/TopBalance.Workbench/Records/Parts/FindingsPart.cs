using System.Collections.Immutable;
using System.Globalization;
using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Procedure;
using TopBalance.Verification;
using TopBalance.Verification.Diagnosis;
using TopBalance.Verification.Verdicts;

namespace TopBalance.Workbench.Records.Parts;

/// <summary>What a reader should know besides the verdict.</summary>
internal static class FindingsPart
{
    // what is less probable than this is no finding of a record
    private const double LeastProbability = 0.5;

    public static ImmutableArray<FindingRow> Of(RecordCase of, Verdict verdict) =>
    [
        .. LoneTrip(of), .. OddResistance(of, verdict), .. Diagnosed(of, verdict), .. Walking(of), .. Contradicting(of),
        .. Disputed(of.Session), .. Corrected(of.Session), .. Useless(of),
    ];

    private static IEnumerable<FindingRow> LoneTrip(RecordCase of)
    {
        if (of.Verdict.Last is not { Ended: ChargeEnding.Hvc, Tripped.Cell: { } cell })
        {
            yield break;
        }

        ImmutableArray<CellNumber> never = of.Verdict.NeverRed;
        string list = CellRanges.In(string.Join(", ", never));
        yield return never.IsEmpty
            ? new FindingRow("lone-trip", Sheet.Observed("record.found.lone-trip", cell.ToString())) { Cell = cell.Value }
            : new FindingRow("trip", Sheet.Observed("record.found.trip", cell.ToString(), list)) { Cell = cell.Value };
    }

    private static IEnumerable<FindingRow> OddResistance(RecordCase of, Verdict verdict) => verdict.OddResistance.Select(c =>
        new FindingRow("odd-resistance", Sheet.Computed("record.found.odd-resistance", c.ToString()))
        {
            Cell = c.Value,
            Probability = of.Verdict.Findings.Where(f => f.Cell == c).Select(f => Probability(f.Probability)).FirstOrDefault(),
        });

    private static IEnumerable<FindingRow> Diagnosed(RecordCase of, Verdict verdict)
    {
        if (of.FirstEnded < 0)
        {
            return [];
        }

        return of.Verdict.Findings
            .Where(f => f.Probability >= LeastProbability && !(f.Cell is { } c && verdict.OddResistance.Contains(c)))
            .Select(f => new FindingRow(
                f.Code, Sheet.Computed("record.found.diagnosis", Sheet.Clean(f.Seen), Sheet.Clean(f.Why), Sheet.Clean(f.Confirm)))
            {
                Cell = f.Cell?.Value,
                Probability = Probability(f.Probability),
            });
    }

    private static Figure Probability(double probability) => new Figure.Derived(100 * probability, "%", 0);

    private static IEnumerable<FindingRow> Walking(RecordCase of) => NextCheckPart.Drift(of) is not { } drift ? []
        : drift.Walking.Select(c => new FindingRow("drift", Sheet.Computed(
            "record.found.drift", c.ToString(), new Figure.Computed(drift.Cells[c.Index].AhPerMonth, "Ah", 2).Text))
        {
            Cell = c.Value,
        });

    private static IEnumerable<FindingRow> Contradicting(RecordCase of) => of.After is not { } belief ? []
        : belief.Contradictions.Select(c => new FindingRow("contradiction", new Remark(Mark.Computed, Sheet.Clean(c.Text)))
        {
            Cell = c.Cell?.Value,
            Line = of.Seen.Entries[c.Observation - 1].Entry,
        });

    private static IEnumerable<FindingRow> Disputed(Session session) => session.Disputed.Values.Select(d =>
    {
        string line = Sheet.Clean(Sheet.Told(session.Log[d.Entry - 1].Entry.Event));
        string why = Sheet.Say("disputed." + d.Code);
        string settled = session.Log.Select(p => p.Entry.Event).OfType<DisputeSettled>().LastOrDefault(s => s.Entry == d.Entry)?.Why ?? "";
        Remark told = d.Counts switch
        {
            null => Sheet.NotKnown("record.found.disputed", line, why),
            true => Sheet.Observed("record.found.disputed-counts", line, why, Sheet.Clean(settled)),
            false => Sheet.Observed("record.found.disputed-out", line, why, Sheet.Clean(settled)),
        };
        return new FindingRow("disputed", told) { Line = d.Entry };
    });

    private static IEnumerable<FindingRow> Corrected(Session session)
    {
        foreach (SessionEntry entry in session.Log.Select(p => p.Entry))
        {
            if (entry.Event is not EntryCorrected by || by.Entry < 2 || by.Entry >= entry.Number)
            {
                continue;
            }

            SessionEntry target = session.Log[by.Entry - 1].Entry;
            string was = Sheet.Clean(Sheet.Told(target.Event));
            string counts = by.Instead is { } instead ? Sheet.Clean(Sheet.Told(instead)) : Sheet.Say("record.found.taken-back");
            string moved = by.HappenedAt is not { } at ? ""
                : Sheet.Say("record.found.moved", Sheet.Time(target.Stamp.HappenedAt), Sheet.Time(at));
            string written = entry.Number.ToString(CultureInfo.InvariantCulture);
            yield return new FindingRow(
                "correction", Sheet.Observed("record.found.correction", Sheet.Clean(by.Why), written, moved))
            {
                Line = by.Entry,
                Was = was,
                Counts = counts,
            };
        }
    }

    private static IEnumerable<FindingRow> Useless(RecordCase of) => of.Seen.Useless.Select(u =>
        new FindingRow("late-lamp", new Remark(Mark.Observed, u.Why.ToString())) { Line = u.Entry });
}
