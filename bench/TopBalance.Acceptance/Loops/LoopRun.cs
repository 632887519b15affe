using System.Globalization;
using TopBalance.Acceptance.Calibration;
using TopBalance.Inference;
using TopBalance.Practice;
using TopBalance.Workbench.Files;

namespace TopBalance.Acceptance.Loops;

/// <summary>
/// <c>loops --packs N --first SEED [--shard K/N] [--paper-every M] [--size PACKSxSLICES] [--faults yes]
/// [--out FILE.csv]</c>: jobs done to their end at true packs, row by row.
/// </summary>
internal static class LoopRun
{
    private const int Plays = 40;

    public static int Run(string[] args) => args is ["merge", .. string[] rest] ? Merge(rest) : Play(args);

    private static string Commit => Environment.GetEnvironmentVariable("TOPBALANCE_COMMIT") ?? "an unknown commit";

    // merge FILE.csv… [--docs FOLDER] [--played COMMANDS]: the page of jobs that were played in shards
    private static int Merge(string[] args)
    {
        string[] files = [.. args.TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal))];
        Dictionary<string, string> asked = Options(args[files.Length..]);
        string page = LoopPage.Write(LoopRow.Read(files), asked.GetValueOrDefault("--played", "`bench/loops`"), asked.GetValueOrDefault("--at", Commit));
        Console.Write(page);
        if (asked.TryGetValue("--docs", out string? docs))
        {
            File.WriteAllText(Path.Combine(docs, "loops.md"), page);
        }

        return 0;
    }

    private static Dictionary<string, string> Options(string[] args)
    {
        var asked = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int k = 0; k + 1 < args.Length; k += 2)
        {
            asked[args[k]] = args[k + 1];
        }

        return asked;
    }

    private static int Play(string[] args)
    {
        Dictionary<string, string> asked = Options(args);
        int packs = Whole(asked, "--packs", 500);
        int first = Whole(asked, "--first", 1);
        int paperEvery = Whole(asked, "--paper-every", 1);
        string[] sides = asked.GetValueOrDefault("--size", "48x24").Split('x');
        var size = new BeliefSize(int.Parse(sides[0], CultureInfo.InvariantCulture), int.Parse(sides[^1], CultureInfo.InvariantCulture));
        bool faulty = asked.GetValueOrDefault("--faults") == "yes";
        string[] shard = asked.GetValueOrDefault("--shard", "1/1").Split('/');
        (int mine, int of) = (int.Parse(shard[0], CultureInfo.InvariantCulture), int.Parse(shard[^1], CultureInfo.InvariantCulture));
        string file = asked.GetValueOrDefault("--out", Path.Combine("artifacts", "loops.csv"));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var drawn = new RandomPacks(PackTrial.Parts(PartLibrary.BesideProgram));
        using (var rows = new StreamWriter(file) { AutoFlush = true })
        {
            rows.WriteLine(LoopTrial.Header);
            for (int k = first; k < first + packs; k++)
            {
                if ((k - first) % of != mine - 1)
                {
                    continue;
                }

                foreach (LoopTrial trial in LoopTrial.Of(drawn, (ulong)k, size, Plays, (k - first) % paperEvery == 0, faulty))
                {
                    rows.WriteLine(trial.Row());
                    Console.Error.WriteLine(trial.Row());
                }
            }
        }

        Console.Write(LoopPage.Write(LoopRow.Read([file]), $"`bench/loops {string.Join(' ', args)}`", Commit));
        return 0;
    }

    private static int Whole(Dictionary<string, string> asked, string name, int usual) =>
        asked.TryGetValue(name, out string? text) ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : usual;
}
