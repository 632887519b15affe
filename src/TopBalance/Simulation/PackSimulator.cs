using TopBalance.Simulation.Kernel;

namespace TopBalance.Simulation;

/// <summary>
/// Plays a pack from event to event. One per thread: it owns the buffers of a run and allocates nothing once they have grown to a pack's
/// size.
/// </summary>
public sealed class PackSimulator
{
    private readonly Player player = new();
    private readonly PackRun run;

    /// <summary>A simulator that has played nothing yet.</summary>
    public PackSimulator() => run = new PackRun(player);

    /// <summary>Plays the steps one after another from the pack's initial state.</summary>
    /// <param name="model">The pack.</param>
    /// <param name="steps">What is done to it.</param>
    /// <returns>The run; valid until the next one begins.</returns>
    /// <exception cref="ArgumentException">A step names a cell outside the pack, or contradicts itself.</exception>
    public PackRun Run(PackModel model, params ReadOnlySpan<Step> steps)
    {
        Check(model, steps);
        Begin(model);
        return Continue(steps);
    }

    /// <summary>Begins a run to which <see cref="Continue"/> adds: the pack in its initial state, nothing done yet.</summary>
    /// <param name="model">The pack.</param>
    /// <returns>The run; valid until the next one begins.</returns>
    public PackRun Begin(PackModel model)
    {
        player.Load(model);
        run.Begin(model);
        return run;
    }

    /// <summary>
    /// Plays steps on from where the run ended. The same bits as if all its steps had been played in one call.
    /// </summary>
    /// <param name="steps">What is done next.</param>
    /// <returns>The run, with these steps added.</returns>
    /// <exception cref="ArgumentException">A step names a cell outside the pack, or contradicts itself; none of them is played.</exception>
    /// <exception cref="InvalidOperationException">No run has begun.</exception>
    public PackRun Continue(params ReadOnlySpan<Step> steps)
    {
        Check(Begun(), steps);
        foreach (Step step in steps)
        {
            run.Add(step, player.Play(step, run.NextStep));
        }

        return run;
    }

    /// <summary>
    /// Keeps the state of the run, its time, its dangers and its sums, and forgets its steps, its events and the course of its cells up
    /// to now, so that a run of thousands of steps stays small.
    /// </summary>
    /// <exception cref="InvalidOperationException">No run has begun.</exception>
    public void Forget()
    {
        Begun();
        run.Forget();
    }

    private PackModel Begun() => run.Model ?? throw new InvalidOperationException("No run has begun; call Begin first.");

    private static void Check(PackModel model, ReadOnlySpan<Step> steps)
    {
        foreach (Step step in steps)
        {
            StepCheck.Check(step, model.Cells.Length);
        }
    }
}
