using System.Collections.Immutable;
using System.Globalization;
using TopBalance.Chemistry;
using TopBalance.Quantities;
using static System.FormattableString;

namespace TopBalance.Workbench.Fitting;

/// <summary>Makes a cell of what a fit found: rounded to what means something, every number with its source.</summary>
public static class FittedSpec
{
    // a file holds no resistance of 0; this one moves no voltage
    private const double LeastOhmAmpereHours = 1e-7;

    private const double SocStep = 0.01, LeastOcvRise = 1e-6;

    private const int MostNamedLogs = 12;

    /// <summary>The cell.</summary>
    /// <param name="fit">What was found.</param>
    /// <param name="request">What was said.</param>
    /// <param name="logs">What it was fitted to.</param>
    public static CellSpec Make(FittedCell fit, FitRequest request, ImmutableArray<CellLog> logs)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(request);
        double least = LeastOhmAmpereHours / fit.Capacity.Value;
        int fitted = fit.Temperatures[0].Parameters.RcPairs.Length;
        int[] pairs = [.. Enumerable.Range(0, fitted).Where(j => fit.Temperatures.Any(t => Shows(t, j, least)))];
        return new CellSpec(
            request.Id,
            new AmpereHours(Significant(fit.Capacity.Value, 6)),
            request.Options.Full,
            request.MaxOrUsual,
            [.. fit.Temperatures.Select(t => new CellAtTemperature(Rounded(t.Temperature), Parameters(t.Parameters, pairs, least)))])
        {
            Name = request.Name ?? request.Id,
            MinVoltage = request.Options.Min,
            Trusted = Trusted(fit),
            FitError = double.IsFinite(fit.RmsVolts) ? new Volts(Math.Min(1, Math.Round(fit.RmsVolts, 5))) : null,
            Sources = Sources(fit, request, logs),
        };
    }

    /// <summary>What stands above the keys of the file: what was put right, and all that the logs do not determine.</summary>
    public static string Comment(FittedCell fit, ImmutableArray<CellLog> logs)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return string.Join('\n', [$"Fitted by topbalance fit to {Named(logs)}.", .. fit.Notes, .. fit.Undetermined]);
    }

    /// <summary>Where the fit may be trusted: the states of charge, currents and temperatures that were logged, rounded outward.</summary>
    public static TrustedRange Trusted(FittedCell fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        double lowest = Math.Clamp(Math.Floor(fit.Soc.Lowest / SocStep) * SocStep, 0, 1 - SocStep);
        double highest = Math.Clamp(Math.Ceiling(fit.Soc.Highest / SocStep) * SocStep, lowest + SocStep, 1);
        return new TrustedRange(
            Math.Round(lowest, 2),
            Math.Round(highest, 2),
            Outward(fit.Rates.Charge),
            Outward(fit.Rates.Discharge),
            new Celsius(Math.Floor(fit.Temperatures[0].Temperature.Value)),
            new Celsius(Math.Ceiling(fit.Temperatures[^1].Temperature.Value)));
    }

    private static bool Shows(FittedTemperature at, int pair, double least)
    {
        ResistanceCurve curve = at.Parameters.RcPairs[pair].Resistance;
        return curve.ChargeOhms.Any(r => r > least) || curve.DischargeOhms.Any(r => r > least);
    }

    private static CellParameters Parameters(CellParameters p, int[] pairs, double least) => new(
        Rounded(p.Ocv),
        Rounded(p.R0, least),
        [.. pairs.Select(j => Rounded(p.RcPairs[j], least))],
        new Volts(Math.Round(p.Hysteresis.Value, 6)),
        Significant(p.HysteresisRate, 5),
        Math.Round(p.Efficiency, 6),
        p.SelfDischarge);

    // both ends give the slope of what lies beyond them, so they must rise
    private static OcvCurve Rounded(OcvCurve ocv)
    {
        double[] volts = [.. ocv.Volts.Select(v => Math.Round(v, 6))];
        volts[^1] = Math.Max(volts[^1], volts[^2] + LeastOcvRise);
        volts[0] = Math.Min(volts[0], volts[1] - LeastOcvRise);
        return new OcvCurve(ocv.Soc, [.. volts.Select(v => Math.Round(v, 6))]);
    }

    private static ResistanceCurve Rounded(ResistanceCurve curve, double least) => new(
        curve.Soc,
        [.. curve.ChargeOhms.Select(r => Significant(Math.Max(r, least), 6))],
        [.. curve.DischargeOhms.Select(r => Significant(Math.Max(r, least), 6))]);

    private static RcPair Rounded(RcPair pair, double least) =>
        new(Rounded(pair.Resistance, least), new Seconds(Significant(pair.TimeConstant.Value, 5)));

    private static Celsius Rounded(Celsius temperature) => new(Math.Round(temperature.Value, 1) + 0.0);

    private static double Significant(double value, int digits)
    {
        string text = value.ToString(Invariant($"E{digits - 1}"), CultureInfo.InvariantCulture);
        return double.Parse(text, CultureInfo.InvariantCulture);
    }

    private static double Outward(double rate)
    {
        if (rate <= 0)
        {
            return 0;
        }

        double unit = Math.Pow(10, Math.Floor(Math.Log10(rate)) - 1);
        return Math.Min(1000, Significant(Math.Ceiling((rate / unit) - 1e-9) * unit, 3));
    }

    private static ImmutableArray<Provenance> Sources(FittedCell fit, FitRequest request, ImmutableArray<CellLog> logs)
    {
        string said = request.Source is { Length: > 0 } source ? source + "; " : "";
        string fitted = $"{said}fitted by topbalance fit to {Named(logs)}";
        string uncertain = Invariant($"± {fit.Capacity.Sigma:0.###} Ah");
        string counted = $"{said}counted by topbalance fit from full to empty, {uncertain}, in {Named(logs)}";
        CellParameters first = fit.Temperatures[0].Parameters;
        bool warm = logs.SelectMany(l => l.Stretches).Any(s => s.IsCompared && s.Temperature is not null);
        const string usual = "nobody said; a usual value";
        return
        [
            request.Capacity is null
                ? new Provenance("capacity_ah", Sureness.Measured, counted)
                : new Provenance("capacity_ah", Sureness.Forum, $"{said}given to topbalance fit with --capacity"),
            Limit("full_v", request.Full, "--full-v", said, usual),
            Limit("max_v", request.Max, "--max-v", said, "nobody said; 0.05 V above full_v. The maker's sheet says it"),
            Limit("min_v", request.Min, "--min-v", said, usual),
            new Provenance("charge_temperature_c", Sureness.Placeholder, usual),
            new Provenance("termination_c_rate", Sureness.Placeholder, usual),
            new Provenance("trusted", Sureness.Measured, fitted),
            new Provenance("fit_error_v", Sureness.Measured, fitted),
            new Provenance(
                "temperatures.temperature_c",
                warm ? Sureness.Measured : Sureness.Placeholder,
                warm ? said + "as logged or given to topbalance fit" : "not logged; 25 °C taken for granted"),
            new Provenance("temperatures.ocv", Sureness.Measured, fitted),
            new Provenance("temperatures.r0", Sureness.Measured, fitted),
            .. first.RcPairs.IsEmpty ? [] : (Provenance[])[new Provenance("temperatures.rc", Sureness.Measured, fitted)],
            .. first.Hysteresis.Value == 0 && first.HysteresisRate == 0
                ? []
                : (Provenance[])[new Provenance("temperatures.hysteresis", Sureness.Measured, fitted)],
            .. first.Efficiency == 1 ? [] : (Provenance[])[new Provenance("temperatures.efficiency", Sureness.Measured, fitted)],
            .. Unsure(fit),
        ];
    }

    private static Provenance Limit(string key, Volts? given, string option, string said, string usual) => given is null
        ? new Provenance(key, Sureness.Placeholder, usual)
        : new Provenance(key, Sureness.Forum, $"{said}given to topbalance fit with {option}");

    // what the logs do not determine is a stand-in, however it came out
    private static IEnumerable<Provenance> Unsure(FittedCell fit) => fit.Undetermined
        .GroupBy(KeyOf, StringComparer.Ordinal)
        .Select(g => new Provenance(g.Key, Sureness.Placeholder, string.Join("; ", FitSummary.Merged(g))));

    private static string KeyOf(string sentence) => sentence switch
    {
        _ when sentence.Contains("R0", StringComparison.Ordinal) => "temperatures.r0",
        _ when sentence.Contains("R1", StringComparison.Ordinal) => "temperatures.rc.r",
        _ when sentence.Contains("R2", StringComparison.Ordinal) => "temperatures.rc.r",
        _ when sentence.Contains("OCV", StringComparison.Ordinal) => "temperatures.ocv",
        _ => "temperatures",
    };

    private static string Named(ImmutableArray<CellLog> logs)
    {
        string names = string.Join(", ", logs.Take(MostNamedLogs).Select(l => l.Name)) + (logs.Length > MostNamedLogs ? " …" : "");
        return Invariant($"{logs.Length} log{(logs.Length == 1 ? "" : "s")}: {names}");
    }
}
