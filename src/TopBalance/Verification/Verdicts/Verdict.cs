using System.Collections.Immutable;
using TopBalance.Packs;
using TopBalance.Words;

namespace TopBalance.Verification.Verdicts;

/// <summary>What a criterion, or all of them together, say.</summary>
public enum VerdictOutcome
{
    /// <summary>It is so.</summary>
    Pass,

    /// <summary>It cannot be said. Unknown is never reported as fine.</summary>
    Inconclusive,

    /// <summary>It is not so.</summary>
    Fail,
}

/// <summary>What one criterion says.</summary>
/// <param name="Code">Names it; its words are <c>criterion.CODE</c> in the catalogue.</param>
/// <param name="Outcome">What it says.</param>
/// <param name="Seen">On what grounds.</param>
/// <param name="Next">What to do about it; null where it holds.</param>
public sealed record Judged(string Code, VerdictOutcome Outcome, Phrase Seen, Phrase? Next);

/// <summary>Whether a pack is balanced, criterion by criterion.</summary>
/// <param name="Outcome">All together.</param>
/// <param name="Criteria">Each, in the order of <see cref="Verdicts.Criteria.All"/>.</param>
public sealed record Verdict(VerdictOutcome Outcome, ImmutableArray<Judged> Criteria)
{
    /// <summary>What it would be if the pack were real: without the criterion that practice never passes.</summary>
    public VerdictOutcome ApartFromPractice { get; init; }

    /// <summary>Cells that stay dark, or trip, because of their resistance and not because of their charge.</summary>
    public ImmutableArray<CellNumber> OddResistance { get; init; } = [];

    /// <summary>Judges a pack.</summary>
    public static Verdict Of(VerdictCase of)
    {
        ArgumentNullException.ThrowIfNull(of);
        ImmutableArray<Judged> criteria = [.. Verdicts.Criteria.All.Select(c => c.Of(of))];
        return new Verdict(Together(criteria), criteria)
        {
            ApartFromPractice = Together(criteria.Where(c => !string.Equals(c.Code, Verdicts.Criteria.Practice, StringComparison.Ordinal))),
            OddResistance = of.OddResistance,
        };
    }

    // what may not be judged is not judged; of the rest the worst wins
    private static VerdictOutcome Together(IEnumerable<Judged> criteria)
    {
        Judged[] all = [.. criteria];
        bool mayNot = all.Any(c =>
            c.Outcome == VerdictOutcome.Inconclusive && Verdicts.Criteria.Barring.Contains(c.Code, StringComparer.Ordinal));
        return mayNot ? VerdictOutcome.Inconclusive : all.Max(c => c.Outcome);
    }
}
