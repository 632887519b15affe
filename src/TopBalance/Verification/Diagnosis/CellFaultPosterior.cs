using System.Collections.Immutable;
using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Packs;

namespace TopBalance.Verification.Diagnosis;

/// <summary>How probable one fault of one cell is.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Cell">Index of the cell.</param>
/// <param name="LogFactor">Logarithm of how much more likely the log is with it than without.</param>
/// <param name="Probability">After the log, 0 to 1.</param>
/// <param name="Sizes">What is believed if it is so, in each size it may have.</param>
internal sealed record JudgedFault(CellFault Fault, int Cell, double LogFactor, double Probability, ImmutableArray<PlayedSize> Sizes);

/// <summary>A fault in one of the sizes it may have.</summary>
/// <param name="Belief">What is believed if it has it.</param>
/// <param name="Share">How probable this size is among the others; they sum to 1.</param>
internal sealed record PlayedSize(Belief Belief, double Share);

/// <summary>
/// Faults of single cells against each other and against a sound pack, at most one of them at a time: prior odds times how much more
/// likely the log is with it. Each is played on a coarse belief; those that stand out are played again, more finely.
/// </summary>
internal sealed class CellFaultPosterior
{
    private static readonly BeliefSize Coarse = new(24, 12);
    private static readonly BeliefSize Fine = new(80, 20);

    // the sound pack stands against all faults: its noise would be that of all of them
    private static readonly BeliefSize Sound = new(160, 20);

    // while all faults together are less probable than this, none can become a finding, the noise of a coarse belief included
    private const double WorthFine = 0.01;

    // how many are played finely at most
    private const int MostFine = 4;

    private readonly ImmutableArray<JudgedFault> judged;

    private CellFaultPosterior(ImmutableArray<JudgedFault> judged) => this.judged = judged;

    /// <summary>What one fault was judged to be, per cell looked at.</summary>
    public IEnumerable<JudgedFault> Of(CellFault fault) => judged.Where(j => ReferenceEquals(j.Fault, fault));

    /// <summary>Plays the faults on the cells that show signs.</summary>
    public static CellFaultPosterior Of(DiagnosisCase of)
    {
        if (of.Log.Charges.IsEmpty && of.Log.SingleCharges.IsEmpty)
        {
            return new CellFaultPosterior([]);
        }

        (CellFault Fault, int Cell)[] all =
        [
            .. Suspects.Of(of).SelectMany(c => Hypotheses.All.OfType<CellFault>().Where(f => f.MayBe(of, of.Signs[c])).Select(f => (f, c))),
        ];
        if (all.Length == 0)
        {
            return new CellFaultPosterior([]);
        }

        ImmutableArray<JudgedFault> screened = Judge(of, all, finely: false, Coarse, Coarse);
        if (NothingStandsOut(screened) && IsHardToExplain(of))
        {
            screened = Judge(of, all, finely: false, Fine, Sound);
        }

        if (NothingStandsOut(screened))
        {
            return new CellFaultPosterior([]);
        }

        (CellFault, int)[] standing = [.. screened.OrderByDescending(j => j.Probability).Take(MostFine).Select(j => (j.Fault, j.Cell))];
        return new CellFaultPosterior(Judge(of, standing, finely: true, Fine, Sound));
    }

    private static bool NothingStandsOut(ImmutableArray<JudgedFault> judged) => judged.Sum(j => j.Probability) < WorthFine;

    // a log that a sound pack hardly explains is one that a coarse belief plays with much noise, above all one with many voltages
    private static bool IsHardToExplain(DiagnosisCase of) =>
        of.Belief.LogEvidence < HardPerObservation * of.Seen.Count(s => s is not (RestSeen or ResetSeen or LoopTestSeen or UseSeen));

    private const double HardPerObservation = -4;

    /// <summary>One of the beliefs played, the sound one or one with a fault, as often as it is probable.</summary>
    /// <param name="sound">The belief if all is sound.</param>
    /// <param name="at">Uniform from 0 to below 1.</param>
    public Belief Pick(Belief sound, double at)
    {
        foreach (JudgedFault fault in judged)
        {
            foreach (PlayedSize size in fault.Sizes)
            {
                at -= size.Share * fault.Probability;
                if (at < 0)
                {
                    return size.Belief;
                }
            }
        }

        return sound;
    }

    private static ImmutableArray<JudgedFault> Judge(
        DiagnosisCase of, (CellFault Fault, int Cell)[] faults, bool finely, BeliefSize size, BeliefSize ofSound)
    {
        double sound = of.Believe(of.Pack, ofSound).LogEvidence;
        ImmutableArray<Belief>[] played =
        [
            .. faults.Select(f => f.Fault.Suppose(of, CellNumber.FromIndex(f.Cell), finely))
                .Select(supposed => supposed.Select(p => of.Believe(p, size)).ToImmutableArray()),
        ];
        double[] factors = [.. played.Select(p => LogMean(p) - sound)];
        double[] odds = [.. faults.Zip(factors, (f, log) => f.Fault.PriorOdds * Math.Exp(Math.Min(log, 600)))];
        double all = 1 + odds.Sum();
        return [.. faults.Select((f, k) => new JudgedFault(f.Fault, f.Cell, factors[k], odds[k] / all, Sizes(played[k])))];
    }

    // sizes are supposed to be equally likely beforehand
    private static double LogMean(ImmutableArray<Belief> played)
    {
        double highest = played.Max(b => b.LogEvidence);
        return highest + Math.Log(played.Average(b => Math.Exp(b.LogEvidence - highest)));
    }

    private static ImmutableArray<PlayedSize> Sizes(ImmutableArray<Belief> played)
    {
        double mean = LogMean(played);
        return [.. played.Select(b => new PlayedSize(b, Math.Exp(b.LogEvidence - mean) / played.Length))];
    }
}
