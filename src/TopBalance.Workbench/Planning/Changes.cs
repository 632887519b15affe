using System.Collections.Immutable;
using TopBalance.Methods;
using TopBalance.Packs;
using TopBalance.Planning;
using TopBalance.Quantities;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Workbench.Planning;

/// <summary>
/// What would change a recommendation: other wishes, which the plays have answered, and other tools, which are tried on few packs.
/// </summary>
internal sealed class Changes(Rehearsal rehearsal, IReadOnlyList<MethodPlays> plays, Recommendation judged, Playing playing)
{
    // packs on which another tool is tried; a change of the cost below this share is none
    private const int Trials = 30;
    private const double WorthTelling = 0.05;

    /// <summary>In the order in which they are told.</summary>
    public ImmutableArray<Change> All() => [.. OtherWishes(), .. OtherMeans()];

    private IEnumerable<Change> OtherWishes()
    {
        if (judged.Best is not { } best)
        {
            yield break;
        }

        MethodPlan plan = Figures(best);
        if (judged.Second is { } second)
        {
            yield return new Change(
                $"{plan.Method} is not what you want",
                Invariant($"{Told(Figures(second))}; that costs {Hours.Of(judged.Cost(second) - judged.Cost(best))} ")
                    + Invariant($"more, an attended hour counted as one and any hour as a tenth."));
        }

        MethodPlan[] others = [.. judged.Ranked.Skip(1).Select(Figures)];
        if (others.MinBy(o => o.AttendedHours!.P50) is { } alone && alone.AttendedHours!.P50 < 0.9 * plan.AttendedHours!.P50)
        {
            yield return new Change("only attended hours counted", $"{Told(alone)}.");
        }

        if (others.MinBy(o => o.Hours!.P50) is { } soon && soon.Hours!.P50 < 0.9 * plan.Hours!.P50)
        {
            yield return new Change("only the time until the end counted", $"{Told(soon)}.");
        }

        IEnumerable<MethodPlays> unsure = plays.Where(p => p.Says && !p.IsComparison && !Recommendation.Holds(p));
        if (unsure.MinBy(judged.Cost) is { } cheaper && judged.Cost(cheaper) < judged.Cost(best))
        {
            yield return new Change(
                $"{cheaper.Method.Name} were surer",
                Invariant($"it would be cheaper, but ends balanced in {100 * cheaper.BalancedShare:0}\u00a0% of its ")
                    + Invariant($"plays only, with an overshoot in {100 * cheaper.OvershootRisk:0}\u00a0%."));
        }
    }

    private IEnumerable<Change> OtherMeans()
    {
        foreach (Means means in Others())
        {
            if (Try(means) is { } change)
            {
                yield return change;
            }
        }
    }

    private sealed record Means(string If, ToolSpecs? Tools, HumanTimes? Times, params string[] Touches);

    private IEnumerable<Means> Others()
    {
        ToolSpecs tools = rehearsal.Pack.Tools;
        string[] singly = ["bench-supply", "smart-charger-12v"];
        var supply = new BenchSupplySpec(new Amperes(5), new Ohms(0.02), Floating.Yes);
        if (tools.BenchSupplies.IsEmpty)
        {
            yield return new("there were a bench supply of 5\u00a0A", tools with { BenchSupplies = [supply] }, null, singly);
        }
        else if (tools.BenchSupplies.Length > 1 && tools.BenchSupplies.Any(s => s.Floating != Floating.Yes))
        {
            yield return new(
                "the outputs of the bench supplies float (prove it with a meter, then write floating: yes)",
                tools with { BenchSupplies = [.. tools.BenchSupplies.Select(s => s with { Floating = Floating.Yes })] },
                null,
                singly);
        }

        double shunt = rehearsal.Now.ShuntAmps;
        if (shunt > 0 && !(tools.ChargerCurrentMin is { } least && least.Value <= 0.9 * shunt))
        {
            double amps = Math.Floor(8 * shunt) / 10;
            string turned = Invariant($"the charger can be turned down to {amps:0.0}\u00a0A");
            yield return new(turned, tools with { ChargerCurrentMin = new Amperes(amps) }, null);
        }

        if (tools.DrainLoad is null)
        {
            var load = DrainLoadSpec.Resistor(new Ohms(3.3));
            yield return new("there were a drain load of 3.3\u00a0Ω", tools with { DrainLoad = load }, null, "drain-and-cycle");
        }

        if (tools.SmartCharger is null)
        {
            var charger = new SmartChargerSpec(new Amperes(10), new Volts(14.4));
            string four = "there were a 12\u00a0V charger of 10\u00a0A";
            yield return new(four, tools with { SmartCharger = charger }, null, "smart-charger-12v");
        }

        HumanTimes times = rehearsal.Times;
        yield return times.DaytimeOnly
            ? new("somebody can come at night too (--attended always)", null, times with { DaytimeOnly = false })
            : new("nobody works from 22 to 8 o'clock (--attended daytime)", null, times with { DaytimeOnly = true });
    }

    private Change? Try(Means means)
    {
        Rehearsal other = rehearsal.With(means.Tools, means.Times);
        MethodPlays[] tried =
        [
            .. BalancingMethods.All
                .Where(m => (means.Touches.Length == 0 || means.Touches.Contains(m.Name)) && Worth(m, other))
                .Select(m => new MethodPlays(m, Trials)),
        ];
        bool whole = playing.Play(other, "what would change it", [.. tried.Select(t => (t, Trials))]);
        MethodPlays? best = tried.Where(t => t.Says && Recommendation.Holds(t)).MinBy(t => t.MeanCost(t.Count));
        if (!whole || best is null)
        {
            return null;
        }

        double cost = best.MeanCost(best.Count);
        bool kept = judged.Best is { } now && string.Equals(now.Method.Name, best.Method.Name, StringComparison.Ordinal);
        double before = judged.Best is { } b ? b.MeanCost(Math.Min(b.Count, Trials)) : double.PositiveInfinity;
        bool tells = means.Times is not null
            ? !kept || Math.Abs(cost - before) > WorthTelling * before
            : cost < before * (1 - WorthTelling);
        return tells ? new Change(means.If, $"{Told(MethodPlan.Of(best, cost))}{(kept ? ", still the best" : "")}.") : null;
    }

    // a method that hardly ever ends balanced with the tools at hand does not with one more
    private bool Worth(IBalancingMethod method, Rehearsal other)
    {
        MethodPlays? before = plays.FirstOrDefault(p => p.Method == method);
        bool asked = before is null
            ? method.Name is not ("mixed" or "all-parallel")
            : !before.IsMixed && !before.IsComparison && before.BalancedShare > 0.5;
        return asked && method.ImpossibleBecause(other.Pack) is null;
    }

    private MethodPlan Figures(MethodPlays plays) => MethodPlan.Of(plays, judged.Cost(plays));

    private static string Told(MethodPlan plan) => $"{plan.Method}: {Hours.Of(plan.Hours!)}, {Hours.Of(plan.AttendedHours!.P50)} attended";
}
