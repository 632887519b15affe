using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Fitting;

/// <summary>What a fit found, for people and scripts.</summary>
public sealed record FitSummary
{
    private const string Unheated = "temperature: not logged everywhere; taken as 25 °C there, --temperature says another";

    private const double KneeSoc = 0.9, HeldVolts = 0.01, NearRate = 1.2;
    private static readonly ImmutableArray<double> Levels = [3.40, 3.45, 3.50, 3.55];
    private static readonly ImmutableArray<double> UsualRates = [1.0 / 30, 0.1, 1.0 / 3, 1];
    private static readonly ImmutableArray<double> ShownSoc = [0.1, 0.5, 0.9, 0.98];

    /// <summary>Id of the cell.</summary>
    public required string Cell { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The logs.</summary>
    public required ImmutableArray<FitLog> Logs { get; init; }

    /// <summary>Capacity, Ah.</summary>
    public required FitValue CapacityAh { get; init; }

    /// <summary>What comes out over what went in.</summary>
    public required FitValue CoulombicEfficiency { get; init; }

    /// <summary>Full is held here.</summary>
    public required double FullV { get; init; }

    /// <summary>Must never be held above this.</summary>
    public required double MaxV { get; init; }

    /// <summary>Discharge ends here.</summary>
    public required double MinV { get; init; }

    /// <summary>One per RC pair, s.</summary>
    public required ImmutableArray<FitValue> TimeConstantsS { get; init; }

    /// <summary>How fast the hysteresis follows the charge passed.</summary>
    public required FitValue Gamma { get; init; }

    /// <summary>State of charge of logs that begin at rest after a full charge nobody logged, or null.</summary>
    public required double? RestedFullSoc { get; init; }

    /// <summary>Per temperature, rising.</summary>
    public required ImmutableArray<FitAtTemperature> Temperatures { get; init; }

    /// <summary>How well each stretch is met.</summary>
    public required ImmutableArray<FitStretchError> Stretches { get; init; }

    /// <summary>Over all stretches, each counted alike, V.</summary>
    public required double? RmsV { get; init; }

    /// <summary>The end of a charge at each temperature, at usual rates among those logged near full; empty if none were.</summary>
    public required ImmutableArray<FitKnee> ChargeToCome { get; init; }

    /// <summary>Where the cell may be trusted.</summary>
    public required FitTrusted Trusted { get; init; }

    /// <summary>What was put right or taken for granted, a sentence each.</summary>
    public required ImmutableArray<string> Notes { get; init; }

    /// <summary>What the logs do not determine, a sentence each.</summary>
    public required ImmutableArray<string> Undetermined { get; init; }

    /// <summary>What was written of it.</summary>
    public FitFiles Files { get; init; } = new(null, null, null);

    /// <summary>Sums up.</summary>
    public static FitSummary Of(FittedCell fit, CellSpec cell, ImmutableArray<CellLog> logs)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(cell);
        TrustedRange trusted = FittedSpec.Trusted(fit);
        FittedNumber? gamma = fit.Slow.FirstOrDefault(s => s.Name is "gamma");
        bool warm = logs.SelectMany(l => l.Stretches).All(s => !s.IsCompared || s.Temperature is not null);
        return new FitSummary
        {
            Cell = cell.Id,
            Name = cell.Name,
            Logs = [.. logs.Select(Describe)],
            CapacityAh = Describe(fit.Capacity),
            CoulombicEfficiency = Describe(fit.Efficiency),
            FullV = cell.FullVoltage.Value,
            MaxV = cell.MaxVoltage.Value,
            MinV = cell.MinVoltage.Value,
            TimeConstantsS = [.. fit.Slow.Where(s => s.Unit is "s").Select(Describe)],
            Gamma = gamma is null ? new FitValue(null, null) : Describe(gamma),
            RestedFullSoc = fit.RestedFullSoc,
            Temperatures = [.. fit.Temperatures.Select(Describe)],
            Stretches = [.. fit.Temperatures.SelectMany(t => t.Stretches.Select(s => Error(t.Temperature.Value, s)))],
            RmsV = FitValue.Finite(fit.RmsVolts),
            ChargeToCome = [.. Knees(fit, cell)],
            Trusted = new FitTrusted(
                [trusted.MinSoc, trusted.MaxSoc],
                trusted.ChargeRate,
                trusted.DischargeRate,
                [trusted.MinTemperature.Value, trusted.MaxTemperature.Value]),
            Notes = warm ? fit.Notes : fit.Notes.Add(Unheated),
            Undetermined = fit.Undetermined,
        };
    }

    /// <summary>The same with what is said of one resistance at one temperature in one line.</summary>
    public static ImmutableArray<string> Merged(IEnumerable<string> undetermined)
    {
        const string from = " from SoC ", end = " is not determined by the logs";
        return
        [
            .. undetermined
                .Select(u => u.EndsWith(end, StringComparison.Ordinal) ? u[..^end.Length].Split(from, 2) : [u])
                .GroupBy(parts => parts[0], StringComparer.Ordinal)
                .Select(g => g.Key + (g.First().Length > 1 ? " at SoC " + string.Join(", ", g.Select(parts => Range(parts[1]))) : "")),
        ];
    }

    // '0.1 to 0.1' is 0.1
    private static string Range(string range) =>
        range.Split(" to ") is [var low, var high] && string.Equals(low, high, StringComparison.Ordinal) ? low : range;

    private static FitValue Describe(FittedNumber number) => FitValue.Of(number.Value, number.Sigma);

    private static FitLog Describe(CellLog log) => new(log.Name, log.Notes, [.. log.Stretches.Select(s => new FitLogStretch(
        s.Source, s.Temperature?.Value, (s.Seconds[^1] - s.Seconds[0]) / 3600, s.IsCompared))]);

    private static FitAtTemperature Describe(FittedTemperature at)
    {
        FittedNumber? hysteresis = at.Numbers.FirstOrDefault(n => n.Name is "M");
        return new FitAtTemperature(
            at.Temperature.Value,
            FitValue.Of(at.Parameters.Hysteresis.Value, hysteresis?.Sigma ?? 0),
            [
                .. from r in Enumerable.Range(0, at.Parameters.RcPairs.Length + 1)
                   from charging in (bool[])[true, false]
                   from soc in ShownSoc
                   select Resistance(at, r, charging, soc),
            ]);
    }

    private static FitResistance Resistance(FittedTemperature at, int r, bool charging, double soc)
    {
        ResistanceCurve curve = r == 0 ? at.Parameters.R0 : at.Parameters.RcPairs[r - 1].Resistance;
        string way = charging ? "charge" : "discharge";
        var ohm = FitValue.Of(curve.At(soc, charging), Sigma(at, curve.Soc, $"R{r} on {way}", soc));
        return new FitResistance(FormattableString.Invariant($"r{r}"), way, soc, ohm);
    }

    // between two knots the larger one's share comes in with its distance
    private static double Sigma(FittedTemperature at, ImmutableArray<double> knots, string table, double soc)
    {
        int upper = 0;
        while (upper < knots.Length - 1 && knots[upper] < soc)
        {
            upper++;
        }

        int lower = knots[upper] <= soc ? upper : Math.Max(0, upper - 1);
        double share = lower == upper ? 0 : (soc - knots[lower]) / (knots[upper] - knots[lower]);
        return ((1 - share) * At(lower)) + (share * At(upper));

        double At(int k)
        {
            string name = FormattableString.Invariant($"{table} at SoC {knots[k]:0.###}");
            return at.Numbers.FirstOrDefault(n => string.Equals(n.Name, name, StringComparison.Ordinal))?.Sigma ?? double.NaN;
        }
    }

    private static FitStretchError Error(double celsius, FittedStretch s)
    {
        double largest = s.Model.Zip(s.Measured, (m, v) => Math.Abs(m - v)).DefaultIfEmpty(double.NaN).Max();
        return new FitStretchError(
            s.Source,
            celsius,
            s.Soc.Length,
            s.Soc.DefaultIfEmpty(0).Min(),
            s.Soc.DefaultIfEmpty(0).Max(),
            FitValue.Finite(s.Rms(_ => true)),
            FitValue.Finite(largest));
    }

    private static IEnumerable<FitKnee> Knees(FittedCell fit, CellSpec cell)
    {
        double[] charged =
        [
            .. fit.Temperatures.SelectMany(t => t.Stretches)
                .SelectMany(s => Enumerable.Range(0, s.Soc.Length)
                    .Where(k => s.Amps[k] > 0 && s.Soc[k] > KneeSoc && s.Measured[k] < cell.FullVoltage.Value - HeldVolts)
                    .Select(k => s.Amps[k] / fit.Capacity.Value)),
        ];
        if (charged.Length == 0)
        {
            return [];
        }

        (double least, double most) = (charged.Min(), charged.Max());
        ImmutableArray<double> usual = [.. UsualRates.Where(r => r >= least / NearRate && r <= most * NearRate)];
        ImmutableArray<double> levels = [.. Levels.Where(v => v < cell.FullVoltage.Value - HeldVolts)];
        return
            from at in fit.Temperatures
            from rate in usual.IsEmpty ? [most] : usual
            select Knee(at, fit.Capacity.Value, rate, levels, cell.FullVoltage);
    }

    private static FitKnee Knee(FittedTemperature at, double capacityAh, double rate, ImmutableArray<double> levels, Volts full)
    {
        var amps = new Amperes(rate * capacityAh);
        ChargeToCome end = Fitting.ChargeToCome.Of(at.Parameters, new AmpereHours(capacityAh), amps, levels, full);
        return new FitKnee(
            at.Temperature.Value,
            rate,
            amps.Value,
            [
                .. levels.Zip(end.BeforeEndAh, (v, ah) => new FitToCome(
                    v, FitValue.Finite(ah), FitValue.Finite(100 * ah / capacityAh))),
            ],
            FitValue.Finite(100 * (1 - end.EndSoc)));
    }
}
