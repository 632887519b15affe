using TopBalance.Quantities;

namespace TopBalance.Procedure;

/// <summary>
/// A reading of a clock that neither jumps nor sleeps, such as the time since a machine was started. Two readings of one clock tell how
/// long something took, whatever was done to the clock on the wall.
/// </summary>
/// <param name="Clock">Names the run of that clock; another name after it was started anew.</param>
/// <param name="Seconds">Its reading, s.</param>
public readonly record struct Tick(string Clock, double Seconds);

/// <summary>When something happened and when that was written down.</summary>
/// <param name="HappenedAt">UTC by the clock on the wall at the time of writing.</param>
/// <param name="RecordedAt">UTC by the same clock; later than <paramref name="HappenedAt"/> in a late report.</param>
/// <param name="Zone">The local zone as people name it, e.g. <c>Europe/Berlin</c>; for display only.</param>
public sealed record Stamp(DateTimeOffset HappenedAt, DateTimeOffset RecordedAt, string Zone = "UTC")
{
    /// <summary>How far off <see cref="HappenedAt"/> may be, s (a standard deviation). Default 0: it was noted as it happened.</summary>
    public Seconds Within { get; init; }

    /// <summary>A steady clock at <see cref="RecordedAt"/>; null where none ran.</summary>
    public Tick? Tick { get; init; }

    /// <summary>How long after it happened it was written down, s; never negative.</summary>
    public double LateBySeconds => Math.Max(0, (RecordedAt - HappenedAt).TotalSeconds);

    /// <summary>Noted as it happens.</summary>
    public static Stamp Now(DateTimeOffset at, Tick? tick = null) => new(at, at) { Tick = tick };

    /// <summary>How long after another one this was written down, s: by the steady clock if one ran throughout, else by the wall.</summary>
    public double SecondsSince(Stamp earlier) =>
        Tick is { } now && earlier?.Tick is { } then && string.Equals(now.Clock, then.Clock, StringComparison.Ordinal)
            ? Math.Max(0, now.Seconds - then.Seconds)
            : Math.Max(0, (RecordedAt - (earlier?.RecordedAt ?? RecordedAt)).TotalSeconds);
}

/// <summary>One line of a session's log. The log is in order of arrival and is never changed.</summary>
/// <param name="Number">From 1 without gaps.</param>
/// <param name="Stamp">When.</param>
/// <param name="Event">What.</param>
public sealed record SessionEntry(int Number, Stamp Stamp, SessionEvent Event);

/// <summary>
/// A line with its place on the session's own time, which the steady clock measures: 0 at the first line. Lines are ordered by it as things
/// happened; a clock on the wall that is set right meanwhile moves nothing.
/// </summary>
/// <param name="Entry">The line.</param>
/// <param name="RecordedSeconds">When it was written down.</param>
public readonly record struct Placed(SessionEntry Entry, double RecordedSeconds)
{
    /// <summary>When it happened, s from the first line; before it if negative.</summary>
    public double Seconds => RecordedSeconds - Entry.Stamp.LateBySeconds;
}
