using BenchmarkDotNet.Attributes;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Benchmarks.Works;

/// <summary>All cells of a pack at instants all over a run.</summary>
public class StateQuery
{
    private const int Instants = 64;

    private readonly PackRun run = new PackSimulator().Run(LibraryPacks.NearlyBalanced(1)[0], new Charge());
    private readonly CellState[] cells = new CellState[50];

    [Benchmark(OperationsPerInvoke = Instants)]
    [Work("State of all 50 cells of such a run at an instant")]
    public double StateAt()
    {
        double sum = 0;
        for (int k = 0; k < Instants; k++)
        {
            sum += run.StateAt(new Seconds(run.EndSeconds * k / Instants), cells).VoltageVolts;
        }

        return sum;
    }
}
