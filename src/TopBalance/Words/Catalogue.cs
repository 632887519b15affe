using System.Collections.Frozen;
using System.Globalization;

namespace TopBalance.Words;

/// <summary>Every sentence of the guided session in one language. Another language is another file beside <c>en.txt</c>.</summary>
public sealed class Catalogue
{
    private readonly FrozenDictionary<string, string> sentences;

    private Catalogue(string language)
    {
        using Stream stream = typeof(Catalogue).Assembly.GetManifestResourceStream("words." + language)
            ?? throw new ArgumentException($"There are no words in '{language}'.", nameof(language));
        using var reader = new StreamReader(stream);
        sentences = Lines(reader).ToFrozenDictionary(l => l.Key, l => l.Text, StringComparer.Ordinal);
    }

    /// <summary>English.</summary>
    public static Catalogue English { get; } = new("en");

    /// <summary>All places, in no order.</summary>
    public IEnumerable<string> Keys => sentences.Keys;

    /// <summary>Whether there is a sentence at this place.</summary>
    public bool Has(string key) => sentences.ContainsKey(key);

    /// <summary>The sentence.</summary>
    /// <exception cref="KeyNotFoundException">The catalogue lacks it.</exception>
    public string Say(Phrase phrase)
    {
        ArgumentNullException.ThrowIfNull(phrase);
        return sentences.TryGetValue(phrase.Key, out string? text)
            ? string.Format(CultureInfo.InvariantCulture, text, [.. phrase.Values])
            : throw new KeyNotFoundException($"The catalogue has no '{phrase.Key}'.");
    }

    /// <summary>A sentence without values.</summary>
    public string Say(string key) => Say(new Phrase(key));

    // 'key = text'; '#' begins a comment
    private static IEnumerable<(string Key, string Text)> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            int equals = line.IndexOf(" = ", StringComparison.Ordinal);
            if (equals > 0 && line[0] != '#')
            {
                yield return (line[..equals].Trim(), line[(equals + 3)..]);
            }
        }
    }
}
