namespace TopBalance.Simulation;

/// <summary>
/// Plays a pack from event to event. One per thread: it owns the buffers of a run and allocates nothing once they have grown to a pack's
/// size.
/// </summary>
public sealed class PackSimulator
{
    /// <summary>Plays the steps one after another from the pack's initial state.</summary>
    /// <param name="model">The pack.</param>
    /// <param name="steps">What is done to it.</param>
    /// <returns>The run; valid until the next call.</returns>
    /// <exception cref="ArgumentException">A step names a cell outside the pack, or contradicts itself.</exception>
    public PackRun Run(PackModel model, params ReadOnlySpan<Step> steps) => throw new NotSupportedException();
}
