using System.Collections.Immutable;

namespace TopBalance.Workbench.Fitting;

/// <summary>
/// What is believed of a cell before its log is read, as rows of least squares: tables are smooth, charge and discharge differ little
/// unless data say so. Weak beside data; decisive where there are none, and then the stated uncertainty is theirs.
/// </summary>
internal sealed class FitPriors
{
    // a resistance that drops 50 mV at one capacity an hour: the size of any cell's, whatever its capacity
    private const double TypicalDrop = 0.05;

    // standard deviations, in typical resistances, of the difference of two knots and of charge and discharge: R0 hardly changes with the
    // state of charge, diffusion grows manyfold towards full and empty
    private static readonly double[] BetweenKnots = [0.05, 0.5, 1];
    private static readonly double[] BetweenDirections = [0.1, 2, 5];

    // beyond these states of charge a difference may be so many times wider
    private const double LowestPlateau = 0.1, HighestPlateau = 0.9;
    private static readonly double[] WiderAtTheEnds = [1, 3, 4];

    // the bend of the OCV from one interval to the next, V, times the root of the interval's width: the plateau is smooth, and its steps are
    // wide; the ends may bend as they like
    private const double PlateauBend = 0.15, EndBend = 33, HighestSmooth = 0.95;

    // a resistance that is 0 in the reference may be this much, in typical ones
    private const double LeastSigma = 0.05;

    private const double UsualHysteresisVolts = 0.015, HysteresisSigma = 0.05;

    // entropy moves an LFP OCV by at most 0.3 mV/K (A002's own tables), so a few mV between two temperatures
    private const double OcvSigma = 0.004;

    // full is not the same state at every temperature: on a steep part of the curve that is many mV
    private const double SocSigma = 0.003;

    private readonly List<(int[] Indexes, double[] Values, double Target)> rows = [];

    /// <param name="grid">The unknowns.</param>
    /// <param name="capacityAh">Of the cell.</param>
    /// <param name="reference">What the unknowns should be near, or null.</param>
    public FitPriors(FitGrid grid, double capacityAh, FitReference? reference)
    {
        AddOcv(grid, reference?.Unknowns ?? []);
        AddResistances(grid, capacityAh, reference);
        double typical = TypicalDrop / capacityAh;
        int knots = grid.ResistanceSoc.Length;
        for (int table = 0; table < grid.Tables; table++)
        {
            int first = grid.OcvSoc.Length + (table * knots);
            for (int k = 0; k < knots; k++)
            {
                double wider = typical * (grid.ResistanceSoc[k] is > LowestPlateau and < HighestPlateau ? 1 : WiderAtTheEnds[table / 2]);
                if (k > 0)
                {
                    Difference(first + k - 1, first + k, 1 / (wider * BetweenKnots[table / 2]));
                }

                if (table % 2 == 0)
                {
                    Difference(first + k, first + k + knots, 1 / (wider * BetweenDirections[table / 2]));
                }
            }
        }

        rows.Add(([grid.Hysteresis], [1 / HysteresisSigma], UsualHysteresisVolts / HysteresisSigma));
    }

    /// <summary>Adds them to the normal equations.</summary>
    public void AddTo(NormalEquations equations)
    {
        foreach ((int[] indexes, double[] values, double target) in rows)
        {
            equations.Add(indexes, values, target, 1);
        }
    }

    /// <summary>How far a solution is from them, row by row.</summary>
    public IEnumerable<double> Residuals(double[] x)
    {
        foreach ((int[] indexes, double[] values, double target) in rows)
        {
            double sum = -target;
            for (int k = 0; k < indexes.Length; k++)
            {
                sum += values[k] * x[indexes[k]];
            }

            yield return sum;
        }
    }

    private void AddOcv(FitGrid grid, ImmutableArray<double> reference)
    {
        ImmutableArray<double> soc = grid.OcvSoc;
        for (int k = 1; k < soc.Length - 1; k++)
        {
            double below = soc[k] - soc[k - 1];
            double above = soc[k + 1] - soc[k];
            double weight = Math.Sqrt(Math.Min(below, above)) / (soc[k] is > LowestPlateau and < HighestSmooth ? PlateauBend : EndBend);
            rows.Add(([k - 1, k, k + 1], [weight / below, -weight * ((1 / below) + (1 / above)), weight / above], 0));
        }

        for (int k = 0; k < soc.Length && reference.Length > 0; k++)
        {
            int low = Math.Min(k, soc.Length - 2);
            double slope = (reference[low + 1] - reference[low]) / (soc[low + 1] - soc[low]);
            double weight = 1 / Math.Sqrt((OcvSigma * OcvSigma) + (slope * slope * SocSigma * SocSigma));
            rows.Add(([k], [weight], weight * reference[k]));
        }
    }

    private void AddResistances(FitGrid grid, double capacityAh, FitReference? reference)
    {
        if (reference is null)
        {
            return;
        }

        double least = LeastSigma * TypicalDrop / capacityAh;
        for (int k = grid.OcvSoc.Length; k < grid.Hysteresis; k++)
        {
            double near = reference.Factor * reference.Unknowns[k];
            double weight = 1 / ((reference.Spread * near) + least);
            rows.Add(([k], [weight], weight * near));
        }
    }

    private void Difference(int first, int second, double weight) => rows.Add(([first, second], [-weight, weight], 0));
}

/// <summary>A fit that another one leans on: at another temperature, or of a cell of the same chemistry.</summary>
/// <param name="Unknowns">OCV and resistances in the order of the grid.</param>
/// <param name="Factor">How many times its resistances these ones should be.</param>
/// <param name="Spread">Standard deviation of that, relative.</param>
internal sealed record FitReference(ImmutableArray<double> Unknowns, double Factor, double Spread);
