using System.Globalization;
using System.Text;
using TopBalance.Chemistry;
using TopBalance.Cli;
using TopBalance.Cli.Commands;
using TopBalance.Quantities;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Fitting;

namespace TopBalance.Workbench.Tests.Cli;

public sealed class FitCommandTests : IDisposable
{
    private const string Bpx = """
        {
          "Header": { "BPX": "1.0.0", "Title": "A made-up cell", "References": "nobody measured it" },
          "Parameterisation": {
            "Cell": {
              "Nominal cell capacity [A.h]": 2, "Upper voltage cut-off [V]": 3.65, "Lower voltage cut-off [V]": 2.0,
              "Reference temperature [K]": 293.15
            },
            "Negative electrode": {
              "Minimum stoichiometry": 0.0, "Maximum stoichiometry": 0.8, "OCP [V]": "0.1 + 0.5 * exp(-20 * x)"
            },
            "Positive electrode": {
              "Minimum stoichiometry": 0.1, "Maximum stoichiometry": 0.9,
              "OCP [V]": { "x": [0, 0.1, 0.2, 0.8, 1], "y": [3.9, 3.55, 3.43, 3.41, 2.5] }
            }
          }
        }
        """;

    private readonly ScratchFolder folder = new();

    private string Out => folder["cell.yaml"];

    public void Dispose() => folder.Dispose();

    public static TheoryData<string, string[]> Damaged => new()
    {
        { Rows(["time_s,voltage_v", .. Enumerable.Range(0, 100).Select(k => $"{k},3.3")]), ["no column for the current", "current_a"] },
        { Charge(300) + "23000,0.5,3.4\n23010,0.5,3.4\n", ["the clock jumps", "cut the file there"] },
        { Charge(300, sign: -1), ["its sign is wrong", "--sign flip"] },
        { Rows(["time_s,current_a,voltage_v", .. Enumerable.Range(0, 100).Select(k => $"{k * 60},0,3.3")]), ["no current flows"] },
        { Rows(["time_s,current_a,voltage_v", "0,5,3.3"]), ["single row"] },
        { "", ["empty"] },
        { Rows(["time_s,current_a,voltage_v"]), ["no rows"] },
        { "\0\u0001\u0002\u0003ELF\u0001\u0002", ["expected CSV text"] },
        { Charge(300), ["--capacity"] },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public async Task A_damaged_log_ends_in_one_clear_line_and_leaves_no_file(string text, string[] words)
    {
        string log = folder.Write("log.csv", text);

        CliRun run = await CliRun.Of("fit", log, "--out", Out);

        run.ShouldRefuse(["log.csv", .. words]);
        Directory.GetFiles(folder.Path).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_log_that_is_not_there_is_refused()
    {
        (await CliRun.Of("fit", folder["no.csv"], "--out", Out)).ShouldRefuse("no.csv", "no such file");
        (await CliRun.Of("fit")).ShouldRefuse("DATA is missing");
    }

    [Fact]
    public async Task What_cannot_be_written_is_said_before_the_fit()
    {
        string log = folder.Write("log.csv", Charge(300));
        folder.Write("there.yaml", "mine");

        (await CliRun.Of("fit", log, "--out", folder["there.yaml"])).ShouldRefuse("there.yaml", "not overwritten", "--force");
        (await CliRun.Of("fit", log, "--out", folder["no/such/cell.yaml"])).ShouldRefuse("no such folder");
        (await CliRun.Of("fit", log, "--out", folder["cell.csv"])).ShouldRefuse("--out", ".yaml");
        (await CliRun.Of("fit", log, "--to-csv", log)).ShouldRefuse("--to-csv", "another file");
        (await CliRun.Of("fit", log, "--to-csv", folder["x"], "--plot", folder["x"])).ShouldRefuse("--plot", "another file");
        (await File.ReadAllTextAsync(folder["there.yaml"])).ShouldBe("mine");
        (await File.ReadAllTextAsync(log)).ShouldBe(Charge(300));
    }

    [Theory]
    [InlineData("--capacity", "20,5", "20.5")]
    [InlineData("--capacity", "0", "above 0")]
    [InlineData("--full-v", "36", "2.5 to 5 V")]
    [InlineData("--max-v", "3.5", "below the voltage of a full cell")]
    [InlineData("--min-v", "3.6", "not below the voltage of a full cell")]
    [InlineData("--pairs", "3", "whole number")]
    [InlineData("--temperature", "-61", "°C")]
    [InlineData("--sign", "turn", "flip")]
    [InlineData("--like", "a123-26651", "a123-26650")]
    public async Task An_option_that_cannot_be_meant_is_refused(string option, string text, string expected)
    {
        (await CliRun.Of("fit", folder.Write("log.csv", Charge(300)), option, text)).ShouldRefuse(expected);
    }

    [Fact]
    public async Task A_charge_to_the_top_alone_tells_what_was_still_to_come_and_asks_for_the_capacity()
    {
        string log = folder.Write("top.csv", Rows(
        [
            "time_s,current_a,voltage_v",
            .. Enumerable.Range(0, 301).Select(k => FormattableString.Invariant($"{k * 10},5,{3.3 + (0.001 * k):0.000}")),
            .. Enumerable.Range(1, 100).Select(k => FormattableString.Invariant($"{3000 + (k * 10)},{5 - (0.045 * k):0.000},3.6")),
        ]));

        CliRun told = await CliRun.Of("fit", log);
        CliRun json = await CliRun.Of("fit", log, "--json");
        CliRun file = await CliRun.Of("fit", log, "--out", Out);

        told.ExitCode.ShouldBe(ExitCode.Done, told.Error);
        told.Out.ShouldContain("from 3.50 V");
        told.Out.ShouldContain("--capacity AH");
        json.Json().GetProperty("tails")[0].GetProperty("knee").EnumerateArray()
            .Single(k => Math.Abs(k.GetProperty("volts").GetDouble() - 3.5) < 1e-9)
            .GetProperty("to_full_volts_ah").GetDouble().ShouldBe(5 * 960 / 3600.0, 0.02);
        file.ShouldRefuse("top.csv", "--capacity");
    }

    [Fact]
    public async Task Ctrl_C_ends_with_130_and_leaves_no_file_behind()
    {
        string log = folder.Write("log.csv", Charge(300));

        var stage = new CliStage { Cancel = new CancellationToken(canceled: true) };

        CliRun run = await stage.Run("fit", log, "--capacity", "20", "--out", Out);

        run.ExitCode.ShouldBe(ExitCode.Interrupted, run.Error);
        run.Out.ShouldBeEmpty();
        Directory.GetFiles(folder.Path).ShouldHaveSingleItem();
    }

    [Fact]
    public void Temperatures_behind_a_name_go_to_the_stretches_in_turn()
    {
        IEnumerable<string> rows = Enumerable.Range(0, 90).Select(k => $"{k * 10},{1 + (k % 2)},3.3,{k / 30}");
        string log = folder.Write("a.csv", Rows(["time_s,current_a,voltage_v,segment", .. rows]));

        CellLog all = LogArgument.Of(log + "@5,25!").Read(new LogOptions());
        CellLog kept = LogArgument.Of(log + "@!,-5").Read(new LogOptions { Temperature = new Celsius(15) });

        all.Stretches.Select(s => (s.Temperature!.Value.Value, s.IsCompared)).ShouldBe([(5, true), (25, false), (25, false)]);
        kept.Stretches.Select(s => (s.Temperature!.Value.Value, s.IsCompared)).ShouldBe([(15, false), (-5, true), (-5, true)]);
        LogArgument.Of(log).Read(new LogOptions()).Stretches.ShouldAllBe(s => s.Temperature == null && s.IsCompared);
    }

    [Fact]
    public async Task A_name_with_an_at_sign_is_that_file_if_there_is_one()
    {
        string log = folder.Write("me@25", Charge(300));

        LogArgument.Of(log).ShouldBe(new LogArgument(log, []));
        LogArgument.Of(log + "@5").Path.ShouldBe(log);
        (await CliRun.Of("fit", log)).ShouldRefuse("me@25", "--capacity");
    }

    [Fact]
    public async Task What_stands_behind_the_at_sign_must_be_temperatures_for_stretches_that_there_are()
    {
        string log = folder.Write("log.csv", Charge(300));

        (await CliRun.Of("fit", log + "@5;25")).ShouldRefuse("'@5;25'", "@5,25!");
        (await CliRun.Of("fit", log + "@500")).ShouldRefuse("'@500'", "-60 to 100");
        (await CliRun.Of("fit", log + "@5,25")).ShouldRefuse("2 temperatures", "1 stretches");
        (await CliRun.Of("fit", log + "@!")).ShouldRefuse("take a '!' away");
        (await CliRun.Of("fit", folder["no.csv"] + "@5")).ShouldRefuse("no.csv: ", "no such file");
    }

    [Fact]
    public async Task A_BPX_file_becomes_a_cell_file_and_a_table()
    {
        string bpx = folder.Write("bpx.json", Bpx);

        CliRun run = await CliRun.Of("fit", "--from-bpx", bpx, "--out", Out, "--to-csv", folder["c.csv"]);
        CliRun json = await CliRun.Of("fit", "--from-bpx", bpx, "--name", "Mine", "--json");

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        run.Out.ShouldContain("A made-up cell");
        run.Out.ShouldContain("Not taken over: kinetics");
        run.Out.ShouldContain("Written: ");
        CellSpec cell = CellFileText.Read(Out);
        cell.Capacity.ShouldBe(new AmpereHours(2));
        cell.Id.ShouldBe("cell");
        File.ReadLines(folder["c.csv"]).First().ShouldBe("temperature_c,soc,ocv_v,r0_charge_ohm,r0_discharge_ohm");
        json.Json().GetProperty("name").GetString().ShouldBe("Mine");
        json.Json().GetProperty("capacity_ah").GetDouble().ShouldBe(2);
        json.Json().GetProperty("files").GetProperty("cell").GetString().ShouldBeNull();
        json.Json().GetProperty("notes").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_BPX_file_and_what_is_about_logs_do_not_go_together()
    {
        string bpx = folder.Write("bpx.json", Bpx);

        (await CliRun.Of("fit", "--from-bpx", bpx, bpx)).ShouldRefuse("--from-bpx", "leave one of the two out");
        (await CliRun.Of("fit", "--from-bpx", bpx, "--sign", "flip")).ShouldRefuse("--sign", "is about logs");
        (await CliRun.Of("fit", "--from-bpx", folder.Write("log.csv", Charge(3)))).ShouldRefuse("log.csv", "JSON");
    }

    internal static string Csv(CellLog log)
    {
        var text = new StringBuilder("time_s,current_a,voltage_v\n");
        foreach (LogStretch s in log.Stretches)
        {
            for (int k = 0; k < s.Seconds.Length; k++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{s.Seconds[k]},{s.Amps[k]:0.###},{s.Volts[k]:0.####}\n");
            }
        }

        return text.ToString();
    }

    // part of a charge: the voltage rises with what went in, and by the resistance while it flows
    private static string Charge(int rows, int sign = 1) => Rows(
    [
        "time_s,current_a,voltage_v",
        .. Enumerable.Range(0, rows).Select(k => FormattableString.Invariant($"{k * 10},{sign * 5},{3.2 + (0.0003 * k):0.0000}")),
    ]);

    private static string Rows(IEnumerable<string> rows) => string.Join('\n', rows) + "\n";
}
