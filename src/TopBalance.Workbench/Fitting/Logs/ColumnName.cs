using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;

namespace TopBalance.Workbench.Fitting;

/// <summary>What a column of a log holds.</summary>
internal enum LogQuantity
{
    /// <summary>Nothing that a fit needs.</summary>
    Other,

    /// <summary>Time, elapsed or of the clock.</summary>
    Time,

    /// <summary>Current of the cell.</summary>
    Current,

    /// <summary>Voltage of the cell.</summary>
    Voltage,

    /// <summary>Temperature of the cell or near it.</summary>
    Temperature,
}

/// <summary>A unit that a column's name may end in.</summary>
/// <param name="Quantity">What it is a unit of; <see cref="LogQuantity.Other"/> for units of other things.</param>
/// <param name="Factor">Times the number, plus the offset, is s, A, V or °C.</param>
/// <param name="Offset">See there.</param>
internal readonly record struct LogUnit(LogQuantity Quantity, double Factor = 1, double Offset = 0);

/// <summary>The name of a column, understood: <c>time_s</c>, <c>Time [s]</c>, <c>t(s)</c>, <c>current_A_charge_positive</c>.</summary>
/// <param name="Name">As written.</param>
/// <param name="Quantity">What it holds.</param>
/// <param name="Unit">In what; the base unit where the name is silent.</param>
internal sealed record ColumnName(string Name, LogQuantity Quantity, LogUnit Unit)
{
    private static readonly FrozenDictionary<string, LogUnit> Units = Table<LogUnit>(
        (new(LogQuantity.Time), "s sec secs second seconds"),
        (new(LogQuantity.Time, 1e-3), "ms msec milliseconds"),
        (new(LogQuantity.Time, 60), "min mins minute minutes"),
        (new(LogQuantity.Time, 3600), "h hr hrs hour hours"),
        (new(LogQuantity.Current), "a amp amps ampere amperes"),
        (new(LogQuantity.Current, 1e-3), "ma milliamps milliamperes"),
        (new(LogQuantity.Voltage), "v volt volts"),
        (new(LogQuantity.Voltage, 1e-3), "mv millivolts"),
        (new(LogQuantity.Temperature), "c degc °c celsius deg"),
        (new(LogQuantity.Temperature, 1, -273.15), "k kelvin"),
        (new(LogQuantity.Temperature, 5 / 9.0, -32 * 5 / 9.0), "f degf °f fahrenheit"),
        (new(LogQuantity.Other), "ah mah wh kwh mwh w kw mw ohm mohm ohms hz pct percent soc capacity energy power resistance"));

    // 't' is a time unless its unit says otherwise
    private static readonly FrozenDictionary<string, LogQuantity> Words = Table<LogQuantity>(
        (LogQuantity.Time, "time t elapsed zeit timestamp datetime date clock"),
        (LogQuantity.Current, "current i curr strom amperage"),
        (LogQuantity.Voltage, "voltage u e ecell vcell vbat vbatt spannung"),
        (LogQuantity.Temperature, "temperature temp temperatur tcell"));

    private static readonly FrozenSet<string> Stamps = Set("timestamp datetime date clock");

    private static readonly FrozenSet<string> Plain =
        Set("charge positive discharge cell terminal test total elapsed measured meas battery bat batt pack in of the mean avg dc");

    private static readonly FrozenSet<string> AtTheCell = Set("surface cell case can skin battery tcell");

    /// <summary>How well the name fits: of two columns for the same thing the higher is meant.</summary>
    public int Score { get; private init; }

    /// <summary>The name says its unit.</summary>
    public bool NamesUnit { get; private init; }

    /// <summary>The name says that positive discharges.</summary>
    public bool DischargePositive { get; private init; }

    /// <summary>The name in lower-case words, without its unit in brackets.</summary>
    public ImmutableArray<string> Parts { get; private init; } = [];

    public static ColumnName Of(string name)
    {
        (string before, string? bracketed) = CutUnit(name);
        ImmutableArray<string> parts = Split(before);
        LogUnit? unit = UnitOf(parts, bracketed, out bool onlyUnit);
        LogQuantity word = parts.Select(p => Words.GetValueOrDefault(p)).FirstOrDefault(q => q != LogQuantity.Other);
        LogQuantity quantity = (unit, word) switch
        {
            ({ Quantity: LogQuantity.Other }, _) => LogQuantity.Other,
            (null, _) => word,
            ({ } u, LogQuantity.Other) => u.Quantity,
            ({ Quantity: LogQuantity.Temperature } u, LogQuantity.Time) when parts.Contains("t", StringComparer.Ordinal) => u.Quantity,
            ({ } u, _) => u.Quantity == word ? word : LogQuantity.Other,
        };
        return new ColumnName(name, quantity, unit ?? new LogUnit(quantity))
        {
            Score = Rate(parts, quantity, hasWord: word != LogQuantity.Other, unit is not null, onlyUnit),
            NamesUnit = unit is not null,
            DischargePositive = parts.IndexOf("discharge") is var d and >= 0 && parts.IndexOf("positive") == d + 1,
            Parts = parts,
        };
    }

    private static int Rate(ImmutableArray<string> parts, LogQuantity quantity, bool hasWord, bool hasUnit, bool onlyUnit)
    {
        int odd = parts.Count(p => !Words.ContainsKey(p) && !Units.ContainsKey(p) && !Plain.Contains(p) && !p.All(char.IsAsciiDigit)
            && !(quantity == LogQuantity.Temperature && AtTheCell.Contains(p)));
        int score = (hasWord || onlyUnit ? 100 : 60) - (hasUnit ? 0 : 10) - (20 * odd);
        score -= parts.Any(Stamps.Contains) ? 30 : 0;
        return score + (quantity == LogQuantity.Temperature && parts.Any(AtTheCell.Contains) ? 10 : 0);
    }

    // in brackets, after a slash, or one of the words after the first; a name that is nothing but a unit is that unit's quantity
    private static LogUnit? UnitOf(ImmutableArray<string> parts, string? bracketed, out bool only)
    {
        only = false;
        if (bracketed is not null && Units.TryGetValue(bracketed, out LogUnit unit))
        {
            return unit;
        }

        if (parts.Any(p => Units.TryGetValue(p, out LogUnit other) && other.Quantity == LogQuantity.Other))
        {
            return new LogUnit(LogQuantity.Other);
        }

        foreach (string part in parts.Skip(1))
        {
            if (Units.TryGetValue(part, out unit))
            {
                return unit;
            }
        }

        only = parts.Length == 1 && Units.ContainsKey(parts[0]);
        return only ? Units[parts[0]] : null;
    }

    private static (string Before, string? Unit) CutUnit(string name)
    {
        int open = name.LastIndexOfAny(['[', '(', '/']);
        if (open < 0)
        {
            return (name, null);
        }

        string unit = name[(open + 1)..].Trim(' ', ']', ')', '"').Replace('\uFFFD', '°').ToLowerInvariant();
        return open == 0 ? (unit, null) : (name[..open], unit.Replace(" ", "", StringComparison.Ordinal));
    }

    private static ImmutableArray<string> Split(string name)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        var word = new StringBuilder();
        foreach (string piece in name.Replace('\uFFFD', '°').Split([' ', '_', '-', '.', ',', ':', '[', ']', '(', ')', '/', '"', '\t']))
        {
            // 'TestTime' is two words, 'mA' and 'degC' are one
            bool whole = Units.ContainsKey(piece.ToLowerInvariant()) || Words.ContainsKey(piece.ToLowerInvariant());
            for (int k = 0; k < piece.Length; k++)
            {
                if (!whole && k > 0 && char.IsUpper(piece[k]) && char.IsLower(piece[k - 1]))
                {
                    Add();
                }

                word.Append(char.ToLowerInvariant(piece[k]));
            }

            Add();
        }

        return words.ToImmutable();

        void Add()
        {
            if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
    }

    private static FrozenDictionary<string, T> Table<T>(params ReadOnlySpan<(T Value, string Words)> rows)
    {
        var table = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach ((T value, string words) in rows)
        {
            foreach (string word in words.Split(' '))
            {
                table.Add(word, value);
            }
        }

        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
