using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Verification;
using TopBalance.Verification.Setup;

namespace TopBalance.Tests.Verification;

/// <summary>Packs in code, with a small cell that never changes, and how to ask for one rule's findings.</summary>
internal static class Setups
{
    /// <summary>A123-type OCV (C/32), coarse; resistances small and constant.</summary>
    public static readonly CellParameters Parameters = new(
        new OcvCurve(
            [0, 0.053, 0.089, 0.297, 0.65, 0.9, 0.9833, 0.995, 1],
            [2.010, 3.087, 3.194, 3.277, 3.320, 3.350, 3.351, 3.418, 3.598]),
        ResistanceCurve.Constant(0.0005),
        [new RcPair(ResistanceCurve.Constant(0.0005), new Seconds(60))]);

    public static CellSpec Calb(double capacityAh = 100) =>
        new("calb", new AmpereHours(capacityAh), new Volts(3.6), new Volts(3.65), [new CellAtTemperature(new Celsius(25), Parameters)])
        {
            Name = "CALB test cell",
            Brand = "CALB",
            ModuleHvc = new Volts(3.6),
        };

    public static CellSpec Thundersky(double capacityAh = 100) =>
        new("thundersky", new AmpereHours(capacityAh), new Volts(3.8), new Volts(4.0), [new CellAtTemperature(new Celsius(25), Parameters)])
        {
            Name = "Thundersky test cell",
            Brand = "Thundersky",
            ModuleHvc = new Volts(3.8),
        };

    public static CellModuleSpec MiniBms(double hvc) => new(
        hvc == 3.6 ? "minibms-3.6" : "minibms-3.8",
        new Volts(hvc - 0.1),
        new Volts(hvc - 0.15),
        new ShuntSpec.Resistor(new Ohms(5.4)),
        new Volts(hvc),
        new Volts(hvc - 0.01),
        new Volts(2.5),
        new Volts(2.6));

    public static ChargerSpec Charger(double volts, double amps = 10, double end = 5) =>
        new(new Volts(volts), new Amperes(amps), new Amperes(end));

    /// <summary>The pack of the paper: 50S2P CALB, 3.6 V modules, 180 V, 10 A, down to 5 A, nothing else known.</summary>
    public static PackSpec Paper(
        ChargerSpec? charger = null, CellSpec? cell = null, CellModuleSpec? module = null, int series = 50, int parallel = 2) =>
        new("paper", series, parallel, cell ?? Calb(), module ?? MiniBms(3.6), charger ?? Charger(180))
        {
            Unknowns = new Unknowns { SocMin = 0.3, SocMax = 0.6, ThresholdSigma = new Volts(0.02) },
        };

    /// <summary>The same with supplies, a 12 V charger or a drain load.</summary>
    public static PackSpec With(ToolSpecs tools) => Paper() with { Tools = tools };

    public static ToolSpecs Bench(params BenchSupplySpec[] supplies) => new() { BenchSupplies = [.. supplies] };

    public static BenchSupplySpec Supply(double amps, double leadOhms = 0, Floating floating = Floating.Yes) =>
        new(new Amperes(amps), new Ohms(leadOhms), floating);

    /// <summary>What one rule finds.</summary>
    public static ImmutableArray<Finding> Findings(this PackSpec pack, string code) =>
        [.. SetupRules.All.Single(r => r.Code == code).Examine(pack)];

    public static Finding Only(this PackSpec pack, string code) => pack.Findings(code).ShouldHaveSingleItem();
}
