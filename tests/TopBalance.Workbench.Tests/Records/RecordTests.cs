using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Procedure;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Workbench.Records;
using TopBalance.Workbench.Store;
using TopBalance.Workbench.Tests.Cli;

namespace TopBalance.Workbench.Tests.Records;

/// <summary>What a record says, and that it says on what grounds.</summary>
public sealed class RecordTests : IDisposable
{
    private const string Hostile = "<script>alert('x')</script> & \"y\" ]]> \u001b[31m\u202e]]";
    private static readonly string[] Identifiers = ["cell", "tripped_cell", "line", "log_lines", "charge", "issue", "format_version"];
    private readonly ScratchFolder folder = new();
    private readonly SessionStore store;

    public RecordTests() => store = new SessionStore(folder["data"]);

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Every_number_of_the_json_has_a_mark_or_names_a_thing()
    {
        JsonElement record = Json(Failing());

        var bare = new List<string>();
        Walk(record, "", marked: false, bare);

        bare.ShouldBeEmpty();
    }

    [Fact]
    public void What_was_observed_stated_and_computed_is_told_apart()
    {
        JsonElement record = Json(Failing());

        JsonElement charge = record.GetProperty("charges")[1];
        charge.GetProperty("pack_voltage").GetProperty("mark").GetString().ShouldBe("observed");
        charge.GetProperty("current").GetProperty("mark").GetString().ShouldBe("stated");
        charge.GetProperty("delivered").GetProperty("mark").GetString().ShouldBe("computed");
        charge.GetProperty("lamps").EnumerateArray().Select(l => l.GetString()).ShouldBe(["dark", "dark", "dark", "lit"]);
        JsonElement cell = record.GetProperty("cells").GetProperty("rows")[0];
        cell.GetProperty("before").GetProperty("mark").GetString().ShouldBe("computed");
        record.GetProperty("interlock").GetProperty("mark").GetString().ShouldBe("observed");
    }

    [Fact]
    public void A_pack_that_was_never_charged_to_its_end_has_no_figures()
    {
        Scribe scribe = Scribe.Begun(store);

        TopBalanceRecord record = Drawn(scribe);

        record.Verdict.Outcome.ShouldBe(Verification.Verdicts.VerdictOutcome.Inconclusive);
        record.Cells.Rows.ShouldAllBe(r => r.Before is Figure.NotKnown && r.After is Figure.NotKnown);
        record.Cells.Usable.After.ShouldBeOfType<Figure.NotKnown>();
        record.NextCheck.By.ShouldBeNull();
        string[] said = [.. record.Verdict.Criteria.Where(c => c.Outcome == Verification.Verdicts.VerdictOutcome.Pass).Select(c => c.Code)];
        said.ShouldBe(["practice", "disputes", "loop"], "all else hangs on a charge that there was not");
        RecordText.Of(record).ShouldContain("from the nameplate");
    }

    [Fact]
    public void Lamps_that_nobody_saw_are_not_known_and_never_fine()
    {
        Scribe scribe = Scribe.Begun(store);
        scribe.Note(1, new StepStarted(new Charge()));
        scribe.Note(180, new ChargeEnded(ChargeEnding.Hvc), new TripNoted(Trip.Unseen));

        TopBalanceRecord record = Drawn(scribe);

        record.Verdict.Outcome.ShouldNotBe(Verification.Verdicts.VerdictOutcome.Pass);
        record.Charges[^1].Lit.ShouldBeOfType<Figure.NotKnown>();
        record.Charges[^1].PackVoltage.ShouldBeOfType<Figure.NotKnown>();
        record.Cells.Rows.ShouldAllBe(r => r.Lamp == "not_seen");
        record.Verdict.Criteria.Single(c => c.Code == "lamps-seen").Seen.Mark.ShouldBe(Mark.NotKnown);
        RecordPage.Html(record).ShouldContain("no lamp was looked at");
    }

    [Fact]
    public void A_correction_is_shown_with_both_values()
    {
        Scribe scribe = Failing();
        int line = scribe.Stored.Session.Log.Single(p => p.Entry.Event is TripNoted).Entry.Number;
        scribe.Note(5, new EntryCorrected(line, new TripNoted(Trip.Of(new CellNumber(2))), "I read it the wrong way round"));

        TopBalanceRecord record = Drawn(scribe);

        FindingRow found = record.Findings.Single(f => f.Kind == "correction");
        found.Line.ShouldBe(line);
        found.Was!.ShouldContain("4");
        found.Counts!.ShouldContain("2");
        foreach (string shown in (string[])[RecordText.Of(record), RecordPage.Html(record)])
        {
            shown.ShouldContain(found.Was!);
            shown.ShouldContain(found.Counts!);
            shown.ReplaceLineEndings(" ").ShouldContain("the wrong way round");
        }
    }

    [Fact]
    public void A_disputed_line_is_shown_until_and_after_it_is_settled()
    {
        Scribe scribe = Failing();
        int line = scribe.Note(1, new LampsNoted([new CellNumber(9)], []));

        FindingRow open = Drawn(scribe).Findings.Single(f => f.Kind == "disputed");
        scribe.Note(1, new DisputeSettled(line, Counts: false, "there is no cell 9"));
        FindingRow settled = Drawn(scribe).Findings.Single(f => f.Kind == "disputed");

        open.Seen.Mark.ShouldBe(Mark.NotKnown);
        open.Line.ShouldBe(line);
        settled.Seen.Text.ShouldContain("there is no cell 9");
    }

    [Fact]
    public void A_page_is_well_formed_loads_nothing_and_runs_nothing()
    {
        string html = RecordPage.Html(Drawn(Failing()));

        XDocument page = Parsed(html);
        html.ShouldNotContain("http://");
        html.ShouldNotContain("https://");
        string[] names = [.. page.Descendants().Select(e => e.Name.LocalName)];
        names.ShouldNotContain("script");
        names.ShouldNotContain("link");
        names.ShouldNotContain("img");
        page.Descendants().Attributes().Select(a => a.Name.LocalName).Where(a => a is "style" or "src" or "href" || a.StartsWith("on", StringComparison.Ordinal)).ShouldBeEmpty();
        page.Descendants("td").ShouldNotBeEmpty();
        html.ShouldNotContain("<td />");
        string style = html[(html.IndexOf("<style>", StringComparison.Ordinal) + 7)..html.IndexOf("</style>", StringComparison.Ordinal)];
        string policy = page.Descendants("meta").Select(m => (string?)m.Attribute("content")).First(c => c?.StartsWith("default-src", StringComparison.Ordinal) == true)!;
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain(Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style))));
    }

    [Fact]
    public void Text_of_others_stays_text_wherever_it_stands()
    {
        string pack = folder.Write("hostile.yaml", File.ReadAllText(Scribe.Example("four-cells.yaml")).Replace("name: ", "name: " + JsonSerializer.Serialize(Hostile[..32]) + " # ", StringComparison.Ordinal));
        Scribe scribe = Scribe.Begun(store, pack);
        scribe.Charged(180, 4, 4);
        int line = scribe.Note(1, new TroubleReported(TroubleKind.Other, Hostile));
        scribe.Note(1, new TroubleOver(Hostile), new MethodChosen(Hostile), new EntryCorrected(line, new TroubleReported(TroubleKind.Hot, Hostile), Hostile));
        scribe.Note(1, new LampsNoted([new CellNumber(9)], []), new SessionAbandoned(Hostile));

        TopBalanceRecord record = RecordDraft.Of(scribe.Stored.Session, Hostile, scribe.Stored.Hash);
        string html = RecordPage.Html(record), text = RecordText.Of(record);

        XDocument page = Parsed(html);
        page.Descendants("script").ShouldBeEmpty();
        page.Descendants("h1").Single().Value.ShouldContain("<script>alert('x')</script>");
        html.ShouldNotContain("<script");
        page.Descendants("style").Single().Value.ShouldNotContain("alert(");
        (html + text).ShouldNotContain("\u001b");
        (html + text).ShouldNotContain("\u202e");
    }

    [Fact]
    public void A_sheet_of_practice_says_so_everywhere_and_is_never_issued()
    {
        using var practice = new SessionStore(folder["data"], practice: true);
        Scribe scribe = Scribe.Begun(practice, practice: true);
        scribe.Charged(180, 4, 4);
        var issuing = new RecordIssue(TimeProvider.System, ProgramBuild.Here);

        RecordForms forms = issuing.Of(practice, scribe.Id);

        forms.Kind.ShouldBe(RecordKind.Practice);
        forms.Number.ShouldBeNull();
        forms.Outcome.ShouldBe(Verification.Verdicts.VerdictOutcome.Inconclusive);
        forms.Html.ShouldContain("<body class=\"practice\">");
        forms.Html.ShouldContain("Nothing on this sheet is true of any pack");
        forms.Text.ShouldStartWith("PRACTICE");
        forms.Text.Split("PRACTICE: the pack is simulated").Length.ShouldBeGreaterThan(8);
        practice.Issues(scribe.Id).ShouldBeEmpty();
        Should.Throw<InvalidOperationException>(() => practice.File(scribe.Id, _ => throw new NotSupportedException()));

        // nor where its log was brought into the other store
        using var file = new StringWriter();
        practice.Export(scribe.Id, file);
        store.Import("p.jsonl", Encoding.UTF8.GetBytes(file.ToString()));
        issuing.Of(store, scribe.Id).Kind.ShouldBe(RecordKind.Practice);
        store.Issues(scribe.Id).ShouldBeEmpty();
    }

    [Fact]
    public void No_figure_without_a_finite_number()
    {
        Should.Throw<ArgumentException>(() => new Figure.Observed(double.NaN, "V", 1));
        Should.Throw<ArgumentException>(() => new Figure.Computed(new(0, 1, double.PositiveInfinity), "Ah", 1));
        new Figure.Observed(-0.0004, "V", 2).Text.ShouldBe("0.00\u00a0V");
        new Figure.NotKnown("nobody looked").Text.ShouldBe("not known");
    }

    private Scribe Failing()
    {
        Scribe scribe = Scribe.Begun(store);
        scribe.Charged(180, 4, 4);
        return scribe;
    }

    private static TopBalanceRecord Drawn(Scribe scribe) => RecordDraft.Of(scribe.Stored.Session, scribe.Id, scribe.Stored.Hash);

    private static JsonElement Json(Scribe scribe) => JsonDocument.Parse(Workbench.Json.JsonText.Of(Drawn(scribe))).RootElement;

    private static XDocument Parsed(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse, XmlResolver = null });
        return XDocument.Load(reader);
    }

    private static void Walk(JsonElement element, string path, bool marked, List<string> bare)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                bool has = element.TryGetProperty("mark", out _);
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    Walk(property.Value, path + "." + property.Name, has, bare);
                }

                break;
            case JsonValueKind.Array:
                element.EnumerateArray().ToList().ForEach(e => Walk(e, path, marked: false, bare));
                break;
            case JsonValueKind.Number when !marked && !Identifiers.Contains(path.Split('.')[^1]):
                bare.Add(path);
                break;
        }
    }
}
