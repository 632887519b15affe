using System.Collections.Immutable;

namespace TopBalance.Chemistry;

/// <summary>
/// A resistance against state of charge, one table for charge and one for discharge: linear between points, constant outside the first
/// and the last.
/// </summary>
public sealed class ResistanceCurve
{
    /// <param name="soc">State of charge at the points, strictly rising. At least 1.</param>
    /// <param name="chargeOhms">Ω while the member is charged. Same length, none negative.</param>
    /// <param name="dischargeOhms">Ω while it is discharged. Same length, none negative.</param>
    /// <exception cref="ArgumentException">The table breaks one of these rules; the message says where.</exception>
    public ResistanceCurve(ImmutableArray<double> soc, ImmutableArray<double> chargeOhms, ImmutableArray<double> dischargeOhms)
    {
        PiecewiseLinear.Check(soc.AsSpan(), chargeOhms.AsSpan(), 1, "resistance");
        PiecewiseLinear.Check(soc.AsSpan(), dischargeOhms.AsSpan(), 1, "resistance");
        if (chargeOhms.Any(r => r < 0) || dischargeOhms.Any(r => r < 0))
        {
            throw new ArgumentException("A resistance must not be negative.");
        }

        Soc = soc;
        ChargeOhms = chargeOhms;
        DischargeOhms = dischargeOhms;
    }

    /// <summary>State of charge at the points.</summary>
    public ImmutableArray<double> Soc { get; }

    /// <summary>Ω at the points while the member is charged.</summary>
    public ImmutableArray<double> ChargeOhms { get; }

    /// <summary>Ω at the points while the member is discharged.</summary>
    public ImmutableArray<double> DischargeOhms { get; }

    /// <summary>The same resistance at every state of charge and in both directions.</summary>
    /// <param name="ohms">Ω, not negative.</param>
    public static ResistanceCurve Constant(double ohms) => new([0.5], [ohms], [ohms]);

    /// <summary>Ω at a state of charge.</summary>
    public double At(double soc, bool charging) =>
        PiecewiseLinear.At(Soc.AsSpan(), (charging ? ChargeOhms : DischargeOhms).AsSpan(), soc, extrapolate: false);

    /// <summary>True if it is one number.</summary>
    public bool IsConstant => ChargeOhms.All(r => r == ChargeOhms[0]) && DischargeOhms.All(r => r == ChargeOhms[0]);
}
