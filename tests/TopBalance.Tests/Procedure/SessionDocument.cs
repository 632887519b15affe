using TopBalance.Procedure;
using TopBalance.Simulation;
using TopBalance.Verification.Verdicts;
using TopBalance.Words;

namespace TopBalance.Tests.Procedure;

/// <summary>The document of the session is the data that decide, and every sentence has its place in the catalogue.</summary>
public class SessionDocument
{
    private const string Begin = "<!-- from the data: TOPBALANCE_RENEW=1 writes it anew -->\n";

    [Fact]
    public void The_document_shows_the_data_that_decide()
    {
        string path = Path.Combine(Repository.Root, "docs", "session.md");
        string text = File.ReadAllText(path).ReplaceLineEndings("\n");
        string head = text[..(text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)];
        string wanted = head + "\n" + StateDiagram.Write();
        if (Environment.GetEnvironmentVariable("TOPBALANCE_RENEW") == "1")
        {
            File.WriteAllText(path, wanted);
        }

        File.ReadAllText(path).ReplaceLineEndings("\n").ShouldBe(wanted);
    }

    [Fact]
    public void Every_sentence_that_is_asked_for_is_in_the_catalogue_and_none_is_left_over()
    {
        string[] used =
        [
            .. PreChecks.All.SelectMany(c => new[] { "check." + c.Code, "check-name." + c.Code }),
            .. Rules.All.SelectMany(r => new[] { "refused." + r.Code, "permit." + r.Code }),
            .. Disputes.Codes.Append("taken-out").Select(c => "disputed." + c),
            .. DeadEnds.All.Select(d => "dead-end." + d.Code),
            .. Criteria.All.Select(c => "criterion." + c.Code),
            .. Enum.GetNames<Phase>().Select(p => "phase." + p),
            .. Enum.GetNames<EndReason>().Select(r => "screen.ended." + r.ToLowerInvariant()),
            .. Enum.GetNames<EndReason>().Select(r => "heard." + r.ToLowerInvariant()),
            .. Enum.GetNames<Interlock>().Select(i => "loop." + i),
            .. Enum.GetNames<TroubleKind>().Select(k => "trouble." + k.ToLowerInvariant()),
            .. Enumerable.Range(0, 5).Select(k => $"screen.warning.{k}"),
            .. Enumerable.Range(0, 6).Select(k => $"record.words.{k}"),
            .. Enum.GetNames<TroubleKind>().Select(k => "advice.trouble." + k.ToLowerInvariant()),
        ];
        string[] written = [.. Catalogue.English.Keys];
        string code = string.Join('\n', Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

        used.ShouldBeSubsetOf(written);
        written.Except(used).Where(key => !code.Contains('"' + key.Split('.')[^1] + '"', StringComparison.Ordinal)
            && !code.Contains('"' + key + '"', StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_phase_can_be_reached_and_left()
    {
        Phase[] all = Enum.GetValues<Phase>();

        all.Except(Phases.All.Select(a => a.To).OfType<Phase>()).ShouldBe([Phase.Describe, Phase.CheckUp], ignoreOrder: true);
        all.Except(Phases.All.Select(a => a.From).OfType<Phase>()).ShouldBe([Phase.Abandoned]);
    }

    [Fact]
    public void No_sentence_has_a_hole_that_nothing_fills()
    {
        foreach (string key in Catalogue.English.Keys)
        {
            Catalogue.English.Say(new Phrase(key, "a", "b", "c", "d", "e")).ShouldNotContain("{");
        }
    }
}
