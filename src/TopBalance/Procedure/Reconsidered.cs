using System.Collections.Immutable;
using TopBalance.Inference;
using TopBalance.Packs;
using TopBalance.Verification.Setup;
using TopBalance.Words;

namespace TopBalance.Procedure;

/// <summary>What is believed of one cell now and was believed before.</summary>
/// <param name="Cell">Which.</param>
/// <param name="Before">Ah to full as it was believed.</param>
/// <param name="After">Ah to full as it is believed now.</param>
/// <param name="Undo">What to do about it, where something was done to it that is undone best.</param>
public sealed record CellChange(CellNumber Cell, Interval90 Before, Interval90 After, Phrase? Undo);

/// <summary>What a late report, a correction or a settlement changes: of what is believed, and of what was advised.</summary>
/// <param name="Cells">Cells of which something else is believed now, the greatest change first.</param>
/// <param name="Before">What was advised.</param>
/// <param name="After">What is advised now.</param>
public sealed record Reconsidered(ImmutableArray<CellChange> Cells, Advice Before, Advice After)
{
    // a smaller change than this share of a cell's capacity changes nothing that is done
    private const double LeastShare = 0.001;

    /// <summary>What was advised no longer holds: it must be told.</summary>
    public bool AdviceChanged => !Before.IsLike(After);

    /// <summary>Compares two states of one session.</summary>
    /// <param name="before">Before the line that changed the past.</param>
    /// <param name="after">After it.</param>
    /// <param name="at">When it was written.</param>
    /// <param name="size">How finely cells are believed; null is the usual.</param>
    /// <returns>Null if the new line did not change the past: it is in order, and corrects nothing.</returns>
    public static Reconsidered? Of(Session before, Session after, Stamp at, BeliefSize? size = null)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        Placed last = after.Log[^1];
        if (last.Seconds >= before.LastSeconds && last.Entry.Event is not (EntryCorrected or DisputeSettled))
        {
            return null;
        }

        (var then, var now) = (new Advisor(size), new Advisor(size));
        (Belief was, Belief @is) = (then.Believe(before), now.Believe(after));
        double least = LeastShare * before.Pack.CellCapacityAh();
        return new Reconsidered(
            [
                .. was.Cells().Zip(@is.Cells()).Select(p => Change(p.First, p.Second, least))
                    .Where(c => Math.Abs(Moved(c)) > least).OrderByDescending(c => Math.Abs(Moved(c))),
            ],
            then.Next(before, at), now.Next(after, at));
    }

    private static double Moved(CellChange change) => change.After.P50 - change.Before.P50;

    private static CellChange Change(CellEstimate before, CellEstimate after, double least)
    {
        double more = after.ToFullAh.P50 - before.ToFullAh.P50;
        ImmutableArray<string> values = [after.Cell.ToString(), Say.AmpereHours(Math.Abs(more))];
        return new CellChange(
            after.Cell, before.ToFullAh, after.ToFullAh,
            more > least ? new Phrase("undo.lacks-more", values) : more < -least ? new Phrase("undo.lacks-less", values) : null);
    }
}
