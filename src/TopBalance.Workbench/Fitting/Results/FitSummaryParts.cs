using System.Collections.Immutable;
using System.Globalization;

namespace TopBalance.Workbench.Fitting;

/// <summary>A number of a fit for people and scripts.</summary>
/// <param name="Value">Null where it is not known.</param>
/// <param name="Sigma">One standard deviation; null where the logs do not say, or the number was given.</param>
public sealed record FitValue(double? Value, double? Sigma)
{
    /// <summary>With what is no finite number left out.</summary>
    public static FitValue Of(double value, double sigma) =>
        new(Finite(value), double.IsFinite(sigma) && sigma > 0 ? sigma : null);

    /// <summary>With as many digits as mean something.</summary>
    /// <param name="factor">From its unit to the one it is shown in.</param>
    /// <returns>Both without unit; the second null where there is none.</returns>
    public (string Value, string? Sigma) Text(double factor = 1)
    {
        if (Value is not { } value)
        {
            return ("–", null);
        }

        if (Sigma is not { } sigma)
        {
            return ((factor * value).ToString("0.####", CultureInfo.InvariantCulture), null);
        }

        int digits = Math.Clamp(1 - (int)Math.Floor(Math.Log10(factor * sigma)), 0, 6);
        string format = "F" + digits.ToString(CultureInfo.InvariantCulture);
        return (Shown(value), Shown(sigma));

        string Shown(double number) => (factor * number).ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>The number, or null if it is none: JSON has no NaN.</summary>
    internal static double? Finite(double value) => double.IsFinite(value) ? value : null;
}

/// <summary>A log, and what became of it.</summary>
/// <param name="File">Its name.</param>
/// <param name="Notes">What was used, thrown away and put right, a sentence each.</param>
/// <param name="Stretches">Its parts in order.</param>
public sealed record FitLog(string File, ImmutableArray<string> Notes, ImmutableArray<FitLogStretch> Stretches);

/// <summary>A part of a log.</summary>
/// <param name="Stretch">File and line it begins in.</param>
/// <param name="TemperatureC">Null: not logged.</param>
/// <param name="Hours">How long it is.</param>
/// <param name="Compared">False: its charge is counted, its voltage is not looked at.</param>
public sealed record FitLogStretch(string Stretch, double? TemperatureC, double Hours, bool Compared);

/// <summary>A resistance at a state of charge.</summary>
/// <param name="Resistance"><c>r0</c>, <c>r1</c> or <c>r2</c>.</param>
/// <param name="Direction"><c>charge</c> or <c>discharge</c>.</param>
/// <param name="Soc">State of charge.</param>
/// <param name="Ohm">Ω.</param>
public sealed record FitResistance(string Resistance, string Direction, double Soc, FitValue Ohm);

/// <summary>The fit at one temperature.</summary>
/// <param name="TemperatureC">°C.</param>
/// <param name="HysteresisV">M.</param>
/// <param name="Resistances">At a few states of charge; all are in the file.</param>
public sealed record FitAtTemperature(double TemperatureC, FitValue HysteresisV, ImmutableArray<FitResistance> Resistances);

/// <summary>How well a stretch is met.</summary>
/// <param name="Stretch">File and line it begins in.</param>
/// <param name="TemperatureC">°C.</param>
/// <param name="Samples">How many were compared.</param>
/// <param name="SocMin">Lowest state of charge of these.</param>
/// <param name="SocMax">Highest.</param>
/// <param name="RmsV">Root of the mean squared difference, V.</param>
/// <param name="LargestV">Largest difference, V.</param>
public sealed record FitStretchError(
    string Stretch, double TemperatureC, int Samples, double SocMin, double SocMax, double? RmsV, double? LargestV);

/// <summary>Charge still to come when the cell first shows a voltage.</summary>
/// <param name="V">The voltage.</param>
/// <param name="Ah">To the moment it shows full_v; null if it does not come to that.</param>
/// <param name="Percent">The same in percent of capacity.</param>
public sealed record FitToCome(double V, double? Ah, double? Percent);

/// <summary>The end of a charge with a constant current.</summary>
/// <param name="TemperatureC">°C.</param>
/// <param name="CRate">Current as a multiple of capacity per hour.</param>
/// <param name="CurrentA">A.</param>
/// <param name="ToFullV">To the moment it first shows full_v.</param>
/// <param name="AfterFullVPercent">What still goes in while the voltage is held, in percent of capacity.</param>
public sealed record FitKnee(
    double TemperatureC, double CRate, double CurrentA, ImmutableArray<FitToCome> ToFullV, double? AfterFullVPercent);

/// <summary>Where the cell may be trusted.</summary>
/// <param name="Soc">Lowest and highest.</param>
/// <param name="ChargeCRate">Largest charge current as a multiple of capacity per hour.</param>
/// <param name="DischargeCRate">Largest discharge current.</param>
/// <param name="TemperatureC">Lowest and highest.</param>
public sealed record FitTrusted(ImmutableArray<double> Soc, double ChargeCRate, double DischargeCRate, ImmutableArray<double> TemperatureC);
