using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Packs;

namespace TopBalance.Verification.Setup;

/// <summary>Which numbers of the cell and of the module are stand-ins that nobody has a source for.</summary>
internal sealed class PlaceholderData : ISetupRule
{
    /// <inheritdoc/>
    public string Code => "placeholder-data";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(PackSpec pack) =>
        Of(pack.Cell.Name, pack.Cell.Sources).Concat(Of(pack.Module.Name, pack.Module.Sources));

    private IEnumerable<Finding> Of(string name, ImmutableArray<Provenance> sources)
    {
        string[] keys = [.. sources.Where(s => s.Sure == Sureness.Placeholder).Select(s => s.Key).Distinct(StringComparer.Ordinal)];
        if (keys.Length > 0)
        {
            yield return new Finding(
                Code,
                Severity.Note,
                $"{name}: {string.Join(", ", keys)} {(keys.Length == 1 ? "is a placeholder" : "are placeholders")}.",
                "Nobody had a source for them; typical values stand in. Times and charges near full that are computed from them are rough.",
                "Put in what you measure, or the maker's figures, with their source.");
        }
    }
}
