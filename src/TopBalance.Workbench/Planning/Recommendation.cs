using TopBalance.Workbench.Simulations;

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

    /// <summary>E.g. <c>bench-supply takes 36 h (31 to 44 h), 4.2 h of them attended, and ends balanced in 98 % of 1,000 plays</c>.</summary>
    private static string Sentence(MethodPlan plan) => Wording.Invariant(
        $"{plan.Method} takes {Hours.Of(plan.Hours!)}, {Hours.Of(plan.AttendedHours!.P50)} of them attended, and ends balanced in {Percent(plan.BalancedShare)} of {plan.Packs} plays");

    private string Comparison(MethodPlan best)
    {
        if (Second is not { } second)
        {
            return Wording.Invariant(
                $"No other way ends balanced in at least {100 * LeastBalanced:0}\u00a0% of its plays with an overshoot in at most {100 * MostOvershoot:0}\u00a0%.");
        }

        MethodPlan other = MethodPlan.Of(second, Cost(second));
        string figures = $"{other.Method}, the next best, takes {Hours.Of(other.Hours!)} with {Hours.Of(other.AttendedHours!.P50)} attended";
        return Wording.Invariant(
            $"{figures}: with an attended hour counted as one and any hour as a tenth that is {other.Cost:0.0} against {best.Cost:0.0}.");
    }

    private string NoneHolds()
    {
        string none = Wording.Invariant(
            $"No way ends balanced in at least {100 * LeastBalanced:0}\u00a0% of its plays with an overshoot in at most {100 * MostOvershoot:0}\u00a0%.");
        return Nearest is not { } near
            ? none
            : Wording.Invariant(
                $"{none} Nearest comes {near.Method.Name}, balanced in {Percent(near.BalancedShare)} of {near.Count} plays with an overshoot in {Percent(near.OvershootRisk)}.");
    }

    private static string Percent(double? share) => Wording.Invariant($"{100 * share:0}\u00a0%");
}
