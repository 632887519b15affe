using System.Collections.Immutable;
using TopBalance.Inference;
using TopBalance.Methods;
using TopBalance.Packs;
using TopBalance.Planning;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Planning;

/// <summary>Plays every method on the packs that are believed possible and says what to do.</summary>
public sealed class PlanRun
{
    private readonly PackSpec pack;
    private readonly ObservationLog? log;
    private readonly PlanRequest request;
    private readonly IProgress<string>? progress;
    private readonly CancellationToken cancellationToken;
    private readonly Playing playing;
    private readonly MethodPlays[] plays;

    private PlanRun(
        PackSpec pack, ObservationLog? log, PlanRequest request, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        (this.pack, this.log, this.request, this.progress) = (pack, log, request, progress);
        this.cancellationToken = cancellationToken;
        playing = new Playing(request.Threads, progress, cancellationToken);
        plays = [.. BalancingMethods.All.Where(m => m.ImpossibleBecause(pack) is null).Select(m => new MethodPlays(m, request.Packs))];
    }

    /// <summary>Works a plan out.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="log">What was done and seen; null before starting.</param>
    /// <param name="request">How.</param>
    /// <param name="progress">Told what is being played; may be null. Called from several threads.</param>
    /// <param name="cancellationToken">Stops it: the plan is then made of what was played.</param>
    /// <exception cref="InputException">An observation does not fit the pack; names file and line.</exception>
    /// <exception cref="OperationCanceledException">Stopped before anything could be said.</exception>
    public static PlanSummary Run(
        PackSpec pack,
        ObservationLog? log,
        PlanRequest request,
        IProgress<string>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pack);
        ArgumentNullException.ThrowIfNull(request);
        return new PlanRun(pack, log, request, progress, cancellationToken).Run();
    }

    private PlanSummary Run()
    {
        (Rehearsal rehearsal, int contradicted) = Believed();
        bool whole = plays.Length == 0 || PlayAll(rehearsal);
        if (!whole && !plays.Any(p => p.Says))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        var judged = new Recommendation(plays);
        var state = PlanState.Of(pack, rehearsal.Now, log);
        NextStep? next = judged.Nearest is { } way ? NextSteps.Of(rehearsal.Next(way.Method, rehearsal.NewStage()), state) : null;
        bool done = rehearsal.Now.Balanced;
        ImmutableArray<Change> changes = whole && !done ? new Changes(rehearsal, plays, judged, playing).All() : [];
        return new PlanSummary(pack)
        {
            Methods = [.. BalancingMethods.All.Select(m => PlanOf(m, judged))],
            Recommended = done ? null : judged.Best?.Method.Name,
            Reason = done ? "The pack is balanced. Nothing is left to do but to check it again later." : Spaced(Reason(judged)),
            Next = next is null ? null : Spaced(next),
            WhatWouldChange = [.. changes.Select(c => new Change(Spaced(c.If), Spaced(c.Then)))],
            Complete = whole && !cancellationToken.IsCancellationRequested,
            Observations = log?.Entries.Length ?? 0,
            Contradicted = contradicted,
            File = log?.File,
            DaytimeOnly = request.Times.DaytimeOnly,
        };
    }

    // scripts get common spaces; the screen keeps a number and its unit together by itself
    private static string Spaced(string text) => text.Replace('\u00a0', ' ');

    private static NextStep Spaced(NextStep step) =>
        step with { Do = Spaced(step.Do), Why = Spaced(step.Why), Safety = [.. step.Safety.Select(Spaced)] };

    private string Reason(Recommendation judged) => plays.Length > 0
        ? judged.Reason()
        : "The tools allow none of the methods. Name what there is under 'tools' in the pack file.";

    private MethodPlan PlanOf(IBalancingMethod method, Recommendation judged) =>
        Array.Find(plays, p => p.Method == method) is { } played
            ? MethodPlan.Of(played, judged.Cost(played))
            : MethodPlan.Impossible(method.Name, method.ImpossibleBecause(pack)!);

    // an observation is not interrupted: a stop leaves it behind
    private (Rehearsal Rehearsal, int Contradicted) Believed()
    {
        Task<(Rehearsal, int)> believing = Task.Run(
            () =>
            {
                ulong seed = request.Seed ?? pack.Seed;
                progress?.Report("what is believed of the cells");
                Belief belief = Belief.Before(pack, seed);
                log?.ForEach(entry =>
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    belief.Observe(entry.Seen);
                });
                int contradicted = belief.Contradictions.Select(c => c.Observation).Distinct().Count();
                return (new Rehearsal(belief, request.Packs, seed, request.Times), contradicted);
            },
            cancellationToken);
        return believing.WaitAsync(cancellationToken).GetAwaiter().GetResult();
    }

    private bool PlayAll(Rehearsal rehearsal)
    {
        MethodPlays[] single = [.. plays.Where(p => !p.IsMixed)];
        if (!playing.Play(rehearsal, "first look", [.. single.Select(p => (p, request.FirstPacks))]))
        {
            return false;
        }

        MethodPlays[] cheapest =
        [
            .. single.Where(p => !p.IsComparison)
                .OrderBy(p => p.BalancedShare < Recommendation.LeastBalanced - 0.1)
                .ThenBy(MedianCost)
                .Take(2),
        ];
        return playing.Play(rehearsal, "the two cheapest", [.. cheapest.Select(p => (p, request.Packs))])
            && playing.Play(rehearsal, "the others", [.. single.Except(cheapest).Select(p => (p, request.OtherPacks))])
            && playing.Play(rehearsal, "the mixed method", [.. plays.Where(p => p.IsMixed).Select(p => (p, request.MixedPacks))]);
    }

    private static double MedianCost(MethodPlays plays)
    {
        double[] costs = [.. plays.Results.ToArray().Select(p => p.Cost).Order()];
        return costs[costs.Length / 2];
    }
}
