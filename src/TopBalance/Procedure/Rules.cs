using System.Collections.Immutable;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Verification.Setup;
using TopBalance.Words;

namespace TopBalance.Procedure;

/// <summary>What requests a rule is about.</summary>
[Flags]
public enum Asked
{
    /// <summary>A test charge.</summary>
    Test = 1,

    /// <summary>A charge of the whole pack.</summary>
    Charge = 2,

    /// <summary>A charge of single cells.</summary>
    Cells = 4,

    /// <summary>A drain.</summary>
    Drain = 8,

    /// <summary>A verdict.</summary>
    Verdict = 16,

    /// <summary>Whatever charges.</summary>
    Charges = Test | Charge | Cells,

    /// <summary>Whatever is done at the pack.</summary>
    Work = Charges | Drain,

    /// <summary>Everything.</summary>
    All = Work | Verdict,
}

/// <summary>A rule that can refuse a request.</summary>
/// <param name="Code">Names it; its words are <c>refused.CODE</c> and <c>permit.CODE</c> in the catalogue.</param>
/// <param name="About">Which requests it is about.</param>
/// <param name="Stands">What stands against a request, as values for its words; null if nothing does.</param>
public sealed record Rule(string Code, Asked About, Func<Session, SessionRequest, ImmutableArray<string>?> Stands)
{
    /// <summary>The refusal of a request; null if the rule has nothing against it.</summary>
    public Refusal? Against(Session session, SessionRequest request) =>
        About.HasFlag(KindOf(request)) && Stands(session, request) is { } values
            ? new Refusal(Code, new Phrase("refused." + Code, values), new Phrase("permit." + Code, values))
            : null;

    private static Asked KindOf(SessionRequest request) => request switch
    {
        RequestTestCharge => Asked.Test,
        RequestCharge => Asked.Charge,
        RequestCellCharge => Asked.Cells,
        RequestDrain => Asked.Drain,
        RequestVerdict => Asked.Verdict,
        _ => throw new ArgumentOutOfRangeException(nameof(request), request, "Unknown request."),
    };
}

/// <summary>All rules that can refuse a request. What is seen or done is no request and never refused.</summary>
public static partial class Rules
{
    // a big cell follows the room within a day
    private const double TemperatureHolds = 12 * 3600;

    /// <summary>In the order in which refusals are told: the most fundamental first.</summary>
    public static ImmutableArray<Rule> All { get; } =
    [
        When("abandoned", Asked.All, (s, _) => s.Phase == Phase.Abandoned),
        When("paused", Asked.All, (s, _) => s.Phase == Phase.Paused),
        new("trouble", Asked.All, (s, _) => s.Trouble is { } trouble ? [trouble.Text] : null),
        When("warnings", Asked.Work, (s, _) => !s.WarningsAccepted),
        new("pre-check", Asked.Work, (s, _) => PreChecks.Missing(s) is { IsEmpty: false } missing
            ? [string.Join(", ", missing.Select(c => Catalogue.English.Say("check-name." + c.Code)))]
            : null),
        new("reversed", Asked.Work, (s, _) => s.Reversed.IsEmpty ? null : [Cells(s.Reversed)]),
        new("below-lvc", Asked.Work, (s, _) => Where(s, v => v < s.Pack.Module.Lvc.Value) is { Count: > 0 } low
            ? [Cells(low), Say.Volts(s.Pack.Module.Lvc.Value)]
            : null),
        new("temperature-old", Asked.Charges, (s, r) => s.Temperature is { } t && s.SecondsAt(r.At) - t.Seconds > TemperatureHolds
            ? [Say.Duration(s.SecondsAt(r.At) - t.Seconds)]
            : null),
        new("too-cold", Asked.Charges, (s, _) => s.Temperature?.Reading.Coldest is { } c && c.Value < s.Pack.Cell.ChargeMinTemperature.Value
            ? [Say.Celsius(c.Value), Say.Celsius(s.Pack.Cell.ChargeMinTemperature.Value)]
            : null),
        new("too-hot", Asked.Charges, (s, _) => s.Temperature?.Reading.Warmest is { } c && c.Value > s.Pack.Cell.ChargeMaxTemperature.Value
            ? [Say.Celsius(c.Value), Say.Celsius(s.Pack.Cell.ChargeMaxTemperature.Value)]
            : null),
        When("interlock-failed", Asked.Work, (s, _) => s.Interlock == Interlock.Failed),
        When("interlock-untested", Asked.Charge | Asked.Cells | Asked.Drain, (s, _) => s.Interlock == Interlock.Untested),
        When("string-busy", Asked.All, (s, _) => s.OfString is not null),
        new("cells-busy", Asked.Test | Asked.Charge | Asked.Verdict, (s, _) => s.OfCells.Any()
            ? [Cells(s.OfCells.SelectMany(a => a.Cells.Select(c => c.Value)))]
            : null),
        new("cell-in-use", Asked.Cells | Asked.Drain, (s, r) =>
            CellsOf(r).Intersect(s.OfCells.SelectMany(a => a.Cells)).ToArray() is { Length: > 0 } both
            ? [Cells(both.Select(c => c.Value))]
            : null),
        When("latched", Asked.Test | Asked.Charge, (s, _) => s.Latched),
        new("above-shunt-off", Asked.Test, (s, _) => Where(s, v => v > s.Pack.Module.ShuntOff.Value) is { Count: > 0 } high
            ? [Cells(high), Say.Volts(s.Pack.Module.ShuntOff.Value)]
            : null),
        When("end-not-answered", Asked.Charge | Asked.Cells | Asked.Drain, (s, _) => s.EndToCapture),
        When("first-charge", Asked.Cells | Asked.Drain | Asked.Verdict, (s, _) => s.Charges == 0),
        .. OfCells,
        .. OfDrains,
    ];

    private static Rule When(string code, Asked about, Func<Session, SessionRequest, bool> stands) =>
        new(code, about, (s, r) => stands(s, r) ? ImmutableArray<string>.Empty : null);

    private static ImmutableArray<CellNumber> CellsOf(SessionRequest request) => request switch
    {
        RequestCellCharge charge => charge.Charge.Cells,
        RequestDrain drain => [drain.Drain.Cell],
        _ => [],
    };

    private static List<int> Where(Session session, Func<double, bool> stands) =>
        [.. session.CellVolts.Where(v => stands(v.Value.Value)).Select(v => v.Key)];

    private static string Cells(IEnumerable<int> numbers) => string.Join(", ", numbers);

    private static string Minutes(double seconds) => FormattableString.Invariant($"{Math.Floor(Math.Max(0, seconds) / 6) / 10:0.#}");
}
