using System.Collections.Immutable;
using TopBalance.Packs;

namespace TopBalance.Verification.Setup;

/// <summary>Which numbers of the cell and of the module are stand-ins that nobody has a source for.</summary>
internal sealed class PlaceholderData : ISetupRule
{
    /// <inheritdoc/>
    public string Code => "placeholder-data";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(PackSpec pack)
    {
        (string Part, ImmutableArray<string> Keys)[] parts = [.. pack.Placeholders];
        if (parts.Length == 0)
        {
            return [];
        }

        string named = string.Join("; ", parts.Select(p => $"{p.Part}: {string.Join(", ", p.Keys)}"));
        bool one = parts.Sum(p => p.Keys.Length) == 1;
        return
        [
            new Finding(
                Code,
                Severity.Note,
                $"{named} {(one ? "is a placeholder" : "are placeholders")}.",
                "Nobody had a source for them; typical values stand in. Times and charges near full that are computed from them are rough.",
                "Put in what you measure, or the maker's figures, with their source."),
        ];
    }
}
