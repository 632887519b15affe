using TopBalance.Workbench.Files;
using TopBalance.Workbench.Fitting;

namespace TopBalance.Workbench.Tests.Fitting;

/// <summary>The logs of the open measurements are read as they are.</summary>
public sealed class OpenLogTests
{
    private static string[] A123Logs =>
    [
        .. Directory.EnumerateFiles(Cells("a123_26650_A002"), "*", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith("_branches.csv", StringComparison.Ordinal) && !f.EndsWith("_summary.csv", StringComparison.Ordinal)
                && !f.Contains("figures", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    [OpenDataFact]
    public void A_sign_turned_round_is_found_in_every_log_of_the_A123_cell()
    {
        foreach (string file in A123Logs)
        {
            Should.Throw<InputException>(() => CellLogFile.Read(file, new LogOptions { Sign = LogSign.Flip }), file)
                .Message.ShouldContain("so its sign is wrong");
        }
    }

    // a row in a hundred is damaged, each in another way; the charge stays what it was
    [OpenDataFact]
    public void A_damaged_log_keeps_its_charge()
    {
        string file = A123Logs.Single(f => f.Contains("cccv_1C_25C", StringComparison.Ordinal));
        string[] damages = ["", "nan", "x", "99", "-5000", "0", "\"", "1,1"];
        string[] lines = File.ReadAllLines(file);
        for (int k = 50; k + 1 < lines.Length; k += 100)
        {
            string[] fields = lines[k].Split(',');
            fields[k / 100 % 3] = damages[k / 100 % damages.Length];
            lines[k] = string.Join(',', fields);
        }

        CellLog log = CellLogFile.Read(MemoryFiles.Of(("log.csv", string.Join('\n', lines))), "log.csv", new LogOptions());

        Charges(log).Into.ShouldBe(Charges(CellLogFile.Read(file)).Into, 0.002);
        log.Notes[0].ShouldContain("threw away");
    }

    [OpenDataFact]
    public void Every_log_of_the_A123_cell_reads_with_a_plausible_charge()
    {
        A123Logs.Length.ShouldBe(22);
        foreach (string file in A123Logs)
        {
            CellLog log = CellLogFile.Read(file);

            // a cell of 2.5 Ah, six times through at most; in and out differ by no more than it holds
            (double into, double outOf) = Charges(log);
            string shown = FormattableString.Invariant($"{Path.GetFileName(file)}: {into:0.000} Ah in, {outOf:0.000} Ah out");
            Math.Max(into, outOf).ShouldBeInRange(2.0, 17, shown);
            Math.Abs(into - outOf).ShouldBeLessThan(2.8, shown);
            log.Notes[0].ShouldNotContain("without a number");
        }
    }

    [OpenDataFact]
    public void Both_logs_of_the_second_cell_read()
    {
        foreach (string file in new[] { "lfp1p2_flat_zone_10C.csv.gz", "lfp1p2_flat_zone_25C.csv.gz" })
        {
            (double into, double outOf) = Charges(CellLogFile.Read(Path.Combine(Cells("lfp_1p2Ah_berkeley"), file)));

            // four swings between 20 and 80 % of 1.2 Ah
            into.ShouldBeInRange(2, 8);
            outOf.ShouldBeInRange(2, 8);
        }
    }

    private static string Cells(string folder) => Path.Combine(OpenDataFactAttribute.Folder, "cells", folder);

    private static (double Into, double OutOf) Charges(CellLog log)
    {
        double into = 0, outOf = 0;
        foreach (LogStretch s in log.Stretches)
        {
            for (int k = 1; k < s.Seconds.Length; k++)
            {
                double charge = s.Amps[k] * (s.Seconds[k] - s.Seconds[k - 1]) / 3600;
                into += Math.Max(0, charge);
                outOf += Math.Max(0, -charge);
            }
        }

        return (into, outOf);
    }
}
