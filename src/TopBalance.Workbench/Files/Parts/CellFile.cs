using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Files;

/// <summary>Makes a cell of its file and, where it names one, its curve file.</summary>
internal static class CellFile
{
    public static CellSpec Parse(FileReader reader, IFileSource source, SourceText text)
    {
        MapValues values = CellKeys.File.Read(YamlText.Read(text), Place.Of(text.File));
        CurveFile? curves = values.Has(CellKeys.Curves) ? ReadCurves(reader, source, values) : null;
        try
        {
            return Make(Id(text.File), values, curves);
        }
        catch (ArgumentException e)
        {
            throw values.Refused(e);
        }
    }

    /// <summary>The id of a cell or module: its file's name without folder and ending.</summary>
    public static string Id(string name) => Path.GetFileNameWithoutExtension(name);

    private static CurveFile ReadCurves(FileReader reader, IFileSource source, MapValues values) => reader.ReadNamed(
        source, values, CellKeys.Curves, values.Get(CellKeys.Curves), FileReader.MostYamlBytes, CurveFile.Parse);

    private static CellSpec Make(string id, MapValues values, CurveFile? curves)
    {
        ImmutableArray<CurvesAtTemperature> temperatures = curves?.Temperatures ?? values.Get(CurveKeys.Temperatures);
        double scale = Scale(values, temperatures, curves);
        CurveTrust trust = TrustKeys.Of(values).Or(curves?.Trust);
        ImmutableArray<double> charge = values.Get(CellKeys.ChargeTemperature);
        if (charge[0] >= charge[1])
        {
            throw values.WrongAt(
                CellKeys.ChargeTemperature, "saw a first temperature not below the second, expected [lowest, highest]; correct it");
        }

        if (values.Get(CellKeys.Min).Value >= values.Get(CellKeys.Full).Value)
        {
            throw values.WrongAt(CellKeys.Min, "is not below full_v, expected the end of discharge; correct it");
        }

        return new CellSpec(
            id,
            values.Get(CellKeys.Capacity),
            values.Get(CellKeys.Full),
            values.Get(CellKeys.Max),
            [.. temperatures.Select(t => new CellAtTemperature(t.Temperature, Parameters(values, t, scale)))])
        {
            Name = values.Get(CellKeys.Name, id),
            Brand = values.Has(CellKeys.Brand) ? values.Get(CellKeys.Brand) : null,
            MinVoltage = values.Get(CellKeys.Min),
            ChargeMinTemperature = new(charge[0]),
            ChargeMaxTemperature = new(charge[1]),
            TerminationRate = values.Get(CellKeys.Termination),
            ModuleHvc = values.Find(CellKeys.ModuleHvc),
            Trusted = trust.Range,
            ModelError = trust.Knee,
            FitError = trust.FitError,
            Sources = [.. values.Get(SourceKeys.Sources, []), .. (curves?.Sources ?? []).Select(s => s with { Key = "curves." + s.Key })],
        };
    }

    // resistance goes down as capacity goes up; a measured R0 says it better
    private static double Scale(MapValues values, ImmutableArray<CurvesAtTemperature> temperatures, CurveFile? curves)
    {
        if (values.Find(CellKeys.R0) is not { } r0)
        {
            return curves is null ? 1 : curves.Capacity.Value / values.Get(CellKeys.Capacity).Value;
        }

        CurvesAtTemperature reference = temperatures.MinBy(t => Math.Abs(t.Temperature.Value - 25))!;
        return r0.Value / reference.R0.At(0.5, charging: true);
    }

    private static CellParameters Parameters(MapValues values, CurvesAtTemperature curves, double scale)
    {
        HysteresisValues? hysteresis = values.Has(CurveKeys.Hysteresis) ? values.Get(CurveKeys.Hysteresis) : curves.Hysteresis;
        return new CellParameters(
            curves.Ocv,
            Scaled(curves.R0, scale),
            [.. curves.RcPairs.Select(p => p with { Resistance = Scaled(p.Resistance, scale) })],
            hysteresis?.Half ?? default,
            hysteresis?.Rate ?? 0,
            values.Find(CurveKeys.Efficiency) ?? curves.Efficiency ?? 1,
            values.Find(CurveKeys.SelfDischarge) ?? curves.SelfDischarge ?? default);
    }

    private static ResistanceCurve Scaled(ResistanceCurve curve, double scale) => scale == 1
        ? curve
        : new ResistanceCurve(curve.Soc, [.. curve.ChargeOhms.Select(r => r * scale)], [.. curve.DischargeOhms.Select(r => r * scale)]);
}
