using System.Collections.Immutable;
using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Packs;

namespace TopBalance.Verification.Diagnosis;

/// <summary>Says why a pack is not converging, from what was done and seen.</summary>
public static class PackDiagnosis
{
    /// <summary>What is less probable than this is not listed.</summary>
    public const double Floor = 0.05;

    /// <summary>
    /// Plays every hypothesis on what is believed of the pack. An empty answer means that nothing known here stands out of this log, not
    /// that nothing is wrong.
    /// </summary>
    /// <param name="pack">The pack as its file describes it, taken to be sound apart from the faults it names.</param>
    /// <param name="seen">What was done and seen, in order.</param>
    /// <param name="seed">Seed of all samples.</param>
    /// <returns>
    /// Findings of at least <see cref="Floor"/>, the most probable first; of those within 1 % what is wrong with a cell comes before the
    /// way of working.
    /// </returns>
    /// <exception cref="ArgumentException">An observation names a cell outside the pack.</exception>
    public static ImmutableArray<DiagnosisFinding> Of(PackSpec pack, IReadOnlyList<Observation> seen, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(pack);
        ArgumentNullException.ThrowIfNull(seen);
        var of = new DiagnosisCase(pack, seen, seed);
        return
        [
            .. Hypotheses.All.SelectMany(h => h.Examine(of).Select(f => (Finding: f, OfACell: h is CellFault)))
                .Where(f => f.Finding.Probability >= Floor)
                .OrderByDescending(f => Math.Round(f.Finding.Probability, 2)).ThenByDescending(f => f.OfACell)
                .Select(f => f.Finding),
        ];
    }
}
