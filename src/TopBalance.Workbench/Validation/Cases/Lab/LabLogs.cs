using System.Collections.Immutable;
using TopBalance.Quantities;
using TopBalance.Workbench.Fitting;

namespace TopBalance.Workbench.Validation.Cases.Lab;

/// <summary>The logs of the one cell of 2.5 Ah that was measured in a laboratory, as the fit reads logs.</summary>
internal static class LabLogs
{
    public const double FullVolts = 3.6, EmptyVolts = 2.0;

    private const string Folder = "cells/a123_26650_A002/";

    // what the tester shows at rest
    private const double RestAmps = 0.004;

    /// <summary>Temperatures at which the cell was charged and discharged at C/30 and driven, with the names of both logs.</summary>
    public static readonly ImmutableArray<(double Celsius, string Slow, string Driven)> Temperatures =
    [
        (-5, "N05", "10_N05"), (5, "P05", "10_P05"), (15, "P15", "10_P15"), (25, "P25", "20_P25"), (35, "P35", "05_P35"), (45, "P45", "10_P45"),
    ];

    public static readonly ImmutableArray<string> DrivenNames = ["20_P25", "50_P25", "10_N05", "10_P05", "10_P15", "05_P35", "10_P45"];

    public static readonly MeasuredData Data = new(
        [
            .. Temperatures.Select(t => SlowFile(t.Slow)), .. DrivenNames.Select(DrivenFile), CycleFile,
            Folder + "dynamic/a002_udds_p25.csv", Folder + "dynamic/a002_periodic_pulses_P25.csv.gz",
            .. Enumerable.Range(1, 4).Select(FastFile),
        ],
        "A. Kawakita de Souza, UCCS, 2021, Mendeley Data 10.17632/p8kf893yv3.1 and github.com/aloisiohks/A123_26650_m1b_LAB_Dataset @4fc9320, one cell A123 ANR26650M1B of 2.5 Ah",
        "CC BY 4.0");

    /// <summary>One C/30 discharge and charge at a temperature, both finished at 25 °C.</summary>
    public static CellLog Slow(DataFolder data, string name, double celsius) => Read(data, SlowFile(name), celsius, 25, celsius, 25);

    /// <summary>A driving profile from full at a temperature, then empty and full again at 25 °C.</summary>
    public static CellLog Driven(DataFolder data, string name, double celsius) => Read(data, DrivenFile(name), celsius, 25, 25);

    /// <summary>A 1C charge, then empty and full again at C/3.</summary>
    public static CellLog Cycle(DataFolder data) => Read(data, CycleFile, 25);

    /// <summary>1C from full for half an hour, then a driving profile of up to 12C.</summary>
    public static CellLog FastDriven(DataFolder data) => Read(data, Folder + "dynamic/a002_udds_p25.csv", 25);

    /// <summary>1C from full for half an hour, then pulses of 8C.</summary>
    public static CellLog Pulses(DataFolder data) => Read(data, Folder + "dynamic/a002_periodic_pulses_P25.csv.gz", 25);

    /// <summary>A CC-CV charge at a multiple of the capacity.</summary>
    public static CellLog Fast(DataFolder data, int rate) => Read(data, FastFile(rate), 25);

    /// <summary>The log with only these stretches compared; the others count charge.</summary>
    public static CellLog Only(CellLog log, params int[] compared) => log with
    {
        Stretches = [.. log.Stretches.Select((s, k) => s with { IsCompared = compared.Contains(k) })],
    };

    private const string CycleFile = Folder + "cccv/a002_cccv_1C_then_C3_cycle_25C.csv";

    private static string SlowFile(string name) => $"{Folder}ocv/a002_ocv_{name}_timeseries.csv";

    private static string DrivenFile(string name) => $"{Folder}dynamic/a002_dyn_{name}.csv.gz";

    private static string FastFile(int rate) => FormattableString.Invariant($"{Folder}cccv/a002_cccv_{rate}C_25C.csv");

    // celsius: of each script in turn; the last one also of those that follow
    private static CellLog Read(DataFolder data, string file, params double[] celsius)
    {
        DataTable table = data.Read(file);
        var stretches = new List<LogStretch>();
        double[] scripts = table.Columns.Contains("script", StringComparer.Ordinal) ? [.. table["script"].ToArray().Distinct()] : [double.NaN];
        foreach (double script in scripts)
        {
            DataTable part = double.IsNaN(script) ? table : table.Where("script", script);
            stretches.Add(Stretch(FormattableString.Invariant($"{Path.GetFileName(file)}, part {stretches.Count + 1}"), part) with
            {
                Temperature = new Celsius(celsius[Math.Min(stretches.Count, celsius.Length - 1)]),
            });
        }

        return new CellLog(Path.GetFileName(file), [.. stretches]);
    }

    private static LogStretch Stretch(string source, DataTable table)
    {
        ReadOnlySpan<double> time = table["time_s"], current = table["current_A_charge_positive"], voltage = table["voltage_V"];
        List<double> seconds = [], amps = [], volts = [];
        for (int k = 0; k < time.Length; k++)
        {
            if (seconds.Count == 0 || time[k] > seconds[^1])
            {
                seconds.Add(time[k]);
                amps.Add(Math.Abs(current[k]) < RestAmps ? 0 : current[k]);
                volts.Add(voltage[k]);
            }
        }

        return new LogStretch(source, [.. seconds], [.. amps], [.. volts]);
    }
}
