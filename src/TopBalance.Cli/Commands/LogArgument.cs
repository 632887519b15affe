using System.Collections.Immutable;
using TopBalance.Quantities;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Fitting;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Cli.Commands;

/// <summary>
/// A log as an argument names it: a path, and perhaps <c>@5,25!</c> behind it for the temperatures of its stretches in turn; the last one
/// holds for those that follow, and with <c>!</c> only the charge of a stretch is counted.
/// </summary>
/// <param name="Path">Of the log.</param>
/// <param name="Stretches">What is said of its stretches; empty: nothing.</param>
internal sealed record LogArgument(string Path, ImmutableArray<StretchAdvice> Stretches)
{
    private const double Coldest = -60, Hottest = 100;

    /// <summary>Takes an argument apart; a name that is that of a file is that file, whatever is in it.</summary>
    /// <exception cref="InputException">What follows the <c>@</c> is no list of temperatures.</exception>
    public static LogArgument Of(string text)
    {
        int at = text.LastIndexOf('@');
        if (at <= 0 || File.Exists(text))
        {
            return new LogArgument(text, []);
        }

        StretchAdvice?[] advice = [.. text[(at + 1)..].Split(',').Select(Advice)];
        if (advice.All(a => a is not null))
        {
            return new LogArgument(text[..at], [.. advice.Select(a => a!.Value)]);
        }

        const string expected = "expected temperatures from -60 to 100 °C, one for each stretch, as in @5,25 or @5,25!";
        return File.Exists(text[..at])
            ? throw new InputException(text[..at], 0, null, $"saw {OneLine.Quote(text[at..])}, {expected}")
            : new LogArgument(text, []);
    }

    /// <summary>Reads the log and puts to its stretches what is said of them.</summary>
    /// <exception cref="InputException">It is no log of a cell, or more is said than there are stretches.</exception>
    public CellLog Read(LogOptions options)
    {
        CellLog log = CellLogFile.Read(Path, options);
        if (Stretches.Length > log.Stretches.Length)
        {
            string seen = Invariant($"saw {Stretches.Length} temperatures after the @ for a log of {log.Stretches.Length} stretches");
            string where = string.Join(", ", log.Stretches.Take(5).Select(s => s.Source));
            throw new InputException(Path, 0, null, $"{seen} ({where}); leave some out");
        }

        return Stretches.IsEmpty ? log : log with { Stretches = [.. log.Stretches.Select(Advised)] };
    }

    private LogStretch Advised(LogStretch stretch, int index)
    {
        StretchAdvice advice = Stretches[Math.Min(index, Stretches.Length - 1)];
        return stretch with { Temperature = advice.Temperature ?? stretch.Temperature, IsCompared = advice.IsCompared };
    }

    private static StretchAdvice? Advice(string text)
    {
        bool compared = !text.EndsWith('!');
        string number = compared ? text : text[..^1];
        if (number.Length == 0 && !compared)
        {
            return new StretchAdvice(null, IsCompared: false);
        }

        return NumberText.TryParse(number, out double celsius) && celsius is >= Coldest and <= Hottest
            ? new StretchAdvice(new Celsius(celsius), compared)
            : null;
    }
}

/// <summary>What an argument says of a stretch of its log.</summary>
/// <param name="Temperature">Null: as logged.</param>
/// <param name="IsCompared">False: only its charge is counted.</param>
internal readonly record struct StretchAdvice(Celsius? Temperature, bool IsCompared);
