using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Quantities;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Fitting;
using TopBalance.Workbench.Tests.Files;
using TopBalance.Workbench.Tests.Validation;
using TopBalance.Workbench.Validation;
using TopBalance.Workbench.Validation.Cases.Lab;

namespace TopBalance.Workbench.Tests.Fitting;

/// <summary>
/// The library's two curve files are what the fit makes of the laboratory's logs. <c>TOPBALANCE_GOLDEN=write</c> writes them anew.
/// </summary>
[Trait("Category", "Slow")]
public class LibraryCurves
{
    private const string Source =
        "A. Kawakita de Souza, UCCS, Mendeley Data 10.17632/p8kf893yv3.1, licence CC BY 4.0: C/30 charges and discharges at -5 to 45 degC, driving profiles at each, eight C/3 charges at 25 degC; fitted by topbalance fit";

    private static readonly ImmutableArray<string> FittedKeys = ["capacity_ah", "temperatures", "trusted", "fit_error_v"];

    private const string Drawn = "the same, drawn on above 3.6 V with the slope the OCV ends with; there are no data above 3.6 V";

    // Ω of a cell of 2.6 Ah; a file holds no resistance of 0
    private const double LeastOhms = 1e-5;

    // the fit is the same to rounding wherever it is made; the files hold five decimals of a volt and three digits of a resistance
    private const double VoltTolerance = 0.0005, ShareTolerance = 0.02, OhmTolerance = 2e-4;

    // one standard deviation of charge still to come, %: C/30 from the temperatures left out (slow-knee), C/3 the scatter of equal charges
    // (usual-knee), 1C from the one charge no fit has seen; docs/validation.md
    private static readonly ImmutableArray<KneeErrorPoint> ModelError =
    [
        Point(1.0 / 30, 3.40, 0.4), Point(1.0 / 30, 3.45, 0.2), Point(1.0 / 30, 3.50, 0.15), Point(1.0 / 30, 3.55, 0.1),
        Point(1.0 / 3, 3.40, 1.5), Point(1.0 / 3, 3.45, 0.45), Point(1.0 / 3, 3.50, 0.2), Point(1.0 / 3, 3.55, 0.1),
        Point(1, 3.40, 9), Point(1, 3.45, 7), Point(1, 3.50, 3), Point(1, 3.55, 1),
    ];

    [DataFact]
    public void The_curves_that_cells_borrow_come_from_the_fit()
    {
        CellSpec cell = Fitted();
        if (Environment.GetEnvironmentVariable("TOPBALANCE_GOLDEN") is "write")
        {
            Write("lfp-a123-a002.yaml", cell, "LFP, shape of an A123 26650", Source);
            Write("lfp-lyp-3.8.yaml", DrawnOn(cell), "LFP drawn on to 3.8 V", Source + "; " + Drawn);
        }

        Compare(cell, PartLibrary.BesideProgram.Cell("a123-26650"), cell.Capacity.Value / 2.5);
        Compare(DrawnOn(cell), PartLibrary.BesideProgram.Cell("winston-lyp100"), cell.Capacity.Value / 100);
    }

    private static CellSpec Fitted()
    {
        DataFolder data = DataFactAttribute.Data(out string absence) ?? throw new InvalidOperationException(absence);
        FittedCell fit = CellFitter.Fit(
            [
                .. LabLogs.Temperatures.Select(t => t.Celsius == 25
                    ? LabLogs.Slow(data, t.Slow, 25)
                    : LabLogs.Only(LabLogs.Slow(data, t.Slow, t.Celsius), 0, 2)),
                .. LabLogs.Temperatures.Select(t => LabLogs.Only(LabLogs.Driven(data, t.Driven, t.Celsius), 0, 2)),
                LabLogs.Only(LabLogs.Driven(data, "50_P25", 25), 0, 2),
                LabLogs.Only(LabLogs.Cycle(data), 1, 2),
            ],
            LabFits.Options);
        return new CellSpec(
            "lfp-a123-a002",
            new AmpereHours(Math.Round(fit.Capacity.Value, 3)),
            new Volts(LabLogs.FullVolts),
            new Volts(LabLogs.FullVolts),
            [.. fit.Temperatures.Select(t => new CellAtTemperature(t.Temperature, Rounded(t.Parameters)))])
        {
            Trusted = new TrustedRange(0, 1, 0.34, 4, new Celsius(-5), new Celsius(45)),
            ModelError = new KneeError(ModelError),
            FitError = new Volts(Math.Round(fit.Temperatures.SelectMany(t => t.Stretches).Average(s => s.Rms(z => z is > 0.05 and < 0.95) is var r && double.IsNaN(r) ? 0 : r), 4)),
        };
    }

    private static KneeErrorPoint Point(double rate, double volts, double percent) => new(Math.Round(rate, 4), new Volts(volts), percent);

    private static CellParameters Rounded(CellParameters p) => new(
        new OcvCurve(p.Ocv.Soc, [.. p.Ocv.Volts.Select((v, k) => Math.Round(v, 5) + (k == 0 ? -1e-5 : k == p.Ocv.Volts.Length - 1 ? 1e-5 : 0))]),
        Rounded(p.R0),
        [.. p.RcPairs.Select(r => new RcPair(Rounded(r.Resistance), new Seconds(Math.Round(r.TimeConstant.Value, 1))))],
        new Volts(Math.Round(p.Hysteresis.Value, 5)),
        Math.Round(p.HysteresisRate, 1));

    private static ResistanceCurve Rounded(ResistanceCurve r) =>
        new(r.Soc, [.. r.ChargeOhms.Select(Rounded)], [.. r.DischargeOhms.Select(Rounded)]);

    private static double Rounded(double ohms) => Math.Max(LeastOhms, Math.Round(ohms, 5));

    // the OCV goes on with its last slope to 3.8 V, and z is scaled so that 1 is full there
    private static CellSpec DrawnOn(CellSpec cell)
    {
        ImmutableArray<CellAtTemperature> temperatures = [.. cell.Temperatures.Select(t => t with { Parameters = DrawnOn(t.Parameters) })];
        return new CellSpec("lfp-lyp-3.8", cell.Capacity, new Volts(3.8), new Volts(3.8), temperatures)
        {
            Trusted = cell.Trusted,
            ModelError = cell.ModelError,
        };
    }

    private static CellParameters DrawnOn(CellParameters p)
    {
        double slope = (p.Ocv.Volts[^1] - p.Ocv.Volts[^2]) / (p.Ocv.Soc[^1] - p.Ocv.Soc[^2]);
        double scale = 1 + (0.2 / slope);
        ImmutableArray<double> soc = [.. p.Ocv.Soc.Select(z => Math.Round(z / scale, 6)), 1];
        return new CellParameters(
            new OcvCurve(soc, [.. p.Ocv.Volts, Math.Round(p.Ocv.Volts[^1] + 0.2, 5)]),
            Moved(p.R0, scale),
            [.. p.RcPairs.Select(r => new RcPair(Moved(r.Resistance, scale), r.TimeConstant))],
            p.Hysteresis,
            p.HysteresisRate);
    }

    private static ResistanceCurve Moved(ResistanceCurve r, double scale) =>
        new([.. r.Soc.Select(z => Math.Round(z / scale, 6))], r.ChargeOhms, r.DischargeOhms);

    // a curve file is a cell file without what belongs to a make of cell
    private static void Write(string file, CellSpec cell, string name, string source)
    {
        CellSpec named = new(cell.Id, cell.Capacity, cell.FullVoltage, cell.MaxVoltage, cell.Temperatures)
        {
            Name = name,
            Trusted = cell.Trusted,
            ModelError = cell.ModelError,
            FitError = cell.FitError,
            Sources =
            [
                .. FittedKeys.Where(k => k != "fit_error_v" || cell.FitError is not null).Select(key => new Provenance(key, Sureness.Measured, source)),
                new Provenance("model_error", Sureness.Measured, "the same cell, data it was not fitted to: topbalance validate, docs/validation.md"),
            ],
        };
        string[] cellOnly = ["brand:", "full_v:", "max_v:", "min_v:", "charge_temperature_c:", "termination_c_rate:", "module_hvc_v:"];
        string text = CellFileText.Write(
            named,
            $"{name}. Fitted by us to: {source}.\nNo measured series is copied here. Full (z = 1): held at full_v until C/20 at 25 degC.\nA cell is charged with the second number of a resistance and discharged with the third; docs/decisions/resistance-tables-by-direction.md.");
        string kept = string.Join('\n', text.Split('\n').Where(l => !cellOnly.Any(k => l.StartsWith(k, StringComparison.Ordinal))));
        foreach (string root in (string[])[Repository.Root, AppContext.BaseDirectory])
        {
            File.WriteAllText(Path.Combine(root, "cells", "curves", file), kept);
        }
    }

    private static void Compare(CellSpec fitted, CellSpec library, double scale)
    {
        library.Temperatures.Length.ShouldBe(fitted.Temperatures.Length);
        foreach ((CellAtTemperature mine, CellAtTemperature theirs) in fitted.Temperatures.Zip(library.Temperatures))
        {
            theirs.Temperature.ShouldBe(mine.Temperature);
            foreach (double soc in mine.Parameters.Ocv.Soc)
            {
                theirs.Parameters.Ocv.At(soc).ShouldBe(mine.Parameters.Ocv.At(soc), VoltTolerance, $"OCV at {soc}");
            }

            foreach (double soc in mine.Parameters.R0.Soc)
            {
                double expected = scale * mine.Parameters.R0.At(soc, charging: true);
                theirs.Parameters.R0.At(soc, charging: true).ShouldBe(expected, (ShareTolerance * expected) + (scale * OhmTolerance), $"R0 at {soc}");
            }
        }
    }
}
