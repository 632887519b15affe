using System.Collections.Immutable;
using System.Globalization;
using TopBalance.Inference.Observations;
using TopBalance.Packs;

namespace TopBalance.Inference;

/// <summary>What the belief says.</summary>
public sealed partial class Belief
{
    // a note is named when it is this probable, all things considered, that it is wrong
    private const double Surely = 0.98;

    // and this probable by the weights that the draws had before: with many cells a few draws carry all the weight afterwards, and what is
    // so only in those says more of the draws than of the note
    private const double Widely = 0.9;
    private (double Least, double Most)[] foreseen = [];

    /// <summary>What is believed of each cell now.</summary>
    public ImmutableArray<CellEstimate> Cells()
    {
        double[] weights = Weights();
        return [.. Enumerable.Range(0, pack.Series).Select(c => Estimate(c, weights))];
    }

    /// <summary>The interval of one cell now.</summary>
    public Interval90 ToFullOf(CellNumber cell) => Interval(Checked(cell), Weights());

    private CellEstimate Estimate(int cell, double[] weights)
    {
        Interval90 interval = Interval(cell, weights);
        Known known = interval.Width <= 0.02 * capacityAh ? Known.Resolved : Known.Bounded;
        return new CellEstimate(CellNumber.FromIndex(cell), interval, stories[cell].Lamp, known, stories[cell].Line());
    }

    private Interval90 Interval(int cell, double[] weights)
    {
        (double least, double most) = Reach(cell, weights);
        if (most - least < 1e-9)
        {
            return new Interval90(least, least, most);
        }

        // a slice adds its weight evenly: the distribution is a sum of ramps, added up on a grid that follows what is believed
        double[] at = new double[1025];
        for (int round = 0; round < 2; round++)
        {
            double[] cumulative = Cumulate(cell, weights, least, most, at.Length);
            if (round == 1)
            {
                return new Interval90(Point(cumulative, least, most, 0.05), Point(cumulative, least, most, 0.5), Point(cumulative, least, most, 0.95));
            }

            double low = Point(cumulative, least, most, 0.02);
            double high = Point(cumulative, least, most, 0.98);
            double margin = 0.02 * (most - least / at.Length);
            (least, most) = (Math.Max(least, low - Math.Min(margin, high - low)), Math.Min(most, high + Math.Min(margin, high - low)));
        }

        return default;
    }

    private (double Least, double Most) Reach(int cell, double[] weights)
    {
        double least = double.PositiveInfinity;
        double most = double.NegativeInfinity;
        for (int j = 0; j < size.Packs; j++)
        {
            if (weights[j] < 1e-6)
            {
                continue;
            }

            foreach (ref Slice s in Of(j, cell).Items)
            {
                (least, most) = (Math.Min(least, s.Low), Math.Max(most, s.High));
            }
        }

        return (least, most);
    }

    private double[] Cumulate(int cell, double[] weights, double least, double most, int points)
    {
        // second differences: a ramp is two bends
        double[] sum = new double[points];
        double step = (most - least) / (points - 1);
        for (int j = 0; j < size.Packs; j++)
        {
            foreach (ref Slice s in Of(j, cell).Items)
            {
                double width = Math.Max(s.Width, 1e-9 * capacityAh);
                int first = Math.Clamp((int)Math.Floor((s.Low - least) / step), 0, points - 1);
                int last = Math.Clamp((int)Math.Ceiling((s.High - least) / step), 0, points - 1);
                double before = 0;
                for (int k = first; k <= last; k++)
                {
                    double below = Math.Clamp((least + (k * step) - s.Low) / width, 0, 1);
                    below = k == points - 1 ? 1 : below;
                    sum[k] += weights[j] * s.Weight * (below - before);
                    before = below;
                }

                if (last < points - 1 && before < 1)
                {
                    sum[last + 1] += weights[j] * s.Weight * (1 - before);
                }
            }
        }

        for (int k = 1; k < points; k++)
        {
            sum[k] += sum[k - 1];
        }

        return sum;
    }

    private static double Point(double[] cumulative, double least, double most, double share)
    {
        double wanted = share * cumulative[^1];
        int k = Array.BinarySearch(cumulative, wanted);
        k = Math.Clamp(k < 0 ? ~k : k, 1, cumulative.Length - 1);
        double rise = cumulative[k] - cumulative[k - 1];
        double part = rise > 0 ? Math.Clamp((wanted - cumulative[k - 1]) / rise, 0, 1) : 0;
        return least + ((most - least) * (k - 1 + part) / (cumulative.Length - 1));
    }

    /// <summary>Which single further observation would tell most; null if nothing would tell anything.</summary>
    public MostTelling? MostTelling()
    {
        double[] weights = Weights();
        (int Cell, Interval90 Interval)[] cells = [.. Enumerable.Range(0, pack.Series).Select(c => (c, Interval(c, weights)))];
        (int cell, Interval90 widest) = cells.MaxBy(c => c.Interval.Width);
        double resolved = 0.02 * capacityAh;
        if (widest.Width <= resolved)
        {
            return null;
        }

        int[] notSeen = [.. cells.Where(c => stories[c.Cell].Lamp == LampSight.NotSeen).Select(c => c.Cell)];
        if (notSeen.Length > 0 && notSeen.Length * 2 >= pack.Series)
        {
            return new MostTelling(
                $"look at all red lamps at the very end of the next charge: {notSeen.Length} of {pack.Series} were not seen", null, resolved);
        }

        string number = (cell + 1).ToString(CultureInfo.InvariantCulture);
        return new MostTelling(
            $"charge cell {number} singly until its red lamp comes on, and note amps and minutes: it is the least known, "
            + string.Create(CultureInfo.InvariantCulture, $"{widest.P05:0.0} to {widest.P95:0.0} Ah"),
            CellNumber.FromIndex(cell), Math.Min(resolved, widest.Width));
    }

    // what each cell could lack before a charge, for the words if the charge contradicts it
    private void Foresee()
    {
        double[] weights = Weights();
        foreseen = [.. Enumerable.Range(0, pack.Series).Select(c => Reach(c, weights))];
    }

    // what is more likely a mistake than anything that the cells can have done is named
    private void Judge(RowCharge charge, double[] before)
    {
        double[] after = Weights();
        if (charge.End == RowEnd.FirstAtHvc && charge.Tripped.Cell is { } noted)
        {
            double Another(double[] weights) => Enumerable.Range(0, size.Packs).Sum(j => tripped[j] == noted.Index ? 0 : weights[j]);
            if (Another(after) > Surely && Another(before) > Widely)
            {
                Contradict(noted, $"cell {noted} was noted as the one that tripped, but another reaches HVC long before it: "
                    + $"it {Lacked(noted.Index)} before this charge; check the note, its module and its lugs");
            }
        }

        for (int c = charge.Cells.First; charge.Lamps is not null && c < charge.Cells.First + charge.Cells.Count; c++)
        {
            JudgeLamp(c, Lamp(charge, c), before, after);
        }
    }

    private void JudgeLamp(int cell, LampSight lamp, double[] before, double[] after)
    {
        (double surely, double widely) = (0, 0);
        for (int j = 0; j < size.Packs; j++)
        {
            double wrong = misread[(j * pack.Series) + cell];
            (surely, widely) = (surely + (after[j] * wrong), widely + (before[j] * wrong));
        }

        if (surely <= Surely || widely <= Widely || lamp == LampSight.NotSeen)
        {
            return;
        }

        CellNumber number = CellNumber.FromIndex(cell);
        Contradict(number, lamp == LampSight.Lit
            ? $"cell {number} was noted red, but it cannot be so full: it {Lacked(cell)} before this charge; check the note or the module"
            : $"cell {number} was noted dark, but it cannot be so empty: it {Lacked(cell)} before this charge; "
                + "check the note, the module or the lamp");
    }

    private string Lacked(int cell) => string.Create(
        CultureInfo.InvariantCulture, $"lacked {Math.Max(0, foreseen[cell].Least):0.0} to {foreseen[cell].Most:0.0} Ah");

    private void Contradict(CellNumber? cell, string text) => contradictions.Add(new Contradiction(observation, cell, text));
}
