using System.Collections.Immutable;
using TopBalance.Cli.Output;
using TopBalance.Inference;
using TopBalance.Procedure;
using TopBalance.Words;
using TopBalance.Workbench.Planning;

namespace TopBalance.Cli.Sessions.Screens;

/// <summary>What lies over the step that the session is at.</summary>
internal enum Overlay
{
    /// <summary>Nothing: the step itself.</summary>
    Step,

    /// <summary>What is believed of each cell.</summary>
    Belief,

    /// <summary>Why this step.</summary>
    Why,

    /// <summary>Something is wrong: the first thing to do for each kind of trouble.</summary>
    Wrong,

    /// <summary>What a typed line answered, page by page.</summary>
    Text,
}

/// <summary>A line that is being typed, or a question that wants one key.</summary>
/// <param name="Text">As far as it is typed.</param>
/// <param name="Hint">What may follow.</param>
internal sealed record Prompt(string Text, string Hint)
{
    /// <summary>What <c>y</c> and <c>n</c> do, as lines; null: it is a line to be typed.</summary>
    public (string Yes, string? No)? Question { get; init; }
}

/// <summary>All that a screen of the session shows: what the log says, the time, and where the person is on the screens.</summary>
/// <param name="Session">The session.</param>
/// <param name="Next">What is advised.</param>
/// <param name="NowSeconds">Now, on the session's time.</param>
/// <param name="Clock">Now, by the clock of the place.</param>
internal sealed record SessionView(Session Session, Advice Next, double NowSeconds, DateTimeOffset Clock)
{
    /// <summary>Places where people get stuck that the session stands at.</summary>
    public ImmutableArray<Phrase> DeadEnds { get; init; } = [];

    /// <summary>What was seen of each cell at the last charge. Length Ns.</summary>
    public ImmutableArray<CellMark> Marks { get; init; } = [];

    /// <summary>What the lamps of a simulated pack show now; empty at a real one.</summary>
    public ImmutableArray<Lamps> Shown { get; init; } = [];

    /// <summary>What must be told now.</summary>
    public ImmutableArray<Alarm> Alarms { get; init; } = [];

    /// <summary>From when somebody should be at the pack, on the session's time; null if that is not known.</summary>
    public double? WatchFrom { get; init; }

    /// <summary>Until when a dark lamp proves something, on the session's time; null if no end is to be noted.</summary>
    public double? DarkCountsUntil { get; init; }

    /// <summary>Marks that prove nothing, and why.</summary>
    public ImmutableArray<Phrase> Useless { get; init; } = [];

    /// <summary>What is believed of each cell. Length Ns.</summary>
    public ImmutableArray<CellEstimate> Cells { get; init; } = [];

    /// <summary>What each cell truly lacks, Ah, where practice may show it; else empty.</summary>
    public ImmutableArray<double> TruthAh { get; init; } = [];

    /// <summary>What the job comes to by each method from here; null until it is worked out.</summary>
    public PlanSummary? Plan { get; init; }

    /// <summary>Practice: what is heard and seen at the pack; null if nothing.</summary>
    public Phrase? Heard { get; init; }

    /// <summary>Practice: pack's seconds per second; 0 at a real pack.</summary>
    public double Rate { get; init; }

    /// <summary>What lies over the step.</summary>
    public Overlay Panel { get; init; }

    /// <summary>Which page of the panel, or of the board, from 0.</summary>
    public int Page { get; init; }

    /// <summary>What is being typed; null if nothing is.</summary>
    public Prompt? Prompt { get; init; }

    /// <summary>What the last line answered.</summary>
    public ImmutableArray<string> Said { get; init; } = [];

    /// <summary>The mirror of the session is behind; null if it is not.</summary>
    public string? MirrorProblem { get; init; }
}

/// <summary>What was seen of a cell at the end of the last charge, or since the one that runs began.</summary>
internal enum CellMark
{
    /// <summary>Nobody looked.</summary>
    NotSeen,

    /// <summary>Its red lamp was dark.</summary>
    Dark,

    /// <summary>Its red lamp was lit.</summary>
    Lit,

    /// <summary>Its green lamp went out.</summary>
    Tripped,
}
