using System.Collections.Immutable;
using TopBalance.Packs;
using TopBalance.Verification.Setup;

namespace TopBalance.Verification;

/// <summary>Examines a pack, its charger and its tools before anything is switched on.</summary>
public static class SetupCheck
{
    /// <summary>Applies every rule; plays a charge of one cell where a figure must be computed.</summary>
    /// <returns>All findings at once: errors, then warnings, then notes; within each in the order of the rules.</returns>
    public static ImmutableArray<Finding> Examine(PackSpec pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        return [.. SetupRules.All.SelectMany(rule => rule.Examine(pack)).OrderBy(finding => finding.Severity)];
    }
}
