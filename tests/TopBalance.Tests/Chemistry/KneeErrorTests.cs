using TopBalance.Chemistry;
using TopBalance.Quantities;

namespace TopBalance.Tests.Chemistry;

public class KneeErrorTests
{
    private static KneeError Grid() => new(
    [
        new(1, new(3.55), 0.4), new(1, new(3.45), 1.0), new(0.01, new(3.45), 0.2), new(0.01, new(3.55), 0.1),
    ]);

    [Theory]
    [InlineData(0.01, 3.45, 0.2)]
    [InlineData(1, 3.55, 0.4)]
    [InlineData(0.01, 3.5, 0.15)]
    [InlineData(0.1, 3.45, 0.6)]
    [InlineData(0.1, 3.5, 0.425)]
    [InlineData(0.0001, 3.4, 0.2)]
    [InlineData(50, 3.7, 0.4)]
    [InlineData(50, 3.0, 1.0)]
    public void Between_points_the_error_is_linear_in_voltage_and_in_the_logarithm_of_the_rate(double rate, double volts, double percent) =>
        Grid().Percent(rate, new Volts(volts)).ShouldBe(percent, 1e-12);

    [Fact]
    public void One_point_holds_everywhere() =>
        new KneeError([new(0.1, new(3.5), 0.3)]).Percent(5, new Volts(3.2)).ShouldBe(0.3);

    [Fact]
    public void Rates_may_have_voltages_of_their_own()
    {
        var error = new KneeError([new(0.1, new(3.4), 2), new(0.1, new(3.6), 0), new(10, new(3.5), 3)]);

        error.Percent(1, new Volts(3.5)).ShouldBe(2, 1e-12);
    }

    [Fact]
    public void A_pair_given_twice_and_values_out_of_range_are_refused()
    {
        Should.Throw<ArgumentException>(() => new KneeError([]));
        Should.Throw<ArgumentException>(() => new KneeError([new(0.1, new(3.5), 1), new(0.1, new(3.5), 2)])).Message.ShouldContain("twice");
        Should.Throw<ArgumentException>(() => new KneeError([new(0, new(3.5), 1)]));
        Should.Throw<ArgumentException>(() => new KneeError([new(1, new(3.5), -1)]));
        Should.Throw<ArgumentException>(() => new KneeError([new(1, new(double.NaN), 1)]));
        Should.Throw<ArgumentException>(() => Grid().Percent(0, new Volts(3.5)));
        Should.Throw<ArgumentException>(() => Grid().Percent(1, new Volts(double.NaN)));
    }

    [Fact]
    public void A_trusted_range_is_in_order()
    {
        Should.Throw<ArgumentException>(() => new TrustedRange(0.5, 0.5, 1, 1, new(5), new(45)));
        Should.Throw<ArgumentException>(() => new TrustedRange(0, 1.1, 1, 1, new(5), new(45)));
        Should.Throw<ArgumentException>(() => new TrustedRange(0, 1, -1, 1, new(5), new(45)));
        Should.Throw<ArgumentException>(() => new TrustedRange(0, 1, 1, 1, new(45), new(5)));
        new TrustedRange(0, 1, 0, 0, new(25), new(25)).HoldsCharge(0.01).ShouldBeFalse();
    }
}
