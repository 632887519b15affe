using System.Collections.Immutable;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Studies;

/// <summary>A key of the pack file and the values it takes in a study, e.g. <c>charger.current_a=5,10,20</c>.</summary>
/// <param name="Key">The way to it in the pack file.</param>
/// <param name="Values">As they would stand there; none twice.</param>
public sealed record VaryAxis(string Key, ImmutableArray<string> Values)
{
    private const string Option = "--vary";
    private const int MostValues = 1000;

    /// <summary>Reads <c>KEY=V1,V2</c>.</summary>
    /// <exception cref="InputException">It is written otherwise.</exception>
    public static VaryAxis Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int sign = text.IndexOf('=', StringComparison.Ordinal);
        string key = sign < 0 ? "" : text[..sign].Trim();
        if (key.Length == 0 || key.Split('.', '[').Any(step => step.Length == 0))
        {
            throw Wrong(text, "expected a key of the pack file and its values, e.g. charger.current_a=5,10,20");
        }

        ImmutableArray<string> values = [.. text[(sign + 1)..].Split(',', StringSplitOptions.TrimEntries)];
        if (values.Length > MostValues || values.Any(v => v.Length == 0 || v.Any(char.IsControl)))
        {
            throw Wrong(text, FormattableString.Invariant($"expected 1 to {MostValues} values with a comma between, e.g. {key}=5,10,20"));
        }

        string? twice = values.GroupBy(v => v, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
        return twice is null ? new VaryAxis(key, values) : throw Wrong(text, $"gives {OneLine.Quote(twice)} twice; remove one");
    }

    /// <summary>Reads several and sees that no key is varied twice.</summary>
    /// <exception cref="InputException">One is written otherwise, or given twice.</exception>
    public static ImmutableArray<VaryAxis> ParseAll(IEnumerable<string> texts)
    {
        ImmutableArray<VaryAxis> axes = [.. texts.Select(Parse)];
        string? twice = axes.GroupBy(a => a.Key, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
        return twice is null ? axes : throw Wrong(twice, "is varied twice; give all its values at once");
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => $"{Key}={string.Join(',', Values)}";

    private static InputException Wrong(string seen, string problem) => new(null, 0, Option, $"{OneLine.Quote(seen)}: {problem}");
}
