using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using TopBalance.Workbench.Reports;

namespace TopBalance.Workbench.Validation;

/// <summary>Whether a figure is as good as it should be.</summary>
public enum Verdict
{
    /// <summary>Within its margin.</summary>
    Within,

    /// <summary>Out of its margin.</summary>
    Outside,

    /// <summary>It has none: it is only told.</summary>
    Reported,
}

/// <summary>The margin of a figure, in the figure's unit.</summary>
/// <param name="Value">The bound.</param>
/// <param name="IsLowerBound">The figure must not be below it; else not above.</param>
public sealed record Margin(double Value, bool IsLowerBound)
{
    /// <summary>The figure must not be above.</summary>
    public static Margin AtMost(double value) => new(value, IsLowerBound: false);

    /// <summary>The figure must not be below.</summary>
    public static Margin AtLeast(double value) => new(value, IsLowerBound: true);
}

/// <summary>One number of a case.</summary>
/// <param name="Name">What it is, e.g. <c>RMS, 20 to 80 % SoC, 25 °C</c>; unlike the others of its case.</param>
/// <param name="Value">The number. One that is not finite could not be found and is out of any margin.</param>
/// <param name="Unit">E.g. <c>mV</c>, <c>%</c>, <c>h</c>; empty for a plain number.</param>
public sealed record Figure(string Name, double Value, string Unit)
{
    /// <summary>What it should be; null: it is only told.</summary>
    public Margin? Margin { get; init; }

    /// <summary>What the error means in Ah on a cell of 100 Ah, or why it means none there.</summary>
    public required string OnHundredAh { get; init; }

    /// <summary>What this figure does not show; empty: no more than the limits of the case say.</summary>
    public string Limit { get; init; } = "";

    /// <summary>Whether it is as good as it should be.</summary>
    public Verdict Verdict => Margin is not { } margin ? Verdict.Reported
        : (margin.IsLowerBound ? Value >= margin.Value : Value <= margin.Value) ? Verdict.Within : Verdict.Outside;

    /// <summary>The number and its unit for people, three digits.</summary>
    [JsonIgnore]
    public string ValueText => Text(Value);

    /// <summary>The margin for people; empty if there is none.</summary>
    [JsonIgnore]
    public string MarginText => Margin is { } margin ? (margin.IsLowerBound ? "≥ " : "≤ ") + Text(margin.Value) : "";

    /// <summary>Charge on a cell of 100 Ah for people, from a share of capacity.</summary>
    /// <param name="percent">% of capacity.</param>
    public static string Ah(double percent) => Digits(Math.Abs(percent)) + "\u00a0Ah";

    private string Text(double value) => Digits(value) + (Unit.Length > 0 ? "\u00a0" + Unit : "");

    // three digits, but no exponent and no digit of a whole number lost
    private static string Digits(double value)
    {
        if (!double.IsFinite(value))
        {
            return "not found";
        }

        double size = Math.Abs(value);
        string format = size switch
        {
            >= 100 => "0",
            >= 10 => "0.#",
            >= 1 => "0.##",
            _ => "0.###",
        };
        string text = value.ToString(format, CultureInfo.InvariantCulture);
        return string.Equals(text, "-0", StringComparison.Ordinal) ? "0" : text.Replace('-', '−');
    }
}

/// <summary>A chart of a case.</summary>
/// <param name="Name">For its file: lower case, digits and hyphens; unlike the others of its case.</param>
/// <param name="Chart">The chart.</param>
public sealed record CaseChart(string Name, LineChart Chart)
{
    /// <summary>It shows data that must not be handed on: written with <c>--plots</c> only.</summary>
    public bool LocalOnly { get; init; }
}

/// <summary>What a case found.</summary>
/// <param name="Figures">At least one.</param>
public sealed record CaseResult(ImmutableArray<Figure> Figures)
{
    /// <summary>Charts.</summary>
    public ImmutableArray<CaseChart> Charts { get; init; } = [];

    /// <summary>Assumptions, sensitivities and what else must be known, a sentence or a few each.</summary>
    public ImmutableArray<string> Remarks { get; init; } = [];

    /// <summary>What the whole case does not show.</summary>
    public required string Limit { get; init; }
}
