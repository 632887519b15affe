using BenchmarkDotNet.Attributes;
using TopBalance.Simulation;

namespace TopBalance.Benchmarks.Works;

/// <summary>Unlike members share a cell's current, and the charger comes to constant voltage: everything hangs on everything.</summary>
public class TwoParallel
{
    private const int Packs = 4;

    private readonly PackWork engine = new(LibraryPacks.TwoParallel(Packs), EndReason.Charged, new Charge());

    [Benchmark(OperationsPerInvoke = Packs)]
    [Work("50S2P of unlike library members, constant current, constant voltage, charged", TargetSeconds = 5e-3)]
    public double Engine() => engine.Play();
}
