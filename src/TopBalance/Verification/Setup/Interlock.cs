using TopBalance.Packs;

namespace TopBalance.Verification.Setup;

/// <summary>The reminder that no file can replace: prove that the BMS can stop the charger.</summary>
internal sealed class Interlock : ISetupRule
{
    /// <inheritdoc/>
    public string Code => "interlock";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(PackSpec pack) =>
    [
        new Finding(
            Code,
            Severity.Note,
            "Nothing in a pack file shows that the BMS can stop this charger.",
            "Near full one cell rises far faster than the others, and the charger sees only the sum: the BMS is all that protects that "
                + "cell.",
            "Before the first full charge start a short charge, stay with it, and interrupt the loop by hand: the charger must stop. "
                + "Cycle the ignition key to reset. If the charger did not stop, do not go on."),
    ];
}
