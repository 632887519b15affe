using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Quantities;
using TopBalance.Workbench.Fitting;
using TopBalance.Workbench.Reports;
using TopBalance.Workbench.Validation.Cases.Lab;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Workbench.Validation.Cases;

/// <summary>Charge still to come at the end of eight nominally equal C/3 charges, each left out of the fit.</summary>
internal sealed class UsualKnee : IValidationCase
{
    // where a charge shows how stiff the cell is today, before the voltages that are asked for
    private const double FirstShare = 0.55, LastVolts = 3.40;

    private const double LeastFactor = 0.6, MostFactor = 1.8, FactorStep = 0.02, MostShift = 0.03, ShiftStep = 0.0025;

    private static readonly ImmutableArray<double> Margins = [double.NaN, 0.5, 0.25, 0.12];

    public string Id => "usual-knee";

    public string Title => "The last percent of a C/3 charge";

    public string Method =>
        "Eight charges of one cell at C/3 and 25 °C, from empty, nominally equal: they differ in what was done to the cell before. For each, the cell is "
        + "fitted to the C/30 log and the seven others. Three predictions of the charge still to come to 3.60 V: the mean of the seven others; the model as "
        + "fitted; and the seven others corrected for how stiff the cell is today. That is one factor on all resistances, read off the charge between 55 % SoC "
        + "and the moment it first shows 3.40 V; the power of it by which the knee grows comes from the seven others. 1C to 4C are told without a margin.";

    public ImmutableArray<MeasuredData> Data { get; } = [LabLogs.Data];

    public CaseResult Run(DataFolder data, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        FittedCell reference = LabFits.Driven(data, "20_P25", cancellationToken);
        var slow = new SlowParameters(reference.Slow[0].Value, reference.Slow[1].Value, reference.Slow[2].Value);
        ImmutableArray<(string Name, CellLog Log)> charges =
        [
            .. LabLogs.DrivenNames.Select(n => (n, LabLogs.Only(LabLogs.Driven(data, n, 25), 2))), ("after 1C", LabLogs.Only(LabLogs.Cycle(data), 2)),
        ];
        var found = new List<Prediction>();
        for (int k = 0; k < charges.Length; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FittedCell fit = CellFitter.Fit(
                [LabLogs.Slow(data, "P25", 25), .. charges.RemoveAt(k).Select(c => c.Log)],
                LabFits.Options with { Capacity = new AmpereHours(reference.Capacity.Value), Slow = slow },
                null,
                cancellationToken);
            found.Add(Predict(charges[k].Name, fit, charges[k].Log.Stretches[2]));
            progress?.Report((k + 1.0) / charges.Length);
        }

        return new CaseResult([.. Figures(found), ConstantVoltage.Figure(reference, [.. charges.Select(c => c.Log.Stretches[2])]), .. Fast(data, reference)])
        {
            Charts = [new CaseChart("factors", Chart(found))],
            Remarks = [.. Explain(found)],
            Limit = "eight charges of one cell of 2.5 Ah within some weeks; nothing measured on large prismatic cells. The factor needs a voltage of the single "
                + "cell to a millivolt or two: two lamps do not give it, and without it the scatter of the eight is the floor of any prediction.",
        };
    }

    private static Prediction Predict(string name, FittedCell fit, LogStretch charge)
    {
        double capacity = fit.Capacity.Value;
        double amps = Statistics.Median(charge.Amps.Where(a => a > 0));
        CellParameters cell = fit.Temperatures.Single().Parameters;
        double factor = Factor(cell, capacity, charge);
        return new Prediction(
            name, factor, Knee.Measured(charge, capacity), Knee.Modelled(cell, capacity, amps));
    }

    // the factor and the start that lay the model over the plateau of the charge
    private static double Factor(CellParameters cell, double capacityAh, LogStretch charge)
    {
        double[] counted = Knee.Counted(charge);
        int last = Knee.First(charge, LastVolts);
        int first = Array.FindIndex(counted, ah => ah > FirstShare * capacityAh);
        int[] looked = [.. Enumerable.Range(first, last - first).Where(k => k % 4 == 0)];
        var best = (Error: double.PositiveInfinity, Factor: 1.0);
        for (double factor = LeastFactor; factor <= MostFactor; factor += FactorStep)
        {
            var playback = new CellPlayback(Stiffer(cell, factor), capacityAh);
            for (double shift = -MostShift; shift <= MostShift; shift += ShiftStep)
            {
                var stretch = new FitStretch(charge.Source, [.. charge.Seconds], [.. charge.Amps], [.. charge.Volts])
                {
                    StartSoc = shift,
                    StartHysteresis = -1,
                };
                stretch.Count(1);
                foreach (int k in looked)
                {
                    stretch.Weights[k] = 1;
                }

                double[] volts = playback.Play(stretch);
                double error = looked.Sum(k => (volts[k] - charge.Volts[k]) * (volts[k] - charge.Volts[k]));
                best = error < best.Error ? (error, factor) : best;
            }
        }

        return best.Factor;
    }

    private static CellParameters Stiffer(CellParameters p, double factor) => new(
        p.Ocv, Times(p.R0, factor), [.. p.RcPairs.Select(r => r with { Resistance = Times(r.Resistance, factor) })], p.Hysteresis, p.HysteresisRate);

    private static ResistanceCurve Times(ResistanceCurve r, double factor) =>
        new(r.Soc, [.. r.ChargeOhms.Select(x => factor * x)], [.. r.DischargeOhms.Select(x => factor * x)]);

    private static IEnumerable<Figure> Figures(List<Prediction> found)
    {
        for (int v = 0; v < Knee.Volts.Length; v++)
        {
            string from = Invariant($"from {Knee.Volts[v]:0.00} V");
            double ofMean = Statistics.Rms(found.Select((p, k) => p.Measured[v] - found.Where((_, j) => j != k).Average(o => o.Measured[v])));
            double ofModel = Statistics.Rms(found.Select(p => p.Measured[v] - p.Model[v]));
            double ofFactor = Statistics.Rms(found.Select((p, k) => p.Measured[v] - ByFactor(found, k, v)));
            Margin? margin = double.IsNaN(Margins[v]) ? null : Margin.AtMost(Margins[v]);
            yield return new Figure(from + ", the others and the charge's own factor, RMS", ofFactor, "%")
            {
                Margin = margin is null ? null : Margin.AtMost(ofMean),
                OnHundredAh = Figure.Ah(ofFactor),
                Limit = margin is null ? "" : "must beat the mean of the others",
            };
            yield return new Figure(from + ", model as fitted, RMS", ofModel, "%") { Margin = margin, OnHundredAh = Figure.Ah(ofModel) };
            yield return new Figure(from + ", mean of the other seven, RMS", ofMean, "%") { OnHundredAh = Figure.Ah(ofMean) };
        }
    }

    // of the seven others: a straight line of the logarithms
    private static double ByFactor(List<Prediction> found, int left, int volts)
    {
        Prediction[] others = [.. found.Where((_, k) => k != left)];
        (double at, double power) = MathNet.Numerics.Fit.Line(
            [.. others.Select(o => Math.Log(o.Factor))], [.. others.Select(o => Math.Log(o.Measured[volts]))]);
        return Math.Exp(at + (power * Math.Log(found[left].Factor)));
    }

    private static IEnumerable<Figure> Fast(DataFolder data, FittedCell fit)
    {
        for (int rate = 1; rate <= 4; rate++)
        {
            LogStretch charge = LabLogs.Fast(data, rate).Stretches[0];
            double measured = Knee.Measured(charge, fit.Capacity.Value)[1];
            double model = Knee.Modelled(
                fit.Temperatures.Single().Parameters, fit.Capacity.Value, Statistics.Median(charge.Amps.Where(a => a > 0.5 * charge.Amps.Max())))[1];
            yield return new Figure(Invariant($"{rate}C, from 3.45 V, error"), Math.Abs(model - measured), "%")
            {
                OnHundredAh = Figure.Ah(model - measured),
                Limit = Invariant($"measured {measured:0.0} %, model {model:0.0} %; no fit has seen such a charge"),
            };
        }
    }

    private static IEnumerable<string> Explain(List<Prediction> found)
    {
        double[] factors = [.. found.Select(p => p.Factor)];
        double[] measured = [.. found.Select(p => p.Measured[1])];
        double correlation = Statistics.RankCorrelation(factors, measured);
        (_, double power) = MathNet.Numerics.Fit.Line([.. factors.Select(f => Math.Log(f))], [.. measured.Select(m => Math.Log(m))]);
        yield return Invariant($"What explains the scatter: how stiff the cell is that day. The factor ranks the eight charges with a correlation of {correlation:0.00}, ")
            + Invariant($"and the charge still to come at 3.45 V grows with its power {power:0.0}; the model's own knee hardly moves with it. ")
            + "It does not follow the temperature of the test before nor the dither on the current; the two charges after the fastest and longest driving at "
            + "25 °C are the stiffest.";
        yield return string.Join("; ", found.Select(p => Invariant($"{p.Name}: factor {p.Factor:0.00}, 3.45 V measured {p.Measured[1]:0.00} %"))) + ".";
    }

    private static LineChart Chart(List<Prediction> found)
    {
        double[] measured = [.. found.Select(p => p.Measured[1])];
        return new LineChart(
            "C/3 charges: percent still to come at 3.45 V",
            "measured, %",
            "predicted, %",
            [
                new("the others and the charge's own factor", measured, [.. found.Select((_, k) => ByFactor(found, k, 1))]) { Style = SeriesStyle.Dots },
                new("model as fitted to the others", measured, [.. found.Select(p => p.Model[1])]) { Style = SeriesStyle.Dots },
                new("right", [1.2, 3], [1.2, 3]) { Style = SeriesStyle.Faint },
            ]);
    }

    private sealed record Prediction(string Name, double Factor, double[] Measured, double[] Model);
}
