using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using TopBalance.Verification.Verdicts;
using static TopBalance.Workbench.Records.Page;
using static TopBalance.Workbench.Records.Sheet;

namespace TopBalance.Workbench.Records;

/// <summary>A record as one page of HTML that needs nothing but itself: no script, nothing from elsewhere, and it prints to A4.</summary>
public static class RecordPage
{
    /// <summary>The page. It is well-formed XML as well.</summary>
    public static string Html(TopBalanceRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        RecordHead head = record.Head;
        bool practice = head.Kind == RecordKind.Practice;
        string title = Say(practice ? "record.title.practice" : "record.title");
        string issue = head.Issue is { } n ? ", " + Say("record.issue", Number(n), Time(head.IssuedAt)) : "";
        string style = RecordStyle.Of($"{title}, {head.Session}{issue}", "log " + head.LogHash);

        // the one style that is here may be used; nothing else is loaded, run or sent
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        string policy = $"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'";
        XElement html = El(
            "html", null, At("lang", "en"),
            El("head", null,
                El("meta", null, At("charset", "utf-8")),
                El("meta", null, At("http-equiv", "Content-Security-Policy"), At("content", policy)),
                El("meta", null, At("name", "viewport"), At("content", "width=device-width")),
                El("title", null, $"{title}: {record.Pack.Name}"),
                El("style", null, style)),
            El("body", practice ? "practice" : null, Body(record)));
        foreach (XElement empty in html.Descendants().Where(e => e.Name.LocalName is "meta" or "br"))
        {
            empty.RemoveNodes();
        }

        return "<!DOCTYPE html>\n" + html.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    private static IEnumerable<XElement> Body(TopBalanceRecord record)
    {
        RecordHead head = record.Head;
        yield return Header(record);
        if (head.Kind != RecordKind.Issued)
        {
            yield return El("p", "stripe", Say(head.Kind == RecordKind.Practice ? "record.practice" : "record.unfiled"));
        }

        yield return Tiles(record);
        yield return El("p", "soft", Say("record.legend"));
        foreach (XElement part in PageSections.Of(record))
        {
            yield return part;
        }

        yield return El("section", "words", [El("h2", null, Say("record.section.words")), .. record.Words.Select(w => El("p", null, w))]);
        yield return Hand();
        yield return El("p", "soft", Say("record.by-hand"));
        yield return Issue(head);
    }

    private static XElement Header(TopBalanceRecord record)
    {
        (RecordHead head, VerdictSheet verdict) = (record.Head, record.Verdict);
        string word = RecordText.Word(verdict.Outcome);
        string sign = verdict.Outcome switch { VerdictOutcome.Pass => "✓", VerdictOutcome.Fail => "✕", _ => "?" };
        return El("header", null,
            El("div", null,
                El("p", "kind", Say(head.Kind == RecordKind.Practice ? "record.title.practice" : "record.title")),
                El("h1", null, record.Pack.Name),
                El("p", null, $"{record.Pack.Arrangement} · {record.Pack.Cell} · {record.Pack.Module}"),
                El("p", "soft", $"{Say("record.label.worked")} {RecordText.Days(head)}"),
                El("p", "soft", $"{Say("record.label.session")} {head.Session} · {RecordText.Issued(head)}")),
            El("div", "verdict v-" + word, El("i", null, sign), Say("record.outcome." + word)));
    }

    private static XElement Tiles(TopBalanceRecord record)
    {
        CellsSheet cells = record.Cells;
        (string before, string after) = (Say("record.label.before"), Say("record.label.after"));
        XElement Tile(string name, string middle, Figure figure) => El("div", "tile",
            El("span", "n", name), El("b", "n", middle),
            El("small", null, (figure as Figure.Computed)?.RangeText ?? "", Letter(figure.Mark)));
        Figure lit = record.Charges.IsEmpty ? Unknown("record.lamps.none") : record.Charges[^1].Lit;
        string all = lit is Figure.NotKnown ? "" : " / " + Number(cells.Rows.Length);
        return El("div", "tiles",
            Tile($"{Say("record.label.apart")} {before}", cells.Apart.Before.MiddleText, cells.Apart.Before),
            Tile($"{Say("record.label.apart")} {after}", cells.Apart.After.MiddleText, cells.Apart.After),
            Tile($"{Say("record.label.usable")} {after}", cells.Usable.After.MiddleText, cells.Usable.After),
            Tile(Say("record.tile.lit"), lit.MiddleText + all, lit));
    }

    private static XElement Hand() => El("div", "hand",
        El("div", null, Say("record.label.vehicle")),
        El("div", null, Say("record.label.handed-over")),
        El("div", null, Say("record.label.received")));

    private static XElement Issue(RecordHead head)
    {
        XElement Row(string name, string value) => El("tr", null, El("td", "w", name), El("td", "hash", value));
        return El("section", null,
            El("h2", null, Say("record.section.issue")),
            head.Supersedes is not { } before ? null : El("div", "box",
                El("p", null, Say("record.supersedes", Number(before.Issue), Time(before.IssuedAt))),
                El("ul", null, before.Differs.Select(d => El("li", null, d)))),
            El("table", null,
                Row(Say("record.label.hash"), head.LogHash),
                Row(Say("record.label.lines"), Number(head.LogLines)),
                Row(Say("record.label.software"), head.Software),
                Row(Say("record.label.model"), head.Model),
                head.Files.Select(f => Row(Say("record.label.files"), $"{f.Name} {f.Sha256}"))));
    }
}
