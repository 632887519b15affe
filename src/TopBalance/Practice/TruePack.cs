using System.Runtime.CompilerServices;
using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Practice;

/// <summary>
/// A pack as it truly is, which nobody who works on it can see: drawn from what its file says, from typical spreads where the file is
/// silent, and from the errors of the cell's curves and of the ammeter. Immutable; shared between owners and threads.
/// </summary>
/// <remarks>
/// The curve errors have the size that the cell file states as its model error, and a shape of their own. Nothing here is shared with
/// inference: it is judged against this.
/// </remarks>
public sealed class TruePack
{
    // a cell's spread near full is looked for once
    private static readonly ConditionalWeakTable<CellSpec, KneeSpread> Spreads = [];

    private TruePack(PackSpec spec, Unknowns unknowns, PackModel model, CellParameters parameters, Celsius temperature, double ammeterError)
    {
        Spec = spec;
        Unknowns = unknowns;
        Model = model;
        Parameters = parameters;
        Temperature = temperature;
        AmmeterError = ammeterError;
    }

    private enum Stream : ulong
    {
        Pack = 0x70726163,
        Temperature,
        Curve,
        Ammeter,
        Charger,
    }

    // relative error of the voltage that a charger is set to
    private const double SetpointSigma = 0.002;

    /// <summary>The pack as its owner knows it.</summary>
    public PackSpec Spec { get; }

    /// <summary>The spreads it was drawn from: those of the file, typical ones where it is silent.</summary>
    public Unknowns Unknowns { get; }

    /// <summary>
    /// The pack as it is. Its charger gives the true current where the owner reads what he has set: <see cref="AmmeterError"/> is in it.
    /// </summary>
    public PackModel Model { get; }

    /// <summary>The circuit that all members share up to factors of their own, at <see cref="Temperature"/>.</summary>
    public CellParameters Parameters { get; }

    /// <summary>True temperature of the cells.</summary>
    public Celsius Temperature { get; }

    /// <summary>
    /// Relative error of every current that is set or noted in this session: true = noted × (1 + error). Resistors are what they say.
    /// </summary>
    public double AmmeterError { get; }

    /// <summary>The current that truly flows where this one is set or noted.</summary>
    public Amperes TrueOf(Amperes noted) => new(noted.Value * (1 + AmmeterError));

    /// <summary>What the ammeter shows of a true current.</summary>
    public Amperes NotedOf(Amperes real) => new(real.Value / (1 + AmmeterError));

    /// <summary>Draws a pack. Same spec, same seed: same bits.</summary>
    /// <exception cref="ArgumentException">The spec contradicts itself.</exception>
    public static TruePack Draw(PackSpec spec, ulong seed)
    {
        Unknowns unknowns = TypicalUnknowns.Of(spec);
        RandomStream warmth = Random(seed, Stream.Temperature);
        var temperature = new Celsius(spec.Temperature.Value + (unknowns.TemperatureSigma!.Value * warmth.NextNormal()));
        CellParameters parameters = Curve(spec.Cell, temperature, Random(seed, Stream.Curve));
        RandomStream meter = Random(seed, Stream.Ammeter);

        // a current that has changed its sign is no reading any more
        double error = Math.Max(-0.5, unknowns.CurrentSigma!.Value * meter.NextNormal());
        RandomStream setting = Random(seed, Stream.Charger);
        double volts = spec.Charger.Voltage.Value * (1 + (SetpointSigma * setting.NextNormal()));
        PackSpec real = WithCell(spec, new CellSpec(
            spec.Cell.Id, spec.Cell.Capacity, spec.Cell.FullVoltage, spec.Cell.MaxVoltage, [new CellAtTemperature(temperature, parameters)]));
        real = real with
        {
            Temperature = temperature,
            Unknowns = unknowns with { TemperatureSigma = null },
            Charger = spec.Charger with
            {
                Voltage = new(volts),
                Current = new(spec.Charger.Current.Value * (1 + error)),
                TerminationCurrent = new(spec.Charger.TerminationCurrent.Value * (1 + error)),
            },
        };
        PackModel model = PackDraw.Draw(real, Random(seed, Stream.Pack).NextBits());
        return new TruePack(spec, unknowns, model, parameters, temperature, error);
    }

    /// <summary>Draws only the circuit: what 'one nominal cell' is in a session.</summary>
    internal static CellParameters Curve(CellSpec cell, Celsius temperature, RandomStream random) =>
        TrueCurve.Draw(cell.At(temperature), Spreads.GetValue(cell, static c => new KneeSpread(c)), random);

    private static RandomStream Random(ulong seed, Stream what) => new(seed, (ulong)what);

    private static PackSpec WithCell(PackSpec spec, CellSpec cell) =>
        new(spec.Name, spec.Series, spec.Parallel, cell, spec.Module, spec.Charger) { Cells = spec.Cells, Faults = spec.Faults };
}
