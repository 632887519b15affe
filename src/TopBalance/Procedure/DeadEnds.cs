using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Simulation;
using TopBalance.Words;

namespace TopBalance.Procedure;

/// <summary>A place where people get stuck, and what to make of it.</summary>
/// <param name="Code">Names it; its words are <c>dead-end.CODE</c> in the catalogue.</param>
/// <param name="Reached">Values for its words if the session stands there; null if not.</param>
public sealed record DeadEnd(string Code, Func<Session, ImmutableArray<Observation>, ImmutableArray<string>?> Reached);

/// <summary>Places where people get stuck.</summary>
public static class DeadEnds
{
    private const double LongPauseSeconds = 24 * 3600;
    private const int ManySingles = 3;

    /// <summary>All of them.</summary>
    public static ImmutableArray<DeadEnd> All { get; } =
    [
        new("mains", static (s, _) => s.LastCharge is { Ended: ChargeEnding.Mains } && s.OfString is null ? [] : null),
        new("no-lamp-red", static (s, seen) =>
            Idle(s) && Last(seen) is { Ended: ChargeEnding.Charged, Lamps: { Red.IsEmpty: true, OthersNotSeen: false } } ? [] : null),
        new("all-red", static (s, seen) => Idle(s) && Last(seen) is { Lamps: { } lamps } && lamps.Red.Length == s.Pack.Series ? [] : null),
        new("all-green", static (s, seen) =>
            Idle(s) && Last(seen) is { Ended: ChargeEnding.Hvc, Tripped.Sight: TripSight.None } ? [] : null),
        new("buzzer", static (s, seen) => s.Running.IsEmpty && seen is [.., CellChargeSeen { Ended: CellChargeEnding.Alarm } last]
            ? [string.Join(", ", last.Step.Cells)]
            : null),
        new("long-pause", static (s, _) => s.Log.Count > 1 && s.Running.IsEmpty && Gap(s) > LongPauseSeconds ? [] : null),
        new("stays-dark", static (_, seen) => StaysDark(seen) is { Length: > 0 } cells ? [string.Join(", ", cells)] : null),
    ];

    /// <summary>Those that the session stands at.</summary>
    public static ImmutableArray<Phrase> Of(Session session, ImmutableArray<Observation> seen) =>
        [.. All.Select(d => d.Reached(session, seen) is { } values ? new Phrase("dead-end." + d.Code, values) : null).OfType<Phrase>()];

    private static bool Idle(Session s) => s.Running.IsEmpty && !s.EndToCapture;

    private static ChargeSeen? Last(ImmutableArray<Observation> seen) => seen.OfType<ChargeSeen>().LastOrDefault();

    private static double Gap(Session s) => s.Log[^1].RecordedSeconds - s.Log[^2].RecordedSeconds;

    private static int[] StaysDark(ImmutableArray<Observation> seen) => Last(seen) is not { Lamps: { } lamps } ? []
        : [.. seen.OfType<CellChargeSeen>().Where(c => c.Step.Cells.Length == 1).GroupBy(c => c.Step.Cells[0].Value)
            .Where(g => g.Count() >= ManySingles && lamps.Of(new Packs.CellNumber(g.Key)) == LampSight.Dark).Select(g => g.Key).Order()];
}
