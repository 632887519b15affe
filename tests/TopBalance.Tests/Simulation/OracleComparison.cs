using System.Collections.Concurrent;
using System.Globalization;
using TopBalance.Simulation;
using TopBalance.Tests.Oracle;

namespace TopBalance.Tests.Simulation;

/// <summary>Plays scenarios with the engine and with the fine-step integration and lists how they differ.</summary>
internal static class OracleComparison
{
    // The engine's integrator keeps its error below 1e-9 V; where a voltage rises at 10 µV/s or more that is 1e-4 s, and these runs last
    // minutes to hours. 1e-6 of the run leaves room for a cell that comes near its level ten times slower. State of charge and voltage
    // carry the same 1e-9 and what that shift in time makes of them, at most 1e-6 again.
    private const double Relative = 1e-6;

    private const string Mode = "mode";

    // runs begin at 0: below this the tolerance stays that of this many seconds
    private const double LeastSeconds = 100;

    /// <summary>Plays so many seeds of a kind of scenario and fails with every seed that differs.</summary>
    public static void ShouldAgree(Func<ulong, RandomScenario> scenario, int count = 200)
    {
        var failures = new ConcurrentDictionary<ulong, string>();
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
        {
            RandomScenario drawn = scenario((ulong)seed);
            List<string> differences = Differences(drawn.Model, drawn.Steps);
            if (differences.Count > 0)
            {
                failures[(ulong)seed] = string.Join("; ", differences.Take(4));
            }
        });

        failures.OrderBy(f => f.Key).Select(f => $"seed {f.Key}: {f.Value}").ShouldBeEmpty();
    }

    /// <summary>How the engine differs from the fine-step integration on one scenario; empty if it does not.</summary>
    public static List<string> Differences(PackModel model, params Step[] steps)
    {
        try
        {
            OracleRun expected = OraclePlayer.Play(model, steps);
            return Differences(expected, new PackSimulator().Run(model, steps));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return [$"{e.GetType().Name}: {e.Message}"];
        }
    }

    public static List<string> Differences(OracleRun expected, PackRun actual)
    {
        var found = new List<string>();
        CompareSteps(expected, actual, found);
        Dictionary<string, List<RunEvent>> expectedLanes = Lanes(expected.Events, expected.Steps);
        Dictionary<string, List<RunEvent>> actualLanes = Lanes(actual.Events.ToArray(), actual.Steps.ToArray());
        foreach (string lane in expectedLanes.Keys.Union(actualLanes.Keys))
        {
            CompareLane(lane, expectedLanes.GetValueOrDefault(lane, []), actualLanes.GetValueOrDefault(lane, []), found);
        }

        return found;
    }

    private static void CompareSteps(OracleRun expected, PackRun actual, List<string> found)
    {
        StepOutcome[] steps = actual.Steps.ToArray();
        if (steps.Length != expected.Steps.Count)
        {
            found.Add($"expected {expected.Steps.Count} steps, found {steps.Length}");
            return;
        }

        for (int k = 0; k < steps.Length; k++)
        {
            if (!IsSameEnd(steps[k], expected.Steps[k]))
            {
                found.Add($"step {k + 1}: expected {expected.Steps[k]}, found {steps[k]}");
                return;
            }

            CompareCells(k, expected, actual, found);
        }
    }

    private static bool IsSameEnd(StepOutcome actual, StepOutcome expected)
    {
        bool cellMatters = expected.Reason is EndReason.Hvc or EndReason.Lvc or EndReason.Alarm;
        return actual.Reason == expected.Reason
            && (!cellMatters || actual.Cell == expected.Cell)
            && IsNear(actual.EndSeconds, expected.EndSeconds, LeastSeconds)
            && IsNear(actual.StringAh, expected.StringAh, 1);
    }

    private static void CompareCells(int step, OracleRun expected, PackRun actual, List<string> found)
    {
        StepOutcome outcome = expected.Steps[step];
        if (outcome.EndSeconds == outcome.StartSeconds)
        {
            return;
        }

        var cells = new CellState[expected.EndStates[step].Length];
        actual.StateAt(new(actual.Steps[step].EndSeconds), cells);

        // the lamp that ends a step changes the current at that very instant
        bool jumps = outcome.Reason == EndReason.Red;
        for (int c = 0; c < cells.Length; c++)
        {
            CellState e = expected.EndStates[step][c];
            if (!IsSameCharge(cells[c], e) || (!jumps && !IsSameVoltage(cells[c], e)))
            {
                found.Add($"end of step {step + 1}, cell {c + 1}: expected {e}, found {cells[c]}");
            }
        }
    }

    private static bool IsSameCharge(CellState actual, CellState expected) =>
        IsNear(actual.Soc, expected.Soc, 1) && IsNear(actual.BledAh, expected.BledAh, 1);

    private static bool IsSameVoltage(CellState actual, CellState expected) =>
        IsNear(actual.VoltageVolts, expected.VoltageVolts, 1)
        && IsNear(actual.CurrentAmps, expected.CurrentAmps, 10)
        && actual.ShuntOn == expected.ShuntOn
        && actual.ContactOpen == expected.ContactOpen;

    private static bool IsNear(double actual, double expected, double least) =>
        Math.Abs(actual - expected) <= Relative * Math.Max(Math.Abs(expected), least);

    // what one shunt, one contact or the charger did; the order between lanes then follows from the times
    private static Dictionary<string, List<RunEvent>> Lanes(IEnumerable<RunEvent> events, IReadOnlyCollection<StepOutcome> steps)
    {
        var lanes = new Dictionary<string, List<RunEvent>>();
        foreach (RunEvent e in events)
        {
            // how a source starts is no change of mode, nor is saying again what it is in
            string? name = NameOfLane(e);
            bool starts = name == Mode && steps.Any(s => Math.Abs(s.StartSeconds - e.TimeSeconds) < 1e-6);
            bool repeats = name == Mode && lanes.TryGetValue(Mode, out List<RunEvent>? modes) && modes[^1].Kind == e.Kind;
            if (name is not null && !starts && !repeats)
            {
                lanes.TryAdd(name, []);
                lanes[name].Add(e);
            }
        }

        return lanes;
    }

    private static string? NameOfLane(RunEvent e) => e.Kind switch
    {
        RunEventKind.ShuntOn or RunEventKind.ShuntOff => $"shunt {e.Cell + 1}",
        RunEventKind.HvcOpened or RunEventKind.HvcCleared => $"contact {e.Cell + 1}",
        RunEventKind.LvcOpened or RunEventKind.LvcCleared => $"contact {e.Cell + 1}",
        RunEventKind.ConstantCurrent or RunEventKind.ConstantPower or RunEventKind.ConstantVoltage => Mode,
        _ => null,
    };

    private static void CompareLane(string lane, List<RunEvent> expected, List<RunEvent> actual, List<string> found)
    {
        bool same = expected.Count == actual.Count
            && expected.Zip(actual, IsSameEvent).All(same => same);
        if (!same)
        {
            found.Add($"{lane}: expected {Describe(expected)}, found {Describe(actual)}");
        }
    }

    private static bool IsSameEvent(RunEvent expected, RunEvent actual) =>
        actual.Kind == expected.Kind && IsNear(actual.TimeSeconds, expected.TimeSeconds, LeastSeconds);

    private static string Describe(List<RunEvent> events) =>
        string.Join(", ", events.Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.Kind} at {e.TimeSeconds:r} s")));
}
