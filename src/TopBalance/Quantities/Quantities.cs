namespace TopBalance.Quantities;

/// <summary>A voltage in V.</summary>
/// <param name="Value">V.</param>
public readonly record struct Volts(double Value);

/// <summary>A current in A. Positive charges the cell, everywhere.</summary>
/// <param name="Value">A.</param>
public readonly record struct Amperes(double Value);

/// <summary>A resistance in Ω.</summary>
/// <param name="Value">Ω.</param>
public readonly record struct Ohms(double Value);

/// <summary>A charge in Ah.</summary>
/// <param name="Value">Ah.</param>
public readonly record struct AmpereHours(double Value);

/// <summary>A power in W. Positive charges the pack.</summary>
/// <param name="Value">W.</param>
public readonly record struct Watts(double Value);

/// <summary>A duration, or a time counted from the start of a run, in s.</summary>
/// <param name="Value">s.</param>
public readonly record struct Seconds(double Value);

/// <summary>A temperature in °C.</summary>
/// <param name="Value">°C.</param>
public readonly record struct Celsius(double Value);
