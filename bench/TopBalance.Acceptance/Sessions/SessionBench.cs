using System.Collections.Immutable;
using System.Globalization;
using TopBalance.Acceptance.Calibration;
using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Methods;
using TopBalance.Packs;
using TopBalance.Practice;
using TopBalance.Quantities;
using TopBalance.Verification.Verdicts;
using TopBalance.Workbench.Files;

namespace TopBalance.Acceptance.Sessions;

/// <summary><c>sessions --runs N --watch N [--first SEED] [--cells MOST]</c>: technicians with mistakes, and when the knee may come.</summary>
internal static class SessionBench
{
    public static int Run(string[] args)
    {
        var asked = new Dictionary<string, int>(StringComparer.Ordinal) { ["--runs"] = 1000, ["--watch"] = 500, ["--first"] = 1, ["--cells"] = 16 };
        for (int k = 0; k + 1 < args.Length; k += 2)
        {
            asked[args[k]] = int.Parse(args[k + 1], NumberStyles.None, CultureInfo.InvariantCulture);
        }

        var drawn = new RandomPacks(PackTrial.Parts(PartLibrary.BesideProgram));
        IEnumerable<ulong> Seeds(string count) => Enumerable.Range(asked["--first"], asked[count]).Select(k => (ulong)k);
        bool watch = Watch([.. Seeds("--watch").Select(seed => (seed, drawn.Draw(seed)))]);
        bool follow = Follow([.. Seeds("--runs").Select(seed => (seed, OfAtMost(drawn.Draw(seed), asked["--cells"])))]);
        return watch && follow ? 0 : 1;
    }

    /// <summary>Whether the trip of a first charge comes before 'watch from'.</summary>
    public static bool TripsBeforeWatch(PackSpec pack, ulong seed)
    {
        Seconds watch = Belief.Before(pack, seed, BeliefSize.Quick).WatchFrom(pack.Charger.Current);
        ChargeSeen seen = new SimulatedOwner(TruePack.Draw(pack, seed), seed).Charge();
        return seen.Ended == ChargeEnding.Hvc && seen.Step.Limit!.Value.Value < watch.Value;
    }

    /// <summary>A method that the tools of a pack allow.</summary>
    public static string MethodFor(PackSpec pack, ulong seed)
    {
        IBalancingMethod[] possible = [.. BalancingMethods.All.Where(m => m.Name is not ("mixed" or "all-parallel") && m.ImpossibleBecause(pack) is null)];
        return possible[(int)(seed % (ulong)possible.Length)].Name;
    }

    /// <summary>The pack with no more cells than this.</summary>
    public static PackSpec OfAtMost(PackSpec pack, int most)
    {
        int series = Math.Min(pack.Series, most);
        return new PackSpec(pack.Name, series, pack.Parallel, pack.Cell, pack.Module, pack.Charger with { Voltage = new Volts(series * pack.Cell.FullVoltage.Value) })
        {
            Unknowns = pack.Unknowns,
            Tools = pack.Tools,
            Temperature = pack.Temperature,
            Seed = pack.Seed,
        };
    }

    private static bool Watch(ImmutableArray<(ulong Seed, PackSpec Pack)> packs)
    {
        int early = packs.Count(p => TripsBeforeWatch(p.Pack, p.Seed));
        Console.WriteLine(FormattableString.Invariant($"watch from: the trip came before it in {early} of {packs.Length} packs; at most 2 % are allowed"));
        return early <= 0.02 * packs.Length;
    }

    private static bool Follow(ImmutableArray<(ulong Seed, PackSpec Pack)> packs)
    {
        var runs = new List<SessionRun>();
        foreach ((ulong seed, PackSpec pack) in packs)
        {
            string method = MethodFor(pack, seed);
            SessionRun run = Technician.Follow(pack, seed, method);
            runs.Add(run);
            Console.Error.WriteLine(FormattableString.Invariant($"{seed},{pack.Arrangement},{method},{run.Outcome?.ToString() ?? run.Stuck},{run.ResidualShare:0.0000},{run.Hazards.Length},{run.Steps},{run.Lines},{run.Hours:0},{run.Unmet},")
                + string.Join(' ', run.Hazards.Select(h => FormattableString.Invariant($"{h.Kind}:{h.Cell + 1}:{h.StartSeconds:0}s:{h.DurationSeconds:0}s:{h.Depth:0.###}"))));
        }

        int reached = runs.Count(r => r.Reached);
        int hazards = runs.Count(r => r.Hazards.Length > 0);
        string outcomes = string.Join(", ", runs.GroupBy(r => r.Outcome?.ToString() ?? "none").OrderByDescending(g => g.Count()).Select(g => $"{g.Key} {g.Count()}"));
        Console.WriteLine(FormattableString.Invariant($"sessions: {reached} of {runs.Count} ended in a true pass or an honest fail ({outcomes}); {hazards} with a cell overcharged or reversed"));
        return reached >= 0.99 * runs.Count && hazards == 0;
    }
}
