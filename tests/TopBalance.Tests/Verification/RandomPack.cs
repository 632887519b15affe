using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Tests.Verification;

/// <summary>Valid packs that are mostly absurd: what a file may say, not what anyone would build. Same seed, same pack.</summary>
internal sealed class RandomPack
{
    private RandomStream random;

    private RandomPack(ulong seed) => random = new RandomStream(seed, 0);

    public static PackSpec Of(ulong seed) => new RandomPack(seed).Pack();

    private PackSpec Pack()
    {
        int series = Whole(1, Maybe() ? 20 : PackSpec.MostSeries);
        int parallel = Maybe() ? 1 : Whole(1, PackSpec.MostParallel);
        return new PackSpec("random", series, parallel, Cell(), Module(), Charger(series))
        {
            Temperature = new Celsius(Between(-40, 80)),
            Unknowns = Maybe() ? Unknowns() : null,
            Tools = Tools(),
            Cells = [.. Enumerable.Range(0, Whole(0, 5)).Select(_ => Knowledge(series, parallel))],
        };
    }

    private ChargerSpec Charger(int series) =>
        new(new Volts(series * Near(3.6, 1)), new Amperes(Wide(0.02, 2000)), new Amperes(Maybe() ? 0 : Wide(0.01, 2000)))
        {
            PowerLimit = Maybe() ? new Watts(Wide(1, 1e5)) : null,
        };

    private CellKnowledge Knowledge(int series, int parallel) => new(new CellNumber(Whole(1, series)))
    {
        Soc = Between(0, 1),
        Member = Maybe() ? Whole(1, parallel) : null,
    };

    private CellSpec Cell()
    {
        double full = Near(3.6, 0.4);
        CellParameters p = Setups.Parameters;
        var pair = new RcPair(ResistanceCurve.Constant(Wide(1e-5, 0.1)), new Seconds(Wide(1, 1e4)));
        var parameters = new CellParameters(p.Ocv, ResistanceCurve.Constant(Wide(1e-5, 0.1)), [pair]);
        return new CellSpec(
            "random",
            new AmpereHours(Wide(1, 2000)),
            new Volts(full),
            new Volts(full + Between(0, 0.5)),
            [new CellAtTemperature(new Celsius(25), parameters)])
        {
            ModuleHvc = Maybe() ? new Volts(Near(3.7, 0.3)) : null,
            Sources = Maybe() ? [new Provenance("r0_ohm", Sureness.Placeholder, "made up")] : [],
        };
    }

    private CellModuleSpec Module()
    {
        double hvc = Between(2.5, 5);
        double on = Between(1, hvc - 0.01);
        double lvc = Between(0, hvc - 0.5);
        ShuntSpec shunt = Maybe()
            ? new ShuntSpec.Resistor(new Ohms(Wide(0.1, 1000)))
            : new ShuntSpec.ConstantCurrent(new Amperes(Maybe() ? 0 : Wide(0.01, 20)));
        return new CellModuleSpec(
            "random",
            new Volts(on),
            new Volts(on - 0.02),
            shunt,
            new Volts(hvc),
            new Volts(hvc - 0.05),
            new Volts(lvc),
            new Volts(lvc + 0.1))
        {
            Delay = new Seconds(Maybe() ? 0 : Between(0, 60)),
            Relative = Maybe() ? new RelativeShuntRule(new Volts(0.028), new Volts(0.012)) : null,
        };
    }

    private Unknowns Unknowns() => new()
    {
        SocMin = Maybe() ? Between(0, 1) : null,
        SocMax = Maybe() ? Between(0, 1) : null,
        SocMean = Maybe() ? Between(0, 1) : null,
        SocSigma = Maybe() ? Between(0, 0.5) : null,
        SocCommonSigma = Maybe() ? Between(0, 0.2) : null,
        ThresholdSigma = Maybe() ? new Volts(Between(0, 0.2)) : null,
        TemperatureSigma = Maybe() ? Between(0, 20) : null,
        CurrentSigma = Maybe() ? Between(0, 1) : null,
    };

    private ToolSpecs Tools() => new()
    {
        BenchSupplies = [.. Enumerable.Range(0, Whole(0, 3)).Select(_ => Supply())],
        SmartCharger = Maybe() ? Smart() : null,
        DrainLoad = Maybe() ? DrainLoadSpec.Resistor(new Ohms(Wide(0.01, 1e4)), Maybe() ? new Watts(Wide(0.1, 500)) : null) : null,
        ChargerCurrentMin = Maybe() ? new Amperes(Wide(0.01, 50)) : null,
    };

    private BenchSupplySpec Supply() => Setups.Supply(Wide(0.1, 100), Maybe() ? 0 : Wide(1e-4, 1), (Floating)Whole(0, 2));

    private SmartChargerSpec Smart() => new(new Amperes(Wide(0.1, 50)), new Volts(Between(10, 20)))
    {
        Float = new Volts(13.6),
        Recondition = Maybe() ? new Volts(16) : null,
    };

    private bool Maybe() => random.NextUniform(0, 1) < 0.5;

    private double Between(double low, double high) => random.NextUniform(low, high);

    private double Near(double middle, double spread) => Between(middle - spread, middle + spread);

    private double Wide(double low, double high) => Math.Exp(Between(Math.Log(low), Math.Log(high)));

    private int Whole(int low, int high) => (int)Math.Min(high, Math.Floor(Between(low, high + 1)));
}
