using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Workbench.Fitting;
using TopBalance.Workbench.Reports;
using TopBalance.Workbench.Validation.Cases.Lab;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Workbench.Validation.Cases;

/// <summary>Terminal voltage on driving profiles the model was not fitted to.</summary>
internal sealed class DrivingProfiles : IValidationCase
{
    private const double LowSoc = 0.05, HighSoc = 0.95, MostRate = 4;

    // in the flat middle, V per 1 % of charge
    private const double VoltsPerPercent = 0.001;

    public string Id => "driving-profiles";

    public string Title => "Terminal voltage on driving profiles";

    public string Method =>
        "Ten-hour profiles of short pulses from full to 12 % (UDDS-like; their code 20 is up to 1.7C, 50 up to 4C). At 25 °C the cell is fitted to C/30 and one "
        + "profile, with the charge after it, and judged on the other profile. At 5 to 35 °C it is interpolated between the fits at the other "
        + "temperatures and judged on the profile of the one left out. Judged are 5 to 95 % SoC and currents up to 4C. The tester's ammeter is off by "
        + "several milliamperes while current flows; it is put right so that full to empty counts the cell's capacity, nothing else. One-RC "
        + "parameters published with the data leave 8.8 mV on profile 20, 16.6 mV on 50, and 5.7 to 11.4 mV at other temperatures, fitted to the very "
        + "profiles they are judged on.";

    public ImmutableArray<MeasuredData> Data { get; } = [LabLogs.Data];

    public CaseResult Run(DataFolder data, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        var charts = new List<CaseChart>();
        foreach ((string fitted, string judged, double margin) in ((string, string, double)[])[("50_P25", "20_P25", 8), ("20_P25", "50_P25", 12)])
        {
            FittedCell fit = LabFits.Driven(data, fitted, cancellationToken);
            FittedStretch stretch = LabFits.Judge(fit, fit.Temperatures.Single().Parameters, LabLogs.Driven(data, judged, 25), 0);
            string name = $"25 °C, profile {judged[..2]} by the fit to {fitted[..2]}";
            figures.AddRange(Figures(name, stretch, fit.Capacity.Value, margin, judged.StartsWith("50", StringComparison.Ordinal) ? "pulses of 4C on a model that knows 1.7C" : ""));
            charts.Add(new CaseChart("profile-" + judged[..2], Chart(name, stretch)));
            progress?.Report(charts.Count / 3.0);
        }

        FittedCell all = LabFits.AllTemperatures(data, cancellationToken);
        foreach ((double celsius, _, string driven) in LabLogs.Temperatures.Where(t => t.Celsius is >= 5 and <= 35 and not 25))
        {
            CellParameters cell = LabFits.LeftOut(all, celsius);
            FittedStretch stretch = LabFits.Judge(all, cell, LabLogs.Driven(data, driven, celsius), 0);
            figures.AddRange(Figures(Invariant($"{celsius:0} °C, left out of the fit"), stretch, all.Capacity.Value, 8, ""));
        }

        FittedStretch fast = LabFits.Judge(
            all, all.Temperatures.Single(t => t.Temperature.Value == 25).Parameters, LabLogs.FastDriven(data), 0);
        double beyond = Statistics.Rms(Enumerable.Range(0, fast.Soc.Length)
            .Where(k => fast.Soc[k] is >= LowSoc and <= HighSoc && Math.Abs(fast.Amps[k]) > MostRate * all.Capacity.Value)
            .Select(k => fast.Model[k] - fast.Measured[k]));
        figures.Add(new Figure("25 °C, above 4C, a profile of up to 12C, RMS", 1000 * beyond, "mV")
        {
            OnHundredAh = "none: no pack is balanced at 400 A",
            Limit = "the cell warms by several degrees, which the model is not told",
        });
        return new CaseResult([.. figures])
        {
            Charts = [.. charts],
            Remarks =
            [
                "From profile 20 to 50 more is asked than the other way: 20 has no pulse above 1.7C and passes 80 to 95 % in one go at 1C, 50 has pulses of 4C "
                    + "there. Where both profiles have pulses of the same size, below 80 %, the error is half as large. Its margin is wider for that reason.",
                .. all.Slow.Select(s => Invariant($"At all temperatures {s.Name} is {s.Value:0.#} ± {s.Sigma:0.#} {s.Unit}.")),
            ],
            Limit = "one cell of 2.5 Ah, driven as a car drives; nothing measured on large prismatic cells. −5 and 45 °C have no neighbour on one side and are "
                + "not judged.",
        };
    }

    private static IEnumerable<Figure> Figures(string name, FittedStretch stretch, double capacityAh, double margin, string limit)
    {
        int[] judged = Judged(stretch, capacityAh);
        double rms = Statistics.Rms(judged.Select(k => stretch.Model[k] - stretch.Measured[k]));
        yield return new Figure(name + ", RMS", 1000 * rms, "mV")
        {
            Margin = Margin.AtMost(margin),
            OnHundredAh = Figure.Ah(rms / VoltsPerPercent) + " if charge were read off it; none at the top",
            Limit = limit,
        };
        yield return new Figure(name + ", greatest", 1000 * judged.Max(k => Math.Abs(stretch.Model[k] - stretch.Measured[k])), "mV")
        {
            OnHundredAh = "none: it lasts seconds",
        };
    }

    private static int[] Judged(FittedStretch stretch, double capacityAh) =>
    [
        .. Enumerable.Range(0, stretch.Soc.Length)
            .Where(k => stretch.Soc[k] is >= LowSoc and <= HighSoc && Math.Abs(stretch.Amps[k]) <= MostRate * capacityAh),
    ];

    private static LineChart Chart(string name, FittedStretch stretch) => new(
        "Driving profile, " + name,
        "h",
        "V",
        [
            new("measured", [.. stretch.Seconds.Select(s => s / 3600)], stretch.Measured),
            new("model", [.. stretch.Seconds.Select(s => s / 3600)], stretch.Model) { Style = SeriesStyle.Dashed },
        ]);
}
