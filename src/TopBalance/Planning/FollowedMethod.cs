using System.Collections.Immutable;
using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Methods;
using TopBalance.Packs;
using TopBalance.Practice;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Planning;

/// <summary>A job done from the first charge to its end at a true pack, by the advice of a method.</summary>
public sealed record FollowedJob
{
    /// <summary>How it went, in the terms of a play.</summary>
    public required Played Played { get; init; }

    /// <summary>Hours as predicted before the first charge, one per believed pack.</summary>
    public required ImmutableArray<double> PredictedBefore { get; init; }

    /// <summary>Hours (from the start) as predicted after the first charge and its observations.</summary>
    public required ImmutableArray<double> PredictedAfter { get; init; }

    /// <summary>How many decisions were taken.</summary>
    public required int Decisions { get; init; }

    /// <summary>Names of the methods whose steps were taken, each once: the one that was followed, or those that the mixed one chose.</summary>
    public required ImmutableArray<string> Followed { get; init; }

    /// <summary>Dangers cells were in.</summary>
    public required ImmutableArray<Hazard> Hazards { get; init; }

    /// <summary>Why it was given up; null if it ended balanced.</summary>
    public string? GivenUp { get; init; }
}

/// <summary>
/// The loop closed: a simulated owner does what a method proposes, notes what an owner would note, and the belief learns of nothing else.
/// </summary>
public sealed class FollowedMethod
{
    private const int MostDecisions = 1500;
    private readonly PackSpec pack;
    private readonly HumanTimes times;
    private readonly BeliefSize size;
    private readonly int plays;

    /// <param name="pack">The pack as its file says.</param>
    /// <param name="size">How finely it is believed.</param>
    /// <param name="times">What a person needs.</param>
    /// <param name="plays">Believed packs on which hours are predicted; 0 predicts nothing.</param>
    public FollowedMethod(PackSpec pack, BeliefSize? size = null, HumanTimes? times = null, int plays = 0)
    {
        (this.pack, this.times) = (pack, times ?? new HumanTimes());
        (this.size, this.plays) = (size ?? BeliefSize.Quick, plays);
    }

    /// <summary>Does the job.</summary>
    /// <param name="method">By this method's advice.</param>
    /// <param name="truth">At this pack.</param>
    /// <param name="seed">Seed of the belief and of the owner's mistakes.</param>
    public FollowedJob Follow(IBalancingMethod method, TruePack truth, ulong seed)
    {
        var owner = new SimulatedOwner(truth, seed);
        var belief = Belief.Before(pack, seed ^ 0xFEED, size);
        var tracked = new Situation(pack);
        var tally = default(Tally);
        ImmutableArray<double> before = Predict(belief, method, seed, 0);
        ImmutableArray<double> after = [];
        (int decisions, int learned) = (0, 0);
        string? givenUp = null;
        var followed = new HashSet<string>(StringComparer.Ordinal);
        var rehearsal = new Rehearsal(belief, 0, seed, times);
        while (true)
        {
            tracked.See(rehearsal.Now);
            tracked.Foresight = method is Methods.Mixed.MixedMethod ? rehearsal.NewStage().Here : null;
            Proposal next = method.Next(tracked);
            givenUp = next is GiveUp gave ? gave.Reason : decisions >= MostDecisions ? $"not balanced after {decisions} steps" : null;
            if (next is Finished || givenUp is not null)
            {
                break;
            }

            decisions++;
            if (decisions > 1)
            {
                followed.Add((tracked.Following.Method ?? method).Name);
            }

            Do(next, owner, ref tally);
            for (; learned < owner.Noted.Count; learned++)
            {
                belief.Observe(owner.Noted[learned]);
            }

            rehearsal = new Rehearsal(belief, 0, seed + (ulong)decisions, times);
            if (next is ChargePack or HoldPack)
            {
                tracked.See(rehearsal.Now);
                tracked.Track();
                after = after.IsDefaultOrEmpty && plays > 0 ? Predict(belief, method, seed, tally.Hours) : after;
            }
        }

        return new FollowedJob
        {
            Played = End(owner, tally, givenUp is null),
            PredictedBefore = before,
            PredictedAfter = after,
            Decisions = decisions,
            Followed = [.. followed.Order(StringComparer.Ordinal)],
            Hazards = [.. owner.Hazards],
            GivenUp = givenUp,
        };
    }

    private ImmutableArray<double> Predict(Belief belief, IBalancingMethod method, ulong seed, double hoursSoFar)
    {
        if (plays == 0)
        {
            return [];
        }

        var rehearsal = new Rehearsal(belief, plays, seed + 0x9E37, times);
        Stage stage = rehearsal.NewStage();
        return [.. Enumerable.Range(0, plays).Select(k => hoursSoFar + stage.Play(method, k).Hours)];
    }

    private Played End(SimulatedOwner owner, Tally tally, bool balanced)
    {
        double[] toFull = new double[pack.Series];
        owner.TrueToFullAh(toFull);
        return new Played(
            tally.Hours, tally.AttendedHours, tally.ChargerCycles, tally.DrainedAh, tally.Overshot, toFull.Max() - toFull.Min(),
            tally.HottestWatts, balanced);
    }

    private void Do(Proposal next, SimulatedOwner owner, ref Tally tally)
    {
        double start = owner.Elapsed.Value;
        switch (next)
        {
            case ChargePack charge:
                Charge(charge.Current, null, owner, ref tally);
                if (charge.Measure)
                {
                    owner.MeasureEndOfCharge(Enumerable.Range(0, pack.Series).Select(CellNumber.FromIndex));
                    tally.Measured(pack.Series, times);
                }

                break;
            case HoldPack hold:
                Charge(hold.Current, hold.Duration, owner, ref tally);
                break;
            case LetShuntsBleed:
                owner.Wait(default);
                owner.RestUntilDark();
                tally.LetBleed((owner.Elapsed.Value - start) / 3600, times);
                break;
            case DrainDose dose:
                DrainLoadSpec load = pack.Tools.DrainLoad!;
                owner.Wait(default);
                owner.Drain(dose.Cell, load, dose.Duration);
                double amps = load.AmperesAt(pack.Module.ShuntOff.Value - 0.1);
                tally.Drained((owner.Elapsed.Value - start) / 3600, dose.Charge.Value, amps * pack.Module.Hvc.Value, times);
                break;
            case ChargeSingles singles:
                Singles(singles, owner, ref tally);
                break;
            case ChargeFour four:
                Four(four.First, owner, ref tally);
                break;
            default:
                throw new NotSupportedException($"{next.GetType().Name} cannot be done at a true pack.");
        }
    }

    // somebody has to notice, come and turn the key; shunts bleed meanwhile
    private void Charge(Amperes current, Seconds? limit, SimulatedOwner owner, ref Tally tally)
    {
        owner.Wait(new Seconds(owner.Noted.Count == 0 ? 0 : (times.Notice + times.Reset) * 3600));
        tally.Attend(times.Reset, times);
        ChargeSeen seen = owner.Charge(current, limit);
        tally.Charged((seen.Step.Limit?.Value ?? 0) / 3600, limit is null, times);
    }

    private void Singles(ChargeSingles singles, SimulatedOwner owner, ref Tally tally)
    {
        var supply = SupplySetting.Bench(singles.Voltage, singles.Current, singles.Lead);
        double longest = 0;
        int running = 0;
        for (int k = 0; k < singles.Cells.Length; k++)
        {
            double start = owner.Elapsed.Value;
            owner.Wait(default);
            owner.ChargeCells([singles.Cells[k]], supply, untilRed: true, untilTaperedTo: singles.Taper, limit: singles.Limit);
            longest = Math.Max(longest, owner.Elapsed.Value - start);
            if (++running == singles.AtOnce || k == singles.Cells.Length - 1)
            {
                tally.ChargedSingly(longest / 3600, running, times);
                (longest, running) = (0, 0);
            }
        }
    }

    private void Four(CellNumber first, SimulatedOwner owner, ref Tally tally)
    {
        ImmutableArray<CellNumber> cells = [.. Enumerable.Range(first.Value, 4).Select(n => new CellNumber(n))];
        var charger = SupplySetting.Of(pack.Tools.SmartCharger!);
        owner.Wait(default);
        double start = owner.Elapsed.Value;
        CellChargeSeen seen = owner.ChargeCells(
            cells, charger, untilRed: true, untilTaperedTo: new Amperes(charger.Current.Value / 20), limit: new Seconds(12 * 3600));
        double hours = seen.Step.Limit!.Value.Value / 3600;
        tally.Leave(Math.Max(0, ((owner.Elapsed.Value - start) / 3600) - hours), times);
        tally.ChargedFour(hours, times);
    }
}
