namespace TopBalance.Tests.Oracle;

/// <summary>What holds the current of a source at the moment.</summary>
internal enum OracleMode
{
    ConstantCurrent,
    ConstantPower,
    ConstantVoltage,
}

/// <summary>
/// The one thing that drives a current through a row of cells: pack charger, bench supply, 12 V charger or driving load. It gives the least
/// of its current limit, its power limit and what holds its voltage.
/// </summary>
internal sealed class OracleSource(int first, int last, double amps)
{
    /// <summary>Index of the first cell in its circuit.</summary>
    public int First { get; } = first;

    /// <summary>Index of the last.</summary>
    public int Last { get; } = last;

    /// <summary>Current limit, A; negative for a driving load.</summary>
    public double Amps { get; set; } = amps;

    /// <summary>Set-point at its terminals, V.</summary>
    public double Volts { get; set; } = double.PositiveInfinity;

    /// <summary>Power limit, W; negative for a driving load of constant power.</summary>
    public double Watts { get; init; } = double.PositiveInfinity;

    public double LeadOhms { get; init; }

    /// <summary>Its current is the string's.</summary>
    public bool IsString { get; init; }

    /// <summary>A driving load: its mode never changes.</summary>
    public bool IsLoad { get; init; }

    public OracleMode Mode { get; set; }

    /// <summary>The current that a mode asks for if the circuit behaves as E + R·i, A.</summary>
    public double AmpsIn(OracleMode mode, double emfVolts, double ohms) => mode switch
    {
        OracleMode.ConstantCurrent => Amps,
        OracleMode.ConstantVoltage => double.IsInfinity(Volts) ? Volts : (Volts - emfVolts) / ohms,
        _ => double.IsInfinity(Watts) ? Watts : AmpsAtPower(emfVolts, ohms - LeadOhms),
    };

    // the root of i·(E + R·i) = P that goes to P/E as R goes to 0
    private double AmpsAtPower(double emfVolts, double ohms) =>
        2 * Watts / (emfVolts + Math.Sqrt(Math.Max(0, (emfVolts * emfVolts) + (4 * ohms * Watts))));
}
