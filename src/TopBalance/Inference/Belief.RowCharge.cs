using TopBalance.Inference.Observations;
using TopBalance.Quantities;

namespace TopBalance.Inference;

/// <summary>The charge of cells in series, the heart of what is seen.</summary>
public sealed partial class Belief
{
    // two instants of one cell are not told apart below this share of its capacity: what the reduced circuit leaves out
    private const double Blur = 2e-4;

    // probabilities below this count as this
    private const double Least = 1e-12;

    private readonly RowFigures row;
    private readonly Slice[] thinned;

    // per draw, the index of the cell that tripped (-1: none) and, of each cell, how probable it is that its lamp was noted wrongly
    private readonly int[] tripped;
    private readonly double[] misread;

    private void Charge(RowCharge charge)
    {
        Foresee();
        double[] before = Weights();
        for (int j = 0; j < size.Packs; j++)
        {
            Charge(charge, j);
        }

        Judge(charge, before);
    }

    private void Charge(RowCharge charge, int draw)
    {
        double amps = charge.Amps * shared[draw].CurrentFactor;
        top.Draw(shared[draw], capacityAh, amps, charge.Seconds, memories[draw], pack.Module.ShuntOn.Value, shuntAmps);
        TopCharge last = charge.Fell ? DrawEnd(charge, draw) : top;
        double stringAh = (charge.MeteredAh ?? charge.Amps * charge.Seconds / 3600) * shared[draw].CurrentFactor;
        Figure(charge, draw, stringAh, last);
        Taper? held = AtItsVoltage(charge, draw, stringAh);
        if (held is { } taper)
        {
            charge = charge with { EndAmps = charge.Amps * Math.Max(LeastCurrent, taper.CurrentAt(0.5 * (taper.FromAh + taper.ToAh))) };
            last = charge.Fell ? DrawHeld(charge, draw, taper) : top;
            Figure(charge, draw, stringAh, last);
        }

        (double passed, int tripping, double likelihood) = held is { } known
            ? HeldAtVoltage(charge, draw, known, last) : Passed(charge, draw, stringAh, last);
        double log = Math.Log(Math.Max(likelihood, Least));
        for (int c = charge.Cells.First; c < charge.Cells.First + charge.Cells.Count; c++)
        {
            log += c == tripping ? Trip(charge, draw, c, passed) : Move(charge, draw, c, passed);
        }

        logWeights[draw] += log;
        tripped[draw] = tripping;
        if (charge.AtVolts)
        {
            ShareOut(charge, draw, last);
        }

        Remember(charge, draw, last);
    }

    // the end of a taper: how far polarisation has followed the falling current depends on how long it fell, and that on how much charge
    // the cells still took; from 0 s upwards the two agree after a few rounds
    private TopCharge DrawEnd(RowCharge charge, int draw)
    {
        // an ammeter that shows nothing at the end shows less than it can
        double amps = Math.Max(charge.EndAmps!.Value, 1e-3 * capacityAh) * shared[draw].CurrentFactor;
        double full = charge.Amps * shared[draw].CurrentFactor;
        double shunt = Math.Min(shuntAmps, 0.9 * amps);
        double from = ShareAt(top, charge, full);
        (double, double) memory = top.MemoryAt(from);
        double seconds = 0;
        for (int round = 0; round < TaperRounds; round++)
        {
            end.Draw(shared[draw], capacityAh, amps, seconds, memory, pack.Module.ShuntOn.Value, shunt);
            double took = Math.Max(0, from - ShareAt(end, charge, amps)) * capacityAh;
            double mean = Math.Max(0.5 * (amps + full), 1e-6);
            double next = Math.Min(took * 3600 / mean, charge.Seconds);
            if (next <= seconds * 1.05)
            {
                break;
            }

            seconds = next;
        }

        return end;
    }

    private const int TaperRounds = 6;

    // where a nominal cell of the row stands when the source is at its voltage
    private double ShareAt(TopCharge at, RowCharge charge, double amps)
    {
        double volts = (charge.Volts - (amps * charge.LeadOhms)) / charge.Cells.Count;
        return volts >= pack.Module.ShuntOn.Value ? at.RedShare(volts, 1, 1) : at.DarkShare(volts, 1, 1);
    }

    // the polarisation that a nearly full cell keeps; single cells leave none on the string
    private void Remember(RowCharge charge, int draw, TopCharge last)
    {
        lastCharge[draw] = last.Drawn;
        if (charge.Cells.Count == pack.Series)
        {
            memories[draw] = last.MemoryAt(last.DarkShare(pack.Module.ShuntOn.Value, 1, 1));
        }
    }

    private void Figure(RowCharge charge, int draw, double stringAh, TopCharge last)
    {
        for (int c = charge.Cells.First; c < charge.Cells.First + charge.Cells.Count; c++)
        {
            Figure(charge, draw, c, stringAh, last);
        }
    }

    private void Figure(RowCharge charge, int draw, int cell, double stringAh, TopCharge last)
    {
        Span<Slice> mine = Of(draw, cell).Items;
        Span<SliceFigures> figures = row.Of(cell);
        double redShare = 1 - top.ShuntShare;
        for (int k = 0; k < mine.Length; k++)
        {
            ref Slice s = ref mine[k];
            ref SliceFigures f = ref figures[k];
            f.Hysteresis = shared[draw].Curve.HysteresisAfter(s.Hysteresis, stringAh / s.CapacityAh);
            f.RedShare = redShare;
            f.RedAh = s.CapacityAh * top.DarkShare(Held(charge, s.On - (s.LugOhms * charge.Amps)), s.Factor, f.Hysteresis);
            f.LetGoAh = f.RedAh;
            f.OffAh = redShare < 0 ? Math.Max(f.RedAh, s.CapacityAh * top.RedShare(s.Off, s.Factor, 0)) : double.PositiveInfinity;
            if (Math.Abs(s.On) == Never)
            {
                // a shunt that is stuck or dead knows no level: it takes its share always or never
                f.RedAh = f.LetGoAh = s.On < 0 ? double.MaxValue / 4 : -s.CapacityAh;
            }
            else if (!ReferenceEquals(last, top))
            {
                // a lamp that was lit at the full current goes out again only below its off level
                double onAgain = s.CapacityAh * last.DarkShare(s.On, s.Factor, f.Hysteresis);
                double off = s.CapacityAh * last.RedShare(s.Off, s.Factor, f.Hysteresis);
                f.LetGoAh = Math.Max(onAgain, Math.Min(off, f.RedAh));
            }

            if (charge.End == RowEnd.AtVoltage && charge.Cells.Count == 1)
            {
                f.TripAh = s.CapacityAh * AtSupply(charge, s, f, last);
            }
            else if (charge.End == RowEnd.LastRed)
            {
                f.TripAh = f.RedAh;
            }
            else
            {
                // where the current has fallen, a cell gets further before it trips
                double hvc = s.Hvc - (s.LugOhms * charge.Amps);
                f.TripAh = s.On == Never ? s.CapacityAh * last.DarkShare(hvc, s.Factor, f.Hysteresis)
                    : Math.Min(s.CapacityAh * last.RedShare(hvc, s.Factor, f.Hysteresis), f.RedAh - (1e-5 * s.CapacityAh));
            }

            Hold(charge, s, ref f);
            f.EarliestAh = f.ToTrip(s.Low, s.Lit);
            f.LatestAh = Math.Max(f.EarliestAh, f.ToTrip(s.High, s.Lit));
        }
    }

    // a supply that was left on for hours: current times time says nothing any more, its voltage does
    private void Hold(RowCharge charge, in Slice s, ref SliceFigures f)
    {
        (f.HeldFromAh, f.HeldToAh) = (double.NegativeInfinity, double.NegativeInfinity);
        if (charge.Cells.Count == 1 && charge.MayTaper && charge.End == RowEnd.Nothing)
        {
            double drop = s.Factor * top.Polarisation(0.005);
            f.HeldFromAh = s.CapacityAh * top.DarkShare(charge.Volts - (charge.Amps * charge.LeadOhms), s.Factor, f.Hysteresis);
            f.HeldToAh = Math.Min(f.HeldFromAh, s.CapacityAh * top.DarkShare(charge.Volts + drop, s.Factor, f.Hysteresis));
        }
    }

    // a supply whose leads drop voltage cannot hold its current up to the lamp: the level is reached at a smaller one
    private double Held(RowCharge charge, double level)
    {
        if (charge.LeadOhms <= 0 || double.IsInfinity(charge.Volts) || charge.Cells.Count > 1)
        {
            return level;
        }

        double amps = Math.Clamp((charge.Volts - level) / charge.LeadOhms, 0.02 * charge.Amps, charge.Amps);
        return level + ((1 - (amps / charge.Amps)) * top.Polarisation(top.DarkShare(level, 1, 1)));
    }

    private static double AtSupply(RowCharge charge, in Slice s, in SliceFigures f, TopCharge last)
    {
        double volts = charge.Volts - ((charge.EndAmps ?? charge.Amps) * charge.LeadOhms);
        return volts >= s.On ? last.RedShare(volts, s.Factor, f.Hysteresis) : last.DarkShare(volts, s.Factor, f.Hysteresis);
    }

    // the cell that met its level: what it lacks now is where that level lies
    private double Trip(RowCharge charge, int draw, int cell, double passed)
    {
        SliceSet set = Of(draw, cell);
        Span<Slice> mine = set.Items;
        Span<SliceFigures> figures = row.Of(cell);

        // a single cell that has met its supply's voltage may be lit or dark; one that opened the loop is lit, unless its shunt is dead
        LampSight lamp = Lamp(charge, cell);
        (double ifLit, double ifDark) = Single(charge) ? Likelihood(lamp) : (1, 1);
        (double sum, double lit, int written) = (0, 0, 0);
        for (int k = 0; k < mine.Length; k++)
        {
            Slice s = mine[k];
            ref SliceFigures f = ref figures[k];
            double blur = Blur * s.CapacityAh;
            double width = Math.Max(f.LatestAh - f.EarliestAh, blur);
            double middle = 0.5 * (f.EarliestAh + f.LatestAh);
            if (Math.Abs(passed - middle) > 0.5 * width + (0.5 * blur))
            {
                continue;
            }

            s.Weight /= width;
            s.Low = f.TripAh - (0.5 * blur);
            s.High = f.TripAh + (0.5 * blur);
            s.Hysteresis = f.Hysteresis;
            s.Lit = f.TripAh <= f.LetGoAh + blur;
            sum += s.Weight;
            lit += s.Lit ? s.Weight : 0;
            s.Weight *= s.Lit ? ifLit : ifDark;
            row.Pieces[written++] = s;
        }

        double left = Settle(set, written);
        if (left <= 0)
        {
            Displace(mine, figures, passed);
        }

        misread[(draw * pack.Series) + cell] = Single(charge) ? Misread(lamp, sum, lit)
            : lamp == LampSight.Dark && !HasDeadShunt(cell) ? 1 : 0;
        return Single(charge) && sum > 0 ? Math.Log(Math.Max(left / sum, Least)) : 0;
    }

    // every other cell: it had not met its level, and its lamp says on which side of the other level it is
    private double Move(RowCharge charge, int draw, int cell, double passed)
    {
        SliceSet set = Of(draw, cell);
        Span<Slice> mine = set.Items;
        Span<SliceFigures> figures = row.Of(cell);
        LampSight lamp = Lamp(charge, cell);
        (double ifLit, double ifDark) = Likelihood(lamp);
        bool survives = charge.End != RowEnd.LastRed;
        double sum = 0;
        double lit = 0;
        int written = 0;
        for (int k = 0; k < mine.Length; k++)
        {
            ref SliceFigures f = ref figures[k];
            ref Slice s = ref mine[k];

            // what must have been lacking before so that it has not tripped, and so that its lamp is lit now
            double width = f.LatestAh - f.EarliestAh;
            double alive = !survives || f.EarliestAh >= passed ? s.Low
                : width <= 0 || f.LatestAh < passed ? double.PositiveInfinity
                : Math.Max(s.Low, BeforeTrip(s, f, passed));
            if (alive >= s.High && !(alive == s.Low && s.Width <= 0))
            {
                continue;
            }

            Slice living = s.Part(alive, double.PositiveInfinity);
            sum += living.Weight;
            double lastDark = s.Lit ? double.PositiveInfinity : DarkUntil(f, passed);
            Slice litPart = living.Part(double.NegativeInfinity, lastDark);
            if (Swings(litPart, f, passed))
            {
                lit += f.LitShare * litPart.Weight;
                AddSwinging(litPart, f, true, f.LitShare * ifLit, ref written);
                AddSwinging(litPart, f, false, (1 - f.LitShare) * ifDark, ref written);
            }
            else
            {
                lit += litPart.Weight;
                Add(litPart, f, passed, true, ifLit, ref written);
            }

            Add(living.Part(lastDark, double.PositiveInfinity), f, passed, false, ifDark, ref written);
        }

        misread[(draw * pack.Series) + cell] = Misread(lamp, sum, lit);
        RedAfter(charge, draw, cell, written);
        double left = Settle(set, written);
        if (left > 0 && sum > 0)
        {
            return Math.Log(Math.Max(left / sum, Least));
        }

        // nothing that was believed can be: the cell is moved without the evidence, and Judge names it
        Displace(mine, figures, passed);
        return Math.Log(Least);
    }

    // before the charge: the Ah to full from which this charge leads exactly to the trip level
    private static double BeforeTrip(in Slice s, in SliceFigures f, double passed)
    {
        double red = s.Lit ? passed : Math.Min(passed, Math.Max(0, f.RedAh - f.TripAh) / Math.Max(f.RedShare, 1e-9));
        return f.TripAh + (red * f.RedShare) + (passed - red);
    }

    // before the charge: below this the lamp is lit at its end
    private static double DarkUntil(in SliceFigures f, double passed) =>
        f.LetGoAh >= f.RedAh ? f.RedAh + passed : f.LetGoAh + passed;

    private void Add(Slice part, in SliceFigures f, double passed, bool lit, double likelihood, ref int written)
    {
        if (part.Weight <= 0 || written >= row.Pieces.Length)
        {
            return;
        }

        bool wasLit = part.Lit;
        part.Weight *= likelihood;
        (double low, double high) = (f.After(part.Low, passed, wasLit), f.After(part.High, passed, wasLit));
        (part.Low, part.High) = (Math.Min(low, high), Math.Max(low, high));
        part.Hysteresis = f.Hysteresis;
        part.Lit = lit;
        if (part.Low < f.HeldFromAh)
        {
            (part.Low, part.High) = (f.Held(part.Low), f.Held(part.High));
            part.Lit = part.Middle <= f.LetGoAh;
        }

        row.Pieces[written++] = part;
    }

    private static void Displace(Span<Slice> mine, ReadOnlySpan<SliceFigures> figures, double passed)
    {
        for (int k = 0; k < mine.Length; k++)
        {
            ref Slice s = ref mine[k];
            (double low, double high) = (figures[k].After(s.Low, passed, s.Lit), figures[k].After(s.High, passed, s.Lit));
            (s.Low, s.High) = (Math.Min(low, high), Math.Max(low, high));
            (s.Lit, s.Hysteresis) = (s.Middle <= figures[k].LetGoAh, figures[k].Hysteresis);
        }
    }

    // weights made to sum to 1, no more slices than there is room for
    private double Settle(SliceSet set, int written)
    {
        Span<Slice> pieces = row.Pieces.AsSpan(0, written);
        double sum = SliceSet.Normalise(pieces);
        if (!(sum > 0))
        {
            // nothing that was believed can be: what was believed stays, moved by nothing; Judge names it
            return 0;
        }

        int kept = 0;
        double heaviest = 0;
        foreach (ref Slice piece in pieces)
        {
            heaviest = Math.Max(heaviest, piece.Weight);
        }

        for (int k = 0; k < written; k++)
        {
            if (pieces[k].Weight > 1e-5 * heaviest)
            {
                pieces[kept++] = pieces[k];
            }
        }

        SliceSet.Normalise(pieces[..kept]);
        if (kept <= set.Capacity - (size.Slices / 2) && kept <= 2 * size.Slices && heaviest < 0.3)
        {
            set.Replace(pieces[..kept]);
            return sum;
        }

        int count = SliceSet.Thin(pieces[..kept], thinned, size.Slices, ref random);
        set.Replace(thinned.AsSpan(0, count));
        return sum;
    }
}
