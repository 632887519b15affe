using TopBalance.Packs;

namespace TopBalance.Verification.Setup;

/// <summary>How many cell modules a pack with parallel members takes: one per cell, not per member.</summary>
internal sealed class ModuleCount : ISetupRule
{
    /// <inheritdoc/>
    public string Code => "module-count";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(PackSpec pack)
    {
        if (pack.Parallel > 1)
        {
            yield return new Finding(
                Code,
                Severity.Note,
                $"{pack.Arrangement}: {pack.Series * pack.Parallel} members, {pack.Parallel} in parallel to a cell of "
                    + $"{Say.AmpereHours(pack.CellCapacityAh())}.",
                $"A cell is one parallel group, watched by one module: {pack.Series} cells, {pack.Series} modules, and a charger set for "
                    + $"{pack.Series} cells.",
                $"Count {pack.Series} modules and number the cells 1 to {pack.Series}.");
        }
    }
}
