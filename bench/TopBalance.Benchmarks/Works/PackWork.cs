using TopBalance.Simulation;

namespace TopBalance.Benchmarks.Works;

/// <summary>Some packs played through the same steps, one after another on one core.</summary>
internal sealed class PackWork
{
    private readonly PackSimulator simulator = new();
    private readonly PackModel[] packs;
    private readonly Step[] steps;

    /// <param name="packs">The packs.</param>
    /// <param name="ending">How the first step must end in every pack, so that the work is the work its name says.</param>
    /// <param name="steps">What is done to each.</param>
    /// <exception cref="InvalidOperationException">A pack ends otherwise.</exception>
    public PackWork(PackModel[] packs, EndReason ending, params Step[] steps)
    {
        this.packs = packs;
        this.steps = steps;
        for (int k = 0; k < packs.Length; k++)
        {
            EndReason reason = simulator.Run(packs[k], steps).Steps[0].Reason;
            if (reason != ending)
            {
                throw new InvalidOperationException($"Pack {k} ended with {reason}, expected {ending}: choose other packs.");
            }
        }
    }

    /// <summary>Plays all packs.</summary>
    /// <returns>The sum of the lengths of their runs, s.</returns>
    public double Play()
    {
        double sum = 0;
        foreach (PackModel pack in packs)
        {
            sum += simulator.Run(pack, steps).EndSeconds;
        }

        return sum;
    }
}
