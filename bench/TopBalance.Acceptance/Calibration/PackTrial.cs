using System.Collections.Immutable;
using System.Diagnostics;
using TopBalance.Chemistry;
using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Practice;
using TopBalance.Simulation;
using TopBalance.Workbench.Files;

namespace TopBalance.Acceptance.Calibration;

/// <summary>One random pack, a random procedure at it, and a belief that is told what its owner noted.</summary>
/// <param name="Seed">Of the pack; those of the procedure and the belief follow from it.</param>
/// <param name="Pack">Its file.</param>
internal sealed record PackTrial(ulong Seed, PackSpec Pack)
{
    private const ulong ProcedureKey = 0x63616C31, BeliefKey = 0x63616C32;

    /// <summary>One row for each cell and instant.</summary>
    public ImmutableArray<CellRow> Rows { get; private init; } = [];

    /// <summary>Time of each observation, ms for a pack of 50 cells. Not the same twice.</summary>
    public ImmutableArray<double> Milliseconds { get; private init; } = [];

    /// <summary>What was named as contradictory although nothing noted of that cell was wrong so far.</summary>
    public ImmutableArray<Contradiction> FalselyNamed { get; private init; } = [];

    /// <summary>How many contradictions were named rightly.</summary>
    public int RightlyNamed { get; private init; }

    /// <summary>How many cells something wrong was noted of.</summary>
    public int Mistakes { get; private init; }

    /// <summary>What was thrown, if anything.</summary>
    public string? Failure { get; private init; }

    /// <summary>Cells of the library, each with the module its packs have.</summary>
    public static ImmutableArray<(CellSpec Cell, CellModuleSpec Module)> Parts(PartLibrary library)
    {
        CellModuleSpec low = library.Module("minibms-3.6");
        CellModuleSpec high = library.Module("minibms-3.8");
        return
        [
            (library.Cell("calb-ca100"), low),
            (library.Cell("calb-ca180"), low),
            (library.Cell("eve-lf280k"), low),
            (library.Cell("hipower-100"), low),
            (library.Cell("winston-lyp100"), high),
            (library.Cell("winston-lyp200"), high),
        ];
    }

    /// <summary>Plays it. Same seed, same rows.</summary>
    public static PackTrial Run(RandomPacks packs, ulong seed, BeliefSize size, double priorScale = 1)
    {
        PackSpec pack = packs.Draw(seed);
        try
        {
            ProcedureRun procedure = RandomProcedure.Play(TruePack.Draw(pack, seed), Key(seed, ProcedureKey));
            Belief belief = Belief.Before(ScaledPrior.Of(pack, priorScale), Key(seed, BeliefKey), size);
            return new PackTrial(seed, pack).Follow(procedure, belief);
        }
        catch (Exception e)
        {
            return new PackTrial(seed, pack) { Failure = $"{e.GetType().Name}: {e.Message} {e.StackTrace?.Split('\n')[0].Trim()}" };
        }
    }

    private static ulong Key(ulong seed, ulong key) => new RandomStream(seed, key).NextBits();

    private PackTrial Follow(ProcedureRun procedure, Belief belief)
    {
        var rows = ImmutableArray.CreateBuilder<CellRow>();
        var times = ImmutableArray.CreateBuilder<double>();
        var classes = new CellClasses(Pack.Series);
        var watch = new Stopwatch();
        int taken = 0;
        for (int t = 0; t < procedure.Truths.Length; t++)
        {
            TruthAt truth = procedure.Truths[t];
            for (; taken < truth.Observations; taken++)
            {
                Observation seen = procedure.Observations[taken];
                watch.Restart();
                belief.Observe(seen);
                times.Add(watch.Elapsed.TotalMilliseconds * 50 / Pack.Series);
                classes.After(seen);
            }

            Instant instant = (t == 0 ? Instant.First : Instant.Between) | (t == procedure.Truths.Length - 1 ? Instant.Last : Instant.Between);
            rows.AddRange(belief.Cells().Select((e, c) => new CellRow(
                Seed, taken, instant, e.Cell, classes.Of(c), Pack.Parallel * Pack.Cell.Capacity.Value, truth.ToFullAh[c], e.ToFullAh)));
        }

        ImmutableArray<Contradiction> falsely = [.. belief.Contradictions.Where(c => !procedure.Mistakes.Any(m => Explains(m, c)))];
        return this with
        {
            Rows = rows.DrainToImmutable(),
            Milliseconds = times.DrainToImmutable(),
            FalselyNamed = falsely,
            RightlyNamed = belief.Contradictions.Length - falsely.Length,
            Mistakes = procedure.Mistakes.Select(m => (m.Observation, m.Cell)).Distinct().Count(),
        };
    }

    private static bool Explains(Mistake mistake, Contradiction named) =>
        mistake.Observation <= named.Observation && (named.Cell is null || named.Cell == mistake.Cell);

    /// <summary>Classes of cells as a procedure goes on.</summary>
    private sealed class CellClasses(int cells)
    {
        private readonly bool[] drained = new bool[cells];
        private readonly bool[] charged = new bool[cells];
        private readonly CellClass[] lamp = new CellClass[cells];

        public CellClass Of(int cell) => drained[cell] ? CellClass.Drained : charged[cell] ? CellClass.Charged : lamp[cell];

        public void After(Observation seen)
        {
            switch (seen)
            {
                case ChargeSeen charge:
                    for (int c = 0; c < cells; c++)
                    {
                        lamp[c] = Lamp(charge, CellNumber.FromIndex(c));
                    }

                    break;
                case CellChargeSeen single:
                    foreach (CellNumber cell in single.Step.Cells)
                    {
                        charged[cell.Index] = true;
                    }

                    break;
                case DrainSeen drain:
                    drained[drain.Step.Cell.Index] = true;
                    break;
            }
        }

        private static CellClass Lamp(ChargeSeen charge, CellNumber cell) =>
            charge.Tripped.Cell == cell ? CellClass.Lit : (charge.Lamps?.Of(cell) ?? LampSight.NotSeen) switch
            {
                LampSight.Lit => CellClass.Lit,
                LampSight.Dark => CellClass.Dark,
                _ => CellClass.NotSeen,
            };
    }
}
