using System.Text;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Procedure;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Sessions;
using TopBalance.Workbench.Store;
using TopBalance.Workbench.Tests.Cli;
using TopBalance.Workbench.Tests.Files;

namespace TopBalance.Workbench.Tests.Store;

/// <summary>What is noted stays: stored, exported, mirrored and brought back.</summary>
public sealed class SessionStoreTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_session_is_there_again_after_the_program_was_ended()
    {
        string id;
        using (SessionStore store = Store())
        {
            StoredSession begun = Begun(store);
            id = begun.Id;
            begun.Report(At(1), new WarningsAccepted(), new CheckConfirmed("lugs"));
        }

        using SessionStore again = Store();
        StoredSession session = again.Open(again.Find("last"));

        session.Id.ShouldBe(id);
        session.Session.Phase.ShouldBe(Phase.PreCheck);
        session.Session.Checked.ShouldBe(["lugs"]);
        again.Sessions().ShouldHaveSingleItem().Lines.ShouldBe(3);
        session.MirrorProblem.ShouldBeNull();
    }

    [Fact]
    public void Every_kind_of_event_is_read_back_as_it_was_written()
    {
        string before = SessionLines.Head("s");
        foreach (SessionEvent happened in EventSamples.All)
        {
            var entry = new SessionEntry(7, new Stamp(Noon, Noon.AddMinutes(3), "Europe/Berlin") { Within = new Seconds(60), Tick = new Tick("b", 12.25) }, happened);

            string line = SessionLines.Of(entry, before);
            SessionEntry read = SessionLines.Read(line, before);

            SessionLines.Of(read, before).ShouldBe(line);
            read.Stamp.ShouldBe(entry.Stamp);
            read.Event.GetType().ShouldBe(happened.GetType());
            line.ShouldNotContain("\"value\"");
        }

        EventSamples.All.Select(e => e.GetType()).Distinct().Count()
            .ShouldBe(typeof(SessionEvent).Assembly.GetTypes().Count(t => t.IsSubclassOf(typeof(SessionEvent))));
    }

    [Fact]
    public void What_was_understood_is_told_with_its_units()
    {
        string[] told = [.. EventSamples.All.Select(EventText.Of)];

        told.ShouldContain("temperature measured: coldest 18 °C, warmest 21.5 °C");
        told.ShouldContain("cells measured: cells 1 at 3.301 V, 4 at 3.300 V, reversed 2");
        told.ShouldContain("supply measured: supply 0, open voltage 3.55 V, polarity right yes");
        told.ShouldContain("warnings accepted");
        told.ShouldAllBe(t => !t.Contains('{') && !t.Contains('"'));
    }

    [Fact]
    public void A_file_of_the_first_version_stays_readable()
    {
        string path = Path.Combine(Repository.Root, "tests", "TopBalance.Workbench.Tests", "Store", "Golden", "session-1.jsonl");
        if (Environment.GetEnvironmentVariable("TOPBALANCE_RENEW") == "1" && !File.Exists(path))
        {
            using SessionStore writing = Store();
            StoredSession all = Begun(writing);
            all.Report(At(1), [.. EventSamples.All.Where(e => e is not SessionBegun)]);
            using var file = new StringWriter();
            writing.Export(all.Id, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.ToString());
        }

        using SessionStore store = Store("golden");
        (string id, int added) = store.Import(path, File.ReadAllBytes(path));

        added.ShouldBe(EventSamples.All.Length);
        store.Open(id).Session.Pack.Series.ShouldBe(4);
        using var again = new StringWriter();
        store.Export(id, again);
        again.ToString().ShouldBe(File.ReadAllText(path));
    }

    [Fact]
    public void A_pack_is_read_out_of_the_session_alone()
    {
        using SessionStore store = Store();
        StoredSession session = Begun(store);
        SessionBegun begun = (SessionBegun)session.Session.Log[0].Entry.Event;

        begun.Files.Length.ShouldBeGreaterThanOrEqualTo(3);
        ResolvedPack.Of(begun.Files).Cell.Id.ShouldBe(session.Session.Pack.Cell.Id);
        Should.Throw<InputException>(() => ResolvedPack.Of([begun.Files[0] with { Text = begun.Files[0].Text + " " }, .. begun.Files[1..]]))
            .Message.ShouldContain("hash");
    }

    [Fact]
    public void An_export_is_taken_in_elsewhere_byte_for_byte_and_a_changed_byte_shows()
    {
        using SessionStore store = Store();
        StoredSession session = Begun(store);
        session.Report(At(1), new WarningsAccepted(), new CheckConfirmed("lugs"), new CheckConfirmed("fuse"));
        byte[] bytes = Export(store, session.Id);
        using SessionStore other = Store("other");

        other.Import("x.jsonl", bytes).ShouldBe((session.Id, 4));
        Export(other, session.Id).ShouldBe(bytes);
        other.Import("x.jsonl", bytes).Added.ShouldBe(0);

        for (int at = 5; at < bytes.Length; at += 97)
        {
            byte[] changed = [.. bytes];
            changed[at] ^= 1;
            using SessionStore fresh = Store("fresh-" + at);
            Should.Throw<InputException>(() => fresh.Import("x.jsonl", changed), $"byte {at}");
            fresh.Sessions().ShouldBeEmpty();
        }
    }

    [Fact]
    public void Lines_that_are_missing_show_and_a_torn_mirror_is_read_up_to_the_tear()
    {
        using SessionStore store = Store();
        StoredSession session = Begun(store);
        session.Report(At(1), new WarningsAccepted(), new CheckConfirmed("lugs"), new CheckConfirmed("fuse"));
        string[] lines = Encoding.UTF8.GetString(Export(store, session.Id)).Split('\n');
        byte[] Of(IEnumerable<string> kept) => Encoding.UTF8.GetBytes(string.Join('\n', kept));
        using SessionStore other = Store("other");

        Should.Throw<InputException>(() => other.Import("x", Of(lines.Where((_, k) => k != 2)))).Message.ShouldStartWith("x:3: does not follow");
        Should.Throw<InputException>(() => other.Import("x", Of(lines.Where((_, k) => k != 4)))).Message.ShouldContain("some are missing");
        byte[] mirror = File.ReadAllBytes(Path.Combine(folder["data"], "sessions-mirror", session.Id + ".jsonl"));
        other.Import("m", mirror[..^20]).Added.ShouldBe(3);
        other.Import("m", mirror).Added.ShouldBe(1);
        other.Open(session.Id).Hash.ShouldBe(session.Hash);
    }

    [Fact]
    public void Two_programs_at_one_session_lose_nothing_and_decide_on_what_both_have_said()
    {
        using SessionStore one = Store();
        using SessionStore two = Store();
        StoredSession first = Begun(one);
        StoredSession second = two.Open(first.Id);

        first.Report(At(1), new WarningsAccepted());
        second.Report(At(2), new CheckConfirmed("lugs"));
        first.Report(At(3), new CheckConfirmed("fuse"));
        var refused = second.Ask(new RequestTestCharge(At(4))).ShouldBeOfType<Decision.Refused>();

        refused.Because.Select(b => b.Code).ShouldBe(["pre-check"]);
        second.Session.Checked.ShouldBe(["fuse", "lugs"]);
        one.Open(first.Id).Session.Log.Select(p => p.Entry.Number).ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public void Names_are_outside_the_log_and_leave_no_trace_when_they_are_erased()
    {
        using SessionStore store = Store();
        StoredSession session = Begun(store);
        string hash = session.Hash;
        store.SetPersonal(session.Id, "customer", "Erika Mustermann");
        store.Personal(session.Id)["customer"].ShouldBe("Erika Mustermann");
        Encoding.UTF8.GetString(Export(store, session.Id)).ShouldNotContain("Mustermann");

        store.SetPersonal(session.Id, "customer", null);

        store.Open(session.Id).Hash.ShouldBe(hash);
        Directory.GetFiles(folder["data"], "sessions.db*").ShouldAllBe(f => !Encoding.Latin1.GetString(Shared(f)).Contains("Mustermann"));
    }

    [Fact]
    public void A_deleted_session_is_gone_with_its_mirror_and_a_backup_keeps_it()
    {
        using SessionStore store = Store();
        StoredSession session = Begun(store);
        Directory.CreateDirectory(folder["copy"]);
        store.Backup(Path.Combine(folder["copy"], "sessions.db"));

        store.Delete(session.Id);

        store.Sessions().ShouldBeEmpty();
        Directory.GetFiles(Path.Combine(folder["data"], "sessions-mirror")).ShouldBeEmpty();
        using SessionStore copy = Store("copy");
        copy.Open(session.Id).Hash.ShouldBe(session.Hash);
    }

    [Fact]
    public void A_mirror_can_lie_elsewhere_and_one_that_cannot_be_written_is_told_and_stops_nothing()
    {
        using (var elsewhere = new SessionStore(folder["data"], mirrorFolder: folder["stick"]))
        {
            StoredSession session = Begun(elsewhere);
            File.Exists(Path.Combine(folder["stick"], session.Id + ".jsonl")).ShouldBeTrue();
        }

        File.WriteAllText(folder["file"], "no folder");
        using var broken = new SessionStore(folder["data"], mirrorFolder: folder["file"]);
        StoredSession kept = broken.Open(broken.Find("last"));
        kept.Report(At(1), new WarningsAccepted());

        kept.MirrorProblem.ShouldNotBeNull();
        kept.Session.WarningsAccepted.ShouldBeTrue();
    }

    [Fact]
    public void A_damaged_database_is_told_and_the_mirror_brings_the_session_back()
    {
        string id;
        using (SessionStore store = Store())
        {
            StoredSession session = Begun(store);
            (id, _) = (session.Id, 0);
            session.Report(At(1), new WarningsAccepted());
        }

        string file = Path.Combine(folder["data"], "sessions.db");
        File.WriteAllBytes(file, [.. File.ReadAllBytes(file).Take(3000)]);
        Should.Throw<InputException>(() => Store()).Message.ShouldContain("the database is damaged");

        File.Delete(file);
        using SessionStore fresh = Store();
        string mirror = Path.Combine(folder["data"], "sessions-mirror", id + ".jsonl");
        fresh.Import(mirror, File.ReadAllBytes(mirror)).ShouldBe((id, 2));
    }

    [Fact]
    public void A_folder_on_another_machine_is_refused()
    {
        Should.Throw<InputException>(() => StoreFolder.Prepared(folder["net"], _ => DriveType.Network)).Message.ShouldContain("lies on another machine");
    }

    [Fact]
    public void Practice_is_kept_apart()
    {
        using var practice = new SessionStore(folder["data"], practice: true);
        Begun(practice, practice: true);
        using SessionStore real = Store();

        real.Sessions().ShouldBeEmpty();
        practice.Sessions().Length.ShouldBe(1);
    }

    private static byte[] Shared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static byte[] Export(SessionStore store, string id)
    {
        using var text = new StringWriter();
        store.Export(id, text);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private SessionStore Store(string name = "data") => new(folder[name]);

    private static StoredSession Begun(SessionStore store, bool practice = false)
    {
        (PackSpec pack, var texts) = ResolvedPack.Read(Path.Combine(Repository.Root, "examples", "four-cells.yaml"));
        return store.Begin(new SessionBegun(pack, 3) { Files = texts, Practice = practice }, At(0));
    }

    private static Stamp At(double minutes) => Stamp.Now(Noon.AddMinutes(minutes), new Tick("boot", 60 * minutes));
}
