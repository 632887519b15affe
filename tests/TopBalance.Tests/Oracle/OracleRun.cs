using TopBalance.Simulation;

namespace TopBalance.Tests.Oracle;

/// <summary>What the fine-step integration found.</summary>
/// <param name="Steps">How each step went.</param>
/// <param name="Events">Shunts, contacts and modes, in order of time.</param>
/// <param name="EndStates">Per step, each cell at its end, with the step's current still flowing.</param>
internal sealed record OracleRun(List<StepOutcome> Steps, List<RunEvent> Events, List<CellState[]> EndStates);
