using TopBalance.Quantities;

namespace TopBalance.Workbench.Fitting;

/// <summary>Which way a log counts current.</summary>
public enum LogSign
{
    /// <summary>Positive charges the cell, or as the column's name says.</summary>
    AsIs,

    /// <summary>The other way round.</summary>
    Flip,
}

/// <summary>How to read a log where the file does not say.</summary>
public sealed record LogOptions
{
    /// <summary>Default: positive charges.</summary>
    public LogSign Sign { get; init; }

    /// <summary>Temperature of a log that has none, or null.</summary>
    public Celsius? Temperature { get; init; }
}
