using TopBalance.Packs;
using TopBalance.Simulation;

namespace TopBalance.Tests.Fuzz;

/// <summary>What must hold of any run of any pack.</summary>
internal static class RunAudit
{
    private const int Instants = 8, InstantsOfHazard = 16, MostHazards = 20;

    // a shunt that comes on again within 30 s for the seventeenth time regulates from then on
    private const double MostEventsPerCellSecond = 0.25;

    // a step of the series adds 1e-14 of a state of charge, and a run has up to some 1e4 of them
    private const double Relative = 1e-9;

    /// <summary>What does not hold, or null.</summary>
    public static string? Fault(PackRun run, Step[] steps, ulong seed) =>
        OutOfOrder(run, steps) ?? TooManyEvents(run) ?? NotFinite(run, seed) ?? TooShallow(run) ?? OutOfBalance(run, steps);

    private static string? OutOfOrder(PackRun run, Step[] steps)
    {
        if (run.Steps.Length != steps.Length)
        {
            return $"{run.Steps.Length} outcomes of {steps.Length} steps";
        }

        double before = 0;
        foreach (StepOutcome step in run.Steps)
        {
            if (step.StartSeconds != before || !(step.EndSeconds >= before) || !double.IsFinite(step.StringAh + step.SupplyAh + step.EndSeconds))
            {
                return $"a step of {step}";
            }

            before = step.EndSeconds;
        }

        foreach (RunEvent e in run.Events)
        {
            if (!(e.TimeSeconds >= 0 && e.TimeSeconds <= run.EndSeconds) || !double.IsFinite(e.Depth))
            {
                return $"an event of {e} in a run of {run.EndSeconds} s";
            }
        }

        foreach (Hazard h in run.Hazards)
        {
            if (!(h.DurationSeconds >= 0 && h.Depth >= 0 && double.IsFinite(h.Depth) && h.StartSeconds + h.DurationSeconds <= run.EndSeconds + 1e-6))
            {
                return $"a danger of {h} in a run of {run.EndSeconds} s";
            }
        }

        return null;
    }

    private static string? TooManyEvents(PackRun run)
    {
        double most = 2000 + (run.Model.Cells.Length * (500 + (MostEventsPerCellSecond * run.EndSeconds)));
        return run.Events.Length > most ? $"{run.Events.Length} events in {run.EndSeconds} s" : null;
    }

    private static string? NotFinite(PackRun run, ulong seed)
    {
        var dice = new Dice(seed, 3);
        double[] times = [0, .. Enumerable.Range(0, Instants).Select(_ => run.EndSeconds * dice.Between(0, 1)).Order(), run.EndSeconds];
        var cells = new CellState[run.Model.Cells.Length];
        foreach (double time in times)
        {
            (double amps, double volts) = run.StateAt(new(time), cells);
            for (int c = 0; c < cells.Length; c++)
            {
                CellState s = cells[c];
                if (!double.IsFinite(amps + volts + s.Soc + s.VoltageVolts + s.CurrentAmps + s.BledAh))
                {
                    return $"{s} of cell {c + 1} at {time:r} s, {amps} A, {volts} V";
                }
            }
        }

        return null;
    }

    // no instant of a danger is worse than the depth that is told of it
    private static string? TooShallow(PackRun run)
    {
        foreach (Hazard h in run.Hazards.ToArray().Where(h => h.Kind is HazardKind.Overcharge or HazardKind.OverHvc).Take(MostHazards))
        {
            CellModel cell = run.Model.Cells[h.Cell];
            double level = h.Kind == HazardKind.Overcharge ? run.Model.MaxVoltage.Value : cell.Levels.Hvc - cell.ReadingOffsetVolts;
            double end = Math.Min(h.StartSeconds + h.DurationSeconds, run.EndSeconds);
            for (int k = 0; k <= InstantsOfHazard; k++)
            {
                double time = Math.Min(end, h.StartSeconds + ((end - h.StartSeconds) * k / InstantsOfHazard));
                double volts = run.StateAt(new(time), CellNumber.FromIndex(h.Cell)).VoltageVolts;
                if (volts > level + h.Depth + 1e-6)
                {
                    return $"{volts} V at {time:r} s, above {level} V by more than told in {h}";
                }
            }
        }

        return null;
    }

    private static string? OutOfBalance(PackRun run, Step[] steps)
    {
        var before = new CellState[run.Model.Cells.Length];
        var after = new CellState[before.Length];
        for (int k = 0; k < steps.Length; k++)
        {
            StepOutcome outcome = run.Steps[k];
            run.StateAt(new(outcome.StartSeconds), before);
            run.StateAt(new(outcome.EndSeconds), after);
            bool joined = steps[k] is ChargeInParallel;
            double[] misses = [.. before.Select((_, c) => Miss(run.Model, outcome, steps[k], c, before[c], after[c]))];
            double size = run.Model.CellCapacityAh(0) + Math.Abs(outcome.StringAh) + outcome.SupplyAh + after.Max(s => s.BledAh);
            double tolerance = Relative * size * (joined ? before.Length : 1);
            foreach (double miss in joined ? [misses.Sum() + outcome.SupplyAh] : misses)
            {
                // what is lost to efficiency and self-discharge may be missing, but nothing comes from nowhere
                bool lossy = run.Model.Cells[0].Members[0].Parameters is { Efficiency: < 1 } or { SelfDischarge.Value: > 0 };
                if (!(miss >= -tolerance && (lossy || miss <= tolerance)) && !double.IsNaN(miss))
                {
                    return $"{miss} Ah are missing after {steps[k].GetType().Name} of {outcome}, expected none of {size} Ah within {tolerance}";
                }
            }
        }

        return null;
    }

    // what came to a cell less what is there, Ah; NaN where a drain's share is not told
    private static double Miss(PackModel model, in StepOutcome outcome, Step step, int cell, in CellState before, in CellState after)
    {
        double came = outcome.StringAh + Supplied(step, outcome, cell);
        double bled = after.BledAh - before.BledAh;
        double drawn = model.Module.Quiescent.Value * (outcome.EndSeconds - outcome.StartSeconds) / 3600;
        double gained = (after.Soc - before.Soc) * model.CellCapacityAh(cell);
        return came - bled - drawn - gained;
    }

    private static double Supplied(Step step, in StepOutcome outcome, int cell)
    {
        switch (step)
        {
            case ChargeCells charge:
                return charge.Cells.Contains(CellNumber.FromIndex(cell)) ? outcome.SupplyAh : 0;
            case DrainCell drain:
                return drain.Cell.Index == cell ? Drained(drain, outcome) : 0;
            case Together together:
                // of several activities only the last one's end is known
                Step? own = together.Activities.FirstOrDefault(a => a is not DrainCell d || d.Cell.Index == cell);
                return own is DrainCell ? double.NaN : own is null ? 0 : Supplied(own, outcome, cell);
            default:
                return 0;
        }
    }

    private static double Drained(DrainCell drain, in StepOutcome outcome) => drain.Load.Current is { } amps
        ? -amps.Value * (outcome.EndSeconds - outcome.StartSeconds) / 3600
        : double.NaN;
}
