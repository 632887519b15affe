using System.Collections.Immutable;
using TopBalance.Workbench.Reports;
using TopBalance.Workbench.Studies;

namespace TopBalance.Studies;

/// <summary>A question and how it is played.</summary>
/// <param name="Id">Name of its plot and its file of results.</param>
/// <param name="Question">The question.</param>
/// <param name="Pack">The pack file.</param>
/// <param name="Methods">As <c>--methods</c> takes them.</param>
/// <param name="Vary">As <c>--vary</c> takes them.</param>
internal sealed record Study(string Id, string Question, string Pack, string Methods, params ImmutableArray<string> Vary)
{
    public int Packs { get; init; } = 40;

    public ulong Seed { get; init; } = 1;

    /// <summary>What is plotted.</summary>
    public required Func<StudySummary, LineChart> Chart { get; init; }

    /// <summary>The answer in words, made of the numbers.</summary>
    public required Func<StudySummary, string> Answer { get; init; }

    public string Command =>
        $"topbalance study {Pack} --packs {Packs} --seed {Seed} --methods {Methods}" + string.Concat(Vary.Select(v => $" --vary {v}"));

    public StudyRequest Request => new(Pack, Packs)
    {
        Seed = Seed,
        Methods = StudyMethods.Parse(Methods),
        Vary = VaryAxis.ParseAll(Vary),
    };
}
