using System.Text.Json;
using TopBalance.Chemistry;
using TopBalance.Cli;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Tests.Fitting;

namespace TopBalance.Workbench.Tests.Cli;

/// <summary>A played cell logged, fitted and written: what comes out is the cell that was played.</summary>
[Trait("Category", "Slow")]
public sealed class FitEndToEnd : IDisposable
{
    private const int Seed = 5;

    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_log_becomes_a_cell_file_a_page_a_table_and_one_document()
    {
        var truth = new SyntheticCell(Seed);
        string log = folder.Write("log.csv", FitCommandTests.Csv(truth.Log(Seed)));
        string[] outputs = ["--out", folder["mine.yaml"], "--plot", folder["fit.html"], "--to-csv", folder["curves.csv"]];

        CliRun run = await CliRun.Of(
            ["fit", log + "@25", .. outputs, "--name", "My cell", "--source", "my bench", "--max-v", "3.65", "--json"]);

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        run.Error.ShouldBeEmpty();
        CheckCell(CellFileText.Read(folder["mine.yaml"]));
        CheckJson(run.Json());
        SourceCoverage.Gaps(new SourceText("mine.yaml", await File.ReadAllTextAsync(folder["mine.yaml"]))).ShouldBeEmpty();
        string page = await File.ReadAllTextAsync(folder["fit.html"]);
        page.ShouldStartWith("<!doctype html>");
        page.ShouldContain("capacity");
        page.ShouldNotContain("<script");
        File.ReadLines(folder["curves.csv"]).First().ShouldStartWith("temperature_c,soc,ocv_v,r0_charge_ohm");
        Directory.GetFiles(folder.Path).Length.ShouldBe(4);
    }

    [Fact]
    public async Task For_people_it_says_what_was_found_and_what_was_not()
    {
        var truth = new SyntheticCell(Seed);
        string log = folder.Write("log.csv", FitCommandTests.Csv(truth.Log(Seed)));
        folder.Write("mine.yaml", "old");

        CliRun run = await CliRun.Of("fit", log, "--pairs", "0", "--out", folder["mine.yaml"], "--force", "--plain");

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        run.Error.ShouldBeEmpty();
        foreach (string part in (string[])
            [
                "Used ", "Columns: time from 'time_s'", "capacity ", " +- ", "R0 charge", "50 % SoC", "rms", "at 3.45 V",
                "C/10, 2.01 A at 25 deg C",
                "taken as 25 deg C", "Where it may be trusted", "3.6 V, never above 3.65 V", "Written: ",
            ])
        {
            run.Out.Contains(part, StringComparison.Ordinal).ShouldBeTrue($"{part} in {run.Out}");
        }

        System.Text.Ascii.IsValid(run.Out).ShouldBeTrue();
        run.Out.Split('\n').ShouldAllBe(line => line.Length <= Terminal.DefaultWidth);
        CellSpec cell = CellFileText.Read(folder["mine.yaml"]);
        cell.Temperatures[0].Parameters.RcPairs.ShouldBeEmpty();
        cell.Sources.Single(s => s.Key == "max_v").Sure.ShouldBe(Sureness.Placeholder);
        cell.Sources.Single(s => s.Key == "temperatures.temperature_c").Sure.ShouldBe(Sureness.Placeholder);
    }

    private static void CheckCell(CellSpec cell)
    {
        cell.Id.ShouldBe("mine");
        cell.Name.ShouldBe("My cell");
        cell.Capacity.Value.ShouldBe(SyntheticCell.CapacityAh, 0.01 * SyntheticCell.CapacityAh, "within 1 %");
        cell.FullVoltage.Value.ShouldBe(SyntheticCell.FullVolts);
        cell.MaxVoltage.Value.ShouldBe(3.65);
        cell.Trusted!.HoldsCharge(1).ShouldBeTrue();
        cell.Trusted.MaxSoc.ShouldBe(1);
        cell.FitError!.Value.Value.ShouldBeLessThan(0.005, "noise and steps of 1 mV");
        cell.Temperatures.ShouldHaveSingleItem().Temperature.Value.ShouldBe(25);
        Provenance ocv = cell.Sources.First(s => s.Key == "temperatures.ocv");
        ocv.Sure.ShouldBe(Sureness.Measured);
        ocv.Text.ShouldBe("my bench; fitted by topbalance fit to 1 log: log.csv");
        cell.Sources.Single(s => s.Key == "max_v").Sure.ShouldBe(Sureness.Forum);
        cell.Sources.Single(s => s.Key == "full_v").Sure.ShouldBe(Sureness.Placeholder);
    }

    private static void CheckJson(JsonElement json)
    {
        json.GetProperty("cell").GetString().ShouldBe("mine");
        json.GetProperty("capacity_ah").GetProperty("value").GetDouble().ShouldBe(SyntheticCell.CapacityAh, 0.2);
        json.GetProperty("capacity_ah").GetProperty("sigma").GetDouble().ShouldBeGreaterThan(0);
        json.GetProperty("time_constants_s").GetArrayLength().ShouldBeInRange(1, 2);
        JsonElement at = json.GetProperty("temperatures").EnumerateArray().ShouldHaveSingleItem();
        at.GetProperty("resistances").EnumerateArray().First().GetProperty("resistance").GetString().ShouldBe("r0");
        JsonElement knee = json.GetProperty("charge_to_come").EnumerateArray().First();
        double[] toCome = [.. knee.GetProperty("to_full_v").EnumerateArray().Select(k => k.GetProperty("percent").GetDouble())];
        toCome.Length.ShouldBe(4);
        toCome.ShouldBe(toCome.OrderDescending());
        json.GetProperty("trusted").GetProperty("temperature_c").EnumerateArray().Select(t => t.GetDouble()).ShouldBe([25, 25]);
        json.GetProperty("logs")[0].GetProperty("notes").GetArrayLength().ShouldBeGreaterThan(0);
        json.GetProperty("files").GetProperty("cell").GetString()!.ShouldEndWith("mine.yaml");
    }
}
