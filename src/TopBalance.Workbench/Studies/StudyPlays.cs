using System.Collections.Concurrent;
using TopBalance.Inference;
using TopBalance.Methods;
using TopBalance.Planning;
using TopBalance.Simulation;

namespace TopBalance.Workbench.Studies;

/// <summary>
/// Plays the tasks of a study, in any order and from any thread. What a play gives depends on the seed, its variant, its method and the
/// number of its pack, and on nothing that was played before.
/// </summary>
/// <remarks>
/// Packs are drawn in blocks with streams of their own. Neither variant nor method is in their seed: the k-th pack of one variant is that
/// of another but for what is varied, so that two rows differ by that and not by chance.
/// </remarks>
internal sealed class StudyPlays(StudyPlan plan)
{
    private const int Block = 1000;

    // plays in flight are near each other: a few blocks are in use at a time
    private const int Kept = 4;

    private enum Stream : ulong
    {
        Belief = 0x5354554459,
        Draws,
    }

    private readonly ConcurrentDictionary<long, Lazy<Rehearsal>> rehearsals = new();

    /// <summary>Plays one task to its end.</summary>
    public StudyRow Play(StudyTask task)
    {
        IBalancingMethod method = plan.Methods[task.Method];
        if (method.ImpossibleBecause(plan.Variants[task.Variant].Pack) is not null)
        {
            return new StudyRow(task, null);
        }

        // a stage remembers currents of the play before, which would let a result depend on which thread played what
        Stage stage = Drawn(task.Variant, task.Pack / Block).NewStage();
        return new StudyRow(task, stage.Play(method, task.Pack % Block));
    }

    private Rehearsal Drawn(int variant, int block)
    {
        long place = ((long)variant << 32) | (uint)block;
        Rehearsal rehearsal = rehearsals.GetOrAdd(place, _ => new Lazy<Rehearsal>(() => Draw(variant, block))).Value;
        foreach (long old in rehearsals.Keys.OrderDescending().Skip(Kept))
        {
            rehearsals.TryRemove(old, out _);
        }

        return rehearsal;
    }

    private Rehearsal Draw(int variant, int block)
    {
        Belief belief = Belief.Before(plan.Variants[variant].Pack, Seed(Stream.Belief, block));
        return new Rehearsal(belief, Math.Min(Block, plan.Packs - (block * Block)), Seed(Stream.Draws, block));
    }

    private ulong Seed(Stream stream, int block) => new RandomStream(plan.Seed, ((ulong)stream << 16) + (uint)block).NextBits();
}
