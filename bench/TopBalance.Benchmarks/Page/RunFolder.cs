using System.Globalization;

namespace TopBalance.Benchmarks.Page;

/// <summary>What <c>bench/run</c> found before the benchmarks: the machine, and the rivals outside this process.</summary>
/// <param name="Facts">Name and value, as they shall stand on the page.</param>
/// <param name="Rivals">Their figures.</param>
/// <param name="Skipped">What could not be measured, and why.</param>
internal sealed record RunFolder(
    IReadOnlyList<(string Name, string Value)> Facts, IReadOnlyList<RivalFigure> Rivals, IReadOnlyList<string> Skipped)
{
    /// <summary>Reads <c>facts.tsv</c> and <c>peers.tsv</c>.</summary>
    public static RunFolder Read(string folder)
    {
        string[][] facts = Rows(folder, "facts.tsv");
        string[][] peers = Rows(folder, "peers.tsv");
        return new RunFolder(
            [.. facts.Select(f => (f[0], f[1]))],
            [.. peers.Where(p => p.Length > 1).Select(RivalFigure.Parse)],
            [.. peers.Where(p => p.Length == 1).Select(p => p[0])]);
    }

    private static string[][] Rows(string folder, string file) =>
        [.. File.ReadLines(Path.Combine(folder, file)).Where(line => line.Length > 0).Select(line => line.Split('\t'))];
}

/// <summary>A rival on one of the reference cases.</summary>
/// <param name="Name">What it is and how it is set.</param>
/// <param name="Case">A or C.</param>
/// <param name="Seconds">Time of each run, in rising order.</param>
/// <param name="TripError">Greatest error of a trip time, s.</param>
/// <param name="Timer">What the times include.</param>
internal sealed record RivalFigure(string Name, string Case, double[] Seconds, double TripError, string Timer)
{
    /// <summary>The middle run.</summary>
    public double Median => (Seconds[(Seconds.Length - 1) / 2] + Seconds[Seconds.Length / 2]) / 2;

    /// <summary>From a line of <c>peers.tsv</c>.</summary>
    public static RivalFigure Parse(string[] row)
    {
        double[] seconds = [.. row[2].Split(' ').Select(Number)];
        Array.Sort(seconds);
        return new RivalFigure(row[0], row[1], seconds, Number(row[3]), row[4]);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
