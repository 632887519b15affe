using System.Collections.Immutable;
using TopBalance.Chemistry;

namespace TopBalance.Workbench.Files;

/// <summary>Checks that a library file says of every number where it comes from, and borrows no curves without saying whose.</summary>
internal static class SourceCoverage
{
    /// <summary>Keys with a number, and <c>curves</c>, that no source covers; and sources for keys that are not in the file.</summary>
    public static ImmutableArray<string> Gaps(SourceText source)
    {
        YamlNode root = YamlText.Read(source);
        string[] keys = [.. Keys(root, "").Distinct(StringComparer.Ordinal)];
        string[] sources = [.. Sources(root, source.File).Select(s => s.Key)];
        IEnumerable<string> uncovered = keys.Where(k => !sources.Any(s => Covers(s, k))).Select(k => $"'{k}' has no source");
        IEnumerable<string> idle =
            sources.Where(s => !keys.Any(k => Covers(s, k))).Select(s => $"the source for '{s}' is about no number here");
        return [.. uncovered, .. idle];
    }

    private static ImmutableArray<Provenance> Sources(YamlNode root, string file)
    {
        YamlEntry? entry = (root as YamlMap)?.Entries.FirstOrDefault(e => e.Name is "sources");
        return entry is null ? [] : (ImmutableArray<Provenance>)SourceKeys.Sources.ReadValue(entry.Value, Place.Of(file))!;
    }

    // rows and items of lists share the key of their list
    private static IEnumerable<string> Keys(YamlNode node, string path) => node switch
    {
        YamlMap map => map.Entries
            .Where(e => path.Length > 0 || e.Name is not "sources")
            .SelectMany(e => Keys(e.Value, path.Length > 0 ? path + "." + e.Name : e.Name)),
        YamlList list => list.Items.SelectMany(item => Keys(item, path)),
        YamlScalar { Quoted: false } scalar when NumberText.TryParse(scalar.Text, out _) || path is "curves" => [path],
        _ => [],
    };

    private static bool Covers(string source, string key) =>
        key.StartsWith(source, StringComparison.Ordinal) && (key.Length == source.Length || key[source.Length] == '.');
}
