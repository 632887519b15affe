using BenchmarkDotNet.Attributes;
using TopBalance.Simulation;

namespace TopBalance.Benchmarks.Works;

/// <summary>Packs as people have them: 50 library cells with resistor shunts.</summary>
public class ProductModel
{
    private const int Packs = 16;
    private static readonly Rest TenYears = new() { Duration = new Quantities.Seconds(10 * 365.25 * 86400) };

    private readonly PackWork spread = new(LibraryPacks.Spread(Packs), EndReason.Hvc, new Charge());
    private readonly PackWork balanced = new(LibraryPacks.NearlyBalanced(Packs), EndReason.Hvc, new Charge());
    private readonly PackWork rested = new(LibraryPacks.NearlyBalanced(Packs), EndReason.Hvc, new Charge(), TenYears);

    [Benchmark(OperationsPerInvoke = Packs)]
    [Work("50 library cells, resistor shunts, SoC spread 30 to 60 %, to the trip", TargetSeconds = 0.5e-3)]
    public double Spread() => spread.Play();

    [Benchmark(OperationsPerInvoke = Packs)]
    [Work("the same, nearly balanced: 49.5 to 50.5 %", TargetSeconds = 0.5e-3)]
    public double NearlyBalanced() => balanced.Play();

    [Benchmark(OperationsPerInvoke = Packs)]
    [Work("the same, then ten years of rest")]
    public double TenYearsOfRest() => rested.Play();
}
