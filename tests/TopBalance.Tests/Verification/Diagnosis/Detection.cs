using System.Collections.Immutable;
using System.Globalization;
using TopBalance.Packs;
using TopBalance.Verification.Diagnosis;
using Xunit.Abstractions;

namespace TopBalance.Tests.Verification.Diagnosis;

/// <summary>Counts in how many packs with one cause the diagnosis names it, and prints what it said of each.</summary>
internal static class Detection
{
    public const int Seeds = 5;

    // four of five: a pack in which chance hides its cause is no mistake
    public const int Most = 4;

    /// <summary>In how many packs the cause comes first, or has a probability of at least one half.</summary>
    /// <param name="code">The cause.</param>
    /// <param name="cell">The cell it must be found at; null does not ask.</param>
    /// <param name="output">Where the table goes.</param>
    public static int Count(string code, CellNumber? cell, ITestOutputHelper output)
    {
        int found = 0;
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            Scenario scenario = Scenarios.ByCode[code](seed);
            ImmutableArray<DiagnosisFinding> findings = PackDiagnosis.Of(scenario.Pack, scenario.Seen, seed);
            output.WriteLine($"seed {seed}: {Table(findings)}");
            found += findings.Any(f => Is(f) && (f == findings[0] || f.Probability >= 0.5)) ? 1 : 0;
        }

        return found;
        bool Is(DiagnosisFinding f) => f.Code == code && (cell is null || f.Cell == cell);
    }

    /// <summary>In how many packs several causes at a cell have together at least this probability.</summary>
    public static int Count(string[] codes, double least, CellNumber cell, ITestOutputHelper output)
    {
        int found = 0;
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            Scenario scenario = Scenarios.ByCode[codes[0]](seed);
            ImmutableArray<DiagnosisFinding> findings = PackDiagnosis.Of(scenario.Pack, scenario.Seen, seed);
            output.WriteLine($"seed {seed}: {Table(findings)}");
            found += findings.Where(f => codes.Contains(f.Code) && f.Cell == cell).Sum(f => f.Probability) >= least ? 1 : 0;
        }

        return found;
    }

    public static string Table(ImmutableArray<DiagnosisFinding> findings) => string.Join(", ", findings.Select(Entry));

    private static string Entry(DiagnosisFinding f) =>
        $"{f.Code}{(f.Cell is { } c ? $" (cell {c})" : "")} {f.Probability.ToString("0.00", CultureInfo.InvariantCulture)}";
}
