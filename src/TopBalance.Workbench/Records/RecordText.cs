using System.Collections.Immutable;
using System.Text;
using TopBalance.Verification.Verdicts;
using static TopBalance.Workbench.Records.Sheet;

namespace TopBalance.Workbench.Records;

/// <summary>A record as plain text of 80 columns. Behind every figure stands the letter of what it rests on.</summary>
public static class RecordText
{
    /// <summary>The text.</summary>
    public static string Of(TopBalanceRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var sheet = new TextSheet(record.Head.Kind == RecordKind.Practice ? Say("record.practice") : null);
        Head(sheet, record);
        Verdict(sheet, record.Verdict);
        Cells(sheet, record.Cells);
        Pack(sheet, record);
        Timeline(sheet, record);
        Charges(sheet, record.Charges);
        Findings(sheet, record);
        sheet.Heading(Say("record.section.words"));
        foreach (string words in record.Words)
        {
            sheet.Paragraph(words);
        }

        Issue(sheet, record.Head);
        return sheet.ToString();
    }

    /// <summary>The letter of a mark.</summary>
    public static string Letter(Mark mark) => mark switch
    {
        Mark.Observed => "O",
        Mark.Computed => "C",
        Mark.Stated => "S",
        _ => "?",
    };

    private static string Of(Figure figure) =>
        figure is Figure.NotKnown ? $"{figure.Text} [?]" : $"{figure.Text} [{Letter(figure.Mark)}]";

    private static string Of(Remark remark) => $"{remark.Text} [{Letter(remark.Mark)}]";

    private static void Head(TextSheet sheet, TopBalanceRecord record)
    {
        RecordHead head = record.Head;
        sheet.Line(Say(head.Kind == RecordKind.Practice ? "record.title.practice" : "record.title").ToUpperInvariant());
        sheet.Paragraph(record.Pack.Name);
        sheet.Paragraph($"{record.Pack.Arrangement}, {record.Pack.Cell}, {record.Pack.Module}");
        sheet.Paragraph(Issued(head));
        sheet.Row(Say("record.label.session"), head.Session);
        sheet.Row(Say("record.label.worked"), Days(head));
        if (head.Kind != RecordKind.Issued)
        {
            sheet.Paragraph(Say(head.Kind == RecordKind.Practice ? "record.practice" : "record.unfiled"));
        }

        sheet.Line();
        sheet.Paragraph(Say("record.legend"));
    }

    /// <summary>Which issue it is and of when.</summary>
    internal static string Issued(RecordHead head) => head.Issue is { } number
        ? Say("record.issue", Number(number), Time(head.IssuedAt)) : Say("record.drawn-up", Time(head.IssuedAt));

    /// <summary>The days on which the pack was worked on.</summary>
    internal static string Days(RecordHead head) => $"{Time(head.BeganAt)} to {Time(head.LastAt)} UTC";

    private static void Verdict(TextSheet sheet, VerdictSheet verdict)
    {
        sheet.Heading($"{Say("record.section.verdict")}: {Say("record.outcome." + Word(verdict.Outcome))}");
        sheet.Paragraph(verdict.Meaning);
        if (verdict.ApartFromPractice is { } apart)
        {
            sheet.Paragraph(Say("record.would-be", Word(apart)));
        }

        foreach (CriterionRow c in verdict.Criteria)
        {
            string sign = c.Outcome switch { VerdictOutcome.Pass => "yes", VerdictOutcome.Fail => "NO", _ => "?" };
            sheet.Row(sign, $"{Of(c.Seen)}{(c.Next is null ? "" : " " + c.Next)}", 5);
        }
    }

    /// <summary>An outcome in the words of the catalogue's keys.</summary>
    internal static string Word(VerdictOutcome outcome) => outcome switch
    {
        VerdictOutcome.Pass => "pass",
        VerdictOutcome.Fail => "fail",
        _ => "inconclusive",
    };

    private static void Cells(TextSheet sheet, CellsSheet cells)
    {
        sheet.Heading(Say("record.section.cells"));
        sheet.Paragraph(Of(cells.Before));
        sheet.Paragraph(Of(cells.After));
        sheet.Paragraph(Say("record.below-zero"));
        (string before, string after) = (Say("record.label.before"), Say("record.label.after"));
        sheet.Line($"{Say("record.label.cell"),6}  {before,-30}{after,-30}{Say("record.label.lamp")}");
        foreach (CellRow row in cells.Rows)
        {
            sheet.Line($"{Number(row.Cell),6}  {Of(row.Before),-30}{Of(row.After),-30}{row.Lamp.Replace('_', ' ')}");
        }

        sheet.Row(Say("record.label.apart"), $"{before} {Of(cells.Apart.Before)}, {after} {Of(cells.Apart.After)}");
        sheet.Heading(Say("record.section.usable"));
        sheet.Row(before, Of(cells.Usable.Before));
        sheet.Row(after, Of(cells.Usable.After));
        sheet.Row(Say("record.label.nameplate"), Of(cells.Nameplate));
        sheet.Paragraph(Of(cells.UsableRests));
    }

    private static void Pack(TextSheet sheet, TopBalanceRecord record)
    {
        sheet.Heading(Say("record.section.pack"));
        foreach (NamedFigure set in record.Pack.SetPoints)
        {
            sheet.Row(set.Name, Of(set.Figure), 36);
        }

        foreach (Remark remark in record.Pack.Remarks)
        {
            sheet.Paragraph(Of(remark));
        }

        sheet.Heading(Say("record.section.loop"));
        sheet.Paragraph(Of(record.Interlock));
        foreach (LoopTestRow test in record.LoopTests)
        {
            sheet.Paragraph($"{(test.At is { } at ? Time(at) : "")}  {Told(test)} {Of(test.After)}");
        }
    }

    /// <summary>A loop test in words.</summary>
    internal static string Told(LoopTestRow test)
    {
        string stopped = Say(test.Stopped ? "record.loop.stopped" : "record.loop.ran-on");
        return stopped + " " + Say(test.Buzzer switch
        {
            true => "record.loop.buzzer",
            false => "record.loop.silent",
            null => "record.loop.buzzer-unknown",
        });
    }

    private static void Timeline(TextSheet sheet, TopBalanceRecord record)
    {
        sheet.Heading(Say("record.section.timeline"));
        foreach (TimelineRow row in record.Timeline)
        {
            sheet.Row(Time(row.At), Of(row.Seen) + (row.Took is { } took ? $", {Of(took)}" : ""), 18);
        }
    }

    private static void Charges(TextSheet sheet, ImmutableArray<ChargeRow> charges)
    {
        sheet.Heading(Say("record.section.lamps"));
        sheet.Paragraph(charges.IsEmpty ? Say("record.none") : Say("record.lamps.legend"));
        foreach (ChargeRow c in charges)
        {
            sheet.Line();
            sheet.Paragraph($"{Say("record.label.charge", Number(c.Charge))}: {Of(c.Ended)}");
            sheet.Paragraph(
                $"{Of(c.Took)}, {Of(c.Current)}, {Say("record.label.delivered")} {Of(c.Delivered)}, {Say("record.label.lit")} {Of(c.Lit)}, "
                + $"{Say("record.label.not-seen")} {Of(c.NotSeen)}, {Say("record.label.pack-voltage")} {Of(c.PackVoltage)}, "
                + $"{Say("record.label.per-cell")} {Of(c.PerCell)}");
            foreach (string line in Lamps(c))
            {
                sheet.Line("  " + line);
            }
        }
    }

    // ten cells in a row, each its number and what was seen; the tripping cell has a star
    private static IEnumerable<string> Lamps(ChargeRow charge)
    {
        if (charge.Lamps.All(l => l is "not_seen"))
        {
            return [];
        }

        return charge.Lamps
            .Select((lamp, k) => $"{Number(k + 1),4} {Sign(lamp)}{(charge.TrippedCell == k + 1 ? '*' : ' ')}")
            .Chunk(10).Select(static row => string.Concat(row));
    }

    private static char Sign(string lamp) => lamp switch
    {
        "lit" => 'R',
        "dark" => '-',
        _ => '?',
    };

    private static void Findings(TextSheet sheet, TopBalanceRecord record)
    {
        sheet.Heading(Say("record.section.findings"));
        sheet.Paragraph(record.Findings.IsEmpty ? Say("record.none") : "");
        foreach (FindingRow f in record.Findings)
        {
            string line = f.Line is { } number ? $" ({Say("record.label.line")} {Number(number)})" : "";
            string probable = f.Probability is { } p ? $" {Say("record.label.probability")} {Of(p)}" : "";
            sheet.Row("-", Of(f.Seen) + line + probable, 2);
            if (f.Was is not null)
            {
                sheet.Row("", $"{Say("record.label.was")}: {f.Was}", 4);
                sheet.Row("", $"{Say("record.label.counts")}: {f.Counts}", 4);
            }
        }

        sheet.Heading(Say("record.section.next"));
        if (record.NextCheck.By is { } month)
        {
            sheet.Row(Say("record.label.by"), $"{month}, {Of(record.NextCheck.Months)}");
        }

        sheet.Paragraph(Of(record.NextCheck.Why));
    }

    private static void Issue(TextSheet sheet, RecordHead head)
    {
        sheet.Heading(Say("record.section.issue"));
        if (head.Supersedes is { } before)
        {
            sheet.Paragraph(Say("record.supersedes", Number(before.Issue), Time(before.IssuedAt)));
            foreach (string differs in before.Differs)
            {
                sheet.Row("-", differs, 2);
            }
        }

        sheet.Paragraph(Say("record.label.hash"));
        sheet.Line(head.LogHash);
        sheet.Row(Say("record.label.lines"), Number(head.LogLines));
        sheet.Row(Say("record.label.software"), head.Software);
        sheet.Row(Say("record.label.model"), head.Model);
        foreach (FileRow file in head.Files)
        {
            sheet.Paragraph($"{file.Name} {file.Sha256[..Math.Min(16, file.Sha256.Length)]}");
        }
    }
}
