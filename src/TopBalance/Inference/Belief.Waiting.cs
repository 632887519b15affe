using TopBalance.Packs;

namespace TopBalance.Inference;

/// <summary>What happens between the charges: shunts bleed on, polarisation fades, loads take charge out.</summary>
public sealed partial class Belief
{
    private readonly Bleeding bleeding;

    /// <param name="seconds">How long; NaN if nobody knows: up to the longest gap.</param>
    /// <param name="except">Indexes of cells that something else happens to: from the first to before the last.</param>
    /// <param name="untilShuntsOff">The last red lamp was seen to go out: every shunt has let go, however long the model takes it.</param>
    private void Wait(double seconds, (int From, int To) except = default, bool untilShuntsOff = false)
    {
        for (int j = 0; j < size.Packs; j++)
        {
            double waited = double.IsNaN(seconds) ? random.NextUniform(0, error.LongestGap.Value) : seconds;
            if (waited <= 0 && !untilShuntsOff)
            {
                continue;
            }

            Bleed(j, untilShuntsOff ? LongBleed : waited, except);
            TopCurve curve = shared[j].Curve;
            (double u1, double u2) = memories[j];
            memories[j] = (u1 * Math.Exp(-waited / curve.Tau1), u2 * Math.Exp(-waited / curve.Tau2));
        }
    }

    // longer than any shunt holds a cell, s
    private const double LongBleed = 86400;

    private void Bleed(int draw, double seconds, (int From, int To) except)
    {
        bleeding.Begin(shared[draw], memories[draw]);
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
                    bleeding.Bleed(ref s, seconds);
                }
            }
        }
    }

    private void ObserveDrain(Observations.DrainSeen drain)
    {
        DrainLoadSpec load = drain.Step.Load;
        double seconds = drain.Step.Duration.Value;
        int cell = Checked(drain.Step.Cell);

        // a nearly full cell under a load stands a little below its shunt's off level
        double volts = pack.Module.ShuntOff.Value - 0.10;
        double ah = load.AmperesAt(volts) * seconds / 3600;
        double sigma = Math.Max(0.02 * ah, load.AmperesAt(volts) * (drain.TimeSigma?.Value ?? error.TimeSigmaSeconds) / 3600);
        for (int j = 0; j < size.Packs; j++)
        {
            DrainInDraw(j, cell, ah, sigma);
        }

        // its own shunt has let go under the load: only the others bleed on
        Wait(seconds);
        stories[cell].DrainedBy(ah);
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
