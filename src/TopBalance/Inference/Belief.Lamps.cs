using TopBalance.Inference.Observations;

namespace TopBalance.Inference;

/// <summary>What the lamps of a charge say.</summary>
public sealed partial class Belief
{
    // a lamp that is known to be dead says nothing
    private LampSight Lamp(RowCharge charge, int cell) =>
        pack.Faults.Any(f => f is Packs.Fault.DeadRedLamp dead && dead.Cell.Index == cell) ? LampSight.NotSeen : charge.LampOf(cell);

    private (double IfLit, double IfDark) Likelihood(LampSight lamp) => lamp switch
    {
        LampSight.Lit => (1 - error.LampError, error.LampError),
        LampSight.Dark => (error.LampError, 1 - error.LampError),
        _ => (1, 1),
    };

    // a shunt that takes more than the current has bled the cell to its off level at least once
    private static bool Swings(in Slice part, in SliceFigures f, double passed) =>
        f.RedShare < 0 && part.Weight > 0 && Math.Abs(part.On) != Never && f.After(part.Middle, passed, part.Lit) > f.OffAh;

    // anywhere between the two levels: how often it has gone to and fro is not known
    private void AddSwinging(Slice part, in SliceFigures f, bool lit, double likelihood, ref int written)
    {
        if (written >= row.Pieces.Length)
        {
            return;
        }

        part.Weight *= likelihood;
        (part.Low, part.High, part.Lit) = (f.RedAh, f.OffAh, lit);
        row.Pieces[written++] = part;
    }

    // how probable it is that a lamp was noted wrongly where this much of a weight says that it was lit
    private double Misread(LampSight lamp, double weight, double lit)
    {
        (double ifLit, double ifDark) = Likelihood(lamp);
        double fits = (lit * ifLit) + ((weight - lit) * ifDark);
        double wrong = lamp == LampSight.Lit ? (weight - lit) * ifDark : lamp == LampSight.Dark ? lit * ifLit : 0;
        return lamp == LampSight.NotSeen ? 0 : fits > 0 ? wrong / fits : 1;
    }

    // when a lamp came on during the charge: a second look at the same cell, with the clock's error
    private void RedAfter(RowCharge charge, int draw, int cell, int written)
    {
        if (charge.RedAfter is null || !charge.RedAfter.TryGetValue(cell, out double seconds))
        {
            return;
        }

        double ampsNow = charge.Amps * shared[draw].CurrentFactor;
        double sigma = Math.Max(ampsNow * error.TimeSigmaSeconds / 3600, Blur * capacityAh);
        double redFor = Math.Max(0, charge.Seconds - seconds) * ampsNow / 3600;
        for (int k = 0; k < written; k++)
        {
            ref Slice s = ref row.Pieces[k];
            if (s.On == -Never)
            {
                // a shunt that is stuck on has been red all the while
                s.Weight *= Math.Max(Bell(seconds / error.TimeSigmaSeconds), error.LampError);
                continue;
            }

            double share = Math.Max(0, 1 - top.ShuntShare);
            double redAh = s.CapacityAh * top.DarkShare(s.On, s.Factor, s.Hysteresis);
            double expected = redAh - (redFor * share);
            double distance = s.Lit ? Math.Max(0, Math.Max(s.Low - expected, expected - s.High)) : 5 * sigma;
            s.Weight *= Math.Max(Math.Exp(-0.5 * distance * distance / (sigma * sigma)), error.LampError);
            if (s.Lit && s.Width > 2 * sigma && s.Low < expected && s.High > expected)
            {
                double low = Math.Max(s.Low, expected - (1.7 * sigma));
                double high = Math.Min(s.High, expected + (1.7 * sigma));
                s.Weight *= (high - low) / s.Width;
                (s.Low, s.High) = (low, high);
            }
        }
    }
}
