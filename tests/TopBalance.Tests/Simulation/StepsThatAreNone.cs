using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Tests.Frozen;

namespace TopBalance.Tests.Simulation;

/// <summary>A step with a number that is none is refused at once, in a sentence.</summary>
public sealed class StepsThatAreNone
{
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_current_power_or_charge_that_is_none(double number)
    {
        Refused(new Charge { Current = new Amperes(number) }).ShouldBe("A charge needs a current above 0 A.");
        Refused(new Drive { Current = new Amperes(number) }).ShouldBe("A drive takes a current or power above 0.");
        Refused(new Drive { Power = new Watts(number) }).ShouldBe("A drive takes a current or power above 0.");
        Refused(new Drive { Current = new Amperes(1), Charge = new AmpereHours(number) }).ShouldBe("A drive takes a charge above 0 Ah.");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_voltage_to_wait_for_that_is_none(double number)
    {
        Refused(new Rest { UntilHighestAt = new Volts(number) }).ShouldBe("A voltage to wait for is a number of volts.");
        Refused(new DrainCell(new CellNumber(1), DrainLoadSpec.Resistor(new(3.3)), new(60)) { StopAt = new Volts(number) })
            .ShouldBe("A voltage to wait for is a number of volts.");
    }

    private static string Refused(Step step) => Should.Throw<ArgumentException>(() => FrozenPack.Of(0.5).Run(step)).Message;
}
