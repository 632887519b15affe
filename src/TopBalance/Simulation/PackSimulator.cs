using TopBalance.Simulation.Kernel;

namespace TopBalance.Simulation;

/// <summary>
/// Plays a pack from event to event. One per thread: it owns the buffers of a run and allocates nothing once they have grown to a pack's
/// size.
/// </summary>
public sealed class PackSimulator
{
    private readonly Player player = new();
    private readonly PackRun run = new();

    /// <summary>Plays the steps one after another from the pack's initial state.</summary>
    /// <param name="model">The pack.</param>
    /// <param name="steps">What is done to it.</param>
    /// <returns>The run; valid until the next call.</returns>
    /// <exception cref="ArgumentException">A step names a cell outside the pack, or contradicts itself.</exception>
    public PackRun Run(PackModel model, params ReadOnlySpan<Step> steps)
    {
        foreach (Step step in steps)
        {
            StepCheck.Check(step, model.Cells.Length);
        }

        player.Load(model);
        run.Begin(model, player.Tracks);
        for (int k = 0; k < steps.Length; k++)
        {
            run.Add(steps[k], player.Play(steps[k], k));
        }

        run.Finish(player.Events, player.Flags);
        return run;
    }
}
