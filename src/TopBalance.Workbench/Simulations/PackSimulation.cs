using System.Collections.Immutable;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Simulations;

/// <summary>The main charge of a pack, and restarts after it, played to the end. Owns its run, which stays valid as long as it.</summary>
public sealed class PackSimulation
{
    // long enough for every RC pair and shunt to come to rest
    private static readonly Seconds Settling = new(30 * 86400.0);

    private PackSimulation(PackSpec pack, PackModel model, ImmutableArray<Step> steps, PackRun run, SimulationSummary summary)
    {
        Pack = pack;
        Model = model;
        Steps = steps;
        Run = run;
        Summary = summary;
    }

    /// <summary>The pack as it was described.</summary>
    public PackSpec Pack { get; }

    /// <summary>The pack as it was drawn.</summary>
    public PackModel Model { get; }

    /// <summary>What was done, cut where it ended.</summary>
    public ImmutableArray<Step> Steps { get; }

    /// <summary>The run.</summary>
    public PackRun Run { get; }

    /// <summary>What it came to.</summary>
    public SimulationSummary Summary { get; }

    /// <summary>Plays a pack.</summary>
    /// <exception cref="InputException">A cell's state of charge is given nowhere.</exception>
    public static PackSimulation Play(PackSpec pack, SimulationRequest request)
    {
        PackModel model = Draw(pack, request.Seed ?? pack.Seed);
        var simulator = new PackSimulator();
        ImmutableArray<Step> steps = Compose(request);
        PackRun run = simulator.Run(model, steps.AsSpan());
        ImmutableArray<Step> cut = Cut(steps, run, request.Until);
        if (cut != steps)
        {
            steps = cut;
            run = simulator.Run(model, steps.AsSpan());
        }

        double? settles = run.Steps[^1].Reason == EndReason.Stuck && steps[run.Steps.Length - 1] is Rest
            ? SettledVolts(model, steps[..(run.Steps.Length - 1)])
            : null;
        return new PackSimulation(pack, model, steps, run, Summarize(pack, steps, run, settles));
    }

    private static PackModel Draw(PackSpec pack, ulong seed)
    {
        try
        {
            return PackDraw.Draw(pack, seed);
        }
        catch (ArgumentException e)
        {
            throw new InputException(null, 0, null, e.Message, e);
        }
    }

    private static ImmutableArray<Step> Compose(SimulationRequest request)
    {
        var steps = ImmutableArray.CreateBuilder<Step>();
        steps.Add(new Charge());
        for (int k = 0; k < request.Cycles; k++)
        {
            steps.Add(new Rest { UntilHighestAt = request.RestartBelow, UntilShuntsOff = request.RestartBelow is null });
            steps.Add(new ResetIgnition());
            steps.Add(new Charge());
        }

        return steps.ToImmutable();
    }

    // the steps up to the one that ends it all: nothing follows one that is stuck or finds the loop open, or that lasts beyond the limit
    private static ImmutableArray<Step> Cut(ImmutableArray<Step> steps, PackRun run, Seconds? until)
    {
        for (int k = 0; k < run.Steps.Length; k++)
        {
            StepOutcome outcome = run.Steps[k];
            if (until is { } end && outcome.EndSeconds > end.Value)
            {
                return [.. steps.Take(k), Limited(steps[k], new Seconds(end.Value - outcome.StartSeconds))];
            }

            if (outcome.Reason is EndReason.Stuck or EndReason.Loop or EndReason.Lvc)
            {
                return k == run.Steps.Length - 1 ? steps : [.. steps.Take(k + 1)];
            }
        }

        return steps;
    }

    private static Step Limited(Step step, Seconds limit) => step switch
    {
        Charge charge => charge with { Limit = limit },
        Rest rest => rest with { Duration = limit },
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "Takes no time."),
    };

    private static double SettledVolts(PackModel model, ImmutableArray<Step> before)
    {
        PackRun run = new PackSimulator().Run(model, [.. before, new Rest { Duration = Settling }]);
        var cells = new CellState[model.Cells.Length];
        run.StateAt(new Seconds(run.EndSeconds), cells);
        return cells.Max(c => c.VoltageVolts);
    }

    private static double Waited(ImmutableArray<Step> steps, PackRun run)
    {
        double seconds = 0;
        for (int k = 0; k < run.Steps.Length; k++)
        {
            seconds += steps[k] is Rest ? run.Steps[k].EndSeconds - run.Steps[k].StartSeconds : 0;
        }

        return seconds;
    }

    private static SimulationSummary Summarize(PackSpec pack, ImmutableArray<Step> steps, PackRun run, double? settles)
    {
        var states = new CellState[run.Model.Cells.Length];
        (double amps, double volts) = run.StateAt(new Seconds(run.EndSeconds), states);
        StepOutcome last = run.Steps[^1];
        int? cell = last.Cell < 0 ? null : last.Cell + 1;
        return new SimulationSummary(pack)
        {
            Ended = new SimulationEnd(Words.Of(last.Reason), cell, run.EndSeconds) { SettlesVolts = settles },
            TripsSeconds = [.. run.TripSeconds],
            RestartsSeconds = [.. run.RestartSeconds],
            WaitedSeconds = Waited(steps, run),
            DeliveredAh = run.StringAh,
            PackVolts = volts,
            CurrentAmps = amps,
            UsableAh = Usable(run.Model, states),
            Hazards = [.. run.Hazards.ToArray().Select(Summarize)],
            Cells = [.. states.Select((s, k) => Summarize(run.Model, k, s))],
        };
    }

    private static UsableCharge Usable(PackModel model, CellState[] states) => new(
        states.Select((s, k) => s.Soc * model.CellCapacityAh(k)).Min(),
        states.Select((_, k) => model.CellCapacityAh(k)).Min());

    private static HazardSummary Summarize(Hazard hazard) =>
        new(hazard.Cell + 1, Words.Of(hazard.Kind), hazard.StartSeconds, hazard.DurationSeconds, hazard.Depth);

    private static CellSummary Summarize(PackModel model, int index, CellState state)
    {
        CellModel cell = model.Cells[index];
        double toFull = (1 - state.Soc) * model.CellCapacityAh(index);
        return new CellSummary(index + 1, state.Soc, state.VoltageVolts, cell.ShowsRed(state), cell.ShowsGreen(state), toFull);
    }
}
