using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Workbench.Files;

namespace TopBalance.Benchmarks;

/// <summary>
/// Packs of the library's CALB CA100 (resistances against state of charge, 2 RC pairs, hysteresis) and its MiniBMS with resistor shunts.
/// </summary>
internal static class LibraryPacks
{
    private static readonly Unknowns Batch = new()
    {
        CapacitySigma = 0.005,
        ResistanceSigma = 0.08,
        ThresholdSigma = new Volts(0.02),
    };

    /// <summary>50 cells as they are shipped, anywhere from 30 to 60 %: one trips long before the others are full.</summary>
    public static PackModel[] Spread(int count) => Draw(parallel: 1, volts: 180, 0.30, 0.60, count);

    /// <summary>50 cells within a percent of each other: many come to their shunts before one trips.</summary>
    public static PackModel[] NearlyBalanced(int count) => Draw(parallel: 1, volts: 180, 0.495, 0.505, count);

    /// <summary>50 cells of two unlike members each, so well balanced that the charger comes to constant voltage and tapers off.</summary>
    public static PackModel[] TwoParallel(int count) => Draw(parallel: 2, volts: 172, 0.4995, 0.5005, count);

    private static PackModel[] Draw(int parallel, double volts, double socMin, double socMax, int count)
    {
        PartLibrary library = PartLibrary.BesideProgram;
        var charger = new ChargerSpec(new Volts(volts), new Amperes(10), new Amperes(5));
        var pack = new PackSpec("benchmark", 50, parallel, library.Cell("calb-ca100"), library.Module("minibms-3.6"), charger)
        {
            Unknowns = Batch with { SocMin = socMin, SocMax = socMax },
        };
        return [.. Enumerable.Range(1, count).Select(seed => PackDraw.Draw(pack, (ulong)seed))];
    }
}
