using System.Collections.Immutable;
using TopBalance.Packs;

namespace TopBalance.Procedure;

/// <summary>Something to be checked before the first charge.</summary>
/// <param name="Code">Names it; its words are <c>check.CODE</c> in the catalogue.</param>
/// <param name="Applies">For which packs.</param>
/// <param name="IsDone">It was done in this session.</param>
public sealed record PreCheck(string Code, Func<PackSpec, bool> Applies, Func<Session, bool> IsDone);

/// <summary>All that is checked before the first charge.</summary>
public static class PreChecks
{
    // UN Regulation No. 100: direct voltage above 60 V is high voltage
    private const double TouchLimitVolts = 60;

    /// <summary>In the order in which they are asked.</summary>
    public static ImmutableArray<PreCheck> All { get; } =
    [
        Confirmed("tools"),
        Confirmed("company", pack => pack.Charger.Voltage.Value > TouchLimitVolts),
        Confirmed("contactor"),
        Confirmed("lugs"),
        Confirmed("fuse"),
        new("voltages", static _ => true, static s => Enumerable.Range(1, s.Pack.Series).All(s.CellVolts.ContainsKey)),
        new("temperature", static _ => true, static s => s.Temperature is not null),
    ];

    /// <summary>Those that are still to be done.</summary>
    public static ImmutableArray<PreCheck> Missing(Session session) =>
        [.. All.Where(c => c.Applies(session.Pack) && !c.IsDone(session))];

    private static PreCheck Confirmed(string code, Func<PackSpec, bool>? applies = null) =>
        new(code, applies ?? (static _ => true), s => s.Checked.Contains(code));
}
