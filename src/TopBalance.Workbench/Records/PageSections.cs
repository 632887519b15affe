using System.Collections.Immutable;
using System.Xml.Linq;
using TopBalance.Verification.Verdicts;
using static TopBalance.Workbench.Records.Page;
using static TopBalance.Workbench.Records.Sheet;

namespace TopBalance.Workbench.Records;

/// <summary>The sections of the page, one after another.</summary>
internal static class PageSections
{
    // a cell is as full as the fullest to this share of its capacity
    private const double LevelShare = 0.01;
    private const int CellColumns = 2;

    public static IEnumerable<XElement> Of(TopBalanceRecord record) =>
    [
        Verdict(record.Verdict), Cells(record.Cells), Usable(record.Cells), Findings(record.Findings), Next(record.NextCheck),
        Pack(record), Lamps(record.Charges), Timeline(record.Timeline),
    ];

    private static XElement Section(string heading, params object?[] content) =>
        El("section", null, El("h2", null, Say("record.section." + heading)), content);

    private static XElement Verdict(VerdictSheet verdict)
    {
        XElement Row(CriterionRow c) => El("tr", null,
            El("td", c.Outcome == VerdictOutcome.Fail ? "say say-fail" : "say",
                Sign(c.Outcome) + " " + Say("record.holds." + RecordText.Word(c.Outcome))),
            El("td", null, c.Asks),
            El("td", null, Shown(c.Seen), c.Next is null ? null : El("p", "soft", c.Next)));
        return Section("verdict",
            El("p", null, El("b", null, verdict.Meaning)),
            verdict.ApartFromPractice is { } apart ? El("p", null, Say("record.would-be", RecordText.Word(apart))) : null,
            El("table", null, verdict.Criteria.Select(Row)));
    }

    private static string Sign(VerdictOutcome outcome) => outcome switch
    {
        VerdictOutcome.Pass => "✓",
        VerdictOutcome.Fail => "✕",
        _ => "?",
    };

    private static XElement Cells(CellsSheet cells)
    {
        double? level = cells.Nameplate.Middle * LevelShare;
        ImmutableArray<Figure> before = [.. cells.Rows.Select(r => r.Before)], after = [.. cells.Rows.Select(r => r.After)];
        string[] names = [Say("record.label.cell"), Say("record.label.before"), Say("record.label.after"), Say("record.label.lamp")];
        int rows = (cells.Rows.Length + CellColumns - 1) / CellColumns;
        IEnumerable<XElement> head = Enumerable.Range(0, CellColumns)
            .SelectMany(_ => names.Select(n => El("th", null, n)).Append(El("th", null)));
        return Section("cells",
            El("p", null, Shown(cells.Before)),
            El("p", null, Shown(cells.After)),
            El("p", "soft", Say("record.below-zero")),
            ToFullChart.Of(Say("record.chart.before"), before, null, hollow: true),
            ToFullChart.Of(Say("record.chart.after"), after, level, hollow: false),
            El("div", "scroll", El("table", "cells",
                El("thead", null, El("tr", null, head)),
                El("tbody", null, Enumerable.Range(0, rows).Select(r => El("tr", null,
                    Enumerable.Range(0, CellColumns).SelectMany(c => Cell(cells.Rows, r + (c * rows)))))))));
    }

    private static IEnumerable<XElement> Cell(ImmutableArray<CellRow> rows, int index) => index >= rows.Length
        ? Enumerable.Range(0, 5).Select(_ => El("td", "gap"))
        :
        [
            El("td", "n", Number(rows[index].Cell)), El("td", null, Shown(rows[index].Before)), El("td", null, Shown(rows[index].After)),
            El("td", "w", rows[index].Lamp switch { "lit" => "R", "dark" => "–", _ => "?" }), El("td", "gap"),
        ];

    private static XElement Usable(CellsSheet cells)
    {
        XElement Row(string name, Figure figure) => El("tr", null, El("td", null, name), El("td", null, Shown(figure)));
        return Section("usable",
            El("table", null,
                Row(Say("record.label.before"), cells.Usable.Before),
                Row(Say("record.label.after"), cells.Usable.After),
                Row(Say("record.label.nameplate"), cells.Nameplate)),
            El("p", null, Shown(cells.UsableRests)));
    }

    private static XElement Findings(ImmutableArray<FindingRow> findings)
    {
        XElement Row(FindingRow f) => El("tr", null,
            El("td", "n", f.Line is { } line ? $"{Say("record.label.line")} {Number(line)}" : ""),
            El("td", null,
                Shown(f.Seen),
                f.Probability is { } p ? El("span", null, $" {Say("record.label.probability")} ", Shown(p)) : null,
                f.Was is null ? null : El("p", null, $"{Say("record.label.was")}: ", El("s", null, f.Was)),
                f.Counts is null ? null : El("p", null, $"{Say("record.label.counts")}: ", El("b", null, f.Counts))));
        return Section("findings",
            findings.IsEmpty ? El("p", null, Say("record.none")) : El("table", null, findings.Select(Row)));
    }

    private static XElement Next(NextCheckSheet next) => Section("next",
        next.By is { } month ? El("p", null, Say("record.label.by") + " ", El("b", null, month), ", ", Shown(next.Months)) : null,
        El("p", null, Shown(next.Why)));

    private static XElement Pack(TopBalanceRecord record)
    {
        XElement Row(NamedFigure set) => El("tr", null, El("td", null, set.Name), El("td", "n", Shown(set.Figure)));
        XElement Test(LoopTestRow t) =>
            El("p", null, $"{(t.At is { } at ? Time(at) : "")} {RecordText.Told(t)} ", Shown(t.After));
        ImmutableArray<NamedFigure> sets = record.Pack.SetPoints;
        int half = (sets.Length + 1) / 2;
        return Section("pack",
            El("div", "two", El("table", null, sets.Take(half).Select(Row)), El("table", null, sets.Skip(half).Select(Row))),
            record.Pack.Remarks.Select(r => El("p", "soft", Shown(r))),
            El("h2", null, Say("record.section.loop")),
            El("p", null, Shown(record.Interlock)),
            record.LoopTests.Select(Test));
    }

    private static XElement Lamps(ImmutableArray<ChargeRow> charges)
    {
        XElement Charge(ChargeRow c)
        {
            string name = Say("record.label.charge", Number(c.Charge));
            bool none = c.Lamps.All(l => l is "not_seen");
            return El("figure", null,
                El("p", null, El("b", null, name), $" {Time(c.At)}: ", Shown(c.Ended)),
                El("p", "soft",
                    Shown(c.Took), ", ", Shown(c.Current), ", ", Say("record.label.delivered"), " ", Shown(c.Delivered), ", ",
                    Say("record.label.pack-voltage"), " ", Shown(c.PackVoltage), ", ", Say("record.label.per-cell"), " ", Shown(c.PerCell)),
                none ? El("p", null, Shown(new Remark(Mark.NotKnown, Say("record.lamps.none")))) : LampStrip.Of(c, name));
        }

        return Section("lamps",
            El("p", "soft", charges.IsEmpty ? Say("record.none") : Say("record.lamps.legend")), charges.Select(Charge));
    }

    private static XElement Timeline(ImmutableArray<TimelineRow> rows)
    {
        XElement Row(TimelineRow r) => El("tr", null,
            El("td", "w", Time(r.At)), El("td", null, Shown(r.Seen)), El("td", "n", r.Took is { } took ? Shown(took) : ""),
            El("td", "n", Number(r.Line)));
        return Section("timeline",
            TimeChart.Of(rows),
            El("table", null,
                El("thead", null, El("tr", null,
                    El("th", null, Say("record.label.time")), El("th", null), El("th", null, Say("record.label.took")),
                    El("th", null, Say("record.label.line")))),
                El("tbody", null, rows.Select(Row))));
    }
}
