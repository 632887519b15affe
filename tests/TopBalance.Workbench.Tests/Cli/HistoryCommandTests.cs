using System.Collections.Immutable;
using System.Text.Json;
using TopBalance.Cli;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Procedure;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Workbench.Store;
using TopBalance.Workbench.Tests.Cli.Screens;

namespace TopBalance.Workbench.Tests.Cli;

/// <summary><c>history</c>: what a pack's sessions say of its cells over the months.</summary>
[Trait("Row", "15")]
public sealed class HistoryCommandTests : IDisposable
{
    private static readonly DateTimeOffset May = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_pack_without_a_session_is_refused_and_one_session_says_that_drift_is_not_yet_measurable()
    {
        string pack = ScreenStage.WritePack(folder, 4);
        (await History(pack)).ShouldRefuse("no session of", "A bank of 4 cells");
        Charged(pack, May, 1);

        CliRun text = await History(pack);
        CliRun json = await History("A bank of 4 cells in a long hall beside the sea", "--json");

        text.Out.ShouldContain("not yet measurable");
        text.Out.ShouldContain("2026-05-01");
        json.ExitCode.ShouldBe(ExitCode.Done, json.Error);
        json.Json().GetProperty("drift").ValueKind.ShouldBe(JsonValueKind.Null);
        json.Json().GetProperty("sessions").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_session_half_a_year_later_is_a_check_up_and_tells_drift_with_an_interval_and_the_next_check()
    {
        string pack = ScreenStage.WritePack(folder, 4);
        string first = Charged(pack, May, 1);
        CheckUp since = SinceLast(pack, May.AddMonths(6)).ShouldNotBeNull();
        Charged(pack, May.AddMonths(6), 3, since);

        CliRun json = await History(pack, "--json");
        CliRun text = await History(pack);

        since.Session.ShouldBe(first);
        since.Months.ShouldBe(6, 0.1);
        json.ExitCode.ShouldBe(ExitCode.Done, json.Error);
        JsonElement drift = json.Json().GetProperty("drift");
        drift.GetProperty("months").GetDouble().ShouldBe(6, 0.1);
        JsonElement[] cells = [.. drift.GetProperty("cells").EnumerateArray()];
        cells.Length.ShouldBe(4);
        foreach (JsonElement ah in cells.Select(c => c.GetProperty("ah_per_month")))
        {
            ah.GetProperty("p05").GetDouble().ShouldBeLessThanOrEqualTo(ah.GetProperty("p50").GetDouble());
            ah.GetProperty("p50").GetDouble().ShouldBeLessThanOrEqualTo(ah.GetProperty("p95").GetDouble());
        }

        drift.GetProperty("replace").GetArrayLength().ShouldBe(0, "nothing is replaced after one period");
        string next = json.Json().GetProperty("next_check_at").GetString()!;
        string.CompareOrdinal(next, "2026-11-30").ShouldBeGreaterThan(0, "at least a month after the last one");
        text.Out.ShouldContain(next);
        text.Out.ShouldContain("check-up");
    }

    [Fact]
    public async Task A_new_session_of_a_balanced_pack_begins_from_the_last_one_but_practice_never_does()
    {
        string pack = ScreenStage.WritePack(folder, 4);
        Charged(pack, May, 1);
        string script = folder.Write("s.txt", "accept\n");

        CliRun real = await CliRun.Of("session", pack, "--new", "--script", script, "--data", folder["data"]);
        CliRun practice = await CliRun.Of("session", pack, "--practice", "--script", script, "--data", folder["data"]);

        real.ExitCode.ShouldBe(ExitCode.Done, real.Error);
        using var store = new SessionStore(folder["data"]);
        store.Open(store.Find("last")).Session.CheckUp.ShouldNotBeNull();
        practice.ExitCode.ShouldBe(ExitCode.Done, practice.Error);
        using var apart = new SessionStore(folder["data"], practice: true);
        apart.Open(apart.Find("last")).Session.CheckUp.ShouldBeNull();
    }

    [Fact]
    public void A_pack_with_another_number_of_cells_is_not_checked_up()
    {
        Charged(ScreenStage.WritePack(folder, 4), May, 1);

        using var store = new SessionStore(folder["data"]);
        TopBalance.Workbench.Sessions.PackHistory.CheckUpOf(store, "A bank of 4 cells in a long hall beside the sea", 5, May.AddMonths(1)).ShouldBeNull();
    }

    private CheckUp? SinceLast(string pack, DateTimeOffset now)
    {
        using var store = new SessionStore(folder["data"]);
        PackSpec spec = ResolvedPack.Read(pack).Pack;
        return TopBalance.Workbench.Sessions.PackHistory.CheckUpOf(store, spec.Name, spec.Series, now);
    }

    // a session with one full charge that this cell ended; it and its neighbour were red
    private string Charged(string pack, DateTimeOffset at, int tripped, CheckUp? since = null)
    {
        using var store = new SessionStore(folder["data"]);
        (PackSpec spec, var texts) = ResolvedPack.Read(pack);
        StoredSession session = store.Begin(new SessionBegun(spec, 7) { Files = texts, CheckUp = since }, Stamp.Now(at));
        ImmutableArray<CellNumber> red = [new(tripped), new(tripped + 1)];
        session.Report(Stamp.Now(at), new WarningsAccepted(), new StepStarted(new Charge()));
        session.Report(Stamp.Now(at.AddHours(4)), new ChargeEnded(ChargeEnding.Hvc), new LampsNoted(red, []) { OthersDark = true }, new TripNoted(Trip.Of(red[0])));
        return session.Id;
    }

    private Task<CliRun> History(params string[] args) => CliRun.Of(["history", .. args, "--data", folder["data"]]);
}
