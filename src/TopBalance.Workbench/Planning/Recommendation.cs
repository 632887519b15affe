using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Workbench.Planning;

/// <summary>Which method is best, and why.</summary>
internal sealed class Recommendation
{
    /// <summary>A method is recommended only if so many of its plays end balanced, and no more than so many overshoot.</summary>
    public const double LeastBalanced = 0.9, MostOvershoot = 0.05;

    private readonly MethodPlays? reference;
    private readonly MethodPlays[] ranked;

    /// <param name="plays">All methods that were played.</param>
    public Recommendation(IEnumerable<MethodPlays> plays)
    {
        MethodPlays[] said = [.. plays.Where(p => p.Says)];
        reference = said.MaxBy(p => (p.Count, -p.MeanCost(p.Count)));
        ranked = [.. said.Where(p => !p.IsComparison && Holds(p)).OrderBy(Cost)];
        Best = ranked.FirstOrDefault();
        Nearest = Best ?? said.Where(p => !p.IsComparison).OrderByDescending(p => p.BalancedShare).ThenBy(Cost).FirstOrDefault();
    }

    /// <summary>The cheapest of those that hold; null if none does.</summary>
    public MethodPlays? Best { get; }

    /// <summary>The second cheapest of them.</summary>
    public MethodPlays? Second => ranked.ElementAtOrDefault(1);

    /// <summary>All that hold, the cheapest first.</summary>
    public IReadOnlyList<MethodPlays> Ranked => ranked;

    /// <summary>The best, or what comes nearest where none holds.</summary>
    public MethodPlays? Nearest { get; }

    /// <summary>It ends balanced nearly always and rarely overshoots.</summary>
    public static bool Holds(MethodPlays plays) => plays.BalancedShare >= LeastBalanced && plays.OvershootRisk <= MostOvershoot;

    /// <summary>
    /// Mean cost over all packs. A method that was played on fewer is compared with the one played on most on the packs they share: two
    /// methods differ far less from each other on one pack than packs do.
    /// </summary>
    public double Cost(MethodPlays plays)
    {
        if (!plays.Says || reference is null)
        {
            return double.PositiveInfinity;
        }

        int shared = Math.Min(plays.Count, reference.Count);
        return plays.MeanCost(shared) - reference.MeanCost(shared) + reference.MeanCost(reference.Count);
    }

    /// <summary>Two sentences.</summary>
    public string Reason()
    {
        if (Best is null)
        {
            return NoneHolds();
        }

        MethodPlan best = MethodPlan.Of(Best, Cost(Best));
        return $"{Sentence(best)}. {Comparison(best)}";
    }

    private static string Sentence(MethodPlan plan)
    {
        string times = $"{Hours.Of(plan.Hours!)}, {Hours.Of(plan.AttendedHours!.P50)} of them attended";
        return Invariant($"{plan.Method} takes {times}, and ends balanced in {Percent(plan.BalancedShare)} of {plan.Packs} plays");
    }

    private string Comparison(MethodPlan best)
    {
        if (Second is not { } second)
        {
            return $"No other way {Good}.";
        }

        MethodPlan other = MethodPlan.Of(second, Cost(second));
        string times = $"{Hours.Of(other.Hours!)} with {Hours.Of(other.AttendedHours!.P50)} attended";
        string costs = Invariant($"that is {other.Cost:0.0} against {best.Cost:0.0}");
        return $"{other.Method}, the next best, takes {times}: with an attended hour counted as one and any hour as a tenth {costs}.";
    }

    private string NoneHolds()
    {
        if (Nearest is not { } near)
        {
            return $"No way {Good}.";
        }

        string share = Invariant($"balanced in {Percent(near.BalancedShare)} of {near.Count} plays");
        return $"No way {Good}. Nearest comes {near.Method.Name}, {share} with an overshoot in {Percent(near.OvershootRisk)}.";
    }

    private static string Good =>
        $"ends balanced in at least {Percent(LeastBalanced)} of its plays with an overshoot in at most {Percent(MostOvershoot)}";

    private static string Percent(double? share) => Invariant($"{100 * share:0}\u00a0%");
}
