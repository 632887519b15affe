using TopBalance.Inference.Observations;
using TopBalance.Quantities;

namespace TopBalance.Inference;

/// <summary>
/// How much charge really passed: the clock says it within its error; that no cell had tripped before, and that one did then, says it far
/// better.
/// </summary>
public sealed partial class Belief
{
    private const int Bins = 24;

    // how many cells may have met their level in the charge looked at
    private int candidates;

    private (double Passed, int Tripping, double Likelihood) Passed(RowCharge charge, int draw, double stringAh, TopCharge last)
    {
        double amps = charge.Amps * shared[draw].CurrentFactor;
        double sigma = charge.MeteredAh is null
            ? amps * (charge.TimeSigma ?? error.TimeSigmaSeconds) / 3600
            : Math.Max(error.AmpHourSigma * stringAh, 1e-3);
        sigma = Math.Sqrt((sigma * sigma) + (Blur * Blur * capacityAh * capacityAh));
        double missing = charge.MeteredAh is null && charge.MayTaper && Tapered(charge) ? MostMissing(charge, stringAh) : 0;
        int bins = missing > 0 ? RowFigures.MostBins : Bins;
        var noted = new Clock(stringAh, sigma, missing);
        double from = Math.Max(0, stringAh - missing - (4 * sigma));
        double likelihood = Weigh(charge, draw, noted, from, stringAh + (4 * sigma), bins, last);
        if (likelihood < 1e-9)
        {
            // minutes noted wrongly, or a trip that cannot be: look everywhere, at the price of such a mistake
            double reach = Math.Max(stringAh, 0.02 * capacityAh) * 2;
            var anything = new Clock(0.5 * reach, reach, 0);
            likelihood = error.WrongMinutes * Weigh(charge, draw, anything, 0, reach, RowFigures.MostBins, last);
            bins = RowFigures.MostBins;
        }

        if (!(likelihood > 1e-11))
        {
            return (stringAh, -1, Least);
        }

        int bin = Pick(row.Masses.AsSpan(0, bins));
        double passed = random.NextUniform(row.Edges[bin], row.Edges[bin + 1]);
        int tripping = charge.End is RowEnd.FirstAtHvc || Single(charge) ? PickTripping(charge, bin) : -1;
        return (passed, tripping, likelihood);
    }

    private static bool Single(RowCharge charge) => charge.Cells.Count == 1 && charge.End is RowEnd.LastRed or RowEnd.AtVoltage;

    // switched off by hand: a single cell is held by the supply's voltage in its own figures, of several the sum says whether it was reached
    private static bool Tapered(RowCharge charge) => charge.End != RowEnd.Nothing || charge.Fell;

    // a supply with leads is at constant voltage long before its end; a charger only for the last few percent
    private double MostMissing(RowCharge charge, double stringAh) =>
        charge.LeadOhms * charge.Amps > 0.02 ? 0.9 * stringAh : Math.Min(0.9 * stringAh, 0.06 * capacityAh);

    // fills edges and masses; the sum is the probability of what was seen of the row's end
    private double Weigh(RowCharge charge, int draw, Clock noted, double from, double to, int bins, TopCharge last)
    {
        for (int m = 0; m <= bins; m++)
        {
            row.Edges[m] = from + ((to - from) * m / bins);
        }

        bool density = charge.End == RowEnd.FirstAtHvc || Single(charge);
        candidates = Survive(charge, draw, bins);
        double sum = 0;
        for (int m = 0; m < bins; m++)
        {
            double mass = noted.Between(row.Edges[m], row.Edges[m + 1]);
            if (mass > 0)
            {
                mass *= density ? Meet(charge, m) / (row.Edges[m + 1] - row.Edges[m]) * capacityAh * 0.01
                    : charge.End == RowEnd.LastRed ? Math.Max(AllMet(m + 1) - AllMet(m), 0)
                    : Math.Exp(0.5 * (row.LogNone[m] + row.LogNone[m + 1]));
            }

            if (mass > 0 && (charge.SumVolts is not null || charge.AtVolts))
            {
                mass *= Agrees(charge, draw, 0.5 * (row.Edges[m] + row.Edges[m + 1]), last);
            }

            row.Masses[m] = mass;
            sum += mass;
        }

        return sum;
    }

    // per cell and edge, how probable it is that the cell has not met its level by then
    private int Survive(RowCharge charge, int draw, int bins)
    {
        Array.Clear(row.LogNone);
        int found = 0;
        for (int c = charge.Cells.First; c < charge.Cells.First + charge.Cells.Count; c++)
        {
            Span<Slice> mine = Of(draw, c).Items;
            Span<SliceFigures> figures = row.Of(c);
            double earliest = double.PositiveInfinity;
            for (int k = 0; k < mine.Length; k++)
            {
                earliest = Math.Min(earliest, figures[k].EarliestAh);
            }

            if (earliest > row.Edges[bins] && charge.End != RowEnd.LastRed)
            {
                continue;
            }

            row.Candidates[found++] = c;
            Span<double> survival = row.SurvivalOf(c);
            survival.Clear();
            for (int k = 0; k < mine.Length; k++)
            {
                Spread(mine[k], figures[k], survival[..(bins + 1)]);
            }

            for (int m = 0; m <= bins; m++)
            {
                row.LogNone[m] += Math.Log(Math.Max(survival[m], Least));
            }
        }

        return found;
    }

    private void Spread(in Slice s, in SliceFigures f, Span<double> survival)
    {
        double blur = Blur * s.CapacityAh;
        double width = Math.Max(f.LatestAh - f.EarliestAh, blur);
        double first = (0.5 * (f.EarliestAh + f.LatestAh)) - (0.5 * width);
        for (int m = 0; m < survival.Length; m++)
        {
            survival[m] += s.Weight * Math.Clamp((first + width - row.Edges[m]) / width, 0, 1);
        }
    }

    // probability that the first cell meets its level in this step, weighted by how well that cell fits what was noted
    private double Meet(RowCharge charge, int m)
    {
        double none = 0.5 * (row.LogNone[m] + row.LogNone[m + 1]);
        double sum = 0;
        for (int n = 0; n < candidates; n++)
        {
            sum += Meets(row.Candidates[n], m) * NotedAs(charge, row.Candidates[n]);
        }

        return sum * Math.Exp(none);
    }

    private double Meets(int cell, int m)
    {
        ReadOnlySpan<double> survival = row.SurvivalOf(cell);
        double others = Math.Max(0.5 * (survival[m] + survival[m + 1]), Least);
        return (survival[m] - survival[m + 1]) / others;
    }

    // how probable the note about the tripping cell is if this one tripped: its number, and its lamp
    private double NotedAs(RowCharge charge, int cell)
    {
        if (Single(charge))
        {
            return 1;
        }

        (double ifLit, double ifDark) = Likelihood(Lamp(charge, cell));
        double number = charge.Tripped.Sight switch
        {
            TripSight.Cell when charge.Tripped.Cell!.Value.Index == cell => 1 - error.WrongCell,
            TripSight.Cell => error.WrongCell / Math.Max(1, charge.Cells.Count - 1),
            _ => 1,
        };
        return number * (HasDeadShunt(cell) ? ifDark : ifLit);
    }

    // it trips with its lamp dark
    private bool HasDeadShunt(int cell) => pack.Faults.Any(f => f is Packs.Fault.DeadShunt d && d.Cell.Index == cell);

    private double AllMet(int m)
    {
        double all = 1;
        for (int n = 0; n < candidates; n++)
        {
            all *= 1 - row.SurvivalOf(row.Candidates[n])[m];
        }

        return all;
    }

    private int PickTripping(RowCharge charge, int bin)
    {
        if (Single(charge))
        {
            return charge.Cells.First;
        }

        double sum = 0;
        for (int n = 0; n < candidates; n++)
        {
            sum += Meets(row.Candidates[n], bin) * NotedAs(charge, row.Candidates[n]);
        }

        double at = random.NextUniform() * sum;
        for (int n = 0; n < candidates; n++)
        {
            at -= Meets(row.Candidates[n], bin) * NotedAs(charge, row.Candidates[n]);
            if (at <= 0)
            {
                return row.Candidates[n];
            }
        }

        return -1;
    }

    private int Pick(ReadOnlySpan<double> masses)
    {
        double sum = 0;
        foreach (double mass in masses)
        {
            sum += mass;
        }

        double at = random.NextUniform() * sum;
        for (int m = 0; m < masses.Length; m++)
        {
            at -= masses[m];
            if (at <= 0)
            {
                return m;
            }
        }

        return masses.Length - 1;
    }

    // the charge that a clock and an ammeter say passed: normal, with anything up to 'missing' less of it
    private readonly record struct Clock(double StringAh, double Sigma, double Missing)
    {
        public double Between(double low, double high)
        {
            if (Missing <= 0)
            {
                return Normal.Cumulative((high - StringAh) / Sigma) - Normal.Cumulative((low - StringAh) / Sigma);
            }

            double middle = 0.5 * (low + high);
            double density = Normal.Cumulative((middle - (StringAh - Missing)) / Sigma) - Normal.Cumulative((middle - StringAh) / Sigma);
            return density * (high - low) / Missing;
        }
    }
}
