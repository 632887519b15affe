using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Practice;

/// <summary>Something that was noted wrongly.</summary>
/// <param name="Observation">Its place among what was noted, from 1.</param>
/// <param name="Cell">A cell it is about.</param>
public readonly record struct Mistake(int Observation, CellNumber Cell);

/// <summary>
/// Stands at a <see cref="TruePack"/>, does what it is told and gives back what an owner would have noted of it. Owns its simulator; not
/// shared between threads.
/// </summary>
/// <remarks>
/// Between two actions lies a gap that is not noted, 0 to 30 minutes, unless the last thing was a noted rest, or
/// <see cref="Wait"/> has set it. A charge that the BMS has stopped is followed by a cycle of the ignition key, which is not noted.
/// </remarks>
public sealed partial class SimulatedOwner
{
    // typed labels keep it apart from what the pack was drawn with
    private const ulong SightStream = 0x6F776E6572;

    private readonly PackSimulator simulator = new();
    private readonly PackRun run;
    private readonly OwnerSight sight;
    private readonly OwnerHabits habits;
    private readonly List<Observation> noted = [];
    private readonly List<Mistake> mistakes = [];
    private readonly CellState[] now;
    private readonly CellState[] endOfCharge;
    private Seconds? gap;

    /// <param name="pack">The pack.</param>
    /// <param name="seed">Seed of all mistakes and gaps.</param>
    /// <param name="habits">How carefully it is looked at; null is the default.</param>
    public SimulatedOwner(TruePack pack, ulong seed, OwnerHabits? habits = null)
    {
        Pack = pack;
        this.habits = habits ?? new OwnerHabits();
        sight = new OwnerSight(pack, this.habits, new RandomStream(seed, SightStream));
        run = simulator.Begin(pack.Model);
        now = new CellState[pack.Model.Cells.Length];
        (endOfCharge, supplyAh) = (new CellState[now.Length], new double[now.Length]);
        gap = new Seconds(0);
        Look(run.EndSeconds, now);
        now.CopyTo(endOfCharge, 0);
    }

    /// <summary>The pack.</summary>
    public TruePack Pack { get; }

    /// <summary>All that was noted so far, in order.</summary>
    public IReadOnlyList<Observation> Noted => noted;

    /// <summary>What of that is wrong, in order: a lamp misread, a cell mistaken for another. Errors of watches and meters are none.</summary>
    public IReadOnlyList<Mistake> Mistakes => mistakes;

    /// <summary>The state of every cell now.</summary>
    public ReadOnlySpan<CellState> Cells => now;

    /// <summary>Dangers that cells were in so far.</summary>
    public ReadOnlySpan<Hazard> Hazards => run.Hazards;

    /// <summary>Time since the beginning.</summary>
    public Seconds Elapsed => new(run.EndSeconds);

    /// <summary>True charge that the string current brought into the pack so far, Ah.</summary>
    public double StringAh => run.StringAh;

    /// <summary>True charge that supplies brought into each cell so far, Ah. Length Ns.</summary>
    public ReadOnlySpan<double> SupplyAh => supplyAh;

    /// <summary>True charge still to come to full (1 − z) × capacity of each whole cell, as of now.</summary>
    /// <param name="toFullAh">Receives Ah. Length Ns.</param>
    public void TrueToFullAh(Span<double> toFullAh)
    {
        for (int c = 0; c < now.Length; c++)
        {
            toFullAh[c] = (1 - now[c].Soc) * Pack.Model.CellCapacityAh(c);
        }
    }

    /// <summary>The next action begins after exactly this long, which is not noted.</summary>
    public void Wait(Seconds time) => gap = time;

    // what lies between the last action and this one
    private void PassGap()
    {
        Seconds time = gap ?? sight.Gap();
        gap = null;
        if (time.Value > 0)
        {
            Play(new Rest { Duration = time });
        }
    }

    private StepOutcome Play(Step step)
    {
        // the course of the last step is not needed any more
        simulator.Forget();
        simulator.Continue(step);
        Look(run.EndSeconds, now);
        return run.Steps[0];
    }

    private void Look(double time, CellState[] cells) => run.StateAt(new(time), cells);

    private T Note<T>(T observation)
        where T : Observation
    {
        noted.Add(observation);
        mistakes.AddRange(sight.TakeMistaken().Select(cell => new Mistake(noted.Count, cell)));
        return observation;
    }
}
