using BenchmarkDotNet.Attributes;
using TopBalance.Simulation;
using TopBalance.Tests.Reference;

namespace TopBalance.Benchmarks.Works;

/// <summary>Reference case C: 1,000 packs of the kind of case A.</summary>
public class CaseC
{
    private readonly Lazy<PackWork> scaled = new(() => new(ReferencePacks.CaseC(), EndReason.Hvc, new Charge()));
    private readonly Lazy<PackWork> ownTables = new(() => new([.. ReferenceData.CaseC()], EndReason.Hvc, new Charge()));

    [Benchmark]
    [Work("Case C: 1,000 packs of that kind, all different", TargetSeconds = 30e-3)]
    public double Engine() => scaled.Value.Play();

    [Benchmark]
    [Work("the same, every one of the 50,000 cells with tables of its own: bound by memory")]
    public double OwnTables() => ownTables.Value.Play();
}
