using System.Collections.Immutable;
using TopBalance.Inference;
using TopBalance.Methods;
using TopBalance.Methods.Mixed;
using TopBalance.Packs;
using TopBalance.Simulation;

namespace TopBalance.Planning;

/// <summary>
/// Methods played on packs drawn from a belief: the k-th pack is the same for every method, so that two methods differ by what they do and
/// not by chance. Immutable once made; each thread plays with a <see cref="Stage"/> of its own.
/// </summary>
public sealed class Rehearsal
{
    private readonly BelievedPack[] packs;

    /// <param name="belief">What is believed now.</param>
    /// <param name="count">How many packs are drawn.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="times">What a person needs; null takes the usual.</param>
    public Rehearsal(Belief belief, int count, ulong seed, HumanTimes? times = null)
    {
        Pack = belief.Pack;
        Times = times ?? new HumanTimes();
        packs = belief.Draws(Math.Max(count, SpreadDraws), seed);
        Count = count;
        Now = Show(belief, packs.AsSpan(0, SpreadDraws));
    }

    private Rehearsal(Rehearsal other, ToolSpecs tools, HumanTimes times)
    {
        Pack = other.Pack with { Tools = tools };
        (Times, packs, Count) = (times, other.packs, other.Count);
        Now = new Situation(Pack);
        Now.Take(other.Now);
    }

    private const int SpreadDraws = 200;

    /// <summary>The pack.</summary>
    public PackSpec Pack { get; }

    /// <summary>What a person needs.</summary>
    public HumanTimes Times { get; }

    /// <summary>How many packs were drawn.</summary>
    public int Count { get; }

    /// <summary>What is known now.</summary>
    public Situation Now { get; }

    /// <summary>What a method would propose now, with the others played ahead if it asks.</summary>
    public Proposal Next(IBalancingMethod method, Stage stage)
    {
        var now = new Situation(Pack);
        now.Take(Now);
        now.Foresight = stage.Here;
        return method.Next(now);
    }

    /// <summary>The same packs and what is known of them, with other tools or other hours of work; null leaves either as it is.</summary>
    public Rehearsal With(ToolSpecs? tools = null, HumanTimes? times = null) => new(this, tools ?? Pack.Tools, times ?? Times);

    /// <summary>One thread's buffers.</summary>
    public Stage NewStage() => new(this);

    /// <summary>The k-th pack drawn.</summary>
    internal BelievedPack this[int k] => packs[k];

    internal int Drawn => packs.Length;

    private static Situation Show(Belief belief, ReadOnlySpan<BelievedPack> drawn)
    {
        var now = new Situation(belief.Pack);
        ImmutableArray<CellEstimate> cells = belief.Cells();
        for (int c = 0; c < cells.Length; c++)
        {
            CellStory story = belief.Stories[c];
            now.Cells[c] = new CellSituation
            {
                ToFullAh = cells[c].ToFullAh,
                Lamp = story.Lamp,
                RedSinceDrain = story.RedSinceDrain,
                ChargedSince = story.ChargedSince,
                FullThoughDark = story.FullThoughDark,
                SingleCharges = story.SingleCharges,
            };
        }

        JobProgress progress = belief.Progress;
        (now.Charges, now.JustVerified, now.LastAmps) = (progress.Charges, progress.JustVerified, progress.LastAmps);
        (now.Tripped, now.ShuntsHaveLetGo) = (progress.Tripped?.Index ?? -1, progress.ShuntsHaveLetGo);
        now.Measured = progress.Measured;
        now.SpreadAh = Spread(drawn);
        return now;
    }

    // 95 % point of what a cell lacks beyond the fullest of its pack, of the cell where it is greatest
    private static double Spread(ReadOnlySpan<BelievedPack> drawn)
    {
        int cells = drawn[0].Pack.Series;
        double[] beyond = new double[drawn.Length];
        double greatest = 0;
        double[] least = new double[drawn.Length];
        for (int k = 0; k < drawn.Length; k++)
        {
            least[k] = double.PositiveInfinity;
            for (int c = 0; c < cells; c++)
            {
                least[k] = Math.Min(least[k], drawn[k].ToFullAh(c));
            }
        }

        for (int c = 0; c < cells; c++)
        {
            for (int k = 0; k < drawn.Length; k++)
            {
                beyond[k] = drawn[k].ToFullAh(c) - least[k];
            }

            Array.Sort(beyond);
            greatest = Math.Max(greatest, beyond[(int)(0.95 * (beyond.Length - 1))]);
        }

        return greatest;
    }
}

/// <summary>Where one thread plays.</summary>
public sealed class Stage : IForesight
{
    // packs on which each method is played ahead at a decision of the mixed one
    private const int Ahead = 4, AheadNow = 12;

    // costs of a method differ by less than this between packs of one belief
    private const double Behind = 1.6, BeyondChance = 1.05;

    // a play counts charge where the simulator follows the circuit: over a dozen cycles of forty packs with nothing unknown what the two
    // bled per hour differed by this, one standard deviation, relative
    private const double CountingError = 0.04;

    // what it costs to have done all that in vain: the job begins anew, in hours
    private const double LostJob = 100;
    private readonly Rehearsal rehearsal;
    private PlayedMethod? outer, inner;
    private BelievedForesight? here;
    private Situation? decided;

    internal Stage(Rehearsal rehearsal) => this.rehearsal = rehearsal;

    // made when they are needed: most decisions play nothing
    private PlayedMethod Outer => outer ??= new PlayedMethod(rehearsal.Pack, rehearsal.Times);

    private PlayedMethod Inner => inner ??= new PlayedMethod(rehearsal.Pack, rehearsal.Times);

    /// <summary>Plays a method on the k-th pack to its end.</summary>
    public Played Play(IBalancingMethod method, int k)
    {
        Played played = Outer.Play(method, rehearsal[k], Decided(method), this);
        double factor = Math.Exp(CountingError * new RandomStream((ulong)k, 0x636F756E74).NextNormal());
        return played with { Hours = factor * played.Hours, AttendedHours = factor * played.AttendedHours };
    }

    // what is decided now is decided once, with all that is known, whichever of the packs is the true one
    private Situation Decided(IBalancingMethod method)
    {
        if (method is not MixedMethod)
        {
            return rehearsal.Now;
        }

        if (decided is null)
        {
            decided = new Situation(rehearsal.Pack) { Foresight = Here };
            decided.Take(rehearsal.Now);
            method.Next(decided);
        }

        return decided;
    }

    /// <summary>What a decision looks ahead with that is taken now, at the real pack: the packs that are believed.</summary>
    public IForesight Here => here ??= new BelievedForesight(this);

    /// <inheritdoc/>
    /// <remarks>Within a play: what is known there is less than what is true of the pack that is played, so other packs are drawn.</remarks>
    public IBalancingMethod Cheapest(ImmutableArray<IBalancingMethod> among, Situation from, IBalancingMethod? following) =>
        Race(among, from, following, Ahead, k =>
        {
            var random = new RandomStream((ulong)k, 0xF0E5);
            return Redrawn(rehearsal[k % rehearsal.Drawn], from, ref random);
        });

    // pack by pack all play the same, and who is far behind drops out
    private IBalancingMethod Race(
        ImmutableArray<IBalancingMethod> among, Situation from, IBalancingMethod? following, int packs, Func<int, BelievedPack> draw)
    {
        // the last of the list are the quickest to play, and usually among the cheapest
        List<Runner> race = [.. among.Reverse().Select(m => new Runner(m))];
        for (int k = 0; k < packs && race.Count > 1; k++)
        {
            BelievedPack pack = draw(k);
            double atMost = double.PositiveInfinity;
            foreach (Runner runner in race)
            {
                Played played = Inner.Play(runner.Method, pack, from, atMost: atMost);
                runner.Cost += played.Balanced ? played.Cost : played.Cost + LostJob;
                atMost = Math.Min(atMost, Behind * played.Cost);
            }

            race.Sort((a, b) => a.Cost.CompareTo(b.Cost));
            race.RemoveAll(r => r.Cost > Behind * race[0].Cost);
            DropTwins(race, following);
        }

        return race.Find(r => r.Method == following) is { } still && still.Cost <= BeyondChance * race[0].Cost ? following! : race[0].Method;
    }

    // a method that leaves everything to the shunts costs to the last digit what shunts alone cost: one of the two is enough
    private static void DropTwins(List<Runner> race, IBalancingMethod? following)
    {
        for (int k = race.Count - 1; k > 0; k--)
        {
            if (race[k].Cost == race[k - 1].Cost)
            {
                race.RemoveAt(race[k - 1].Method == following ? k : k - 1);
            }
        }
    }

    private sealed class BelievedForesight(Stage stage) : IForesight
    {
        public IBalancingMethod Cheapest(ImmutableArray<IBalancingMethod> among, Situation from, IBalancingMethod? following) =>
            stage.Race(among, from, following, AheadNow, k => stage.rehearsal[k % stage.rehearsal.Drawn]);
    }

    private sealed class Runner(IBalancingMethod method)
    {
        public IBalancingMethod Method => method;

        public double Cost { get; set; }
    }

    private static BelievedPack Redrawn(BelievedPack pack, Situation from, ref RandomStream random)
    {
        double[] toFull = new double[from.Cells.Length];
        for (int c = 0; c < toFull.Length; c++)
        {
            (double p05, _, double p95) = from.Cells[c].ToFullAh;
            double tail = (p95 - p05) / 18;
            toFull[c] = random.NextUniform(p05 - tail, p95 + tail);
        }

        return pack.With(toFull);
    }
}
