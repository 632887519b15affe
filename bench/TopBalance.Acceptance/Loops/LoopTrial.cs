using System.Collections.Immutable;
using System.Globalization;
using TopBalance.Chemistry;
using TopBalance.Inference;
using TopBalance.Methods;
using TopBalance.Methods.Paper;
using TopBalance.Packs;
using TopBalance.Planning;
using TopBalance.Practice;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Acceptance.Loops;

/// <summary>One job from the first charge to its end, at a true pack that the advice knows only by what was noted.</summary>
/// <param name="Seed">Of the pack; truth and mistakes follow from it.</param>
/// <param name="Method">What was followed.</param>
/// <param name="Job">How it went.</param>
internal sealed record LoopTrial(ulong Seed, string Method, PackSpec Pack, FollowedJob Job, double MillisecondsPerDecision)
{
    /// <summary>Columns of <see cref="Row"/>.</summary>
    public const string Header = "seed,arrangement,capacity_ah,charger_a,method,role,hours,attended_hours,cost,cycles,drained_ah,residual_ah,"
        + "balanced,pit_before,pit_after,overcharge,reversal,late_modules,fault,decisions,ms_per_decision,given_up";

    public const int Series = 50;

    /// <summary>What it is followed for: the mixed method, the single one with the least predicted cost, or the paper's rule.</summary>
    public string Role { get; init; } = Method;

    /// <summary>Modules that open above what their cell may have: as drawn, with spreads of up to 30 mV, they are no less a fault.</summary>
    public int LateModules { get; init; }

    /// <summary>A fault that the pack has and nobody knows of; empty for none.</summary>
    public string Fault { get; init; } = "";

    public string Row()
    {
        Played p = Job.Played;
        return string.Create(CultureInfo.InvariantCulture,
            $"{Seed},{Pack.Arrangement},{Pack.Cell.Capacity.Value * Pack.Parallel},{Pack.Charger.Current.Value:0.00},{Method},{Role},{p.Hours:R},{p.AttendedHours:R},{p.Cost:R},"
            + $"{p.ChargerCycles},{p.DrainedAh:R},{p.ResidualAh:R},{(p.Balanced ? 1 : 0)},{Pit(Job.PredictedBefore):R},{Pit(Job.PredictedAfter):R},"
            + $"{Count(HazardKind.Overcharge)},{Count(HazardKind.Reversal)},{LateModules},{Fault},{Job.Decisions},{MillisecondsPerDecision:0},\"{Job.GivenUp}\"");
    }

    /// <summary>All that is asked of one pack: the mixed method, the cheapest single one by prediction, the paper's rule.</summary>
    public static IEnumerable<LoopTrial> Of(RandomPacks packs, ulong seed, BeliefSize size, int plays, bool paper, bool faulty)
    {
        PackSpec pack = Fifty(packs.Draw(seed));
        IBalancingMethod[] single =
            [.. BalancingMethods.All.Where(m => m.Name is not ("mixed" or "all-parallel") && m.ImpossibleBecause(pack) is null)];
        var rehearsal = new Rehearsal(Belief.Before(pack, seed ^ 0xFEED, size), 20, seed);
        Stage stage = rehearsal.NewStage();
        IBalancingMethod cheapest = single.MinBy(m => Enumerable.Range(0, 20).Average(k => stage.Play(m, k).Cost))!;
        IBalancingMethod mixed = BalancingMethods.All.Single(m => m.Name == "mixed");
        PackSpec real = faulty ? HiddenFault.In(pack, seed) : pack;
        LoopTrial best = Follow(pack, real, seed, mixed, size, plays) with { Role = "mixed" };
        yield return best;
        if (faulty)
        {
            yield break;
        }

        // where the mixed one chose that very method all along, it is the same job with the same chance
        yield return best.Job.Followed is [var only] && only == cheapest.Name
            ? best with { Role = "single", Method = only }
            : Follow(pack, real, seed, cheapest, size, 0) with { Role = "single" };
        if (paper)
        {
            yield return Follow(pack, real, seed, new PaperRule(), size, 0) with { Role = "paper" };
        }
    }

    private static LoopTrial Follow(PackSpec pack, PackSpec real, ulong seed, IBalancingMethod method, BeliefSize size, int plays)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        TruePack truth = TruePack.Draw(real, (seed * 3) + 1);
        FollowedJob job = new FollowedMethod(pack, size, null, plays).Follow(method, truth, seed);
        return new LoopTrial(seed, method.Name, pack, job, watch.Elapsed.TotalMilliseconds / Math.Max(1, job.Decisions))
        {
            LateModules = truth.Model.Cells.Count(c => c.Levels.Hvc > pack.Cell.MaxVoltage.Value),
            Fault = real.Faults.IsEmpty ? "" : real.Faults[0].GetType().Name,
        };
    }

    private int Count(HazardKind kind) => Job.Hazards.Count(h => h.Kind == kind);

    // where the truth lies among the predictions; ties are cut by the seed, so that whole numbers of cycles do not pile up
    private double Pit(ImmutableArray<double> predicted)
    {
        if (predicted.IsDefaultOrEmpty)
        {
            return double.NaN;
        }

        double hours = Job.Played.Hours;
        double below = predicted.Count(h => h < hours);
        double same = predicted.Count(h => h == hours);
        return (below + ((same + 1) * new RandomStream(Seed, 0x917).NextUniform())) / (predicted.Length + 1);
    }

    private static PackSpec Fifty(PackSpec drawn) => new(
        drawn.Name, Series, drawn.Parallel, drawn.Cell, drawn.Module,
        drawn.Charger with { Voltage = new Volts(Series * drawn.Cell.FullVoltage.Value) })
    {
        Unknowns = drawn.Unknowns,
        Tools = drawn.Tools,
        Temperature = drawn.Temperature,
        Seed = drawn.Seed,
    };
}
