using System.Collections.Immutable;
using TopBalance.Packs;
using TopBalance.Simulation;
using TopBalance.Verification.Setup;

namespace TopBalance.Procedure;

/// <summary>What can be said against work on single cells.</summary>
public static partial class Rules
{
    /// <summary>A dose does no harm if nobody comes for this long after its end, s.</summary>
    public const double IgnoredSeconds = 15 * 60;

    // a supply is set as exactly as its display and a meter allow, V
    private const double SetWithinVolts = 0.02;

    // the vendor's 12 V chargers hold 14.4 V: four cells at 3.6 V, and no more than this above the HVC of each
    private const double FourOverHvcVolts = 0.1;

    // doses since the last charge of the pack take no more than this share of a cell that is nearly full
    private const double MostDrained = 0.25;

    private const double DrainedVolts = 3.35;
    private const int Group = 4;

    private static ImmutableArray<Rule> OfCells =>
    [
        new("no-such-cell", Asked.Cells | Asked.Drain, (s, r) =>
            CellsOf(r).Any(c => c.Value > s.Pack.Series) ? [Cells(CellsOf(r).Select(c => c.Value))] : null),
        When("no-such-supply", Asked.Cells, (s, r) => !HasSupply(s.Pack.Tools, ((RequestCellCharge)r).Supply)),
        OfCharge("wrong-number", (s, r) =>
            r.Charge.Cells.Length == (r.Supply < 0 ? Group : 1) ? null : [Cells(r.Charge.Cells.Select(c => c.Value))]),
        OfCharge("not-neighbours", (s, r) => Adjacent(s.Pack, r.Charge.Cells) ? null : [Cells(r.Charge.Cells.Select(c => c.Value))]),
        OfCharge("supply-too-high", (s, r) => HighestVolts(r) is double volts && volts > MostVolts(s.Pack, r)
            ? [Say.Volts(volts), Say.Volts(MostVolts(s.Pack, r))]
            : null),
        OfCharge("supply-not-measured", (s, r) =>
            s.Ready.ContainsKey(r.Supply) ? null : [Say.Volts(r.Charge.Supply.Stages[0].Voltage.Value)]),
        OfCharge("polarity", (s, r) => s.Ready.TryGetValue(r.Supply, out SupplyMeasured? m) && !m.PolarityRight ? [] : null),
        OfCharge("off-setting", (s, r) => r.Supply >= 0 && s.Ready.TryGetValue(r.Supply, out SupplyMeasured? m)
            && Math.Abs(m.OpenVoltage.Value - r.Charge.Supply.Stages[0].Voltage.Value) > SetWithinVolts
                ? [Say.Volts(m.OpenVoltage.Value), Say.Volts(r.Charge.Supply.Stages[0].Voltage.Value)]
                : null),
        OfCharge("not-floating", (s, r) =>
            s.OfCells.FirstOrDefault(a => a.Supply is not null) is { } other
            && !(Floats(s.Pack.Tools, r.Supply) && Floats(s.Pack.Tools, other.Supply!.Value))
            ? [Cells(other.Cells.Select(c => c.Value))]
            : null),
        OfCharge("supply-in-use", (s, r) =>
            s.OfCells.FirstOrDefault(a => a.Supply == r.Supply) is { } other ? [Cells(other.Cells.Select(c => c.Value))] : null),
        OfCharge("four-too-full", (_, r) =>
            r.Supply >= 0 || SafeSeconds(r) is double safe && r.Charge.Limit is { } limit && limit.Value <= safe
            ? null
            : [Minutes(SafeSeconds(r))]),
    ];

    private static ImmutableArray<Rule> OfDrains =>
    [
        OfDrain("dose-too-long", (s, d) =>
            SafeSeconds(s, d) is double safe && d.Duration.Value > safe ? [d.Cell.ToString(), Minutes(safe)] : null),
        OfDrain("load-too-hot", (_, d) =>
            d.Load.Rating is { } rating && d.Load.AmperesAt(DrainedVolts) * DrainedVolts is double watts && watts > rating.Value
            ? [Say.Watts(watts), Say.Watts(rating.Value)]
            : null),
    ];

    /// <summary>
    /// The longest the four may be on the 12 V charger, s: full at the earliest a quarter of an hour after its end; 0 if not at all.
    /// </summary>
    public static double SafeSeconds(RequestCellCharge request) => request?.LeastToFull is { } least
        ? Math.Max(0, (least.Value / request.Charge.Supply.Current.Value * 3600) - IgnoredSeconds)
        : 0;

    /// <summary>The longest dose for a cell, s: harmless if it is ignored for a quarter of an hour more.</summary>
    public static double SafeSeconds(Session session, DrainCell drain)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(drain);
        double left = (MostDrained * session.Pack.CellCapacityAh()) - session.DrainedAh.GetValueOrDefault(drain.Cell.Value);
        return Math.Max(0, (left / drain.Load.AmperesAt(DrainedVolts) * 3600) - IgnoredSeconds);
    }

    private static Rule OfCharge(string code, Func<Session, RequestCellCharge, ImmutableArray<string>?> stands) =>
        new(code, Asked.Cells, (s, r) => stands(s, (RequestCellCharge)r));

    private static Rule OfDrain(string code, Func<Session, DrainCell, ImmutableArray<string>?> stands) =>
        new(code, Asked.Drain, (s, r) => stands(s, ((RequestDrain)r).Drain));

    private static bool HasSupply(ToolSpecs tools, int supply) =>
        supply < 0 ? tools.SmartCharger is not null : supply < tools.BenchSupplies.Length;

    private static bool Floats(ToolSpecs tools, int supply) =>
        supply >= 0 && supply < tools.BenchSupplies.Length && tools.BenchSupplies[supply].Floating == Floating.Yes;

    private static bool Adjacent(PackSpec pack, ImmutableArray<CellNumber> cells) =>
        cells.Length < 2 || cells.All(c => c.Value <= pack.Series)
            && cells.Zip(cells.Skip(1)).All(p => p.Second.Value == p.First.Value + 1 && pack.Layout.AreNeighbours(p.First, p.Second));

    private static double HighestVolts(RequestCellCharge request) => request.Charge.Supply.Stages.Max(s => s.Voltage.Value);

    // a bench supply stays below the HVC of its cell; the 12 V charger is watched
    private static double MostVolts(PackSpec pack, RequestCellCharge request) => request.Supply < 0
        ? Group * (pack.Module.Hvc.Value + FourOverHvcVolts)
        : pack.Module.Hvc.Value - SetWithinVolts;
}
