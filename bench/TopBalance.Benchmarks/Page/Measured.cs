using System.Reflection;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using TopBalance.Benchmarks.Works;

namespace TopBalance.Benchmarks.Page;

/// <summary>One benchmark as it came out.</summary>
/// <param name="Class">The class it stands in.</param>
/// <param name="Work">What it does.</param>
/// <param name="IsRival">It is not TopBalance.</param>
/// <param name="Lowest">The fastest iteration, s per operation: the one least disturbed by others.</param>
/// <param name="Highest">The slowest that counts, s per operation.</param>
/// <param name="Median">s per operation.</param>
/// <param name="Mean">s per operation.</param>
/// <param name="Error">Half of the 99.9 % confidence interval of the mean, s.</param>
/// <param name="Runs">Iterations counted.</param>
/// <param name="Bytes">Allocated per operation.</param>
internal sealed record Measured(
    Type Class,
    WorkAttribute Work,
    bool IsRival,
    double Lowest,
    double Highest,
    double Median,
    double Mean,
    double Error,
    int Runs,
    long Bytes)
{
    /// <summary>Takes it from BenchmarkDotNet, which counts in nanoseconds.</summary>
    public static Measured Of(BenchmarkReport report)
    {
        Descriptor method = report.BenchmarkCase.Descriptor;
        var s = report.ResultStatistics!;
        return new Measured(
            method.Type,
            method.WorkloadMethod.GetCustomAttribute<WorkAttribute>()!,
            method.Baseline,
            s.Min * 1e-9,
            s.Max * 1e-9,
            s.Median * 1e-9,
            s.Mean * 1e-9,
            s.ConfidenceInterval.Margin * 1e-9,
            s.N,
            report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0);
    }
}
