using System.Collections.Immutable;
using TopBalance.Methods;
using TopBalance.Methods.Paper;
using TopBalance.Quantities;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Studies;

/// <summary>The methods of a study by their names.</summary>
public static class StudyMethods
{
    private const string Option = "--methods", Drain = "drain-and-cycle";

    /// <summary>All names: the methods of a plan and the vendor's rule to compare with.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Known.Select(m => m.Name)];

    private static IEnumerable<IBalancingMethod> Known => [.. BalancingMethods.All, new PaperRule()];

    /// <summary>Reads <c>a,b</c>; <c>drain-and-cycle:0.5</c> takes 0.5 Ah every time.</summary>
    /// <exception cref="InputException">A name is unknown or given twice.</exception>
    public static ImmutableArray<IBalancingMethod> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ImmutableArray<IBalancingMethod> methods = [.. text.Split(',', StringSplitOptions.TrimEntries).Select(Find)];
        string? twice = methods.GroupBy(m => m.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
        return twice is null ? methods : throw new InputException(null, 0, Option, $"{OneLine.Quote(twice)} is given twice; remove one");
    }

    private static IBalancingMethod Find(string name)
    {
        if (Known.FirstOrDefault(m => string.Equals(m.Name, name, StringComparison.Ordinal)) is { } method)
        {
            return method;
        }

        if (name.StartsWith(Drain + ":", StringComparison.Ordinal))
        {
            string dose = name[(Drain.Length + 1)..];
            return NumberText.TryParse(dose, out double ah) && ah is >= 0.001 and <= 1000
                ? new FixedDose(Find(Drain), new AmpereHours(ah), $"{Drain}:{NumberText.Write(ah)}")
                : throw new InputException(null, 0, Option, $"{OneLine.Quote(name)}: expected a dose in Ah, 0.001 to 1000, e.g. {Drain}:0.5");
        }

        string which = Spelling.Nearest(name, Names) is { } near ? $"did you mean '{near}'?" : $"there are {string.Join(", ", Names)}";
        throw new InputException(null, 0, Option, $"{OneLine.Quote(name)} is no method; {which}");
    }
}
