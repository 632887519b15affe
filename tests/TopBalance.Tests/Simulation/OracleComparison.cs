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

        failures.OrderBy(f => f.Key).Select(f => string.Create(CultureInfo.InvariantCulture, $"seed {f.Key}: {f.Value}")).ShouldBeEmpty();
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
        foreach ((string lane, List<RunEvent> events) in Lanes(expected.Events, expected.Steps))
        {
            CompareLane(lane, events, Lane(actual, lane), found);
        }

        foreach (string lane in Lanes(actual.Events.ToArray(), actual.Steps.ToArray()).Keys.Except(Lanes(expected.Events, expected.Steps).Keys))
        {
            found.Add($"{lane}: expected none, found {Describe(Lane(actual, lane))}");
        }

        return found;
    }

    private static List<RunEvent> Lane(PackRun run, string lane) =>
        Lanes(run.Events.ToArray(), run.Steps.ToArray()).GetValueOrDefault(lane, []);

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
            StepOutcome a = steps[k];
            StepOutcome e = expected.Steps[k];
            bool cellMatters = e.Reason is EndReason.Hvc or EndReason.Lvc or EndReason.Alarm;
            if (a.Reason != e.Reason || (cellMatters && a.Cell != e.Cell) || !IsNear(a.EndSeconds, e.EndSeconds, LeastSeconds) || !IsNear(a.StringAh, e.StringAh, 1))
            {
                found.Add(string.Create(CultureInfo.InvariantCulture, $"step {k + 1}: expected {e}, found {a}"));
                return;
            }

            CompareCells(k, expected, actual, found);
        }
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
        for (int c = 0; c < cells.Length; c++)
        {
            CellState a = cells[c];
            CellState e = expected.EndStates[step][c];

            // the lamp that ends a step changes the current at that very instant
            bool volts = outcome.Reason == EndReason.Red || (IsNear(a.VoltageVolts, e.VoltageVolts, 1) && IsNear(a.CurrentAmps, e.CurrentAmps, 10));
            if (!volts || !IsNear(a.Soc, e.Soc, 1) || !IsNear(a.BledAh, e.BledAh, 1) || (a.ContactOpen != e.ContactOpen && outcome.Reason != EndReason.Red))
            {
                found.Add(string.Create(CultureInfo.InvariantCulture, $"end of step {step + 1}, cell {c + 1}: expected {e}, found {a}"));
            }
        }
    }

    private static bool IsNear(double actual, double expected, double least) =>
        Math.Abs(actual - expected) <= Relative * Math.Max(Math.Abs(expected), least);

    // what one shunt, one contact or the charger did; the order between lanes then follows from the times
    private static Dictionary<string, List<RunEvent>> Lanes(IEnumerable<RunEvent> events, IReadOnlyCollection<StepOutcome> steps)
    {
        var lanes = new Dictionary<string, List<RunEvent>>();
        foreach (RunEvent e in events)
        {
            string? name = e.Kind switch
            {
                RunEventKind.ShuntOn or RunEventKind.ShuntOff => $"shunt {e.Cell + 1}",
                RunEventKind.HvcOpened or RunEventKind.HvcCleared or RunEventKind.LvcOpened or RunEventKind.LvcCleared => $"contact {e.Cell + 1}",
                RunEventKind.ConstantCurrent or RunEventKind.ConstantPower or RunEventKind.ConstantVoltage => "mode",
                _ => null,
            };

            // how a source starts is no change of mode, nor is saying again what it is in
            bool isChange = name != "mode" || !steps.Any(s => Math.Abs(s.StartSeconds - e.TimeSeconds) < 1e-6);
            if (name is null || !isChange || (lanes.TryGetValue(name, out List<RunEvent>? lane) && lane[^1].Kind == e.Kind && name == "mode"))
            {
                continue;
            }

            lanes.TryAdd(name, []);
            lanes[name].Add(e);
        }

        return lanes;
    }

    private static void CompareLane(string lane, List<RunEvent> expected, List<RunEvent> actual, List<string> found)
    {
        bool same = expected.Count == actual.Count
            && expected.Zip(actual).All(p => p.First.Kind == p.Second.Kind && IsNear(p.Second.TimeSeconds, p.First.TimeSeconds, LeastSeconds));
        if (!same)
        {
            found.Add($"{lane}: expected {Describe(expected)}, found {Describe(actual)}");
        }
    }

    private static string Describe(List<RunEvent> events) =>
        string.Join(", ", events.Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.Kind} at {e.TimeSeconds:r} s")));
}
