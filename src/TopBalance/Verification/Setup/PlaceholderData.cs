using TopBalance.Packs;

namespace TopBalance.Verification.Setup;

/// <summary>Which numbers of the cell and of the module are stand-ins that nobody has a source for.</summary>
internal sealed class PlaceholderData : ISetupRule
{
    /// <inheritdoc/>
    public string Code => "placeholder-data";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(PackSpec pack) => pack.Placeholders.Select(p => new Finding(
        Code,
        Severity.Note,
        $"{p.Part}: {string.Join(", ", p.Keys)} {(p.Keys.Length == 1 ? "is a placeholder" : "are placeholders")}.",
        "Nobody had a source for them; typical values stand in. Times and charges near full that are computed from them are rough.",
        "Put in what you measure, or the maker's figures, with their source."));
}
