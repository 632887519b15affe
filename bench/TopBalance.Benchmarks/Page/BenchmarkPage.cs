using System.Runtime.InteropServices;
using System.Text;
using TopBalance.Benchmarks.Works;

namespace TopBalance.Benchmarks.Page;

/// <summary>The page <c>docs/benchmarks.md</c>.</summary>
internal sealed class BenchmarkPage(RunFolder run, Measured[] measured)
{
    private readonly StringBuilder page = new();

    public string Write()
    {
        Line("# Benchmarks");
        Line();
        Line("Written by `bench/run`; run it again rather than edit this page. Packs have 50 cells in series.");
        Line();
        WriteMachine();
        WriteOwn();
        WriteRivals();
        QuotedFigures.Write(Line);
        return page.ToString();
    }

    private void WriteMachine()
    {
        Row("", "");
        Row("---", "---");
        foreach ((string name, string value) in run.Facts)
        {
            Row(name, value);
        }

        Row(".NET", RuntimeInformation.FrameworkDescription);
        Row("load at its end", $"{LoadNow()}, of which about 1 is the benchmark's own");
        Row("iterations", $"{measured.Min(m => m.Runs)} to {measured.Max(m => m.Runs)} after warm-up, outliers removed, one thread");
        Line();
    }

    private void WriteOwn()
    {
        Line("## TopBalance");
        Line();
        Row("work", "fastest", "median", "mean ± error", "allocated", "target", "met");
        Row("---", "---", "---", "---", "---", "---", "---");
        foreach (Measured m in measured.Where(m => !m.IsRival))
        {
            double target = m.Work.TargetSeconds;
            (string wanted, string met) = target == 0 ? ("", "") : ($"≤ {Say.Time(target)}", Verdict(m, target));
            Row(m.Work.What, Say.Time(m.Lowest), Say.Time(m.Median), Say.Time(m.Mean, m.Error), $"{m.Bytes} B", wanted, met);
        }

        Line();
        Line("Fastest is the iteration least disturbed by other work. The error is half of the 99.9 % confidence interval of the mean.");
        Line("Allocated is per operation once the simulator is warm.");
        Line();
    }

    private void WriteRivals()
    {
        Line("## Rivals on the same work, measured in the same run");
        Line();
        Row("case", "who", "median", "fastest, slowest (runs)", "worst error of a trip time", "times TopBalance, by the medians (by the fastest)");
        Row("---", "---", "---", "---", "---", "---");
        WriteCase("A", typeof(CaseA), TripErrors.CaseA());
        WriteCase("C", typeof(CaseC), TripErrors.CaseC());
        Line();
        foreach (string skipped in run.Skipped)
        {
            Line($"- {skipped}");
        }

        if (run.Skipped.Count > 0)
        {
            Line();
        }

        Line("Errors are against a closed form in 80-bit numbers, itself within 5e-10 s of CVODE at a relative tolerance of 1e-12.");
        Line("A ratio below 1 is a rival that is faster. \"Solver only\" leaves out starting and reading the inputs, as for TopBalance.");
        Line();
    }

    private void WriteCase(string name, Type works, double error)
    {
        if (measured.FirstOrDefault(m => m.Class == works && !m.IsRival) is not { } own)
        {
            return;
        }

        Row(name, "**TopBalance**", Say.Time(own.Median), Range(own.Lowest, own.Highest, own.Runs), Say.Error(error), "");
        foreach (Measured m in measured.Where(m => m.Class == works && m.IsRival))
        {
            string range = Range(m.Lowest, m.Highest, m.Runs);
            Row(name, m.Work.What, Say.Time(m.Median), range, Say.Error(TripErrors.FixedStep()), Ratio(m.Median, m.Lowest, own));
        }

        foreach (RivalFigure r in run.Rivals.Where(r => string.Equals(r.Case, name, StringComparison.Ordinal)))
        {
            string range = Range(r.Seconds[0], r.Seconds[^1], r.Seconds.Length);
            Row(name, $"{r.Name}; {r.Timer}", Say.Time(r.Median), range, Say.Error(r.TripError), Ratio(r.Median, r.Seconds[0], own));
        }
    }

    // the mean number of processes that wanted to run in the last minute
    private static string LoadNow() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string Range(double fastest, double slowest, int runs) => $"{Say.Time(fastest)}, {Say.Time(slowest)} ({runs})";

    // on a busy machine the medians may have been disturbed unequally, the fastest runs least
    private static string Ratio(double median, double fastest, Measured own) =>
        $"{Say.Times(median / own.Median)} ({Say.Times(fastest / own.Lowest)})";

    // judged by the mean, which a busy machine makes worse, never better
    private static string Verdict(Measured m, double target) => m switch
    {
        _ when m.Mean + m.Error <= target => "yes",
        _ when m.Mean <= target => "yes by the mean, not by its error",
        _ when m.Lowest <= target => $"by the fastest only; the mean is {Say.Times(m.Mean / target)} times the target",
        _ => $"no: {Say.Times(m.Mean / target)} times the target",
    };

    private void Row(params ReadOnlySpan<string> fields) => Line($"| {string.Join(" | ", fields)} |");

    private void Line(string text = "") => page.Append(text).Append('\n');
}
