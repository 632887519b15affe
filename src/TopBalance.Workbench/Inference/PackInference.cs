using TopBalance.Inference;
using TopBalance.Packs;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Inference;

/// <summary>Works out from observations what each cell lacks.</summary>
public static class PackInference
{
    /// <summary>Takes in all observations and asks what is believed then.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="log">The observations.</param>
    /// <param name="seed">Seed of all samples; null takes the pack's.</param>
    /// <param name="progress">Told which observation is being taken in; may be null.</param>
    /// <param name="cancellationToken">Looked at before each observation.</param>
    /// <exception cref="InputException">An observation does not fit the pack; names file and line.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static InferenceSummary Run(
        PackSpec pack,
        ObservationLog log,
        ulong? seed = null,
        IProgress<string>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pack);
        ArgumentNullException.ThrowIfNull(log);
        Belief belief = Belief.Before(pack, seed ?? pack.Seed);
        int taken = 0;
        log.ForEach(entry =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(FormattableString.Invariant($"observation {++taken} of {log.Entries.Length}"));
            belief.Observe(entry.Seen);
        });
        cancellationToken.ThrowIfCancellationRequested();
        progress?.Report("what would tell most");
        return InferenceSummary.Of(pack, log, belief.Cells(), belief.Contradictions, belief.MostTelling());
    }
}
