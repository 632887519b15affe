using System.Collections.Immutable;
using TopBalance.Workbench.Reports;
using TopBalance.Workbench.Studies;
using static TopBalance.Studies.Pick;

namespace TopBalance.Studies;

/// <summary>The questions.</summary>
internal static class StudyList
{
    private const string Car = "examples/ev-50s2p-calb.yaml";
    private const string Shunt = "module.shunt_current_a", Charger = "charger.current_a", Lowest = "unknowns.soc_min",
        Supply = "tools.bench_supplies[1].current_a";

    private const string Full = "cells_csv";
    private const double Highest = 0.60;
    private static readonly int[] FullCells = [1, 2, 3, 6, 12, 25, 38, 44, 47, 48, 49];

    public static ImmutableArray<Study> All { get; } =
    [
        new("shunt", "How big a shunt is worth having?", Car, "shunt-and-cycle,low-current-hold,bench-supply,smart-charger-12v", $"{Shunt}=0.25,0.5,0.7,1,1.4,2,2.8,4,8")
        {
            Chart = s => new LineChart("Whole time against the size of the shunt, 50S2P of 200 Ah, 30 to 60 % as shipped", "shunt, A", "hours, median",
                [.. Methods(s).Select(m => Series(m, s.Along(m, Shunt, Hours)))]),
            Answer = s => ShuntAnswer(s.Along("shunt-and-cycle", Shunt, Hours), s.Along("low-current-hold", Shunt, Hours), s.Along("bench-supply", Shunt, Hours)),
        },
        new("charger", "How low must the charger be turned?", Car, "shunt-and-cycle,drain-and-cycle,low-current-hold", "charger.termination_current_a=0.4", $"{Charger}=0.5,0.7,1,2,5,10,20,40")
        {
            Chart = s => new LineChart("Whole time against the charger's current (shunts of about 0.65 A)", "charger, A", "hours, median",
                [.. Methods(s).Where(m => m != "drain-and-cycle").Select(m => Series(m, s.Along(m, Charger, Hours)))]) { Marks = [new ChartMark(0.65, "shunt") { Vertical = true }] },
            Answer = ChargerAnswer,
        },
        new("doses", "Doses against cycles: how much should a drain take?", Car, "drain-and-cycle,drain-and-cycle:0.1,drain-and-cycle:0.1667,drain-and-cycle:0.3,drain-and-cycle:0.5,drain-and-cycle:0.75,drain-and-cycle:1,drain-and-cycle:2,drain-and-cycle:5", $"{Lowest}=0.55")
        {
            Chart = DosesChart,
            Answer = DosesAnswer,
        },
        new("groups", "When do 12 V groups beat singles?", Car, "bench-supply,smart-charger-12v", $"{Supply}=5,10,20,40", $"{Lowest}=0.58,0.55,0.5,0.4,0.3")
        {
            Chart = s => new LineChart("Attended hours against the spread as shipped", "spread of the states of charge, points of SoC", "attended hours, median",
                [
                    Series("12 V charger of 10 A, four at a time", Spread(s.Along("smart-charger-12v", Lowest, Attended, r => r.Variant[Supply] == "5"))),
                    .. Supplies(s).Select(a => Series($"singles, bench supply of {a} A", Spread(s.Along("bench-supply", Lowest, Attended, r => r.Variant[Supply] == a)))),
                ]),
            Answer = GroupsAnswer,
        },
        new("early-late", "Balance early or late?", Car, "bench-supply,drain-and-cycle,shunt-and-cycle,low-current-hold,all-parallel", $"{Lowest}=0.59,0.58,0.55,0.5,0.4,0.3,0.2")
        {
            Chart = s => new LineChart("What it costs against how far the cells have come apart", "spread of the states of charge, points of SoC", "attended hours + a tenth of all hours, medians",
                [.. Methods(s).Where(m => m != "drain-and-cycle").Select(m => Series(m, Spread(s.Along(m, Lowest, Cost))))]),
            Answer = EarlyAnswer,
        },
        new("low-full", "Charge the low cells, or drain the full ones?", "bench/TopBalance.Studies/packs/some-full.yaml", "bench-supply,drain-and-cycle:0.1667,drain-and-cycle,shunt-and-cycle", $"{Full}={string.Join(',', FullCells.Select(n => $"full-{n:00}.csv"))}")
        {
            Chart = s => new LineChart("What it costs against how many of 50 cells are full when all others lack a tenth", "full cells of 50", "attended hours + a tenth of all hours, medians",
                [.. Methods(s).Where(m => m != "drain-and-cycle").Select(m => Series(m, OfFull(s, m, Cost)))]),
            Answer = LowFullAnswer,
        },
    ];

    private static (double X, double Y)[] OfFull(StudySummary s, string method, Func<StudyResult, double> quantity) =>
    [
        .. s.Results.Where(r => r.Method == method && r.Balanced >= 0.5)
            .Select(r => (Number(r.Variant[Full]["full-".Length..^".csv".Length]), quantity(r))).OrderBy(p => p.Item1),
    ];

    private static string LowFullAnswer(StudySummary s)
    {
        (double X, double Y)[] singles = OfFull(s, "bench-supply", Cost), drained = OfFull(s, "drain-and-cycle:0.1667", Cost),
            computed = OfFull(s, "drain-and-cycle", Cost), shunts = OfFull(s, "shunt-and-cycle", Cost);
        string Where((double X, double Y)[] one, (double X, double Y)[] other)
        {
            double[] at = [.. one.Where(p => other.At(p.X) is { } y && p.Y < 0.95 * y).Select(p => p.X)];
            return at.Length == 0 ? "nowhere" : "with " + string.Join(", ", at) + " full cells of 50";
        }

        string each = string.Join("; ", singles.Select(p => Text(
            $"{p.X} full: supply {H(p.Y)}, drained by sixths of an Ah {H(drained.At(p.X))}, by computed doses {H(computed.At(p.X))}, shunts alone {H(shunts.At(p.X))}")));
        return "The vendor's paper says: where most lamps are lit, charge the dark cells singly; where one or a few cells are full, drain those and cycle. "
            + $"By more than a twentieth, a supply costs less than draining by a sixth of an Ah {Where(singles, drained)}, and less than the shunts alone {Where(singles, shunts)}; "
            + $"draining costs less than a supply {Where(drained, singles)}, and less than the shunts alone {Where(drained, shunts)}. "
            + "So the first rule holds; the second does not, unless nobody's hours count: a load of 1 A beside a shunt of 0.65 A saves little time for a person standing by, "
            + "and while one cell is drained the shunts of the others do the work. (Where it is not worth moving leads, `bench-supply` leaves the rest to the shunts, "
            + $"so that it is never much dearer than they are.) Cost, attended hours and a tenth of all hours: {each}.";
    }

    private static IEnumerable<string> Methods(StudySummary s) => s.Results.Select(r => r.Method).Distinct();

    private static IEnumerable<string> Supplies(StudySummary s) => s.Results.Select(r => r.Variant[Supply]).Distinct();

    private static double Cost(StudyResult r) => Attended(r) + (0.1 * Hours(r));

    // cells lie evenly between the lowest and 60 %: the spread in points
    private static (double X, double Y)[] Spread((double X, double Y)[] points) =>
        [.. points.Select(p => (Math.Round(100 * (Highest - p.X), 6), p.Y)).OrderBy(p => p.Item1)];

    private static string ShuntAnswer((double X, double Y)[] cycled, (double X, double Y)[] held, (double X, double Y)[] singles)
    {
        (double X, double Y)[] better = [.. cycled.Where(p => singles.At(p.X) is { } s && p.Y < s)];
        string beats = better.Length == 0 ? "No shunt that was played beats a bench supply in whole time."
            : Text($"From {better[0].X} A on, shunts alone ({H(better[0].Y)}) take less time than charging cell by cell ({H(singles.At(better[0].X))}).");
        (double X, double Y, double Saved)[] doubled = [.. cycled.Where(p => cycled.At(2 * p.X) is not null).Select(p => (p.X, p.Y, p.Y - cycled.At(2 * p.X)!.Value))];
        string steps = string.Join(", ", doubled.Select(p => Text($"{p.X} to {2 * p.X} A saves {H(p.Saved)}")));
        string worth = doubled.Where(p => p.Saved < 24).Take(1).Select(p => Text($" From {p.X} A on ({H(p.Y)}), twice the shunt saves less than a day.")).FirstOrDefault() ?? "";
        string holds = held.Length > 0 ? Text($" Held at the shunts' current, without a charge after every trip, it is {H(held[0].Y)} with {held[0].X} A and {H(held[^1].Y)} with {held[^1].X} A.") : "";
        return $"{beats} By cycling, {steps}.{worth}{holds}";
    }

    private static string ChargerAnswer(StudySummary s)
    {
        (double X, double Y)[] cycled = s.Along("shunt-and-cycle", Charger, Hours), attended = s.Along("shunt-and-cycle", Charger, Attended);
        (double X, double Y)[] held = s.Along("low-current-hold", Charger, Hours), looked = s.Along("low-current-hold", Charger, Attended);
        string[] never = [.. s.Results.Where(r => r.Method is "shunt-and-cycle" && r.Balanced < 0.5).Select(r => r.Variant[Charger])];
        string below = never.Length == 0 ? "" : $" At {string.Join(" and ", never)} A, below what the shunts take, no charge came to its end and nothing ended balanced.";
        string each = string.Join("; ", cycled.Select(p => Text(
            $"{p.X} A: {H(p.Y)} ({H(attended.At(p.X))} attended) cycled, {H(held.At(p.X))} ({H(looked.At(p.X))}) turned down to the shunts after the first trip")));
        return cycled.Length == 0 ? "No current ended balanced on half of the packs by cycling alone."
            : Text($"The whole time by cycling is shortest with a main charge at {cycled.MinBy(p => p.Y).X} A, attendance at {attended.MinBy(p => p.Y).X} A.{below} {each}.");
    }

    private static StudyResult[] Doses(StudySummary s) => [.. s.Results.Where(r => r.Method.Contains(':', StringComparison.Ordinal))];

    private static double Dose(StudyResult r) => Number(r.Method.Split(':')[1]);

    private static LineChart DosesChart(StudySummary s)
    {
        StudyResult[] ended = [.. Doses(s).Where(r => r.Balanced >= 0.5)];
        return new LineChart("Cycles and attended hours against the dose, 50S2P of 200 Ah, 55 to 60 % as shipped", "dose, Ah", "median",
        [
            Series("charges of the pack", ended.Select(r => (Dose(r), Cycles(r)))),
            Series("attended hours", ended.Select(r => (Dose(r), Attended(r)))),
        ])
        { Marks = [.. s.Results.Where(r => r.Method is "drain-and-cycle").Select(r => new ChartMark(Attended(r), "attended hours with computed doses"))] };
    }

    private static string DosesAnswer(StudySummary s)
    {
        string each = string.Join("; ", s.Results.Select(r => Text(
            $"{(r.Method is "drain-and-cycle" ? "computed" : Text($"{Dose(r):0.##} Ah"))}: {Cycles(r):0} charges, {H(Attended(r))} attended, {100 * r.OvershootRisk:0} % overshot, {100 * r.Balanced:0} % balanced")));
        StudyResult[] safe = [.. Doses(s).Where(r => r is { Balanced: >= 0.9, OvershootRisk: <= 0.05 })];
        string best = safe.Length == 0 ? "No fixed dose was both safe (5 % overshot at most) and sure."
            : Text($"Of the fixed doses that overshoot in at most 5 % of the packs, {Dose(safe.MinBy(Attended)!):0.##} Ah needs fewest attended hours.");
        return $"{best} {each}.";
    }

    private static string GroupsAnswer(StudySummary s)
    {
        IEnumerable<string> each = Supplies(s).Select(a =>
        {
            (double X, double Y)[] Of(string method, Func<StudyResult, double> quantity) => Spread(s.Along(method, Lowest, quantity, r => r.Variant[Supply] == a));
            double[] Less(Func<StudyResult, double> quantity)
            {
                (double X, double Y)[] singles = Of("bench-supply", quantity);
                return [.. Of("smart-charger-12v", quantity).Where(p => singles.At(p.X) is { } y && p.Y < y).Select(p => p.X)];
            }

            return Text($"with a bench supply of {a} A beside it, groups need less attendance at {Points(Less(Attended))} and less whole time at {Points(Less(Hours))}");
        });
        return $"Groups of four on a 12 V charger of 10 A, what they leave over singly, against singles alone, by spread in points of SoC: {string.Join("; ", each)}. Groups are attended throughout; a bench supply between shunt and HVC may be left alone between looks.";
    }

    private static string Points(double[] spreads) => spreads.Length == 0 ? "no spread played" : string.Join(", ", spreads.Select(x => Text($"{x:0.#}")));

    private static string EarlyAnswer(StudySummary s)
    {
        IEnumerable<string> each = Methods(s).Select(m => (Method: m, Points: Spread(s.Along(m, Lowest, Cost)))).Where(m => m.Points.Length > 1).Select(m =>
        {
            (double X, double Y) first = m.Points[0], last = m.Points[^1];
            return Text($"{m.Method} costs {first.Y:0.#} h at a spread of {first.X:0.#} and {last.Y:0.#} h at {last.X:0.#} points of SoC, so {first.Y / first.X:0.##} per point early and {last.Y / last.X:0.##} late");
        });
        return "Early is a pack whose cells lie close together, late one whose cells have come apart; the cost is attended hours and a tenth of all hours. "
            + string.Join("; ", each) + ". Where a point costs less late, a fixed part (going there, the verifying charges) outweighs; all-parallel is what is done before the pack is built.";
    }
}
