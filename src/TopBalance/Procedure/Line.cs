using System.Collections.Immutable;

namespace TopBalance.Procedure;

/// <summary>A line of the log as it counts: corrected if it was corrected, at its place in the order in which things happened.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Seconds">When it happened, on the session's time.</param>
/// <param name="Event">What is true of it.</param>
/// <param name="Counts">How a dispute about it was settled; null if it was not.</param>
internal readonly record struct Line(int Number, double Seconds, SessionEvent Event, bool? Counts = null)
{
    /// <summary>How far off <see cref="Seconds"/> may be, s.</summary>
    public double Within { get; init; }

    /// <summary>It was written down later than it happened, with a time that somebody remembers.</summary>
    public bool Late { get; init; }

    /// <summary>A line comes after the one it is about, which is not the first.</summary>
    public bool MaySpeakOf(int line) => line > 1 && line < Number;

    /// <summary>A line as it was written.</summary>
    public static Line Of(Placed placed) =>
        new(placed.Entry.Number, placed.Seconds, placed.Entry.Event)
        {
            Within = placed.Entry.Stamp.Within.Value,
            Late = placed.Entry.Stamp.LateBySeconds > 0,
        };

    /// <summary>All lines in the order in which things happened, with corrections and settlements taken in.</summary>
    public static IEnumerable<Line> InOrder(ImmutableList<Placed> log)
    {
        var corrections = new Dictionary<int, EntryCorrected>();
        var settled = new Dictionary<int, bool>();
        for (int k = log.Count - 1; k > 0; k--)
        {
            Line line = Of(log[k]);
            SessionEvent? counts = corrections.TryGetValue(line.Number, out EntryCorrected? by) ? by.Instead : line.Event;
            if (counts is EntryCorrected correction && line.MaySpeakOf(correction.Entry))
            {
                // the last word on a line counts
                corrections.TryAdd(correction.Entry, correction);
            }
            else if (counts is DisputeSettled settlement && line.MaySpeakOf(settlement.Entry))
            {
                settled.TryAdd(settlement.Entry, settlement.Counts);
            }
        }

        return log.Select(placed => Corrected(placed, corrections.GetValueOrDefault(placed.Entry.Number), settled))
            .OfType<Line>().OrderBy(line => line.Number == 1 ? double.NegativeInfinity : line.Seconds).ThenBy(line => line.Number);
    }

    private static Line? Corrected(Placed placed, EntryCorrected? by, Dictionary<int, bool> settled)
    {
        Line line = Of(placed) with { Counts = settled.TryGetValue(placed.Entry.Number, out bool counts) ? counts : null };
        if (by is null)
        {
            return line;
        }

        double moved = by.HappenedAt is { } at ? (at - placed.Entry.Stamp.HappenedAt).TotalSeconds : 0;
        return by.Instead is { } instead ? line with { Event = instead, Seconds = line.Seconds + moved } : null;
    }
}
