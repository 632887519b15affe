using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Verification.Setup;

namespace TopBalance.Tests.Verification;

public class ThresholdSpreadTests
{
    [Fact]
    public void The_normal_distribution_meets_its_tables()
    {
        Normal.Cumulative(0).ShouldBe(0.5);
        Normal.Cumulative(1).ShouldBe(0.841344746068543, 1e-13);
        Normal.Cumulative(-3).ShouldBe(0.00134989803163009, 1e-13);
        Normal.Quantile(0.975).ShouldBe(1.95996398454005, 1e-9);

        // expected highest of n normal draws, from tables of order statistics
        Normal.ExpectedHighest(1).ShouldBe(0, 1e-9);
        Normal.ExpectedHighest(2).ShouldBe(1 / Math.Sqrt(Math.PI), 1e-9);
        Normal.ExpectedHighest(50).ShouldBe(2.2491, 1e-4);
    }

    [Theory]
    [InlineData(4, 0.02)]
    [InlineData(50, 0.02)]
    [InlineData(50, 0.03)]
    [InlineData(200, 0.02)]
    public void It_agrees_with_drawing_modules_as_a_run_draws_them(int modules, double sigma)
    {
        var spread = new ThresholdSpread(modules, 3.5, 3.6, sigma);
        (double lowestHvc, double trips, double allLit) = Drawn(modules, sigma, 3.56, 10000);

        // 10000 draws: standard error of a probability at most 0.005, of the lowest level about 0.1 mV; four of them allowed
        spread.LowestHvcVolts.ShouldBe(lowestHvc, 0.0004);
        spread.TripsAt(3.56).ShouldBe(trips, 0.02);
        spread.AllLitBeforeTrip().ShouldBe(allLit, 0.02);
    }

    [Fact]
    public void Modules_without_error_switch_all_at_once()
    {
        var spread = new ThresholdSpread(50, 3.5, 3.6, 0);

        spread.TripsAt(3.59).ShouldBe(0);
        spread.TripsAt(3.6).ShouldBe(1);
        spread.DarkAt(3.49).ShouldBe(50);
        spread.DarkAt(3.5).ShouldBe(0);
        spread.AllLitBeforeTrip().ShouldBe(1);
    }

    private static (double LowestHvc, double Trips, double AllLit) Drawn(int modules, double sigma, double volts, int draws)
    {
        var random = new RandomStream(11);
        double sum = 0;
        int trips = 0;
        int allLit = 0;
        for (int draw = 0; draw < draws; draw++)
        {
            double hvc = double.PositiveInfinity;
            double shunt = double.NegativeInfinity;
            for (int k = 0; k < modules; k++)
            {
                double common = 0.8 * sigma * random.NextNormal();
                hvc = Math.Min(hvc, 3.6 + common + (0.6 * sigma * random.NextNormal()));
                shunt = Math.Max(shunt, 3.5 + common + (0.6 * sigma * random.NextNormal()));
            }

            sum += hvc;
            trips += hvc <= volts ? 1 : 0;
            allLit += shunt < hvc ? 1 : 0;
        }

        return (sum / draws, trips / (double)draws, allLit / (double)draws);
    }
}
