using TopBalance.Workbench.Validation;
using TopBalance.Workbench.Validation.Cases.Pylontech;

namespace TopBalance.Workbench.Tests.Validation;

public sealed class PackTraceTests
{
    [Fact]
    public void The_spread_counts_as_reached_when_it_stays_for_half_an_hour()
    {
        double[] seconds = [.. Enumerable.Range(0, 400).Select(k => 20.0 * k)];
        double[] low = [.. seconds.Select(_ => 3.4)];
        double[] high = [.. seconds.Select(s => s < 1000 || s == 2000 ? 3.46 : 3.45)];
        bool[] shunt = [.. seconds.Select(s => s >= 4000)];
        var trace = new PackTrace(seconds, [low, high, [.. low.Select(_ => 3.0)]], [shunt, shunt, shunt]);

        trace.HoursUntil(0.05, without: 2).ShouldBe(2020 / 3600.0, 1e-9);
        trace.HoursUntil(0.06, without: 2).ShouldBe(0);
        trace.HoursUntil(0.05, without: null).ShouldBe(double.NaN);
        trace.MeanOnShare(3000, 4980, without: 2).ShouldBe(0.5, 1e-9);
    }

    [Fact]
    public void Ranks_median_and_least_are_those_of_arithmetic()
    {
        Statistics.RankCorrelation([1, 2, 3, 4], [10, 20, 30, 40]).ShouldBe(1, 1e-12);
        Statistics.RankCorrelation([1, 2, 3, 4], [4, 3, 2, 1]).ShouldBe(-1, 1e-12);

        // ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / sqrt(4.5 · 5)
        Statistics.RankCorrelation([1, 2, 2, 3], [1, 2, 3, 4]).ShouldBe(0.9486832980505138, 1e-12);
        Statistics.Median([3, 1, 2]).ShouldBe(2);
        Statistics.Median([4, 1, 2, 3]).ShouldBe(2.5);
        Statistics.Rms([3, -4]).ShouldBe(Math.Sqrt(12.5), 1e-12);
        Statistics.Least(x => (x - 0.3) * (x - 0.3), -1, 2, 1e-6).ShouldBe(0.3, 1e-6);
    }
}
