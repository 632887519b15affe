using System.Collections.Immutable;
using TopBalance.Inference;
using TopBalance.Packs;

namespace TopBalance.Verification.Diagnosis;

/// <summary>How probable one fault of one cell is.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Cell">Index of the cell.</param>
/// <param name="LogFactor">Logarithm of how much more likely the log is with it than without.</param>
/// <param name="Probability">After the log, 0 to 1.</param>
internal sealed record JudgedFault(CellFault Fault, int Cell, double LogFactor, double Probability);

/// <summary>
/// Faults of single cells against each other and against a sound pack, at most one of them at a time: prior odds times how much more
/// likely the log is with it. Each is played on a coarse belief; those that stand out are played again, more finely.
/// </summary>
internal sealed class CellFaultPosterior
{
    private static readonly BeliefSize Coarse = new(24, 12);
    private static readonly BeliefSize Fine = new(64, 16);

    // below this a coarse result cannot become a finding, its noise included
    private const double WorthFine = 0.01;

    // how many are played finely at most
    private const int MostFine = 8;

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

        ImmutableArray<JudgedFault> coarse = Judge(of, all, Coarse);
        (CellFault, int)[] standing =
        [
            .. coarse.Where(j => j.Probability > WorthFine).OrderByDescending(j => j.Probability).Take(MostFine).Select(j => (j.Fault, j.Cell)),
        ];
        return standing.Length == 0 ? new CellFaultPosterior(coarse) : new CellFaultPosterior(Judge(of, standing, Fine));
    }

    private static ImmutableArray<JudgedFault> Judge(DiagnosisCase of, (CellFault Fault, int Cell)[] faults, BeliefSize size)
    {
        double sound = of.Believe(of.Pack, of.Seed, size).LogEvidence;
        double[] factors = [.. faults.Select(f => Evidence(of, f.Fault, f.Cell, size) - sound)];
        double[] odds = [.. faults.Zip(factors, (f, log) => f.Fault.PriorOdds * Math.Exp(Math.Min(log, 600)))];
        double all = 1 + odds.Sum();
        return [.. faults.Select((f, k) => new JudgedFault(f.Fault, f.Cell, factors[k], odds[k] / all))];
    }

    // the mean over the sizes supposed
    private static double Evidence(DiagnosisCase of, CellFault fault, int cell, BeliefSize size)
    {
        double[] logs = [.. fault.Suppose(of, CellNumber.FromIndex(cell)).Select(p => of.Believe(p, of.Seed, size).LogEvidence)];
        double highest = logs.Max();
        return highest + Math.Log(logs.Average(l => Math.Exp(l - highest)));
    }
}
