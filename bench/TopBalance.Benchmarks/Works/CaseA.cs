using BenchmarkDotNet.Attributes;
using TopBalance.Benchmarks.Rivals;
using TopBalance.Simulation;
using TopBalance.Tests.Reference;

namespace TopBalance.Benchmarks.Works;

/// <summary>Reference case A: one charge of 50 cells with constant-current shunts to the trip.</summary>
public class CaseA
{
    private readonly PackWork engine = new([ReferencePacks.CaseA()], EndReason.Hvc, new Charge());
    private readonly FixedStepper stepper = new(ReferenceData.CaseA());

    [Benchmark]
    [Work("Case A: 50 cells of one type, scaled, 1 RC pair, constant-current shunts, one charge to the trip", TargetSeconds = 30e-6)]
    public double Engine() => engine.Play();

    [Benchmark(Baseline = true)]
    [Work("plain C#, fixed step of 1 s")]
    public double FixedStep() => stepper.Charge();
}
