using TopBalance.Quantities;

namespace TopBalance.Chemistry;

/// <summary>Where a cell's curves were measured and may be trusted; beyond it they are held at their ends.</summary>
public sealed record TrustedRange
{
    /// <param name="minSoc">Lowest state of charge, 0 to 1.</param>
    /// <param name="maxSoc">Highest state of charge, above the lowest, to 1.</param>
    /// <param name="chargeRate">Largest charge current as a multiple of capacity per hour, not negative; 0: no charge was measured.</param>
    /// <param name="dischargeRate">Largest discharge current likewise.</param>
    /// <param name="minTemperature">Lowest temperature.</param>
    /// <param name="maxTemperature">Highest temperature; the lowest, if there was only one.</param>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public TrustedRange(
        double minSoc, double maxSoc, double chargeRate, double dischargeRate, Celsius minTemperature, Celsius maxTemperature)
    {
        MinSoc = Require.InRange(minSoc, 0, 1);
        MaxSoc = Require.InRange(maxSoc, minSoc, 1);
        Require.That(maxSoc > minSoc, "A trusted range of states of charge must not be empty.");
        ChargeRate = Require.InRange(chargeRate, 0, 1000);
        DischargeRate = Require.InRange(dischargeRate, 0, 1000);
        MinTemperature = new(Require.InRange(minTemperature.Value, -60, 100, nameof(minTemperature)));
        MaxTemperature = new(Require.InRange(maxTemperature.Value, minTemperature.Value, 100, nameof(maxTemperature)));
    }

    /// <summary>Lowest state of charge.</summary>
    public double MinSoc { get; }

    /// <summary>Highest state of charge.</summary>
    public double MaxSoc { get; }

    /// <summary>Largest charge current as a multiple of capacity per hour.</summary>
    public double ChargeRate { get; }

    /// <summary>Largest discharge current as a multiple of capacity per hour.</summary>
    public double DischargeRate { get; }

    /// <summary>Lowest temperature.</summary>
    public Celsius MinTemperature { get; }

    /// <summary>Highest temperature.</summary>
    public Celsius MaxTemperature { get; }

    /// <summary>True if the temperature is inside, both ends included.</summary>
    public bool Holds(Celsius temperature) => temperature.Value >= MinTemperature.Value && temperature.Value <= MaxTemperature.Value;

    /// <summary>True if a charge at this multiple of capacity per hour is inside.</summary>
    public bool HoldsCharge(double cRate) => cRate <= ChargeRate * (1 + 1e-9);
}
