using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Practice;

/// <summary>Packs as people build them, with the tools that they have: 4 to 100 cells of one to three members.</summary>
/// <param name="parts">Cell types, each with the cell module that belongs to it. At least one.</param>
public sealed class RandomPacks(ImmutableArray<(CellSpec Cell, CellModuleSpec Module)> parts)
{
    private const ulong Stream = 0x7061636B73;
    private const int Fewest = 4, Most = 100, MostMembers = 3;

    /// <summary>
    /// Share of packs whose charger is set below what fills the cells, and which are not far from balance: there it ends charges on its own.
    /// Default 0. Without it the packs are the same.
    /// </summary>
    public double LowChargers { get; init; }

    /// <summary>Draws a pack file. Same seed, same pack. Draw what it truly is with <see cref="TruePack.Draw"/>.</summary>
    public PackSpec Draw(ulong seed)
    {
        var random = new RandomStream(seed, Stream);
        (CellSpec cell, CellModuleSpec module) = parts[Whole(ref random, 0, parts.Length - 1)];
        int series = Math.Clamp((int)Math.Round(Wide(ref random, Fewest - 0.4, Most + 0.4)), Fewest, Most);
        int parallel = random.NextUniform() < 0.6 ? 1 : Whole(ref random, 2, MostMembers);
        double capacityAh = parallel * cell.Capacity.Value;
        double amps = capacityAh * Wide(ref random, 0.02, 0.2);
        var charger = new ChargerSpec(
            new(series * cell.FullVoltage.Value), new(amps), new(Math.Min(0.9 * amps, capacityAh * random.NextUniform(0.01, 0.05))));
        var pack = new PackSpec($"random {seed}", series, parallel, cell, module, charger)
        {
            Unknowns = Spreads(ref random),
            Tools = Tools(ref random, amps),
            Seed = seed,
        };
        var low = new RandomStream(seed, Stream + 1);
        return low.NextUniform() < LowChargers ? WithLowCharger(pack, ref low) : pack;
    }

    // somewhere between the end of the plateau and full
    private static PackSpec WithLowCharger(PackSpec pack, ref RandomStream random)
    {
        double perCell = pack.Cell.FullVoltage.Value - random.NextUniform(0.02, 0.18);
        double narrower = random.NextUniform(0.03, 0.4);
        Unknowns spreads = pack.Unknowns!;
        return pack with
        {
            Charger = pack.Charger with { Voltage = new(pack.Series * perCell) },
            Unknowns = spreads with
            {
                SocMax = spreads.SocMin + (narrower * (spreads.SocMax - spreads.SocMin)),
                SocSigma = narrower * spreads.SocSigma,
            },
        };
    }

    private static Unknowns Spreads(ref RandomStream random)
    {
        double width = Wide(ref random, 0.03, 0.40);
        double lowest = random.NextUniform(0.15, 0.95 - width);
        bool uniform = random.NextUniform() < 0.6;
        return new Unknowns
        {
            SocMin = uniform ? lowest : null,
            SocMax = uniform ? lowest + width : null,
            SocMean = uniform ? null : lowest + (0.5 * width),
            SocSigma = uniform ? null : width / Math.Sqrt(12),
            ThresholdSigma = new Volts(random.NextUniform(0.01, 0.03)),
            ResistanceSigma = random.NextUniform(0.03, 0.15),
            CapacitySigma = random.NextUniform(0.002, 0.015),
        };
    }

    private static ToolSpecs Tools(ref RandomStream random, double chargerAmps)
    {
        var supply = new BenchSupplySpec(new(random.NextUniform(3, 10)), new(random.NextUniform(0, 0.03)), Floating.Yes);
        double drainAmps = random.NextUniform(1, 5);
        const double cellVolts = 3.35;
        return new ToolSpecs
        {
            BenchSupplies = [supply],
            SmartCharger = random.NextUniform() < 0.5 ? new SmartChargerSpec(new(random.NextUniform(4, 15)), new(14.4)) : null,
            DrainLoad = random.NextUniform() < 0.5
                ? DrainLoadSpec.Resistor(new(cellVolts / drainAmps))
                : DrainLoadSpec.ConstantCurrent(new(drainAmps)),
            ChargerCurrentMin = new(chargerAmps * random.NextUniform(0.05, 0.5)),
        };
    }

    private static int Whole(ref RandomStream random, int low, int high) =>
        Math.Min(high, low + (int)random.NextUniform(0, high - low + 1));

    // as likely between 1 and 2 as between 10 and 20
    private static double Wide(ref RandomStream random, double low, double high) =>
        Math.Exp(random.NextUniform(Math.Log(low), Math.Log(high)));
}
