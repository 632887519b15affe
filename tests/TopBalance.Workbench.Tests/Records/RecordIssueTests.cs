using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using TopBalance.Cli;
using TopBalance.Procedure;
using TopBalance.Verification.Verdicts;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Records;
using TopBalance.Workbench.Store;
using TopBalance.Workbench.Tests.Cli;

namespace TopBalance.Workbench.Tests.Records;

/// <summary>A record is frozen when it is issued.</summary>
public sealed class RecordIssueTests : IDisposable
{
    private static readonly ProgramBuild First = new("program 1", "model 1");
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_second_look_shows_the_same_bytes_and_a_log_that_went_on_makes_an_issue_beside_them()
    {
        using SessionStore store = Store();
        Scribe scribe = Charged(store);
        RecordForms one = Issue(store, scribe.Id, First);
        RecordForms again = Issue(store, scribe.Id, First);
        scribe.Note(1, new SessionPaused());

        RecordForms two = Issue(store, scribe.Id, First);

        again.ShouldBe(one);
        (one.Number, two.Number).ShouldBe((1, 2));
        RecordForms.Of(store.Issue(scribe.Id, 1)!).ShouldBe(one);
        store.Issues(scribe.Id).ShouldBe([1, 2]);
        JsonElement before = JsonDocument.Parse(two.Json).RootElement.GetProperty("head").GetProperty("supersedes");
        before.GetProperty("issue").GetInt32().ShouldBe(1);
        before.GetProperty("differs")[0].GetString()!.ShouldContain("lines and has");
        two.Html.ShouldContain("Takes the place of issue 1");
        one.Html.ShouldNotContain("Takes the place of");
    }

    [Fact]
    public void Another_program_or_model_makes_another_issue_that_says_so()
    {
        using SessionStore store = Store();
        Scribe scribe = Charged(store);
        Issue(store, scribe.Id, First);

        RecordForms two = Issue(store, scribe.Id, First with { Software = "program 2" });
        RecordForms three = Issue(store, scribe.Id, new ProgramBuild("program 2", "model 2"));

        two.Text.ReplaceLineEndings(" ").ShouldContain("The program was program 1 and is program 2.");
        three.Text.ReplaceLineEndings(" ").ShouldContain("The model was model 1 and is model 2.");
        two.Text.ShouldContain("No figure of the verdict is another.");
        Issue(store, scribe.Id, First).Number.ShouldBe(4, "the latest issue is of another program");
    }

    [Fact]
    public void What_an_issue_says_otherwise_than_the_one_before_is_listed()
    {
        using SessionStore store = Store();
        Scribe scribe = Scribe.Begun(store);
        Issue(store, scribe.Id, First).Outcome.ShouldBe(VerdictOutcome.Inconclusive);
        scribe.Charged(180, 4, 4);

        RecordForms two = Issue(store, scribe.Id, First);

        two.Text.ReplaceLineEndings(" ").ShouldContain("The verdict was inconclusive and is fail.");
    }

    [Fact]
    public void An_issue_that_is_not_finished_is_not_there()
    {
        using SessionStore store = Store();
        Scribe scribe = Charged(store);

        Should.Throw<NotSupportedException>(() => store.File(scribe.Id, _ => throw new NotSupportedException()));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Should.Throw<OperationCanceledException>(() => new RecordIssue(TimeProvider.System, First).Of(store, scribe.Id, cancellationToken: cancelled.Token));

        store.Issues(scribe.Id).ShouldBeEmpty();
        Issue(store, scribe.Id, First).Number.ShouldBe(1);
    }

    [Fact]
    public void Two_programs_that_issue_at_once_make_one_issue()
    {
        using SessionStore one = Store();
        using SessionStore two = Store();
        Scribe scribe = Charged(one);
        RecordForms first = Issue(one, scribe.Id, First);

        RecordForms second = Issue(two, scribe.Id, First);

        second.ShouldBe(first);
        two.Issues(scribe.Id).ShouldBe([1]);
    }

    [Fact]
    public void Bytes_that_were_changed_behind_its_back_are_noticed_and_an_update_is_refused()
    {
        using (SessionStore store = Store())
        {
            Issue(store, Charged(store).Id, First);
        }

        Should.Throw<SqliteException>(() => Sql("UPDATE issues SET html = x'00'")).Message.ShouldContain("never changed");
        Sql("DROP TRIGGER issues_are_frozen; UPDATE issues SET html = x'00'");

        using SessionStore again = Store();
        Should.Throw<InputException>(() => again.Issue(again.Find("last"))).Message.ShouldContain("is damaged");
    }

    [Fact]
    public void A_deleted_session_takes_its_issues_with_it_and_names_are_in_none()
    {
        using SessionStore store = Store();
        Scribe scribe = Charged(store);
        store.SetPersonal(scribe.Id, "customer", "Erika Mustermann");

        RecordForms one = Issue(store, scribe.Id, First);
        (one.Html + one.Json + one.Text).ShouldNotContain("Mustermann");
        store.SetPersonal(scribe.Id, "customer", null);
        Issue(store, scribe.Id, First).ShouldBe(one);
        store.Delete(scribe.Id);

        store.Issues(scribe.Id).ShouldBeEmpty();
        Directory.GetFiles(folder["data"], "sessions.db*").ShouldAllBe(f => !Encoding.Latin1.GetString(Shared(f)).Contains(scribe.Id));
    }

    [Fact]
    public void A_database_of_the_version_before_issues_is_taken_over_with_its_sessions()
    {
        string id;
        using (SessionStore store = Store())
        {
            id = Charged(store).Id;
        }

        Sql("DROP TRIGGER issues_are_frozen; DROP TABLE issues; PRAGMA user_version = 1");

        using SessionStore upgraded = Store();
        upgraded.Open(id).Session.Charges.ShouldBe(1);
        Issue(upgraded, id, First).Number.ShouldBe(1);
    }

    [Fact]
    public async Task The_command_ends_with_the_verdict_and_shows_what_is_asked_for()
    {
        string id;
        using (SessionStore store = Store())
        {
            id = Charged(store).Id;
        }

        CliRun text = await Report(id);
        CliRun json = await Report(id[..13], "--json");
        CliRun page = await Report("last", "--html", folder["r.html"]);
        CliRun plain = await Report("last", "--plain");

        text.ExitCode.ShouldBe(ExitCode.Bad, text.Error);
        text.Out.ShouldStartWith("TOP-BALANCE RECORD\n");
        json.ExitCode.ShouldBe(ExitCode.Bad);
        json.Json().GetProperty("head").GetProperty("issue").GetInt32().ShouldBe(1);
        page.ExitCode.ShouldBe(ExitCode.Bad);
        page.Out.ShouldContain("Top-balance record 1");
        (await File.ReadAllTextAsync(folder["r.html"])).ShouldStartWith("<!DOCTYPE html>");
        System.Text.Ascii.IsValid(plain.Out).ShouldBeTrue();
        text.Out.Split('\n').ShouldAllBe(l => l.Length <= 80);
        (await Report(id, "--issue", "1")).Out.ShouldBe(text.Out);
    }

    [Fact]
    public async Task What_cannot_be_done_is_one_line_and_issues_nothing()
    {
        string id;
        using (SessionStore store = Store())
        {
            id = Charged(store).Id;
        }

        (await Report(id, "--html", folder["no/such/folder/r.html"])).ShouldRefuse("there is no such folder");
        (await Report(id, "--html", folder.Path)).ShouldRefuse("is a directory");
        (await Report(id, "--issue", "7")).ShouldRefuse("has no issue 7; none was made yet");
        (await Report(id, "--issue", "1.5")).ShouldRefuse("--issue", "whole number");
        (await Report("nonsense")).ShouldRefuse("there is no session 'nonsense'");
        (await Report(folder.Write("x.jsonl", "{}"))).ShouldRefuse("is no session of TopBalance");

        using SessionStore after = Store();
        after.Issues(id).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_exported_file_gives_the_same_record_unfiled()
    {
        string id;
        using (SessionStore store = Store())
        {
            id = Charged(store).Id;
        }

        await CliRun.Of("export", id, "--out", folder["s.jsonl"], "--data", folder["data"]);
        JsonElement filed = (await Report(id, "--json")).Json();
        CliRun copy = await CliRun.Of("report", folder["s.jsonl"], "--json");
        CliRun inconclusive = await CliRun.Of("report", folder["s.jsonl"], "--issue", "1");

        copy.ExitCode.ShouldBe(ExitCode.Bad, copy.Error);
        copy.Json().GetProperty("head").GetProperty("kind").GetString().ShouldBe("unfiled-copy");
        copy.Json().GetProperty("head").GetProperty("log_hash").GetString().ShouldBe(filed.GetProperty("head").GetProperty("log_hash").GetString());
        copy.Json().EnumerateObject().Where(p => p.Name != "head").Select(p => p.ToString())
            .ShouldBe(filed.EnumerateObject().Where(p => p.Name != "head").Select(p => p.ToString()));
        inconclusive.ShouldRefuse("holds no issues");
    }

    [Fact]
    public async Task A_session_without_a_charge_is_inconclusive()
    {
        string id;
        using (SessionStore store = Store())
        {
            id = Scribe.Begun(store).Id;
        }

        (await Report(id)).ExitCode.ShouldBe(ExitCode.Inconclusive);
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("offgrid-16s-eve.yaml", "charge-the-dark-cells.txt")]
    [InlineData("sessions/four-close-cells.yaml", "drain-the-fullest.txt")]
    public async Task Both_choices_of_the_paper_lead_to_a_record_that_passes(string pack, string script)
    {
        CliRun played = await CliRun.Of("session", Scribe.Example(pack), "--practice", "--script", Scribe.Example("sessions/" + script), "--data", folder["data"]);
        played.ExitCode.ShouldBe(ExitCode.Done, played.Error);
        CliRun practised = await Report("last", "--practice");
        practised.ExitCode.ShouldBe(ExitCode.Inconclusive, practised.Error);
        string id;
        using (SessionStore practice = new(folder["data"], practice: true))
        using (SessionStore store = Store())
        {
            id = Scribe.AsReal(practice, store);
        }

        CliRun run = await Report(id, "--json");

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        JsonElement record = run.Json();
        record.GetProperty("verdict").GetProperty("outcome").GetString().ShouldBe("pass");
        record.GetProperty("head").GetProperty("kind").GetString().ShouldBe("issued");
        JsonElement usable = record.GetProperty("cells").GetProperty("usable");
        usable.GetProperty("after").GetProperty("p50").GetDouble().ShouldBeGreaterThan(usable.GetProperty("before").GetProperty("p50").GetDouble());
        record.GetProperty("next_check").GetProperty("by").GetString()!.Length.ShouldBe(7);
    }

    private SessionStore Store() => new(folder["data"]);

    private static RecordForms Issue(SessionStore store, string id, ProgramBuild build) => new RecordIssue(TimeProvider.System, build).Of(store, id);

    private static Scribe Charged(SessionStore store)
    {
        Scribe scribe = Scribe.Begun(store);
        scribe.Charged(180, 4, 4);
        return scribe;
    }

    private async Task<CliRun> Report(params string[] args) => await CliRun.Of(["report", .. args, "--data", folder["data"]]);

    private void Sql(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder["data"], "sessions.db"), Pooling = false }.ToString());
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static byte[] Shared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
