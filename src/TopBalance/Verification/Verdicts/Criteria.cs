using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Verification.Setup;
using TopBalance.Words;

namespace TopBalance.Verification.Verdicts;

/// <summary>One criterion of balance.</summary>
/// <param name="Code">Names it.</param>
/// <param name="Judge">What it says, the values for its words, and the words' ending where there are several.</param>
public sealed record Criterion(string Code, Func<VerdictCase, (VerdictOutcome Outcome, string Words, ImmutableArray<string> Values)> Judge)
{
    /// <summary>What it says of a pack.</summary>
    public Judged Of(VerdictCase of)
    {
        (VerdictOutcome outcome, string words, ImmutableArray<string> values) = Judge(of);
        return new Judged(
            Code, outcome, new Phrase($"criterion.{Code}.{words}", values),
            outcome == VerdictOutcome.Pass ? null : new Phrase($"next.{Code}.{words}", values));
    }
}

/// <summary>The criteria of balance, as data.</summary>
public static class Criteria
{
    /// <summary>The criterion that practice never passes.</summary>
    public const string Practice = "practice";

    // a cell is as full as the fullest to this share of its capacity
    private const double LevelShare = 0.01;

    // a pocket meter on its 200 V range, relative; and how many standard deviations a reading may be off
    private const double PackMeterShare = 0.005, Sigmas = 3;

    /// <summary>Without these nothing can be judged, however bad the rest looks.</summary>
    public static ImmutableArray<string> Barring { get; } = [Practice, "disputes", "charged"];

    /// <summary>All of them.</summary>
    public static ImmutableArray<Criterion> All { get; } =
    [
        new(Practice, static of => of.Practice ? Unknown("simulated") : Pass("real")),
        new("disputes", static of => of.Disputed > 0 ? Unknown("open", Number(of.Disputed)) : Pass("none")),
        new("charged", static of =>
            of.Last is null ? Unknown("never") : !of.Verified ? Unknown("cut-short") : of.WorkSince ? Unknown("worked-since")
            : Pass("by-itself")),
        new("loop", static of => of.LoopProved ? Pass("proved") : Unknown("not-proved")),
        new("lamps-seen", LampsSeen),
        new("red-share", RedShare),
        new("red-after-drain", RedAfterDrain),
        new("tripping-cell", TrippingCell),
        new("pack-voltage", PackVoltage),
        new("level", Level),
        new("dark-explained", DarkExplained),
    ];

    private static (VerdictOutcome, string, ImmutableArray<string>) LampsSeen(VerdictCase of)
    {
        int missed = Count(of, LampSight.NotSeen);
        return missed == 0 ? Pass("all") : Unknown("missed", Number(missed), Number(of.Pack.Series));
    }

    // lamps that were not seen may have been lit, or not: what does not hang on them is known
    private static (VerdictOutcome, string, ImmutableArray<string>) RedShare(VerdictCase of)
    {
        int lit = Count(of, LampSight.Lit);
        int missed = Count(of, LampSight.NotSeen);
        double asked = of.RedAsked * of.Pack.Series;
        ImmutableArray<string> values = [Number(lit), Number(of.Pack.Series), Say.Percent(of.RedAsked), Number(missed)];
        return lit >= asked ? (VerdictOutcome.Pass, "enough", values)
            : lit + missed >= asked ? (VerdictOutcome.Inconclusive, "perhaps", values)
            : (VerdictOutcome.Fail, "too-few", values);
    }

    private static (VerdictOutcome, string, ImmutableArray<string>) RedAfterDrain(VerdictCase of)
    {
        ImmutableArray<CellNumber> never = of.NeverRed;
        CellNumber[] dark = [.. never.Where(c => of.LampOf(c.Index) == LampSight.Dark)];
        return never.IsEmpty ? Pass("every") : dark.Length > 0 ? Fail("dark", Cells(dark)) : Unknown("not-seen", Cells(never));
    }

    private static (VerdictOutcome, string, ImmutableArray<string>) TrippingCell(VerdictCase of)
    {
        ChargeSeen[] tripped = [.. of.Seen.OfType<ChargeSeen>().Where(c => c.Ended == ChargeEnding.Hvc).TakeLast(2)];
        bool unseenTwice = tripped.Length == 2 && Array.TrueForAll(tripped, c => c.Tripped.Sight == TripSight.Unseen);
        return of.Last is { Ended: ChargeEnding.Hvc } && unseenTwice ? Unknown("unseen-twice")
            : of.Last is { Ended: ChargeEnding.Hvc, Tripped.Cell: { } cell } ? Pass("lone", cell.ToString())
            : of.Last is { Ended: ChargeEnding.Hvc, Tripped.Sight: TripSight.None } ? Unknown("none-went-out")
            : of.Last is { Ended: ChargeEnding.Hvc } ? Pass("unseen-once")
            : of.Verified ? Pass("none")
            : Unknown("not-ended");
    }

    private static (VerdictOutcome, string, ImmutableArray<string>) PackVoltage(VerdictCase of)
    {
        if (of.Last is null || of.Last.PackVoltage is not { } measured)
        {
            return Unknown("not-measured");
        }

        double each = measured.Value / of.Pack.Series;
        (double expected, double sigma) = of.Expected();
        double meter = PackMeterShare * expected;
        double within = Sigmas * Math.Sqrt((sigma * sigma) + (meter * meter));
        ImmutableArray<string> values = [Say.RoughVolts(each), Say.RoughVolts(expected), Say.Volts(Math.Round(within, 3))];
        return Math.Abs(each - expected) <= within ? (VerdictOutcome.Pass, "as-expected", values) : (VerdictOutcome.Fail, "off", values);
    }

    private static (VerdictOutcome, string, ImmutableArray<string>) Level(VerdictCase of)
    {
        if (!of.Seen.Any(s => s is ChargeSeen { Ended: ChargeEnding.Hvc or ChargeEnding.Charged }))
        {
            return Unknown("never");
        }

        (double ah, CellNumber cell) = of.Spread();
        double most = LevelShare * of.Pack.CellCapacityAh();
        ImmutableArray<string> values = [Say.AmpereHours(ah), cell.ToString(), Say.AmpereHours(most)];
        return ah <= most ? (VerdictOutcome.Pass, "level", values) : (VerdictOutcome.Fail, "apart", values);
    }

    private static (VerdictOutcome, string, ImmutableArray<string>) DarkExplained(VerdictCase of)
    {
        CellNumber[] unexplained = [.. of.Dark.Except(of.OddResistance)];
        return Count(of, LampSight.NotSeen) == of.Pack.Series ? Unknown("not-seen")
            : of.Dark.IsEmpty ? Pass("none") : unexplained.Length == 0 ? Pass("resistance", Cells(of.Dark))
            : Fail("unexplained", Cells(unexplained));
    }

    private static int Count(VerdictCase of, LampSight lamp) => Enumerable.Range(0, of.Pack.Series).Count(c => of.LampOf(c) == lamp);

    private static (VerdictOutcome, string, ImmutableArray<string>) Pass(string words, params ImmutableArray<string> values) =>
        (VerdictOutcome.Pass, words, values);

    private static (VerdictOutcome, string, ImmutableArray<string>) Fail(string words, params ImmutableArray<string> values) =>
        (VerdictOutcome.Fail, words, values);

    private static (VerdictOutcome, string, ImmutableArray<string>) Unknown(string words, params ImmutableArray<string> values) =>
        (VerdictOutcome.Inconclusive, words, values);

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Cells(IEnumerable<CellNumber> cells) => string.Join(", ", cells);
}
