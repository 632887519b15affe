using TopBalance.Simulation;
using TopBalance.Tests.Oracle;

namespace TopBalance.Tests.Simulation;

public sealed class Repeatability
{
    public static TheoryData<string> Kinds => [.. DrawnPacks.Kinds.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_pack_played_again_gives_the_same_bits(string kind)
    {
        var used = new PackSimulator();
        for (ulong seed = 0; seed < 20; seed++)
        {
            PackModel model = PackDrawing.Draw(DrawnPacks.Kinds[kind], seed);

            // a simulator that has played other packs, larger and smaller ones, remembers nothing of them
            string first = Transcript(new PackSimulator(), model);
            Transcript(used, model).ShouldBe(first, $"{kind}, seed {seed}");
            Transcript(used, model).ShouldBe(first, $"{kind}, seed {seed}");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void One_pack_played_on_several_threads_at_once_gives_the_same_bits(string kind)
    {
        for (ulong seed = 0; seed < 5; seed++)
        {
            PackModel model = PackDrawing.Draw(DrawnPacks.Kinds[kind], seed);
            string alone = Transcript(new PackSimulator(), model);
            string[] together = new string[8];

            Parallel.For(0, together.Length, k => together[k] = Transcript(new PackSimulator(), model));

            together.ShouldAllBe(t => t == alone, $"{kind}, seed {seed}");
        }
    }

    // every number with all its digits
    private static string Transcript(PackSimulator simulator, PackModel model)
    {
        PackRun run = simulator.Run(model, new Charge { Limit = new(7200) }, new Rest { Duration = new(1800) });
        var cells = new CellState[model.Cells.Length];
        var lines = new List<string>();
        foreach (StepOutcome step in run.Steps)
        {
            lines.Add(step.ToString());
        }

        foreach (RunEvent e in run.Events)
        {
            lines.Add(e.ToString());
        }

        for (int k = 0; k <= 10; k++)
        {
            (double amps, double volts) = run.StateAt(new(k == 10 ? run.EndSeconds : run.EndSeconds * k / 10), cells);
            lines.Add($"{amps:r} {volts:r} {string.Join(' ', cells)}");
        }

        return string.Join('\n', lines);
    }
}
