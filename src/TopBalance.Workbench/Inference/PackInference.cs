using TopBalance.Inference;
using TopBalance.Packs;
using TopBalance.Verification.Diagnosis;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Inference;

/// <summary>Works out from observations what each cell lacks.</summary>
public static class PackInference
{
    /// <summary>Takes in all observations and asks what is believed then.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="log">The observations.</param>
    /// <param name="seed">Seed of all samples; null takes the pack's.</param>
    /// <param name="why">Also why the pack is not converging: every reason known is played on what is believed, which takes longer.</param>
    /// <param name="progress">Told which observation is being taken in; may be null.</param>
    /// <param name="cancellationToken">Looked at before each observation.</param>
    /// <exception cref="InputException">An observation does not fit the pack; names file and line.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static InferenceSummary Run(
        PackSpec pack,
        ObservationLog log,
        ulong? seed = null,
        bool why = false,
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
        InferenceSummary summary = InferenceSummary.Of(pack, log, belief.Cells(), belief.Contradictions, belief.MostTelling());
        if (!why)
        {
            return summary;
        }

        progress?.Report("why it is not converging");
        return summary with
        {
            Why = [.. PackDiagnosis.Of(pack, [.. log.Entries.Select(e => e.Seen)], seed ?? pack.Seed).Select(FindingSummary.Of)],
        };
    }
}
