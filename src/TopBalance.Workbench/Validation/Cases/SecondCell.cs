using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Quantities;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Fitting;
using TopBalance.Workbench.Reports;
using TopBalance.Workbench.Validation.Cases.Profiles;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Workbench.Validation.Cases;

/// <summary>A cell of another make: the form of the model, two OCV branches and two profiles of a day.</summary>
internal sealed class SecondCell : IValidationCase
{
    private const string Folder = "cells/lfp_1p2Ah_berkeley/";
    private const string Branches = Folder + "lfp1p2_ocv_branches.csv";
    private const double CapacityAh = 1.2, LowSoc = 0.2, HighSoc = 0.8;

    private const int Fits = 6;

    // the third swing ends and the slower fourth begins
    private const double HalfSeconds = 12.25 * 3600;

    public string Id => "second-cell";

    public string Title => "A second cell, 1.2 Ah";

    public string Method =>
        "Is the form of the model right for a cell it was not made for? Its OCV is the mean of the measured branches on the knots of the library's "
        + "curve, its hysteresis one number, the median of half the gap between 20 and 80 % SoC. On that, three constant resistances, two time "
        + "constants and γ are fitted to half a profile of 25 hours (four swings between 20 and 80 %, up to 2C) and judged on the other half; "
        + "fitted at one temperature and judged at the other, with all resistances times the library's factor between 10 and 25 °C. The model "
        + "gets the current and the state of charge at the start, nothing else. Told beside it: the general fit, given half a profile and no branches.";

    public ImmutableArray<MeasuredData> Data { get; } =
    [
        new(
            [Branches, Folder + "lfp1p2_flat_zone_25C.csv.gz", Folder + "lfp1p2_flat_zone_10C.csv.gz"],
            "S. Tao and J. Shi 2025, github.com/terencetaothucb/LFP-SOC-Estimation-Fisher-Information-Fusion @38084a7, a 1.2 Ah LFP cell of unnamed make",
            "MIT"),
    ];

    public CaseResult Run(DataFolder data, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        CellSpec library = PartLibrary.BesideProgram.Cell("a123-26650");
        var curve = MeasuredBranches.Of(data.Read(Branches), library.At(new Celsius(25)).Ocv.Soc);
        DataTable atWarmTable = data.Read(Data[0].Files[1]);
        var warm = Recording.Of(atWarmTable);
        var cold = Recording.Of(data.Read(Data[0].Files[2]));
        double factor = library.At(new Celsius(10)).R0.At(0.5, charging: true) / library.At(new Celsius(25)).R0.At(0.5, charging: true);
        var fits = new List<CellParameters>();
        foreach ((Recording recording, int[] rows) in ((Recording, int[])[])
            [(warm, warm.First), (warm, warm.Second), (warm, warm.Judged), (cold, cold.Judged)])
        {
            fits.Add(new ConstantFit(curve.Mean, curve.HalfGapVolts, CapacityAh, recording.Stretch, rows).Fit(cancellationToken));
            progress?.Report(fits.Count / (double)Fits);
        }

        CellParameters generalFirst = GeneralFit(atWarmTable, warm.First, cancellationToken);
        progress?.Report((Fits - 1.0) / Fits);
        CellParameters generalSecond = GeneralFit(atWarmTable, warm.Second, cancellationToken);
        double[] atWarm = warm.Errors(fits[2]);
        double[] warmToCold = cold.Errors(Scaled(fits[2], factor));
        double slope = (curve.Mean.At(HighSoc) - curve.Mean.At(LowSoc)) / (100 * (HighSoc - LowSoc));
        ImmutableArray<Figure> figures =
        [
            .. curve.Figures(slope),
            .. Errors("25 °C, first half by the second's fit", warm.Errors(fits[1]), warm.First, slope, margin: 12),
            .. Errors("25 °C, second half by the first's fit", warm.Errors(fits[0]), warm.Second, slope, margin: 12),
            .. Errors("25 °C, first half by the general fit to the second, no branches given", warm.Errors(generalSecond), warm.First, slope, margin: null),
            .. Errors("25 °C, second half by the general fit to the first, no branches given", warm.Errors(generalFirst), warm.Second, slope, margin: null),
            .. Errors("10 °C, by the fit at 25 °C and the library's factor", warmToCold, cold.Judged, slope, margin: 16),
            .. Errors("25 °C, by the fit at 10 °C and the library's factor", warm.Errors(Scaled(fits[3], 1 / factor)), warm.Judged, slope, margin: 16),
            .. Errors("10 °C, by the fit at 25 °C, resistances as they are", cold.Errors(fits[2]), cold.Judged, slope, margin: null),
            .. Errors("25 °C, by its own fit", atWarm, warm.Judged, slope, margin: null),
            .. Errors("10 °C, by its own fit", cold.Errors(fits[3]), cold.Judged, slope, margin: null),
        ];
        return new CaseResult(figures)
        {
            Charts = [new CaseChart("branches", curve.Chart()), new CaseChart("errors", Chart(warm, atWarm, cold, warmToCold))],
            Remarks =
            [
                Said("25 °C", fits[2]), Said("10 °C", fits[3]),
                OwnHalf(warm, generalFirst, generalSecond),
                Invariant($"The library's factor on resistances from 25 to 10 °C is {factor:0.00}; the two fits say ")
                    + Invariant($"{fits[3].R0.At(0.5, charging: true) / fits[2].R0.At(0.5, charging: true):0.00} for R0."),
            ],
            Limit = "one small cell between 20 and 80 %: nothing here is near the top, where balancing happens. Both records begin just after a "
                + "discharge that they do not show, and the model begins rested: the first minutes are off. At the end of each discharge, near 20 %, the "
                + "real resistance rises and a constant one does not.",
        };
    }

    // what 'topbalance fit' does at its heart, without its anchors: these records touch neither full nor empty
    private static CellParameters GeneralFit(DataTable table, int[] rows, CancellationToken cancellationToken)
    {
        const int every = 12;
        const double sampleVolts = 0.005, samples = 900;
        int[] weighed = [.. rows.Where((_, k) => k % every == 0)];
        FitStretch stretch = Recording.Prepared(table, table["soc_reference"][0], Math.Sqrt(samples / weighed.Length) / sampleVolts, weighed);
        var group = new FitGroup(25, [stretch]);
        return GroupFit.Search(group, new FitOptions(), CapacityAh, progress: null, cancellationToken).Describe(efficiency: 1).Parameters;
    }

    private static IEnumerable<Figure> Errors(string name, double[] errors, int[] rows, double voltsPerPercent, double? margin)
    {
        double rms = Statistics.Rms(rows.Select(k => errors[k]));
        yield return new Figure($"{name}, RMS", 1000 * rms, "mV")
        {
            Margin = margin is { } most ? Margin.AtMost(most) : null,
            OnHundredAh = Figure.Ah(rms / voltsPerPercent) + " if charge were read off it; none at the top",
        };
        yield return new Figure($"{name}, greatest", 1000 * rows.Max(k => Math.Abs(errors[k])), "mV")
        {
            OnHundredAh = "none: it lasts seconds to minutes",
        };
    }

    private static string OwnHalf(Recording warm, CellParameters first, CellParameters second)
    {
        double[] byFirst = warm.Errors(first);
        double[] bySecond = warm.Errors(second);
        double own = 1000 * Math.Max(Statistics.Rms(warm.First.Select(k => byFirst[k])), Statistics.Rms(warm.Second.Select(k => bySecond[k])));
        return Invariant($"The general fit (OCV, hysteresis and resistances over the state of charge together) follows its own half to {own:0.0} mV RMS ")
            + "and the other much less well: a drive between 20 and 80 % alone does not say what is OCV and what is slow polarisation. A slow charge "
            + "and a slow discharge do.";
    }

    private static CellParameters Scaled(CellParameters p, double factor) => new(
        p.Ocv,
        Times(p.R0, factor),
        [.. p.RcPairs.Select(pair => new RcPair(Times(pair.Resistance, factor), pair.TimeConstant))],
        p.Hysteresis,
        p.HysteresisRate);

    private static ResistanceCurve Times(ResistanceCurve r, double factor) =>
        new(r.Soc, [.. r.ChargeOhms.Select(x => factor * x)], [.. r.DischargeOhms.Select(x => factor * x)]);

    private static string Said(string at, CellParameters p) =>
        Invariant($"Fitted at {at}: R0 {1000 * p.R0.At(0.5, charging: true):0.0} mΩ, ")
        + string.Join(", ", p.RcPairs.Select(r => Invariant($"{1000 * r.Resistance.At(0.5, charging: true):0.0} mΩ with {r.TimeConstant.Value:0} s")))
        + Invariant($", γ {p.HysteresisRate:0}, M {1000 * p.Hysteresis.Value:0.0} mV (from the branches).");

    private static LineChart Chart(Recording warm, double[] atWarm, Recording cold, double[] warmToCold) => new(
        "Second cell: model less measured over 25 hours",
        "h",
        "mV",
        [
            new("10 °C, by the fit at 25 °C and the library's factor", Hours(cold), [.. warmToCold.Select(e => 1000 * e)]),
            new("25 °C, own fit", Hours(warm), [.. atWarm.Select(e => 1000 * e)]),
        ]);

    private static double[] Hours(Recording recording) => [.. recording.Stretch.Seconds.Select(s => s / 3600)];

    /// <summary>A profile with what is judged of it.</summary>
    private sealed record Recording(FitStretch Stretch, int[] Judged)
    {
        public int[] First => [.. Judged.Where(k => Stretch.Seconds[k] < HalfSeconds)];

        public int[] Second => [.. Judged.Where(k => Stretch.Seconds[k] >= HalfSeconds)];

        public static Recording Of(DataTable table)
        {
            double[] soc = table["soc_reference"].ToArray();
            int[] judged = [.. Enumerable.Range(0, soc.Length).Where(k => soc[k] is >= LowSoc and <= HighSoc)];
            return new Recording(Prepared(table, soc[0], 1, [.. Enumerable.Range(0, soc.Length)]), judged);
        }

        // the profile with weight on some of its samples
        public static FitStretch Prepared(DataTable table, double soc, double weight, int[] weighed)
        {
            var stretch = new FitStretch(
                "profile", table["time_s"].ToArray(), table["current_A_charge_positive"].ToArray(), table["voltage_V"].ToArray())
            {
                StartSoc = soc,
                CountedSoc = soc,
                SocSigma = 0.002,
            };
            stretch.Count(efficiency: 1);
            foreach (int k in weighed)
            {
                stretch.Weights[k] = weight;
            }

            return stretch;
        }

        public double[] Errors(CellParameters cell) =>
            [.. new CellPlayback(cell, CapacityAh).Play(Stretch).Select((v, k) => v - Stretch.Volts[k])];
    }
}
