using TopBalance.Packs;

namespace TopBalance.Inference;

/// <summary>What happens between the charges: shunts bleed on, polarisation fades, loads take charge out.</summary>
public sealed partial class Belief
{
    private static readonly double[] BleedSeconds = [0, 5, 15, 30, 60, 120, 240, 420, 660, 960, 1320, 1800, 2700, 3600, 5400, 7200, 14400, 43200];

    // in the rest after a charge each lit cell loses what its shunt takes until it lets go
    private readonly double[] fading = new double[BleedSeconds.Length];

    /// <param name="seconds">How long; NaN if nobody knows: up to the longest gap.</param>
    /// <param name="except">Indexes of cells that something else happens to: from the first to before the last.</param>
    private void Wait(double seconds, (int From, int To) except = default)
    {
        for (int j = 0; j < size.Packs; j++)
        {
            double waited = double.IsNaN(seconds) ? random.NextUniform(0, error.LongestGap.Value) : seconds;
            if (waited <= 0)
            {
                continue;
            }

            Bleed(j, waited, except);
            TopCurve curve = shared[j].Curve;
            (double u1, double u2) = memories[j];
            memories[j] = (u1 * Math.Exp(-waited / curve.Tau1), u2 * Math.Exp(-waited / curve.Tau2));
        }
    }

    private void Bleed(int draw, double seconds, (int From, int To) except)
    {
        TopCurve curve = shared[draw].Curve;
        (double u1, double u2) = memories[draw];
        for (int k = 0; k < fading.Length; k++)
        {
            (double left1, double left2) = (Math.Exp(-BleedSeconds[k] / curve.Tau1), Math.Exp(-BleedSeconds[k] / curve.Tau2));
            fading[k] = (u1 * left1) + (u2 * left2)
                - (shuntAmps * (curve.BleedOhms0 + (curve.BleedOhms1 * (1 - left1)) + (curve.BleedOhms2 * (1 - left2))));
        }

        for (int c = 0; c < pack.Series; c++)
        {
            if (c >= except.From && c < except.To)
            {
                continue;
            }

            foreach (ref Slice s in Of(draw, c).Items)
            {
                if (s.Lit)
                {
                    Bleed(ref s, draw, seconds);
                }
            }
        }
    }

    private void Bleed(ref Slice s, int draw, double seconds)
    {
        double until = LetsGoAfter(s, s.Middle, draw);
        double bled = Math.Min(seconds, until) * shuntAmps / 3600;
        if (s.Width > 0.002 * capacityAh)
        {
            // a full cell bleeds longer than one that had just come on
            double low = Math.Min(seconds, LetsGoAfter(s, s.Low, draw)) * shuntAmps / 3600;
            double high = Math.Min(seconds, LetsGoAfter(s, s.High, draw)) * shuntAmps / 3600;
            (s.Low, s.High) = (s.Low + low, Math.Max(s.High + high, s.Low + low));
        }
        else
        {
            (s.Low, s.High) = (s.Low + bled, s.High + bled);
        }

        s.Hysteresis = shared[draw].Curve.HysteresisAfter(s.Hysteresis, -bled / s.CapacityAh);
        s.Lit = seconds < until;
    }

    // s until the cell has fallen to its shunt's off level
    private double LetsGoAfter(in Slice s, double toFullAh, int draw)
    {
        TopCurve curve = shared[draw].Curve;
        double gone = 0;
        double before = double.NaN;
        for (int k = 0; k < BleedSeconds.Length; k++)
        {
            double bled = shuntAmps * BleedSeconds[k] / 3600;
            double share = (toFullAh + bled) / s.CapacityAh;
            double hysteresis = curve.HysteresisVolts * curve.HysteresisAfter(s.Hysteresis, -bled / s.CapacityAh);
            double above = RestVolts(draw, share) + hysteresis + (s.Factor * fading[k]) - s.Off;
            if (above <= 0)
            {
                return k == 0 ? 0 : gone + ((BleedSeconds[k] - gone) * before / (before - above));
            }

            (gone, before) = (BleedSeconds[k], above);
        }

        return double.PositiveInfinity;
    }

    // OCV of this draw's curve, its knee moved by its error
    private double RestVolts(int draw, double share)
    {
        double off = shared[draw].RestKneeError * Math.Clamp((0.5 - share) / 0.4, 0, 1);
        return shared[draw].Curve.OcvAt(share - off);
    }

    private void ObserveDrain(Observations.DrainSeen drain)
    {
        DrainLoadSpec load = drain.Step.Load;
        double seconds = drain.Step.Duration.Value;
        int cell = Checked(drain.Step.Cell);

        // a nearly full cell under a load stands a little below its shunt's off level
        double volts = pack.Module.ShuntOff.Value - 0.10;
        double ah = load.AmperesAt(volts) * seconds / 3600;
        double sigma = Math.Max(0.02 * ah, load.AmperesAt(volts) * error.TimeSigmaSeconds / 3600);
        for (int j = 0; j < size.Packs; j++)
        {
            DrainInDraw(j, cell, ah, sigma);
        }

        // its own shunt has let go under the load: only the others bleed on
        Wait(seconds);
        stories[cell].Drained += ah;
    }

    // the noted cell was drained, or with a small probability another one: then this one was not
    private void DrainInDraw(int draw, int cell, double ah, double sigma)
    {
        SliceSet set = Of(draw, cell);
        int written = 0;
        double taken = Math.Max(0.2 * ah, ah + (sigma * random.NextNormal()));
        foreach (Slice slice in set.Items)
        {
            Slice drained = slice;
            drained.Weight *= 1 - error.WrongCell;
            (drained.Low, drained.High) = (slice.Low + taken, slice.High + taken);
            drained.Hysteresis = shared[draw].Curve.HysteresisAfter(slice.Hysteresis, -taken / slice.CapacityAh);
            drained.Lit = false;
            row.Pieces[written++] = drained;
            Slice spared = slice;
            spared.Weight *= error.WrongCell;
            if (spared.Weight > 0)
            {
                row.Pieces[written++] = spared;
            }
        }

        Settle(set, written);
    }

    private void ObserveUse(Observations.UseSeen use)
    {
        for (int j = 0; j < size.Packs; j++)
        {
            double ah = use.Charge.Value * (1 + (0.03 * random.NextNormal()));
            for (int c = 0; c < pack.Series; c++)
            {
                foreach (ref Slice s in Of(j, c).Items)
                {
                    (s.Low, s.High) = (s.Low + ah, s.High + ah);
                    s.Hysteresis = shared[j].Curve.HysteresisAfter(s.Hysteresis, -ah / s.CapacityAh);
                    s.Lit = false;
                }
            }

            memories[j] = default;
        }
    }

    private int Checked(CellNumber cell) => cell.Value <= pack.Series
        ? cell.Index
        : throw new ArgumentException($"cell {cell} is not in this pack of {pack.Series} cells");
}
