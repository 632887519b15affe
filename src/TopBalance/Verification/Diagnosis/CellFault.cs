using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Verification.Setup;
using static System.FormattableString;

namespace TopBalance.Verification.Diagnosis;

/// <summary>
/// Something that is wrong with one cell: the log is played on a pack that has it, and on one that has not, and what was seen decides
/// between them.
/// </summary>
internal abstract class CellFault : IHypothesis
{
    /// <inheritdoc/>
    public abstract string Code { get; }

    /// <inheritdoc/>
    public abstract string InWords { get; }

    /// <summary>How probable it is for one cell before anything was seen, as odds.</summary>
    public abstract double PriorOdds { get; }

    /// <summary>What is supposed, to be read after "as if": <c>its shunt never conducts</c>.</summary>
    public abstract string Supposed { get; }

    /// <summary>Packs in which this cell has it, in several sizes where its size is unknown; each as likely as the other.</summary>
    /// <param name="of">The case.</param>
    /// <param name="cell">Which cell.</param>
    /// <param name="finely">False asks for as few as will do to see whether it is worth a closer look.</param>
    public abstract IEnumerable<PackSpec> Suppose(DiagnosisCase of, CellNumber cell, bool finely);

    /// <summary>False if what was seen of the cell rules it out, or says nothing that it would explain: then it is not played.</summary>
    public virtual bool MayBe(DiagnosisCase of, CellSigns signs) => true;

    /// <inheritdoc/>
    public IEnumerable<DiagnosisFinding> Examine(DiagnosisCase of) =>
        of.Posterior.Of(this).Select(p => Found(of, of.Signs[p.Cell], p.Probability, Evidence(of.Signs[p.Cell], p.LogFactor)));

    /// <summary>The finding about one cell.</summary>
    /// <param name="of">The case.</param>
    /// <param name="signs">What was seen of the cell.</param>
    /// <param name="probability">How probable it is.</param>
    /// <param name="seen">The evidence in words.</param>
    protected abstract DiagnosisFinding Found(DiagnosisCase of, CellSigns signs, double probability, string seen);

    /// <summary>The pack with something known of one cell.</summary>
    protected static PackSpec Knowing(PackSpec pack, CellKnowledge known) => pack with { Cells = pack.Cells.Add(known) };

    /// <summary>The pack with a fault.</summary>
    protected static PackSpec Having(PackSpec pack, Fault fault) => pack with { Faults = pack.Faults.Add(fault) };

    private string Evidence(CellSigns s, double logFactor)
    {
        string factor = logFactor > Math.Log(1000) ? "more than 1000" : Invariant($"{Math.Exp(logFactor):0.#}");
        return $"Cell {s.Cell} {Told(s)}. All that was seen is {factor} times as likely if {Supposed} as if all is sound.";
    }

    private static string Told(CellSigns s)
    {
        var told = ImmutableArray.CreateBuilder<string>();
        int looked = s.Lit + s.Dark;
        told.Add(s.FollowsCurrent ? "ended " + string.Join(" and ", s.Charges.GroupBy(c => c.Amps).Select(AtOneCurrent))
            : Invariant($"ended {s.Trips} of {s.Charges.Count} charges"));
        told.Add(looked == 0 ? "its lamp was never looked at" : Invariant($"its lamp was lit at the end of {s.Lit} of {looked}"));
        if (s.Readings.Count > 0)
        {
            string readings = string.Join(", ", s.Readings.Select(r => Say.Volts(r.Volts) + Beside(r.Lamp, r.Tripped)));
            told.Add($"it showed {readings} at the end of a charge");
        }

        if (s.RestBelowVolts < -0.01)
        {
            told.Add($"it rested {Say.Volts(-s.RestBelowVolts)} below the others");
        }

        if (s.ChargedAh > 0)
        {
            told.Add($"{Say.AmpereHours(s.ChargedAh)} went into it singly");
        }

        if (s.DrainedAh > 0)
        {
            told.Add($"{Say.AmpereHours(s.DrainedAh)} were drained from it");
        }

        return string.Join("; ", told);
    }

    private static string AtOneCurrent(IGrouping<double, (double Amps, bool Tripped)> charges) =>
        Invariant($"{charges.Count(c => c.Tripped)} of {charges.Count()} charges at {Say.Amperes(charges.Key)}");

    private static string Beside(LampSight lamp, bool tripped) => (tripped, lamp) switch
    {
        (true, _) => " as it tripped",
        (_, LampSight.Lit) => " with its lamp lit",
        (_, LampSight.Dark) => " with its lamp dark",
        _ => "",
    };
}
