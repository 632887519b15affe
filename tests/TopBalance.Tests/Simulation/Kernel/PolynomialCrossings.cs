using TopBalance.Simulation.Kernel;

namespace TopBalance.Tests.Simulation.Kernel;

public sealed class PolynomialCrossings
{
    [Theory]
    [InlineData(0)]
    [InlineData(1e-30)]
    public void Terms_that_no_longer_matter_move_no_crossing(double last)
    {
        // z from 0.9 on at 1e-4 per second, bending a little, to a knot at 0.9005
        double[] z = [0.9, 1e-4, 1e-9, 0, 0, 0, 0, 0, last];

        double found = Polynomial.FirstRise(z, 0, 1, z.Length, 0.9005, 10);

        // the root of the quadratic
        double expected = (-1e-4 + Math.Sqrt(1e-8 + (4e-9 * (0.9005 - 0.9)))) / 2e-9;
        found.ShouldBe(expected, 1e-11);
    }

    [Fact]
    public void A_tail_that_alone_reaches_the_level_is_not_cut()
    {
        // below the level but for its last term
        double[] volts = [3.4, 0, 0, 0, 0, 0, 0, 1e-3];

        Polynomial.FirstRise(volts, 0, 1, volts.Length, 3.401, 1.5).ShouldBe(1, 1e-12);
    }

    [Fact]
    public void Of_two_crossings_in_one_step_the_first_is_found()
    {
        // 3.5 V + 1 mV less a parabola: up at 1 s, down at 3 s
        double[] volts = [3.5 - 0.003, 0.004, -0.001];

        Polynomial.FirstRise(volts, 0, 1, 3, 3.5, 4).ShouldBe(1, 1e-9);
    }
}
