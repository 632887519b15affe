using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Fitting;

/// <summary>The fit at one temperature.</summary>
internal sealed class GroupFit
{
    // a resistance known no better than this share of itself is not known
    private const double Known = 0.45;

    // a pair is shown by the logs if some of its resistances stand so many standard deviations above 0
    private const double Shown = 3;

    // R below this share of 50 mV at one capacity an hour does not matter, known or not
    private const double Negligible = 0.02;

    // how close the resistances of another temperature stay to a common multiple of the reference: while it is looked for, and then
    private const double Tight = 0.1, Loose = 0.5;

    // A002 from 45 °C down to -15 °C: 0.8 to 7 times the resistances of 25 °C
    private static readonly double[] Factors = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.15, 1.3, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 5, 6, 8];

    // a curve without hysteresis has no rate; any will do for M that is looked for beside it
    private const double LeastRate = 30;

    // a time constant known no better than this factor's logarithm is not known
    private const double MostLogSigma = 0.7;

    private readonly FitGrid grid;
    private readonly LinearFit fit;
    private readonly SlowParameters slow;
    private readonly double[] slowSigma;
    private readonly double[] sigma;
    private readonly double capacityAh;

    private GroupFit(double celsius, FitGrid grid, LinearFit fit, SlowParameters slow, double[] slowSigma, double capacityAh)
    {
        Celsius = celsius;
        this.grid = grid;
        this.fit = fit;
        this.slow = slow;
        this.slowSigma = slowSigma;
        this.capacityAh = capacityAh;
        sigma = Deviations();
    }

    // of the linear unknowns: their own, and what follows from the uncertain time constants and gamma
    private double[] Deviations()
    {
        double[] variance = [.. fit.StandardDeviations(slow).Select(s => s * s)];
        for (int p = 0; p < slowSigma.Length; p++)
        {
            double step = Math.Min(slowSigma[p], MostLogSigma);
            double[] change = fit.Change(slow, Beside(slow, p, grid.Pairs, Math.Exp(step)));
            for (int k = 0; k < variance.Length; k++)
            {
                variance[k] += change[k] * change[k];
            }
        }

        return [.. variance.Select(Math.Sqrt)];
    }

    // the parameters in their order: a time constant per pair, then gamma
    private static SlowParameters Beside(SlowParameters slow, int parameter, int pairs, double factor) =>
        parameter == pairs ? slow with { Gamma = slow.Gamma * factor }
        : parameter == 0 ? slow with { FastSeconds = slow.FastSeconds * factor }
        : slow with { SlowSeconds = slow.SlowSeconds * factor };

    /// <summary>°C.</summary>
    public double Celsius { get; }

    /// <summary>Where the stretches began that were full and at rest.</summary>
    public IEnumerable<double> RestedFullStarts => fit.Stretches.Where(s => s.IsRestedFull).Select(s => s.StartSoc);

    /// <summary>Finds the time constants too, with as many pairs as the logs show.</summary>
    public static GroupFit Search(
        FitGroup group, FitOptions options, double capacityAh, IProgress<string>? progress, CancellationToken cancellation)
    {
        for (int pairs = options.RcPairs; ; pairs--)
        {
            FitGrid knots = FitGrid.Usual(pairs);
            LinearFit Create() => Fresh(group, knots, null, capacityAh);
            (SlowParameters best, LinearFit inner, double[] errors) = options.Slow is { } given
                ? (given, Solved(Create(), given, cancellation), [])
                : SlowSearch.Find(Create, pairs, progress, cancellation);
            var found = new GroupFit(group.Celsius, knots, inner, best, errors, capacityAh);
            if (pairs == 0 || options.Slow is not null || Enumerable.Range(1, pairs).All(found.Shows))
            {
                return found;
            }

            progress?.Report(FormattableString.Invariant($"the logs do not show {pairs} RC pairs: trying {pairs - 1}"));
        }
    }

    /// <summary>With the time constants of another temperature, and an OCV near its OCV.</summary>
    public static GroupFit At(FitGroup group, GroupFit reference, double capacityAh, CancellationToken cancellation) => Near(
        group, reference.grid, [.. reference.fit.Solution], reference.slow, reference.slowSigma, capacityAh, cancellation);

    /// <summary>Near a cell of the same chemistry, scaled to this capacity, with its time constants.</summary>
    public static GroupFit Like(FitGroup group, CellSpec like, double capacityAh, CancellationToken cancellation)
    {
        CellParameters lent = like.At(new Celsius(group.Celsius));
        FitGrid knots = FitGrid.Usual(lent.RcPairs.Length);
        double scale = like.Capacity.Value / capacityAh;
        var unknowns = new double[knots.Count];
        for (int k = 0; k < knots.OcvSoc.Length; k++)
        {
            unknowns[k] = lent.Ocv.At(knots.OcvSoc[k]);
        }

        for (int r = 0; r <= knots.Pairs; r++)
        {
            ResistanceCurve curve = r == 0 ? lent.R0 : lent.RcPairs[r - 1].Resistance;
            for (int k = 0; k < knots.ResistanceSoc.Length; k++)
            {
                unknowns[knots.Table(r, charging: true) + k] = scale * curve.At(knots.ResistanceSoc[k], charging: true);
                unknowns[knots.Table(r, charging: false) + k] = scale * curve.At(knots.ResistanceSoc[k], charging: false);
            }
        }

        double Tau(int pair) => pair < lent.RcPairs.Length ? lent.RcPairs[pair].TimeConstant.Value : 1;
        var times = new SlowParameters(Tau(0), Tau(1), Math.Max(lent.HysteresisRate, LeastRate));
        return Near(group, knots, [.. unknowns], times, [], capacityAh, cancellation);
    }

    private static GroupFit Near(
        FitGroup group,
        FitGrid knots,
        ImmutableArray<double> unknowns,
        SlowParameters slow,
        double[] slowSigma,
        double capacityAh,
        CancellationToken cancellation)
    {
        LinearFit Try(double factor, double spread)
        {
            LinearFit inner = Fresh(group, knots, new FitReference(unknowns, factor, spread), capacityAh);
            inner.Solve(slow, spread == Tight ? 3 : 17, cancellation);
            return inner;
        }

        double best = Factors.MinBy(f => Try(f, Tight).Residuals(slow).Sum(r => r * r));
        return new GroupFit(group.Celsius, knots, Try(best, Loose), slow, slowSigma, capacityAh);
    }

    /// <summary>The fit in the engine's words.</summary>
    public FittedTemperature Describe(double efficiency)
    {
        ReadOnlySpan<double> x = fit.Solution;
        var parameters = new CellParameters(
            new OcvCurve(grid.OcvSoc, [.. x[..grid.OcvSoc.Length]]),
            Curve(0),
            [.. Enumerable.Range(1, grid.Pairs).Select(j => new RcPair(Curve(j), new Seconds(slow.Tau(j - 1))))],
            new Volts(x[grid.Hysteresis]),
            slow.Gamma,
            efficiency);
        return new FittedTemperature(new Celsius(Celsius), parameters, [.. Numbers()], [.. fit.Stretches.Select(Compare)]);
    }

    /// <summary>Time constants and γ with what they are uncertain by.</summary>
    public ImmutableArray<FittedNumber> DescribeSlow()
    {
        var numbers = new List<FittedNumber>();
        for (int j = 0; j < grid.Pairs; j++)
        {
            numbers.Add(new FittedNumber($"tau {j + 1}", slow.Tau(j), slow.Tau(j) * LogSigma(j), "s"));
        }

        numbers.Add(new FittedNumber("gamma", slow.Gamma, slow.Gamma * LogSigma(grid.Pairs), string.Empty));
        return [.. numbers];
    }

    /// <summary>Stretches of state of charge in which a resistance cannot be told, a sentence each.</summary>
    public IEnumerable<string> Undetermined()
    {
        for (int table = 0; table < grid.Tables; table++)
        {
            int first = -1;
            for (int k = 0; k <= grid.ResistanceSoc.Length; k++)
            {
                bool unknown = k < grid.ResistanceSoc.Length && IsUnknown(table, k);
                if (unknown && first < 0)
                {
                    first = k;
                }
                else if (!unknown && first >= 0)
                {
                    yield return FormattableString.Invariant(
                        $"{Celsius:0.#} °C: {TableName(table)} from SoC {grid.ResistanceSoc[first]:0.###} to {grid.ResistanceSoc[k - 1]:0.###} is not determined by the logs");
                    first = -1;
                }
            }
        }
    }

    private static LinearFit Fresh(FitGroup group, FitGrid grid, FitReference? reference, double capacityAh)
    {
        foreach (FitStretch stretch in group.Stretches)
        {
            stretch.StartSoc = stretch.CountedSoc;
            Array.Fill(stretch.Trust, 1);
        }

        return new LinearFit(grid, new FitPriors(grid, capacityAh, reference), group.Stretches, capacityAh);
    }

    private static LinearFit Solved(LinearFit fit, in SlowParameters slow, CancellationToken cancellation)
    {
        fit.Solve(slow, 17, cancellation);
        return fit;
    }

    private bool Shows(int pair)
    {
        int first = grid.Table(pair, charging: true);
        return Enumerable.Range(first, 2 * grid.ResistanceSoc.Length).Any(k => fit.Solution[k] > Shown * sigma[k] && fit.Solution[k] > 0);
    }

    private bool IsUnknown(int table, int knot)
    {
        int k = grid.OcvSoc.Length + (table * grid.ResistanceSoc.Length) + knot;
        return sigma[k] > Math.Max(Known * fit.Solution[k], Negligible * 0.05 / capacityAh);
    }

    private static string TableName(int table) => $"R{table / 2} on {(table % 2 == 0 ? "charge" : "discharge")}";

    private ResistanceCurve Curve(int resistance)
    {
        ReadOnlySpan<double> x = fit.Solution;
        int knots = grid.ResistanceSoc.Length;
        return new ResistanceCurve(
            grid.ResistanceSoc,
            [.. x.Slice(grid.Table(resistance, charging: true), knots)],
            [.. x.Slice(grid.Table(resistance, charging: false), knots)]);
    }

    private IEnumerable<FittedNumber> Numbers()
    {
        for (int k = 0; k < grid.OcvSoc.Length; k++)
        {
            yield return new FittedNumber(
                FormattableString.Invariant($"OCV at SoC {grid.OcvSoc[k]:0.#####}"), fit.Solution[k], sigma[k], "V");
        }

        for (int table = 0; table < grid.Tables; table++)
        {
            for (int k = 0; k < grid.ResistanceSoc.Length; k++)
            {
                int at = grid.OcvSoc.Length + (table * grid.ResistanceSoc.Length) + k;
                yield return new FittedNumber(
                    FormattableString.Invariant($"{TableName(table)} at SoC {grid.ResistanceSoc[k]:0.###}"), fit.Solution[at], sigma[at], "Ω");
            }
        }

        yield return new FittedNumber("M", fit.Solution[grid.Hysteresis], sigma[grid.Hysteresis], "V");
    }

    private FittedStretch Compare(FitStretch stretch)
    {
        var volts = new double[stretch.Seconds.Length];
        fit.Play(slow, stretch, volts);
        int[] compared = [.. Enumerable.Range(0, volts.Length).Where(k => stretch.Weights[k] > 0)];
        return new FittedStretch(
            stretch.Source,
            [.. compared.Select(k => stretch.Seconds[k])],
            [.. compared.Select(k => stretch.StartSoc + (stretch.ChargeAh[k] / capacityAh))],
            [.. compared.Select(k => stretch.Amps[k])],
            [.. compared.Select(k => stretch.Volts[k])],
            [.. compared.Select(k => volts[k])]);
    }

    private double LogSigma(int parameter) => parameter < slowSigma.Length ? slowSigma[parameter] : 0;
}
