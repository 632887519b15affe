using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Inference;

/// <summary>
/// What is believed of every cell of a pack: weighted draws of what all cells share and, in each of them, weighted slices of every cell,
/// which are independent of each other given the draw and the string current. Owns its buffers; not shared between threads.
/// </summary>
/// <remarks>docs/decisions/slices-of-belief.md says why it is not a filter over whole packs.</remarks>
public sealed partial class Belief
{
    private readonly PackSpec pack;
    private readonly ModelError error;
    private readonly BeliefSize size;
    private readonly int room;
    private readonly Slice[] slices;
    private readonly int[] counts;
    private readonly TopCharge top, end;
    private readonly double capacityAh, shuntAmps;
    private readonly CellStory[] stories;
    private readonly List<Contradiction> contradictions = [];
    private readonly SharedDraw[] shared, pool;
    private readonly double[] logWeights;
    private readonly (double U1, double U2)[] memories;
    private readonly DrawnCharge[] lastCharge;
    private RandomStream random;
    private int observation;
    private double unaccountedSeconds = double.NaN;
    private DateTimeOffset? clock;

    private Belief(PackSpec pack, ulong seed, BeliefSize size)
    {
        this.pack = pack;
        this.size = size;
        error = ModelError.Of(pack);
        random = new RandomStream(seed, 0xBE11EF);
        capacityAh = pack.Cell.Capacity.Value * pack.Parallel;
        shuntAmps = pack.Module.Shunt.AmperesAt(pack.Module.ShuntOn.Value);
        room = 3 * size.Slices;
        slices = new Slice[size.Packs * pack.Series * room];
        counts = new int[size.Packs * pack.Series];
        (double from, double to) = (pack.Module.ShuntOff.Value - 0.25, pack.Module.Hvc.Value + 0.3);
        (top, end) = (new TopCharge(from, to), new TopCharge(from, to));
        reading = top;
        stories = [.. Enumerable.Range(0, pack.Series).Select(_ => new CellStory())];
        shared = new SharedDraw[size.Packs];
        logWeights = new double[size.Packs];
        memories = new (double, double)[size.Packs];
        lastCharge = new DrawnCharge[size.Packs];
        row = new RowFigures(pack.Series, room);
        bleeding = new Bleeding(pack);
        thinned = new Slice[size.Slices];
        tripped = new int[size.Packs];
        misread = new double[size.Packs * pack.Series];
        for (int j = 0; j < size.Packs; j++)
        {
            shared[j] = SharedDraw.From(pack, error, new RandomStream(seed, 0x5A4ED0000UL + (uint)j));
        }

        pool = [.. shared];
        StartCells();
    }

    /// <summary>The belief before anything was seen.</summary>
    /// <param name="pack">The pack with its <c>unknowns</c>; typical spreads for those it does not give.</param>
    /// <param name="seed">Seed of all samples.</param>
    /// <param name="size">How finely; null is <see cref="BeliefSize.Usual"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 8 × 8.</exception>
    public static Belief Before(PackSpec pack, ulong seed, BeliefSize? size = null)
    {
        BeliefSize asked = size ?? BeliefSize.Usual;
        Require.InRange(asked.Packs, 8, 100_000);
        Require.InRange(asked.Slices, 8, 10_000);
        return new Belief(pack, seed, asked);
    }

    /// <summary>The pack it is about.</summary>
    public PackSpec Pack => pack;

    /// <summary>Contradictions so far, in order.</summary>
    public ImmutableArray<Contradiction> Contradictions => [.. contradictions];

    /// <summary>How many shared draws the evidence leaves in effect, 1 to the number of draws.</summary>
    public double EffectivePacks => 1 / Weights().Sum(w => w * w);

    /// <summary>
    /// Logarithm of how probable all that was seen so far was beforehand, up to a constant that is the same for every belief in the same
    /// observations: two suppositions about one pack are compared by it.
    /// </summary>
    public double LogEvidence { get; private set; }

    /// <summary>Takes in the next observation.</summary>
    /// <exception cref="ArgumentException">It names a cell outside the pack.</exception>
    public void Observe(Observation seen)
    {
        ArgumentNullException.ThrowIfNull(seen);
        foreach (int number in Named(seen))
        {
            if (number < 1 || number > pack.Series)
            {
                throw new ArgumentException(FormattableString.Invariant($"cell {number} is not in this pack of {pack.Series} cells"), nameof(seen));
            }
        }

        observation++;
        double before = LogMean();
        Bridge(seen);
        switch (seen)
        {
            case ChargeSeen charge:
                ObserveCharge(charge);
                break;
            case CellChargeSeen charge:
                ObserveCellCharge(charge);
                break;
            case ParallelChargeSeen charge:
                ObserveParallel(charge);
                break;
            case DrainSeen drain:
                ObserveDrain(drain);
                break;
            case VoltagesSeen voltages:
                ObserveVoltages(voltages);
                break;
            case UseSeen use:
                ObserveUse(use);
                break;
            case LogSeen log:
                ObserveLog(log);
                break;
            case RestSeen rest:
                Wait(rest.Step.Duration?.Value ?? 0, untilShuntsOff: rest.Step.UntilShuntsOff);
                break;
        }

        LogEvidence += LogMean() - before;
        Progress = Progress.After(seen, pack);
        unaccountedSeconds = seen is RestSeen ? 0 : seen is LoopTestSeen or ResetSeen or VoltagesSeen ? unaccountedSeconds : double.NaN;
        Resample();
    }

    /// <summary>How far the job has come.</summary>
    public JobProgress Progress { get; private set; } = new();

    internal ReadOnlySpan<CellStory> Stories => stories;

    private SliceSet Of(int draw, int cell)
    {
        int k = (draw * pack.Series) + cell;
        return new SliceSet(slices.AsSpan(k * room, room), ref counts[k]);
    }

    // shares of the draws, summing to 1
    private double[] Weights()
    {
        double highest = logWeights.Max();
        double[] weights = [.. logWeights.Select(w => Math.Exp(w - highest))];
        double sum = weights.Sum();
        for (int j = 0; j < weights.Length; j++)
        {
            weights[j] /= sum;
        }

        return weights;
    }

    // every cell number an observation holds
    private static IEnumerable<int> Named(Observation seen) => seen switch
    {
        ChargeSeen c => [.. Named(c.Tripped), .. Named(c.Lamps), .. c.RedAfter.Keys],
        CellChargeSeen c => [.. c.Step.Cells.Select(n => n.Value), .. Named(c.Tripped), .. Named(c.Lamps)],
        DrainSeen d => [d.Step.Cell.Value],
        VoltagesSeen v => v.Cells.Keys,
        _ => [],
    };

    private static IEnumerable<int> Named(Trip trip) => trip.Cell is { } cell ? [cell.Value] : [];

    private static IEnumerable<int> Named(LampsSeen? lamps) =>
        lamps is null ? [] : lamps.Red.Concat(lamps.NotSeen).Select(n => n.Value);

    private double LogMean()
    {
        double highest = logWeights.Max();
        return highest + Math.Log(logWeights.Sum(w => Math.Exp(w - highest)) / logWeights.Length);
    }

    // what lies between two entries: a time that is known, none after a rest, else anything up to half an hour
    private void Bridge(Observation seen)
    {
        double known = seen.At is { } at && clock is { } before ? Math.Max(0, (at - before).TotalSeconds) : double.NaN;
        if (seen is VoltagesSeen { Rested: null } or ResetSeen or LoopTestSeen or RestSeen)
        {
            clock = seen.At ?? clock;
            if (!double.IsNaN(known))
            {
                Wait(known);
            }

            return;
        }

        bool first = observation == 1;
        double gap = !double.IsNaN(known) ? known : seen is VoltagesSeen { Rested: { } rested } ? rested.Value : unaccountedSeconds;
        if (!first || !double.IsNaN(known))
        {
            Wait(gap);
        }

        clock = seen.At is { } begun ? begun + TimeSpan.FromSeconds(LastsSeconds(seen)) : null;
    }

    private static double LastsSeconds(Observation seen) => seen switch
    {
        ChargeSeen c => c.Step.Limit?.Value ?? 0,
        CellChargeSeen c => c.Step.Limit?.Value ?? 0,
        ParallelChargeSeen c => c.Step.Limit?.Value ?? 0,
        DrainSeen d => d.Step.Duration.Value,
        RestSeen r => r.Step.Duration?.Value ?? 0,
        _ => 0,
    };

    // when few draws carry all the weight, each heavy one is copied and the light ones are let go
    private void Resample()
    {
        double[] weights = Weights();
        if (1 / weights.Sum(w => w * w) > 0.5 * size.Packs)
        {
            return;
        }

        int[] from = Comb(weights);
        int width = pack.Series * room;
        for (int j = 0; j < size.Packs; j++)
        {
            int source = from[j];
            if (source != j)
            {
                // a draw that is copied stands at its own place, so that it is not overwritten before
                slices.AsSpan(source * width, width).CopyTo(slices.AsSpan(j * width, width));
                counts.AsSpan(source * pack.Series, pack.Series).CopyTo(counts.AsSpan(j * pack.Series, pack.Series));
                (memories[j], lastCharge[j]) = (memories[source], lastCharge[source]);
                Redraw(j, shared[source]);
            }
        }

        Array.Clear(logWeights);
    }

    // What was seen tells where each cell stands from the knee, and next to nothing of where the knee stands: a copy gets a curve of its
    // own, and its cells move with the knee. Without this a few curves would soon stand for all, and every interval would be too narrow.
    private void Redraw(int draw, SharedDraw source)
    {
        SharedDraw fresh = pool[(int)(random.NextBits() % (ulong)size.Packs)].With(source.CurrentFactor + (0.001 * random.NextNormal()));
        if (lastCharge[draw].Amps > 0)
        {
            top.Draw(source, capacityAh, lastCharge[draw], pack.Module.ShuntOn.Value);
            double before = MiddleOfKnee();
            top.Draw(fresh, capacityAh, lastCharge[draw], pack.Module.ShuntOn.Value);
            double shift = MiddleOfKnee() - before;
            for (int c = 0; c < pack.Series; c++)
            {
                foreach (ref Slice s in Of(draw, c).Items)
                {
                    (s.Low, s.High) = (s.Low + (shift * s.CapacityAh), s.High + (shift * s.CapacityAh));
                }
            }
        }

        shared[draw] = fresh;
    }

    private double MiddleOfKnee() => 0.5 * (top.DarkShare(pack.Module.ShuntOn.Value, 1, 1) + top.RedShare(pack.Module.Hvc.Value, 1, 1));

    // systematic resampling; what is kept stays at its own place
    private int[] Comb(double[] weights)
    {
        int[] copies = new int[weights.Length];
        double comb = random.NextUniform();
        double sum = 0;
        int drawn = 0;
        for (int j = 0; j < weights.Length; j++)
        {
            sum += weights[j] * weights.Length;
            for (; drawn < weights.Length && drawn + comb < sum; drawn++)
            {
                copies[j]++;
            }
        }

        int[] from = new int[weights.Length];
        int extra = 0;
        for (int j = 0; j < weights.Length; j++)
        {
            from[j] = copies[j] > 0 ? j : -1;
        }

        for (int j = 0; j < weights.Length; j++)
        {
            if (from[j] >= 0)
            {
                continue;
            }

            while (copies[extra] <= 1)
            {
                extra++;
            }

            copies[extra]--;
            from[j] = extra;
        }

        return from;
    }
}
