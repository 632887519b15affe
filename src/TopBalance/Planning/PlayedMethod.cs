using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Methods;
using TopBalance.Packs;
using TopBalance.Simulation;

namespace TopBalance.Planning;

/// <summary>How a method went on one believed pack.</summary>
/// <param name="Hours">From the start to the end, h.</param>
/// <param name="AttendedHours">With somebody standing by, h.</param>
/// <param name="ChargerCycles">Charges of the pack.</param>
/// <param name="DrainedAh">Taken out of single cells by loads, Ah.</param>
/// <param name="Overshot">A drained cell became the emptiest.</param>
/// <param name="ResidualAh">Ah to full of the emptiest cell less that of the fullest, at the end.</param>
/// <param name="HottestWatts">Heat of the drain load, W.</param>
/// <param name="Balanced">It ended balanced; false: given up.</param>
public readonly record struct Played(
    double Hours, double AttendedHours, int ChargerCycles, double DrainedAh, bool Overshot, double ResidualAh, double HottestWatts, bool Balanced)
{
    /// <summary>Attended hours and a tenth of all hours.</summary>
    public double Cost => AttendedHours + (0.1 * Hours);
}

/// <summary>Plays a method on believed packs, one after another. Owns its buffers; one per thread.</summary>
internal sealed class PlayedMethod
{
    // a play that has taken so long is given up, h
    private const double Longest = 5000;

    private readonly PackSpec pack;
    private readonly HumanTimes times;
    private readonly CountedPack counted;
    private readonly Situation now;
    private readonly Sight sight;
    private readonly double[] before;
    private readonly double lampError;
    private Tally tally;
    private RandomStream mistakes;

    public PlayedMethod(PackSpec pack, HumanTimes times)
    {
        (this.pack, this.times) = (pack, times);
        counted = new CountedPack(pack);
        now = new Situation(pack);
        sight = new Sight(pack);
        before = new double[pack.Series];
        lampError = ModelError.Of(pack).LampError;
    }

    /// <summary>Plays to the end.</summary>
    /// <param name="method">Which method.</param>
    /// <param name="believed">The pack as it may be.</param>
    /// <param name="from">What is known at the start.</param>
    /// <param name="foresight">For a method that plays others ahead.</param>
    /// <param name="atMost">It is given up when its cost is above this.</param>
    public Played Play(
        IBalancingMethod method, BelievedPack believed, Situation from, IForesight? foresight = null, double atMost = double.PositiveInfinity)
    {
        tally = default;
        counted.Load(believed);
        mistakes = new RandomStream(BitConverter.DoubleToUInt64Bits(believed.ToFullAh(0)), 0x6C616D70);
        now.Take(from);
        now.Foresight = foresight;
        sight.Begin(from);
        sight.Show(now);
        while (true)
        {
            Proposal next = method.Next(now);
            if (next is Finished or GiveUp || tally.Hours > Longest || tally.Cost > atMost)
            {
                return End(next is Finished);
            }

            Act(next);
            sight.Show(now);
            if (next is ChargePack or HoldPack)
            {
                now.Track();
            }
        }
    }

    private Played End(bool balanced)
    {
        (double least, double most) = (double.PositiveInfinity, double.NegativeInfinity);
        for (int c = 0; c < counted.Series; c++)
        {
            (least, most) = (Math.Min(least, counted.ToFullAh(c)), Math.Max(most, counted.ToFullAh(c)));
        }

        return new Played(
            tally.Hours, tally.AttendedHours, tally.ChargerCycles, tally.DrainedAh, tally.Overshot, most - least, tally.HottestWatts, balanced);
    }

    private void Act(Proposal next)
    {
        switch (next)
        {
            case ChargePack charge:
                Charge(charge.Current.Value, double.PositiveInfinity, verifies: true);
                Measure(charge.Measure);
                break;
            case HoldPack hold:
                Charge(hold.Current.Value, hold.Duration.Value, verifies: false);
                break;
            case LetShuntsBleed:
                tally.LetBleed(LetGo() / 3600, times);
                (now.ShuntsHaveLetGo, now.JustVerified) = (true, false);
                break;
            case DrainDose dose:
                Drain(dose);
                break;
            case ChargeSingles singles:
                Singles(singles);
                break;
            case ChargeFour four:
                Four(four.First.Index);
                break;
            case JoinAll join:
                Join(join);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(next), next, "Unknown proposal.");
        }
    }

    private void Charge(double amps, double limitSeconds, bool verifies)
    {
        if (now.Charges > 0)
        {
            // somebody has to notice, come and turn the key; shunts bleed meanwhile
            Bleeding(() => counted.Wait((times.Notice + times.Reset) * 3600));
        }

        for (int c = 0; c < before.Length; c++)
        {
            before[c] = counted.ToFullAh(c);
        }

        tally.Attend(times.Reset, times);
        CountedEnd end = counted.Charge(amps, limitSeconds);
        tally.Charged(end.Seconds / 3600, verifies, times);
        sight.Charged(counted, amps, Passed(), end.Tripped);
        now.Charges++;
        (now.Tripped, now.LastAmps, now.JustVerified, now.ShuntsHaveLetGo) = (end.Tripped, amps, verifies && (end.Tripped >= 0 || end.Charged), false);
        for (int c = 0; c < now.Cells.Length; c++)
        {
            ref CellSituation cell = ref now.Cells[c];
            bool seenLit = counted.Lit(c) != (mistakes.NextUniform() < lampError);
            cell.Lamp = seenLit ? LampSight.Lit : LampSight.Dark;
            cell.RedSinceDrain |= seenLit;
            cell.ChargedSince = false;
        }
    }

    private void Measure(bool measure)
    {
        now.Measured = measure;
        if (measure)
        {
            sight.Measured(counted, now.LastAmps);
            tally.Measured(counted.Series, times);
        }
    }

    // what went through the string: the cell that took most had no shunt on
    private double Passed()
    {
        double most = 0;
        for (int c = 0; c < before.Length; c++)
        {
            most = Math.Max(most, before[c] - counted.ToFullAh(c));
        }

        return most;
    }

    private double LetGo()
    {
        for (int c = 0; c < before.Length; c++)
        {
            before[c] = counted.Lit(c) ? counted.ToFullAh(c) : double.NaN;
        }

        double seconds = counted.WaitForShunts();
        for (int c = 0; c < before.Length; c++)
        {
            if (!double.IsNaN(before[c]))
            {
                sight.LetGo(c, counted.ToFullAh(c) - before[c]);
            }
        }

        return seconds;
    }

    private double Bleeding(Func<double> wait)
    {
        for (int c = 0; c < before.Length; c++)
        {
            before[c] = counted.ToFullAh(c);
        }

        double result = wait();
        for (int c = 0; c < before.Length; c++)
        {
            sight.Lost(c, counted.ToFullAh(c) - before[c]);
        }

        return result;
    }

    private void Drain(DrainDose dose)
    {
        int cell = dose.Cell.Index;
        double volts = pack.Module.ShuntOff.Value - 0.1;
        double amps = pack.Tools.DrainLoad!.AmperesAt(volts);
        double seconds = dose.Charge.Value / amps * 3600;
        tally.Drained(seconds / 3600, dose.Charge.Value, amps * pack.Module.Hvc.Value, times);
        Bleeding(() => counted.Wait(seconds));
        counted.Drain(cell, dose.Charge.Value);
        sight.Lost(cell, dose.Charge.Value);
        (now.JustVerified, now.Cells[cell].RedSinceDrain) = (false, false);
        tally.Overshot |= IsEmptiest(cell);
    }

    // by more than a dose of the smallest sort: what two cells differ by anyhow is no overshoot
    private bool IsEmptiest(int cell)
    {
        double others = double.NegativeInfinity;
        for (int c = 0; c < counted.Series; c++)
        {
            others = c == cell ? others : Math.Max(others, counted.ToFullAh(c));
        }

        return counted.ToFullAh(cell) > others + (0.005 * counted.CapacityAh);
    }

    private void Singles(ChargeSingles singles)
    {
        double longest = 0;
        int running = 0;
        for (int k = 0; k < singles.Cells.Length; k++)
        {
            int cell = singles.Cells[k].Index;
            double seconds = counted.ChargeSingly(
                cell, singles.Voltage.Value, singles.Current.Value, singles.Lead.Value, singles.Taper.Value, singles.Limit.Value);
            longest = Math.Max(longest, seconds);
            sight.Filled(cell, singles.Current.Value);
            ref CellSituation of = ref now.Cells[cell];
            (of.ChargedSince, of.FullThoughDark) = (true, !counted.Lit(cell));
            of.SingleCharges++;
            if (++running == singles.AtOnce || k == singles.Cells.Length - 1)
            {
                // midway between shunt and HVC a cell may be left alone between looks
                tally.ChargedSingly(longest / 3600, running, times);
                Bleeding(() => counted.Wait(longest));
                (longest, running) = (0, 0);
            }
        }

        (now.JustVerified, now.ShuntsHaveLetGo) = (false, false);
    }

    private void Four(int first)
    {
        SmartChargerSpec charger = pack.Tools.SmartCharger!;
        (double seconds, bool alarm) = counted.ChargeRow(first, 4, charger.Absorption.Value, charger.Current.Value);
        tally.ChargedFour(seconds / 3600, times);
        for (int c = first; c < first + 4; c++)
        {
            bool lit = counted.Lit(c);
            if (lit)
            {
                sight.Filled(c, charger.Current.Value);
            }
            else
            {
                sight.Lost(c, -charger.Current.Value * seconds / 3600);
            }

            // a cell that the buzzer left behind is charged on its own
            now.Cells[c].ChargedSince = lit || !alarm;
            now.Cells[c].SingleCharges += lit ? 1 : 0;
            now.Cells[c].Lamp = lit ? LampSight.Lit : now.Cells[c].Lamp;
        }

        (now.JustVerified, now.ShuntsHaveLetGo) = (false, false);
    }

    private void Join(JoinAll join)
    {
        tally.Attend(2 * counted.Series * times.Rewire, times);
        double seconds = counted.ChargeInParallel(join.Voltage.Value, join.Current.Value);
        tally.Leave(seconds / 3600, times);
        tally.Attend(times.Notice, times);
        for (int c = 0; c < now.Cells.Length; c++)
        {
            sight.Filled(c, join.Current.Value);
            now.Cells[c].ChargedSince = true;
        }

        (now.JustVerified, now.ShuntsHaveLetGo) = (false, true);
    }
}
