using System.CommandLine;
using System.Globalization;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Simulations;

namespace TopBalance.Cli.Commands;

/// <summary>Options are texts to the option library, whose conversion follows the locale; here they become numbers.</summary>
internal static class OptionValues
{
    /// <summary>An option that takes one value.</summary>
    public static Option<string?> Create(string name, string valueName, string description) =>
        new(name) { HelpName = valueName, Description = description, Arity = ArgumentArity.ExactlyOne };

    /// <summary>An option that may be given several times, with one value each.</summary>
    public static Option<string[]> Repeated(string name, string valueName, string description) =>
        new(name) { HelpName = valueName, Description = description, Arity = ArgumentArity.OneOrMore };

    /// <summary>The argument that names a pack file.</summary>
    public static Argument<string> Pack() => new("PACK") { Description = "A pack file (YAML); 'topbalance new' writes one" };

    /// <summary>The argument that names a pack file, where a session may stand instead of it.</summary>
    public static Argument<string?> PackOrSession() =>
        new("PACK") { Description = "A pack file (YAML); left out with --session", Arity = ArgumentArity.ZeroOrOne };

    /// <summary>An argument that names one of a library and may be left out.</summary>
    public static Argument<string?> Id(string description) => new("ID") { Description = description, Arity = ArgumentArity.ZeroOrOne };

    /// <summary>The option for output that any terminal and any file can take.</summary>
    public static Option<bool> Plain() => new("--plain") { Description = "No box drawing, ASCII only" };

    /// <summary>The number given, or null.</summary>
    /// <exception cref="InputException">It is none, or not above the bound.</exception>
    public static double? PositiveNumber(this ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is not { } text)
        {
            return null;
        }

        double number = Number(option.Name, text);
        return number > 0 ? number : throw Wrong(option.Name, text, "expected a number above 0");
    }

    /// <summary>The number given, or null.</summary>
    /// <exception cref="InputException">It is none, or out of range.</exception>
    public static double? NumberBetween(this ParseResult parsed, Option<string?> option, double least, double most, string unit)
    {
        if (parsed.GetValue(option) is not { } text)
        {
            return null;
        }

        double number = Number(option.Name, text);
        return number >= least && number <= most
            ? number
            : throw Wrong(option.Name, text, Wording.Invariant($"expected {least} to {most} {unit}"));
    }

    /// <summary>The whole number given, or null.</summary>
    /// <exception cref="InputException">It is none, or out of range.</exception>
    public static int? WholeNumber(this ParseResult parsed, Option<string?> option, int least, int most)
    {
        if (parsed.GetValue(option) is not { } text)
        {
            return null;
        }

        double number = Number(option.Name, text);
        return number >= least && number <= most && number == Math.Floor(number)
            ? (int)number
            : throw Wrong(option.Name, text, Wording.Invariant($"expected a whole number from {least} to {most}"));
    }

    /// <summary>The seed given, or null.</summary>
    /// <exception cref="InputException">It is no whole number from 0 to 2^64-1.</exception>
    public static ulong? Seed(this ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is not { } text
        ? null
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
            ? seed
            : throw Wrong(option.Name, text, "expected a whole number from 0 to 18446744073709551615");

    private static double Number(string name, string text)
    {
        if (NumberText.TryParse(text, out double number))
        {
            return number;
        }

        string hint = NumberText.Hint(text) is { } meant ? $"; write {meant}" : "";
        throw Wrong(name, text, $"expected a number with a decimal point{hint}");
    }

    private static InputException Wrong(string name, string text, string expected) =>
        new(null, 0, name, $"{OneLine.Quote(text)}: {expected}");
}
