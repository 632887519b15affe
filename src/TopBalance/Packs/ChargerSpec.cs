using TopBalance.Quantities;

namespace TopBalance.Packs;

/// <summary>The pack charger: constant current until the set-point, then constant voltage until the current has tapered off.</summary>
public sealed record ChargerSpec
{
    /// <param name="voltage">Set-point of the whole pack, V, above 0.</param>
    /// <param name="current">Constant current, A, above 0.</param>
    /// <param name="terminationCurrent">The charge is done when the current has fallen to this, A, not negative.</param>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public ChargerSpec(Volts voltage, Amperes current, Amperes terminationCurrent)
    {
        Voltage = voltage;
        Current = current;
        TerminationCurrent = terminationCurrent;
    }

    /// <summary>Set-point of the whole pack, V.</summary>
    public Volts Voltage { get; init => field = new(Require.Positive(value.Value, nameof(Voltage))); }

    /// <summary>Constant current, A.</summary>
    public Amperes Current { get; init => field = new(Require.Positive(value.Value, nameof(Current))); }

    /// <summary>The charge is done when the current has fallen to this, A.</summary>
    public Amperes TerminationCurrent { get; init => field = new(Require.NotNegative(value.Value, nameof(TerminationCurrent))); }

    /// <summary>Most it can give, W; null means no limit.</summary>
    public Watts? PowerLimit { get; init => field = value is { } w ? new Watts(Require.Positive(w.Value, nameof(PowerLimit))) : null; }
}
