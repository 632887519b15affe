using System.Collections.Immutable;
using TopBalance.Workbench.Fitting;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Workbench.Reports;

/// <summary>A fit as the page that shows it.</summary>
public static class FitPage
{
    /// <summary>The page.</summary>
    /// <param name="fit">What was found.</param>
    /// <param name="summary">The same, summed up.</param>
    public static string Html(FittedCell fit, FitSummary summary)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(summary);
        return FitReport.Html(
            summary.Name,
            [
                .. summary.Logs.SelectMany(l => l.Notes.Select(n => $"{l.File}: {n}")),
                .. summary.Notes,
                .. FitSummary.Merged(summary.Undetermined).Select(u => "Not determined: " + u),
            ],
            [.. Figures(summary)],
            [.. fit.Temperatures.SelectMany(t => t.Stretches.Select(s => Picture(t.Temperature.Value, s)))]);
    }

    private static IEnumerable<FitFigure> Figures(FitSummary s)
    {
        yield return Figure("capacity", s.CapacityAh, "Ah");
        yield return Figure("coulombic efficiency", s.CoulombicEfficiency, "");
        for (int j = 0; j < s.TimeConstantsS.Length; j++)
        {
            yield return Figure(Invariant($"time constant {j + 1}"), s.TimeConstantsS[j], "s");
        }

        yield return Figure("γ of the hysteresis", s.Gamma, "");
        foreach (FitAtTemperature at in s.Temperatures)
        {
            yield return Figure(Invariant($"M of the hysteresis at {at.TemperatureC:0.#} °C"), at.HysteresisV, "mV", 1000);
            foreach (FitResistance r in at.Resistances)
            {
                string where = Invariant($"{100 * r.Soc:0.#} % SoC and {at.TemperatureC:0.#} °C");
                yield return Figure($"{r.Resistance.ToUpperInvariant()} on {r.Direction} at {where}", r.Ohm, "mΩ", 1000);
            }
        }
    }

    private static FitFigure Figure(string name, FitValue value, string unit, double factor = 1)
    {
        (string number, string? sigma) = value.Text(factor);
        return new FitFigure(name, number, sigma, unit);
    }

    private static FitPicture Picture(double celsius, FittedStretch s) =>
        new(Invariant($"{s.Source}, {celsius:0.#} °C"), s.Seconds, s.Measured, s.Model, s.Soc);
}
