using System.Text.Json;
using TopBalance.Cli;
using TopBalance.Workbench.Tests.Files;

namespace TopBalance.Workbench.Tests.Cli;

/// <summary><c>session</c> and what goes with it, from the keyboard and from a script.</summary>
public sealed class SessionCommandTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("offgrid-16s-eve.yaml", "charge-the-dark-cells.txt")]
    [InlineData("sessions/four-close-cells.yaml", "drain-the-fullest.txt")]
    public async Task Practice_leads_from_nothing_to_a_pass_by_both_choices(string pack, string script)
    {
        CliRun run = await Session(Example(pack), "--practice", "--script", Example("sessions/" + script), "--json");

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        JsonElement end = run.Json();
        end.GetProperty("apart_from_practice").GetString().ShouldBe("pass");
        end.GetProperty("verdict").GetString().ShouldBe("inconclusive");
        end.GetProperty("practice").GetBoolean().ShouldBeTrue();
        end.GetProperty("criteria").EnumerateArray().Where(c => c.GetProperty("outcome").GetString() != "pass")
            .ShouldHaveSingleItem().GetProperty("code").GetString().ShouldBe("practice");
        (await Kept("sessions", "--json")).Json().GetProperty("sessions").GetArrayLength().ShouldBe(0, "practice never reaches history");
    }

    [Fact]
    public async Task What_may_not_be_begun_is_refused_with_what_would_permit_it()
    {
        CliRun run = await Session(Four(), "--script", Script("start charge", "accept", "start charge"));

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        run.Out.ShouldContain("The warnings have not been read. Read them and accept them.");
        run.Out.ShouldContain("Not checked yet: insulated tools");
    }

    [Fact]
    public async Task A_session_goes_on_where_it_was_and_can_be_typed_with_a_comma()
    {
        await Session(Four(), "--script", Script("accept", "check tools contactor lugs fuse", "temp 20"));
        var stage = new CliStage { Typed = "volts 3,30\ncells\nquit\n" };

        CliRun run = await stage.Run("session", Four(), "--data", folder["data"]);

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        run.Out.ShouldContain("Start a short charge, five minutes at most");
        (await Kept("sessions", "--json")).Json().GetProperty("sessions")[0].GetProperty("lines").GetInt32().ShouldBe(8);
    }

    [Theory]
    [InlineData("volts 3550", "3550 V for a cell; did you mean 3.550 V?")]
    [InlineData("pack 13700", "13700 V for the pack; did you mean 13.700 V?")]
    [InlineData("supply 1 3550", "3550 V for a cell; did you mean 3.550 V?")]
    [InlineData("supply 0 144", "144 V for four cells; expected 2 to 20 V")]
    [InlineData("volts 3,55", "write 3.55")]
    [InlineData("volts 1.000,5", "saw '1.000,5'")]
    [InlineData("lamsp 3", "did you mean 'lamps'?")]
    [InlineData("end sometime", "one of hvc, charged, stopped, mains")]
    [InlineData("reset now", "expected the end of the line")]
    public async Task A_wrong_line_of_a_script_is_told_with_its_number_and_notes_nothing(string line, string told)
    {
        CliRun run = await Session(Four(), "--script", Script("accept", line));

        run.ExitCode.ShouldBe(ExitCode.WrongInput);
        run.Error.ShouldContain("script.txt:2: ");
        run.Error.ShouldContain(told);
        (await Kept("sessions", "--json")).Json().GetProperty("sessions")[0].GetProperty("lines").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task What_was_seen_goes_to_infer_and_plan_directly_and_as_a_file()
    {
        await Session(Four(), "--script", Script("accept", "end hvc", "reset"));
        await Charged();

        CliRun direct = await Kept("infer", "--session", "last", "--json");
        CliRun exported = await Kept("export", "last", "--observations", "--out", folder["seen.yaml"]);
        CliRun file = await CliRun.Of("infer", Four(), folder["seen.yaml"], "--json");
        await Kept("export", "last", "--out", folder["s.jsonl"]);
        CliRun fromExport = await Kept("infer", "--session", folder["s.jsonl"], "--json");

        direct.ExitCode.ShouldBe(ExitCode.Done, direct.Error);
        exported.ExitCode.ShouldBe(ExitCode.Done, exported.Error);
        (await File.ReadAllTextAsync(folder["seen.yaml"])).ShouldContain("tripped: 4, red: [4]");
        Cells(direct).ShouldBe(Cells(file));
        Cells(fromExport).ShouldBe(Cells(direct));
        (await Kept("plan", "--session", "last", "--packs", "20", "--json")).ExitCode.ShouldBe(ExitCode.Done);
    }

    [Fact]
    public async Task A_session_is_exported_deleted_and_taken_in_again()
    {
        await Session(Four(), "--script", Script("accept"));
        await Kept("export", "last", "--out", folder["s.jsonl"]);
        (await Kept("backup", folder["copy.db"])).ExitCode.ShouldBe(ExitCode.Done);

        (await Kept("delete", "last")).ShouldRefuse("--yes");
        (await Kept("delete", "last", "--yes")).ExitCode.ShouldBe(ExitCode.Done);
        (await Kept("export", "last")).ShouldRefuse("there is no session 'last'");
        (await Kept("import", folder["s.jsonl"], "--json")).Json().GetProperty("added").GetInt32().ShouldBe(2);

        (await Kept("sessions")).Out.ShouldContain("2 lines  Four cells from the shelf");
        File.Exists(folder["copy.db"]).ShouldBeTrue();
    }

    private async Task Charged() => await Session(
        Four(), "--script", Script(
            "check tools contactor lugs fuse", "volts 3.30", "temp 20", "start", "loop stopped buzzer again 1", "off", "start", "end hvc", "lamps 4 others dark", "trip 4", "pack 13.7", "reset"));

    private async Task<CliRun> Session(string pack, params string[] args) => await CliRun.Of(["session", pack, .. args, "--data", folder["data"]]);

    private async Task<CliRun> Kept(string command, params string[] args) => await CliRun.Of([command, .. args, "--data", folder["data"]]);

    private string Script(params string[] lines) => folder.Write("script.txt", string.Join('\n', lines));

    private static string Cells(CliRun run) => run.Json().GetProperty("cells").ToString();

    private static string Four() => Example("four-cells.yaml");

    private static string Example(string name) => Path.Combine([Repository.Root, "examples", .. name.Split('/')]);
}
