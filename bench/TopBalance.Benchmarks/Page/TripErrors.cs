using TopBalance.Benchmarks.Rivals;
using TopBalance.Simulation;
using TopBalance.Tests.Reference;

namespace TopBalance.Benchmarks.Page;

/// <summary>How far trip times are from the closed form in 80-bit numbers, s.</summary>
internal static class TripErrors
{
    /// <summary>The engine on case A.</summary>
    public static double CaseA() => Math.Abs(Trip(new PackSimulator(), ReferencePacks.CaseA()) - Expected);

    /// <summary>The engine on case C: the worst of its 1,000 packs.</summary>
    public static double CaseC()
    {
        var simulator = new PackSimulator();
        return ReferencePacks.CaseC()
            .Zip(ReferenceData.ResultsOfC(), (pack, result) => Math.Abs(Trip(simulator, pack) - result.TripSeconds))
            .Max();
    }

    /// <summary>The fixed step on case A.</summary>
    public static double FixedStep() => Math.Abs(new FixedStepper(ReferenceData.CaseA()).Charge() - Expected);

    private static double Expected => ReferenceData.Result("A").TripSeconds[0];

    private static double Trip(PackSimulator simulator, PackModel pack) => simulator.Run(pack, new Charge()).EndSeconds;
}
