using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using TopBalance.Chemistry;
using TopBalance.Quantities;
using TopBalance.Workbench.Fitting;

namespace TopBalance.Workbench.Validation.Cases.Lab;

/// <summary>The fits that several cases judge, each made once for a data folder.</summary>
internal sealed class LabFits
{
    private static readonly ConditionalWeakTable<DataFolder, LabFits> Made = [];

    private readonly Lock gate = new();
    private readonly Dictionary<string, FittedCell> fits = new(StringComparer.Ordinal);

    public static FitOptions Options { get; } = new() { Full = new Volts(LabLogs.FullVolts), Min = new Volts(LabLogs.EmptyVolts) };

    /// <summary>C/30 at 25 °C and one driving profile with the charge after it.</summary>
    public static FittedCell Driven(DataFolder data, string name, CancellationToken cancellation) => Of(data).Make(
        "driven " + name, () => CellFitter.Fit([LabLogs.Slow(data, "P25", 25), LabLogs.Driven(data, name, 25)], Options, null, cancellation));

    /// <summary>
    /// C/30 and a driving profile at each of six temperatures. What was finished at 25 °C after another temperature counts charge only, for
    /// a C/3 charge knows where the cell has been.
    /// </summary>
    public static FittedCell AllTemperatures(DataFolder data, CancellationToken cancellation) => Of(data).Make(
        "temperatures",
        () => CellFitter.Fit(
            [
                .. LabLogs.Temperatures.SelectMany(t => t.Celsius == 25
                    ? (CellLog[])[LabLogs.Slow(data, t.Slow, 25), LabLogs.Driven(data, t.Driven, 25)]
                    :
                    [
                        LabLogs.Only(LabLogs.Slow(data, t.Slow, t.Celsius), 0, 2), LabLogs.Only(LabLogs.Driven(data, t.Driven, t.Celsius), 0),
                    ]),
            ],
            Options,
            null,
            cancellation));

    /// <summary>The cell at a temperature, interpolated from the fits at the others.</summary>
    public static CellParameters LeftOut(FittedCell fit, double celsius) => new CellSpec(
        "left-out",
        new AmpereHours(fit.Capacity.Value),
        new Volts(LabLogs.FullVolts),
        new Volts(LabLogs.FullVolts),
        [
            .. fit.Temperatures.Where(t => Math.Abs(t.Temperature.Value - celsius) > 1)
                .Select(t => new CellAtTemperature(t.Temperature, t.Parameters)),
        ]).At(new Celsius(celsius));

    /// <summary>A stretch of a log that was not fitted, with charge counted as the fit counts it, beside the model.</summary>
    public static FittedStretch Judge(FittedCell fit, CellParameters parameters, CellLog log, int stretch)
    {
        FitOptions options = Options with
        {
            Capacity = new AmpereHours(fit.Capacity.Value),
            Efficiency = fit.Efficiency.Value,
            RestedFullSoc = fit.RestedFullSoc ?? 1,
        };
        ChargeBalance balance = ChargeBalance.Find([LabLogs.Only(log, stretch)], options)!;
        FitStretch judged = FitGroup.Sort(balance, options).Single().Stretches.Single();
        Array.Fill(judged.Weights, 1);
        double[] volts = new CellPlayback(parameters, fit.Capacity.Value).Play(judged);
        return new FittedStretch(
            judged.Source,
            [.. judged.Seconds],
            [.. judged.ChargeAh.Select(ah => judged.StartSoc + (ah / fit.Capacity.Value))],
            [.. judged.Amps],
            [.. judged.Volts],
            [.. volts]);
    }

    private static LabFits Of(DataFolder data) => Made.GetValue(data, _ => new LabFits());

    // one at a time: a fit takes the better part of a minute, and two of the same would take two
    private FittedCell Make(string name, Func<FittedCell> fit)
    {
        lock (gate)
        {
            if (!fits.TryGetValue(name, out FittedCell? made))
            {
                made = fit();
                fits.Add(name, made);
            }

            return made;
        }
    }
}
