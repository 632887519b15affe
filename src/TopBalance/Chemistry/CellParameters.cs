using System.Collections.Immutable;
using TopBalance.Quantities;

namespace TopBalance.Chemistry;

/// <summary>One pair of a resistance and a time constant in the equivalent circuit.</summary>
/// <param name="Resistance">R_j against state of charge.</param>
/// <param name="TimeConstant">τ_j, constant, above 0 s.</param>
public sealed record RcPair(ResistanceCurve Resistance, Seconds TimeConstant)
{
    /// <summary>τ_j, constant, above 0 s.</summary>
    public Seconds TimeConstant { get; } = new(Require.Positive(TimeConstant.Value, nameof(TimeConstant)));
}

/// <summary>
/// The equivalent circuit of one member at one temperature: v = OCV(z) + M·h + Σu_j + R0(z)·i with
/// dz/dt = η·i/(3600·Q), du_j/dt = (R_j(z)·i − u_j)/τ_j and dh/dt = −|η·i·γ/(3600·Q)|·(h − sign i).
/// </summary>
public sealed record CellParameters
{
    /// <param name="ocv">Open-circuit voltage.</param>
    /// <param name="r0">Series resistance.</param>
    /// <param name="rcPairs">0, 1 or 2 pairs.</param>
    /// <param name="hysteresis">M, V, not negative; 0 switches hysteresis off.</param>
    /// <param name="hysteresisRate">γ, no unit, not negative.</param>
    /// <param name="efficiency">η, coulombic efficiency while charging, 0.5 to 1; on discharge it is 1.</param>
    /// <param name="selfDischarge">A constant current inside the member that lowers its charge, A, not negative.</param>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public CellParameters(
        OcvCurve ocv,
        ResistanceCurve r0,
        ImmutableArray<RcPair> rcPairs,
        Volts hysteresis = default,
        double hysteresisRate = 0,
        double efficiency = 1,
        Amperes selfDischarge = default)
    {
        Require.That(rcPairs.Length <= 2, "A cell has at most 2 RC pairs.");
        Ocv = ocv;
        R0 = r0;
        RcPairs = rcPairs;
        Hysteresis = new(Require.NotNegative(hysteresis.Value, nameof(hysteresis)));
        HysteresisRate = Require.NotNegative(hysteresisRate);
        Efficiency = Require.InRange(efficiency, 0.5, 1);
        SelfDischarge = new(Require.NotNegative(selfDischarge.Value, nameof(selfDischarge)));
    }

    /// <summary>Open-circuit voltage.</summary>
    public OcvCurve Ocv { get; }

    /// <summary>Series resistance R0(z).</summary>
    public ResistanceCurve R0 { get; }

    /// <summary>0, 1 or 2 RC pairs.</summary>
    public ImmutableArray<RcPair> RcPairs { get; }

    /// <summary>M: half the width of the hysteresis loop, V; 0 means none.</summary>
    public Volts Hysteresis { get; }

    /// <summary>γ: how fast the hysteresis state follows the charge passed, no unit.</summary>
    public double HysteresisRate { get; }

    /// <summary>η: coulombic efficiency while charging; 1 on discharge.</summary>
    public double Efficiency { get; }

    /// <summary>A constant current inside the member that lowers its charge, A.</summary>
    public Amperes SelfDischarge { get; }
}
