using TopBalance.Workbench.Fitting;

namespace TopBalance.Workbench.Tests.Fitting;

/// <summary>The logs of the open measurements are read as they are.</summary>
public sealed class OpenLogTests
{
    [OpenDataFact]
    public void Every_log_of_the_A123_cell_reads_with_a_plausible_charge()
    {
        string[] files =
        [
            .. Directory.EnumerateFiles(Path.Combine(OpenDataFactAttribute.Folder, "cells", "a123_26650_A002"), "*", SearchOption.AllDirectories)
                .Where(f => !f.EndsWith("_branches.csv", StringComparison.Ordinal) && !f.EndsWith("_summary.csv", StringComparison.Ordinal)
                    && !f.Contains("figures", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];

        files.Length.ShouldBe(22);
        foreach (string file in files)
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
            (double into, double outOf) = Charges(CellLogFile.Read(Path.Combine(OpenDataFactAttribute.Folder, "cells", "lfp_1p2Ah_berkeley", file)));

            // four swings between 20 and 80 % of 1.2 Ah
            into.ShouldBeInRange(2, 8);
            outOf.ShouldBeInRange(2, 8);
        }
    }

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
