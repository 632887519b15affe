using TopBalance.Quantities;

namespace TopBalance.Packs;

/// <summary>The pack charger: constant current until the set-point, then constant voltage until the current has tapered off.</summary>
/// <param name="Voltage">Set-point of the whole pack, V, above 0.</param>
/// <param name="Current">Constant current, A, above 0.</param>
/// <param name="TerminationCurrent">The charge is done when the current has fallen to this, A; 0 to below <paramref name="Current"/>.</param>
public sealed record ChargerSpec(Volts Voltage, Amperes Current, Amperes TerminationCurrent)
{
    /// <summary>Set-point of the whole pack, V.</summary>
    public Volts Voltage { get => field; init => field = new(Require.Positive(value.Value, nameof(Voltage))); } = new(Require.Positive(Voltage.Value, nameof(Voltage)));

    /// <summary>Constant current, A.</summary>
    public Amperes Current { get => field; init => field = new(Require.Positive(value.Value, nameof(Current))); } = new(Require.Positive(Current.Value, nameof(Current)));

    /// <summary>The charge is done when the current has fallen to this, A.</summary>
    public Amperes TerminationCurrent { get => field; init => field = new(Require.NotNegative(value.Value, nameof(TerminationCurrent))); } = new(Require.NotNegative(TerminationCurrent.Value, nameof(TerminationCurrent)));

    /// <summary>Most it can give, W; null means no limit.</summary>
    public Watts? PowerLimit { get => field; init => field = value is { } w ? new Watts(Require.Positive(w.Value, nameof(PowerLimit))) : null; }
}
