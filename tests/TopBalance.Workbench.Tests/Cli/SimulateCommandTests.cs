using System.Globalization;
using System.Text.Json;
using TopBalance.Cli;

namespace TopBalance.Workbench.Tests.Cli;

public sealed class SimulateCommandTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    private string Pack => field ??= PackTexts.WriteFourCells(folder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_fullest_cell_of_the_papers_picture_trips()
    {
        CliRun run = await CliRun.Of("simulate", Pack);

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        run.Error.ShouldBeEmpty();
        run.Out.ShouldContain("Cell 4 tripped HVC");
        run.Out.ShouldContain("cell 3 most");
    }

    [Fact]
    public async Task Plain_output_is_as_it_was_read_and_approved()
    {
        CliRun run = await CliRun.Of("simulate", Pack, "--plain");

        Golden.ShouldMatch("simulate-four-cells.txt", run.Out);
    }

    [Fact]
    public async Task Json_is_one_document_and_nothing_else_also_on_a_terminal()
    {
        CliRun run = await new CliStage { OutIsTerminal = true, ErrorIsTerminal = true, Time = new StillClock() }.Run("simulate", Pack, "--json");

        using JsonDocument document = JsonDocument.Parse(run.Out);
        document.RootElement.GetProperty("ended").GetProperty("reason").GetString().ShouldBe("hvc");
        document.RootElement.GetProperty("ended").GetProperty("cell").GetInt32().ShouldBe(4);
        run.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cycles_restart_and_trip_again()
    {
        CliRun run = await CliRun.Of("simulate", Pack, "--cycles", "2", "--restart-below", "3.55", "--json");
        using JsonDocument document = JsonDocument.Parse(run.Out);

        document.RootElement.GetProperty("trips_s").GetArrayLength().ShouldBe(3);
        document.RootElement.GetProperty("restarts_s").GetArrayLength().ShouldBe(2);
    }

    [Theory]
    [InlineData("1000")]
    [InlineData("10900")]
    [InlineData("11000.5")]
    public async Task Until_caps_the_whole_run(string until)
    {
        CliRun run = await CliRun.Of("simulate", Pack, "--cycles", "50", "--until", until, "--json");
        using JsonDocument document = JsonDocument.Parse(run.Out);
        JsonElement ended = document.RootElement.GetProperty("ended");

        ended.GetProperty("reason").GetString().ShouldBe("time");
        ended.GetProperty("cell").ValueKind.ShouldBe(JsonValueKind.Null);
        ended.GetProperty("time_s").GetDouble().ShouldBe(double.Parse(until, CultureInfo.InvariantCulture), 1e-9); // start + limit rounds
    }

    [Fact]
    public async Task A_restart_level_that_never_comes_ends_the_run_and_says_where_the_cell_settles()
    {
        CliRun json = await CliRun.Of("simulate", Pack, "--cycles", "3", "--restart-below", "2.9", "--json");
        CliRun text = await CliRun.Of("simulate", Pack, "--cycles", "3", "--restart-below", "2.9");

        using JsonDocument document = JsonDocument.Parse(json.Out);
        JsonElement ended = document.RootElement.GetProperty("ended");
        ended.GetProperty("reason").GetString().ShouldBe("stuck");
        double settles = ended.GetProperty("settles_v").GetDouble();
        settles.ShouldBeInRange(3.3, 3.5);
        text.Out.ReplaceLineEndings(" ").ShouldContain(settles.ToString("0.000", CultureInfo.InvariantCulture) + " V");
        document.RootElement.GetProperty("trips_s").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_cut_loop_lets_nothing_start()
    {
        string pack = folder.Write("cut.yaml", PackTexts.FourCells + "\nfaults: [ { kind: cut-loop } ]\n");
        _ = Pack;

        using JsonDocument document = JsonDocument.Parse((await CliRun.Of("simulate", pack, "--json")).Out);

        document.RootElement.GetProperty("ended").GetProperty("reason").GetString().ShouldBe("loop");
    }

    [Fact]
    public async Task A_cell_at_LVC_from_the_start_holds_the_loop_open_and_is_named()
    {
        string pack = PackTexts.WriteFourCells(folder, PackTexts.FourCells.Replace("soc: 0.40", "soc: 0", StringComparison.Ordinal));

        CliRun text = await CliRun.Of("simulate", pack);
        using JsonDocument document = JsonDocument.Parse((await CliRun.Of("simulate", pack, "--json")).Out);

        JsonElement ended = document.RootElement.GetProperty("ended");
        ended.GetProperty("reason").GetString().ShouldBe("loop");
        ended.GetProperty("cell").GetInt32().ShouldBe(3);
        text.Out.ReplaceLineEndings(" ").ShouldContain("contact of cell 3 is open: the cell is at 2.500 V, too low for LVC to clear");
    }

    [Fact]
    public async Task A_stuck_shunt_that_empties_its_cell_while_the_pack_is_charged_ends_the_charge_at_LVC()
    {
        string pack = PackTexts.WriteFourCells(folder, PackTexts.FourCells
            .Replace("current_a: 10, termination_current_a: 5", "current_a: 0.1, termination_current_a: 0", StringComparison.Ordinal)
            .Replace("soc: 0.40", "soc: 0.03", StringComparison.Ordinal) + "\nfaults: [ { kind: stuck-on-shunt, cell: 3 } ]\n");

        CliRun text = await CliRun.Of("simulate", pack, "--cycles", "2");
        using JsonDocument document = JsonDocument.Parse((await CliRun.Of("simulate", pack, "--cycles", "2", "--json")).Out);

        JsonElement ended = document.RootElement.GetProperty("ended");
        ended.GetProperty("reason").GetString().ShouldBe("lvc");
        ended.GetProperty("cell").GetInt32().ShouldBe(3);
        document.RootElement.GetProperty("trips_s")[0].GetDouble().ShouldBe(ended.GetProperty("time_s").GetDouble());
        document.RootElement.GetProperty("cells")[2].GetProperty("green").GetBoolean().ShouldBeFalse();
        text.Out.ShouldContain("Cell 3 fell to LVC after");
        text.Out.ShouldContain("[R-]");
    }

    [Fact]
    public async Task A_resistor_above_its_wattage_is_an_error_of_the_check_for_simulate_drains_nothing()
    {
        string pack = PackTexts.WriteFourCells(
            folder, PackTexts.FourCells + "\ntools: { drain_load: { resistance_ohm: 3.3, max_w: 3 } }\n");

        CliRun check = await CliRun.Of("check", pack, "--json");
        using JsonDocument document = JsonDocument.Parse((await CliRun.Of("simulate", pack, "--json")).Out);

        check.ExitCode.ShouldBe(ExitCode.Bad);
        JsonElement[] findings = [.. JsonDocument.Parse(check.Out).RootElement.GetProperty("findings").EnumerateArray()];
        findings.ShouldContain(f => f.GetProperty("code").GetString() == "drain-load" && f.GetProperty("severity").GetString() == "error");
        document.RootElement.GetProperty("hazards").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Without_a_level_a_restart_waits_for_the_shunts_to_let_go_and_the_headline_tells_how_long()
    {
        CliRun json = await CliRun.Of("simulate", Pack, "--cycles", "2", "--trace", folder["t.csv"], "--json");
        CliRun text = await CliRun.Of("simulate", Pack, "--cycles", "2");

        double[] lines = [.. (await File.ReadAllLinesAsync(folder["t.csv"]))
            .Where(line => line.Contains("shunt-off", StringComparison.Ordinal))
            .Select(line => double.Parse(line.Split(',')[0], CultureInfo.InvariantCulture))];
        using JsonDocument document = JsonDocument.Parse(json.Out);
        JsonElement[] restarts = [.. document.RootElement.GetProperty("restarts_s").EnumerateArray()];
        restarts.Length.ShouldBe(2);
        restarts.ShouldAllBe(r => lines.Contains(r.GetDouble()));
        text.Out.ReplaceLineEndings(" ").ShouldContain(" of it waiting) and stopped the charger.");
        text.Out.ShouldContain("in 3 charges, each stopped by the BMS.");
    }

    [Fact]
    public async Task A_long_simulation_says_on_the_terminal_that_it_is_at_work_and_wipes_it()
    {
        var stage = new CliStage { ErrorIsTerminal = true, Time = new HastyClock() };

        CliRun run = await stage.Run("simulate", Pack, "--cycles", "3000", "--restart-below", "3.58", "--json");

        run.Error.ShouldContain("\rsimulating 1 s");
        run.Error.ShouldEndWith("\r");
        JsonDocument.Parse(run.Out).RootElement.GetProperty("trips_s").GetArrayLength().ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task A_state_of_charge_given_nowhere_is_wrong_input()
    {
        IEnumerable<string> lines = PackTexts.FourCells.Split('\n').Where(l => !l.Contains("cell: 2", StringComparison.Ordinal));
        string pack = folder.Write("blank.yaml", string.Join('\n', lines));
        _ = Pack;

        (await CliRun.Of("simulate", pack)).ShouldRefuse("state of charge of cell 2");
    }

    [Fact]
    public async Task A_trace_has_rows_events_and_units_and_says_that_it_is_simulated()
    {
        CliRun run = await CliRun.Of("simulate", Pack, "--trace", folder["trace.csv"], "--spacing", "600");

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        string[][] rows = [.. (await File.ReadAllLinesAsync(folder["trace.csv"])).Select(line => line.Split(','))];
        rows[0].Take(6).ShouldBe(["time_s", "current_a", "pack_v", "v1", "soc1", "shunt1"]);
        rows[0].TakeLast(2).ShouldBe(["event", "source"]);
        rows.ShouldAllBe(row => row.Length == rows[0].Length);
        rows.Skip(1).Select(row => row[^1]).Distinct().ShouldBe(["simulation"]);
        double[] times = [.. rows.Skip(1).Select(row => double.Parse(row[0], CultureInfo.InvariantCulture))];
        times.ShouldBeInOrder();
        times.Count(t => t % 600 == 0).ShouldBe((int)(times[^1] / 600) + 1);
        rows.Select(row => row[^2]).ShouldContain("hvc-opened 4");
        rows[^1][^2].ShouldBe("end");
        Directory.GetFiles(folder.Path, "*.tmp").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_report_is_one_page_that_says_simulation_and_asks_nothing_of_the_network()
    {
        string text = PackTexts.FourCells.Replace("Four cells", "\"<script>alert(1)</script>\"", StringComparison.Ordinal);
        string pack = PackTexts.WriteFourCells(folder, text);

        CliRun run = await CliRun.Of("simulate", pack, "--report", folder["report.html"]);

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        string page = await File.ReadAllTextAsync(folder["report.html"]);
        page.ShouldContain("SIMULATION");
        page.ShouldContain("<svg");
        page.ShouldContain("Cell 4 tripped HVC");
        page.ShouldNotContain("<script");
        page.ShouldNotContain("http");
        page.ShouldNotContain("NaN");
    }

    [Theory]
    [InlineData("--trace")]
    [InlineData("--report")]
    public async Task The_pack_file_is_never_overwritten(string option)
    {
        string pack = folder.Write("four.yaml", await File.ReadAllTextAsync(Pack));
        string before = await File.ReadAllTextAsync(pack);

        (await CliRun.Of("simulate", pack, option, pack)).ShouldRefuse(option, "name another file");

        (await File.ReadAllTextAsync(pack)).ShouldBe(before);
    }

    [Fact]
    public async Task Trace_and_report_are_two_files() =>
        (await CliRun.Of("simulate", Pack, "--trace", folder["out"], "--report", folder["out"])).ShouldRefuse("--report", "name another file");

    [Fact]
    public async Task Rows_of_a_trace_too_close_to_ever_end_are_refused() =>
        (await CliRun.Of("simulate", Pack, "--trace", folder["t.csv"], "--spacing", "1e-300")).ShouldRefuse("--spacing", "at least 0.001 s");

    [Theory]
    [InlineData("--trace", "")]
    [InlineData("--trace", "no-such-folder/t.csv")]
    [InlineData("--report", "/dev/null")]
    public async Task A_file_that_cannot_be_written_is_refused_before_anything_is_played(string option, string path)
    {
        (await CliRun.Of("simulate", Pack, option, path)).ShouldRefuse(path);
    }

    [Fact]
    public async Task Watching_where_there_is_no_terminal_lists_what_happens_and_waits_for_nobody()
    {
        CliRun run = await CliRun.Of("simulate", Pack, "--watch", "--plain");

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        run.Out.ShouldContain("cell   4  red lamp on");
        run.Out.ShouldContain("cell   4  green lamp out: HVC");
        run.Out.ShouldNotContain("\u001b");
        System.Text.Ascii.IsValid(run.Out).ShouldBeTrue();
    }

    [Fact]
    public async Task Watching_shows_the_instant_of_the_trip_however_fast_it_goes()
    {
        var stage = new CliStage { OutIsTerminal = true, NoColour = true, Time = new HastyClock() };

        CliRun run = await stage.Run("simulate", Pack, "--watch", "--speed", "1000");

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        string[] frames = run.Out.Split("\u001b[H");
        frames.ShouldContain(frame => frame.Contains("OFF") && frame.Contains(" R-"));
        frames.ShouldContain(frame => frame.Contains("ON ") && frame.Contains(" RG"));
        run.Out.ShouldContain("\u001b[?1049l");
    }

    [Fact]
    public async Task Q_leaves_the_replay()
    {
        var stage = new CliStage { OutIsTerminal = true, NoColour = true, Time = new HastyClock() };
        stage.Keys.Enqueue('q');

        CliRun run = await stage.Run("simulate", Pack, "--watch");

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        run.Out.Split("\u001b[H").Length.ShouldBe(2);
        run.Out.ShouldContain("Cell 4 tripped HVC");
    }

    [Fact]
    public async Task Watch_and_json_do_not_go_together()
    {
        (await CliRun.Of("simulate", Pack, "--watch", "--json")).ShouldRefuse("--watch", "--json");
    }
}
