using System.Collections.Immutable;
using System.Diagnostics;
using TopBalance.Chemistry;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Practice;
using TopBalance.Simulation;
using TopBalance.Workbench.Files;
using Xunit.Abstractions;

namespace TopBalance.Workbench.Tests.Practice;

public sealed class RandomProcedureTests(ITestOutputHelper output)
{
    private const int Blocks = 3, PacksPerBlock = 100;

    // thousands of steps of the series, each rounded
    private const double Relative = 1e-8;

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Blocks)];

    [Theory]
    [MemberData(nameof(Numbers))]
    [Trait("Category", "Slow")]
    public void Any_procedure_on_any_pack_comes_to_an_end_with_notes_and_truths(int block)
    {
        var packs = new RandomPacks(Parts());
        var faults = new List<string>();
        var watch = Stopwatch.StartNew();
        double slowest = 0;
        ulong slowestSeed = 0;
        for (ulong seed = (ulong)(block * PacksPerBlock); seed < (ulong)((block + 1) * PacksPerBlock); seed++)
        {
            double before = watch.Elapsed.TotalMilliseconds;
            try
            {
                Check(packs.Draw(seed), seed);
            }
            catch (Exception e)
            {
                faults.Add($"seed {seed}: {e.Message} {e.StackTrace?.Split('\n')[0].Trim()}");
            }

            double took = watch.Elapsed.TotalMilliseconds - before;
            (slowest, slowestSeed) = took > slowest ? (took, seed) : (slowest, slowestSeed);
        }

        output.WriteLine($"{watch.Elapsed.TotalMilliseconds / PacksPerBlock:0} ms a procedure, the slowest {slowest:0} ms (seed {slowestSeed})");
        faults.ShouldBeEmpty();
    }

    [Fact]
    public void The_same_seeds_give_the_same_notes_and_truths()
    {
        var packs = new RandomPacks(Parts());
        for (ulong seed = 0; seed < 10; seed++)
        {
            Transcript(packs, seed).ShouldBe(Transcript(packs, seed), $"seed {seed}");
        }
    }

    internal static ImmutableArray<(CellSpec Cell, CellModuleSpec Module)> Parts()
    {
        PartLibrary library = PartLibrary.BesideProgram;
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

    private static string Transcript(RandomPacks packs, ulong seed)
    {
        ProcedureRun run = RandomProcedure.Play(TruePack.Draw(packs.Draw(seed), seed), seed);
        return string.Join('\n', run.Observations) + string.Join(' ', run.Truths.SelectMany(t => t.ToFullAh).Select(a => a.ToString("r")));
    }

    private static void Check(PackSpec spec, ulong seed)
    {
        TruePack pack = TruePack.Draw(spec, seed);
        var owner = new SimulatedOwner(pack, seed, new OwnerHabits { LampMissed = 0.05, RedTimeNoted = 0.2 });
        ProcedureRun run = RandomProcedure.Play(owner, seed);

        run.Observations[0].ShouldBeOfType<ChargeSeen>();
        run.Truths[0].Observations.ShouldBe(1);
        run.Truths[^1].Observations.ShouldBe(run.Observations.Length);
        foreach (TruthAt truth in run.Truths)
        {
            truth.ToFullAh.Length.ShouldBe(spec.Series);
            truth.ToFullAh.ShouldAllBe(ah => double.IsFinite(ah));
        }

        Conserves(owner, run);
    }

    // of cells that were never drained: how much a drain took nobody has measured
    private static void Conserves(SimulatedOwner owner, ProcedureRun run)
    {
        PackModel model = owner.Pack.Model;
        HashSet<int> drained = [.. run.Observations.OfType<DrainSeen>().Select(d => d.Step.Cell.Index)];
        double hours = owner.Elapsed.Value / 3600;
        for (int c = 0; c < model.Cells.Length; c++)
        {
            ImmutableArray<MemberModel> members = model.Cells[c].Members;
            if (drained.Contains(c) || members[0].Parameters.Efficiency < 1)
            {
                continue;
            }

            double capacityAh = model.CellCapacityAh(c);
            double lost = owner.Cells[c].BledAh + (hours * (model.Module.Quiescent.Value + members.Sum(m => m.Parameters.SelfDischarge.Value)));
            double came = owner.StringAh + owner.SupplyAh[c];
            double gained = (owner.Cells[c].Soc * capacityAh) - members.Sum(m => m.InitialSoc * m.CapacityAh);
            gained.ShouldBe(came - lost, Relative * (capacityAh + Math.Abs(came) + lost), $"cell {c + 1}");
        }
    }
}
