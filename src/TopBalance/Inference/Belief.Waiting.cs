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

        double mean = 0;
        for (int j = 0; j < size.Packs; j++)
        {
            double amps = DrainAmps(load, j, cell);
            double ah = amps * seconds / 3600;
            mean += ah / size.Packs;

            // of a resistor's current the voltage is not known exactly; a load that holds its current is as wrong as every ammeter
            double unknown = load.Current is null ? 0.01 * ah : 0;
            DrainInDraw(j, cell, (ah, Math.Max(unknown, amps * (drain.TimeSigma?.Value ?? error.TimeSigmaSeconds) / 3600)), seconds);
        }

        // its own shunt is in what was taken: the others bleed on
        Wait(seconds, (cell, cell + 1));
        stories[cell].DrainedBy(load.Current is { } noted ? noted.Value * seconds / 3600 : mean);
    }

    // what a load draws from a cell that stands where it is believed to stand
    private double DrainAmps(DrainLoadSpec load, int draw, int cell)
    {
        if (load.Current is { } noted)
        {
            return noted.Value * shared[draw].CurrentFactor;
        }

        double share = 0;
        double factor = 0;
        foreach (ref Slice s in Of(draw, cell).Items)
        {
            share += s.Weight * s.Middle / s.CapacityAh;
            factor += s.Weight * s.Factor;
        }

        TopCurve curve = shared[draw].Curve;
        double rest = curve.OcvAt(Math.Clamp(share, 0.01, 0.99));
        double ohms = factor * (curve.BleedOhms0 + curve.BleedOhms1 + curve.BleedOhms2);
        return load.AmperesAt(rest - (ohms * load.AmperesAt(rest)));
    }

    // the noted cell was drained, or with a small probability another one: then this one was not
    private void DrainInDraw(int draw, int cell, (double Ah, double Sigma) dose, double seconds)
    {
        SliceSet set = Of(draw, cell);
        int written = 0;
        double loaded = Math.Max(0.2 * dose.Ah, dose.Ah + (dose.Sigma * random.NextNormal()));
        bleeding.Begin(shared[draw], memories[draw]);
        foreach (Slice slice in set.Items)
        {
            Slice drained = slice;
            drained.Weight *= 1 - error.WrongCell;
            double taken = loaded + (slice.Lit ? bleeding.Beside(ref drained, loaded * 3600 / seconds, seconds) : 0);
            (drained.Low, drained.High) = (slice.Low + taken, slice.High + taken);
            drained.Hysteresis = shared[draw].Curve.HysteresisAfter(slice.Hysteresis, -taken / slice.CapacityAh);
            row.Pieces[written++] = drained;
            Slice spared = slice;
            spared.Weight *= error.WrongCell;
            if (spared.Lit)
            {
                bleeding.Bleed(ref spared, seconds);
            }

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
