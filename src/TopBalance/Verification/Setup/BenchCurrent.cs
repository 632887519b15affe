using TopBalance.Packs;

namespace TopBalance.Verification.Setup;

/// <summary>Whether a bench supply is strong enough for cells of this size.</summary>
internal sealed class BenchCurrent : ISetupRule
{
    // the paper: "at least 3-5Amp or more"
    private const double LeastAmps = 3;

    // a tenth of a cell's capacity should not take longer than a working day
    private const double Share = 0.1, LongHours = 8;

    /// <inheritdoc/>
    public string Code => "bench-current";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(PackSpec pack)
    {
        if (pack.Tools.BenchSupplies.IsEmpty)
        {
            yield break;
        }

        double amps = pack.Tools.BenchSupplies.Max(s => s.Current.Value);
        double hours = Share * pack.CellCapacityAh() / amps;
        if (amps < LeastAmps || hours > LongHours)
        {
            yield return new Finding(
                Code,
                Severity.Note,
                $"The strongest bench supply gives {Say.Amperes(amps)}; a cell has {Say.AmpereHours(pack.CellCapacityAh())}.",
                $"A single cell that is {Say.Percent(Share)} short takes {Say.Duration(3600 * hours)} and more, as the current falls "
                    + "towards the end.",
                $"It works, but is slow: {Say.Amperes(Math.Max(LeastAmps, Share * pack.CellCapacityAh() / LongHours))} or more is better.");
        }
    }
}
