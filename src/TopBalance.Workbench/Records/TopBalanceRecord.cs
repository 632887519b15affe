using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TopBalance.Verification.Verdicts;

namespace TopBalance.Workbench.Records;

/// <summary>
/// The sheet that is handed over: what was observed and computed on one pack in one session. A function of the session's log and of the
/// program; its text, its page and its JSON are three ways to show it.
/// </summary>
public sealed record TopBalanceRecord
{
    /// <summary>What the JSON says it is.</summary>
    public string Format { get; init; } = "topbalance-record";

    /// <summary>Version of that JSON.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>What it is a record of, and which one.</summary>
    public required RecordHead Head { get; init; }

    /// <summary>The verdict with its criteria.</summary>
    public required VerdictSheet Verdict { get; init; }

    /// <summary>The pack and its set-points.</summary>
    public required PackSheet Pack { get; init; }

    /// <summary>Whether it is proved that the BMS stops the charger.</summary>
    public required Remark Interlock { get; init; }

    /// <summary>Every loop test.</summary>
    public required ImmutableArray<LoopTestRow> LoopTests { get; init; }

    /// <summary>What every cell lacks to full, before and after.</summary>
    public required CellsSheet Cells { get; init; }

    /// <summary>What was done, in order.</summary>
    public required ImmutableArray<TimelineRow> Timeline { get; init; }

    /// <summary>Every charge of the pack with its lamps.</summary>
    public required ImmutableArray<ChargeRow> Charges { get; init; }

    /// <summary>What a reader should know besides.</summary>
    public required ImmutableArray<FindingRow> Findings { get; init; }

    /// <summary>When to look again.</summary>
    public required NextCheckSheet NextCheck { get; init; }

    /// <summary>What such a record is and is not; the same on every one.</summary>
    public required ImmutableArray<string> Words { get; init; }
}

/// <summary>How a record stands to the store of real records.</summary>
public enum RecordKind
{
    /// <summary>Issued: frozen and numbered.</summary>
    Issued,

    /// <summary>Of an exported file: nothing keeps it.</summary>
    UnfiledCopy,

    /// <summary>Of a simulated pack: no record of anything real, and never issued.</summary>
    Practice,
}

/// <summary>What a record is of.</summary>
/// <param name="Kind">How it is kept.</param>
/// <param name="Session">Id of the session.</param>
/// <param name="LogHash">SHA-256 of the last line of its log, which stands for all of them.</param>
/// <param name="LogLines">How many lines there are.</param>
/// <param name="BeganAt">When the session began, UTC.</param>
/// <param name="LastAt">When its last line was written, UTC.</param>
/// <param name="Files">The files that the pack was read from.</param>
public sealed record RecordHead(
    RecordKind Kind,
    string Session,
    string LogHash,
    int LogLines,
    DateTimeOffset BeganAt,
    DateTimeOffset LastAt,
    ImmutableArray<FileRow> Files)
{
    /// <summary>Number of the issue, from 1; null if it is none.</summary>
    public int? Issue { get; init; }

    /// <summary>When it was drawn up, UTC.</summary>
    public DateTimeOffset IssuedAt { get; init; }

    /// <summary>Version and build of the program.</summary>
    public string Software { get; init; } = "";

    /// <summary>Version and build of the model that computed it.</summary>
    public string Model { get; init; } = "";

    /// <summary>The issue that it takes the place of; null for the first.</summary>
    public Superseded? Supersedes { get; init; }
}

/// <summary>A file of the pack.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sha256">Of its bytes.</param>
public sealed record FileRow(string Name, string Sha256);

/// <summary>An earlier issue. It stays as it is.</summary>
/// <param name="Issue">Its number.</param>
/// <param name="IssuedAt">When it was issued, UTC.</param>
/// <param name="Differs">What is another now, a sentence each.</param>
public sealed record Superseded(int Issue, DateTimeOffset IssuedAt, ImmutableArray<string> Differs);

/// <summary>A label and its figure.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Figure">How much.</param>
public sealed record NamedFigure(string Name, Figure Figure);

/// <summary>The pack.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arrangement">E.g. <c>16S1P</c>.</param>
/// <param name="Cell">Name of its cells.</param>
/// <param name="Module">Name of its cell modules.</param>
/// <param name="SetPoints">What charger and cell modules are set to, as the files say.</param>
/// <param name="Remarks">Numbers without a source, and what lies outside of where curves were measured.</param>
public sealed record PackSheet(
    string Name, string Arrangement, string Cell, string Module, ImmutableArray<NamedFigure> SetPoints, ImmutableArray<Remark> Remarks);

/// <summary>A loop test.</summary>
/// <param name="Line">Of the log.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Stopped">The charger was seen to stop.</param>
/// <param name="Buzzer">The buzzer sounded; null if not noted.</param>
/// <param name="After">After how long it stopped.</param>
public sealed record LoopTestRow(int Line, DateTimeOffset? At, bool Stopped, bool? Buzzer, Figure After);

/// <summary>Something that was done or happened.</summary>
/// <param name="Line">Of the log.</param>
/// <param name="At">When it began, UTC.</param>
/// <param name="Kind">E.g. <c>charge</c>, <c>drain</c>.</param>
/// <param name="Seen">In words.</param>
/// <param name="Took">How long; null for what takes no time.</param>
public sealed record TimelineRow(int Line, DateTimeOffset At, string Kind, Remark Seen, Figure? Took)
{
    /// <summary>The same for a chart, s; 0 for what takes no time.</summary>
    [JsonIgnore]
    public double LastsSeconds { get; init; }
}

/// <summary>A charge of the whole pack.</summary>
/// <param name="Charge">Its number, from 1.</param>
/// <param name="Line">Of the log.</param>
/// <param name="At">When it began, UTC.</param>
/// <param name="Ended">How it ended.</param>
/// <param name="Lamps">Red lamp of each cell at the end: <c>lit</c>, <c>dark</c> or <c>not_seen</c>.</param>
public sealed record ChargeRow(int Charge, int Line, DateTimeOffset At, Remark Ended, ImmutableArray<string> Lamps)
{
    /// <summary>The cell whose green lamp went out; null if none, or not seen.</summary>
    public int? TrippedCell { get; init; }

    /// <summary>How long it took.</summary>
    public required Figure Took { get; init; }

    /// <summary>Its current.</summary>
    public required Figure Current { get; init; }

    /// <summary>What went in.</summary>
    public required Figure Delivered { get; init; }

    /// <summary>Lamps seen red.</summary>
    public required Figure Lit { get; init; }

    /// <summary>Lamps nobody saw.</summary>
    public required Figure NotSeen { get; init; }

    /// <summary>Measured across the pack at the end.</summary>
    public required Figure PackVoltage { get; init; }

    /// <summary>The same by the number of cells.</summary>
    public required Figure PerCell { get; init; }
}

/// <summary>What is believed of every cell.</summary>
/// <param name="Before">What 'before' means here.</param>
/// <param name="After">What 'after' means here.</param>
/// <param name="Rows">By cell number.</param>
public sealed record CellsSheet(Remark Before, Remark After, ImmutableArray<CellRow> Rows)
{
    /// <summary>Between the fullest and the emptiest cell.</summary>
    public required BeforeAfter Apart { get; init; }

    /// <summary>What the pack gives until its first cell is empty.</summary>
    public required BeforeAfter Usable { get; init; }

    /// <summary>Capacity of a cell as its file says.</summary>
    public required Figure Nameplate { get; init; }

    /// <summary>What the usable capacity rests on.</summary>
    public required Remark UsableRests { get; init; }
}

/// <summary>One figure at two instants.</summary>
/// <param name="Before">At the end of the first charge.</param>
/// <param name="After">At the end of the last charge.</param>
public sealed record BeforeAfter(Figure Before, Figure After);

/// <summary>A cell.</summary>
/// <param name="Cell">Its number.</param>
/// <param name="Before">Ah to full at the end of the first charge.</param>
/// <param name="After">Ah to full at the end of the last charge.</param>
/// <param name="Lamp">Its red lamp at the end of the last charge: <c>lit</c>, <c>dark</c> or <c>not_seen</c>.</param>
/// <param name="Evidence">What that rests on; empty where nothing is known.</param>
public sealed record CellRow(int Cell, Figure Before, Figure After, string Lamp, string Evidence);

/// <summary>The verdict.</summary>
/// <param name="Outcome">What it is.</param>
/// <param name="Meaning">In a sentence.</param>
/// <param name="Criteria">What it follows from.</param>
public sealed record VerdictSheet(VerdictOutcome Outcome, string Meaning, ImmutableArray<CriterionRow> Criteria)
{
    /// <summary>What it would be at a real pack; null unless it is practice.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VerdictOutcome? ApartFromPractice { get; init; }
}

/// <summary>A criterion of balance.</summary>
/// <param name="Code">Names it.</param>
/// <param name="Asks">What it asks.</param>
/// <param name="Outcome">What it says.</param>
/// <param name="Seen">On what grounds.</param>
/// <param name="Next">What to do about it; null where it holds.</param>
public sealed record CriterionRow(string Code, string Asks, VerdictOutcome Outcome, Remark Seen, string? Next);

/// <summary>Something a reader should know.</summary>
/// <param name="Kind">E.g. <c>lone-trip</c>, <c>odd-resistance</c>, <c>disputed</c>, <c>correction</c>.</param>
/// <param name="Seen">In words.</param>
public sealed record FindingRow(string Kind, Remark Seen)
{
    /// <summary>The cell it is about; null for the pack.</summary>
    public int? Cell { get; init; }

    /// <summary>The line of the log it is about; null if none.</summary>
    public int? Line { get; init; }

    /// <summary>How probable it is; null where that is no question.</summary>
    public Figure? Probability { get; init; }

    /// <summary>For a correction, what the line said; else null.</summary>
    public string? Was { get; init; }

    /// <summary>For a correction, what counts instead; else null.</summary>
    public string? Counts { get; init; }
}

/// <summary>When to look again.</summary>
/// <param name="Months">After the last charge.</param>
/// <param name="By">The month it falls into, e.g. <c>2026-08</c>; null where the pack must be worked on first.</param>
/// <param name="Why">On what grounds.</param>
public sealed record NextCheckSheet(Figure Months, string? By, Remark Why);
