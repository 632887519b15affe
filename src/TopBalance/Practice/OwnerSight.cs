using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Practice;

/// <summary>What an owner notes of what is there: with the errors of eyes, watches and meters.</summary>
internal sealed class OwnerSight(TruePack pack, OwnerHabits habits, RandomStream random)
{
    private const double SecondsPerMinute = 60, LeastMinutes = 0.1;

    // relative errors of a voltmeter's range for packs, and of counting Ah
    private const double PackMeter = 0.003, AmpHourMeter = 0.005;

    // a struct that changes as it is used
    private RandomStream random = random;
    private readonly List<CellNumber> mistaken = [];

    /// <summary>Cells about which something wrong was noted since this was last asked; they are forgotten by asking.</summary>
    public ImmutableArray<CellNumber> TakeMistaken()
    {
        ImmutableArray<CellNumber> taken = [.. mistaken];
        mistaken.Clear();
        return taken;
    }

    public bool Happens(double probability) => random.NextUniform() < probability;

    public Seconds Gap() => new(random.NextUniform(0, habits.LongestGap.Value));

    /// <summary>A duration by the clock on the wall, never below 0.1 min.</summary>
    public Seconds Time(double seconds)
    {
        double minutes = (seconds / SecondsPerMinute) + (pack.Unknowns.TimeSigmaMinutes!.Value * random.NextNormal());
        return new(Math.Max(LeastMinutes, minutes) * SecondsPerMinute);
    }

    public Volts Voltage(double volts) => new(volts + (pack.Unknowns.MeterSigma!.Value.Value * random.NextNormal()));

    /// <summary>The voltage of the whole pack by a meter of another range; null if nobody measured it.</summary>
    public Volts? PackVoltage(CellState[] states) => habits.PackVoltageNoted > 0 && Happens(habits.PackVoltageNoted)
        ? new Volts(states.Sum(s => s.VoltageVolts) * (1 + (PackMeter * random.NextNormal())))
        : null;

    /// <summary>What a meter counted of a true charge, which is as wrong as the ammeter and a little more; null if there was none.</summary>
    public AmpereHours? Charge(double ampHours) => habits.AmpHoursNoted > 0 && Happens(habits.AmpHoursNoted)
        ? new AmpereHours(Math.Max(1e-6, pack.NotedOf(new(ampHours)).Value * (1 + (AmpHourMeter * random.NextNormal()))))
        : null;

    /// <summary>The voltages of some cells by the meter.</summary>
    public ImmutableSortedDictionary<int, Volts> Voltages(IEnumerable<CellNumber> cells, CellState[] states) =>
        cells.ToImmutableSortedDictionary(c => c.Value, c => Voltage(states[c.Index].VoltageVolts));

    /// <summary>The red lamps of some cells; null if nobody looked.</summary>
    public LampsSeen? Lamps(IEnumerable<CellNumber> cells, CellState[] states)
    {
        if (Happens(habits.NoLamps))
        {
            return null;
        }

        var red = ImmutableArray.CreateBuilder<CellNumber>();
        var missed = ImmutableArray.CreateBuilder<CellNumber>();
        foreach (CellNumber cell in cells)
        {
            bool lit = pack.Model.Cells[cell.Index].ShowsRed(states[cell.Index]);
            bool misread = Happens(pack.Unknowns.LampError!.Value);
            if (Happens(habits.LampMissed))
            {
                missed.Add(cell);
            }
            else
            {
                if (lit != misread)
                {
                    red.Add(cell);
                }

                if (misread)
                {
                    mistaken.Add(cell);
                }
            }
        }

        bool othersNotSeen = Happens(habits.OthersNotSeen);
        return new LampsSeen(red.ToImmutable(), othersNotSeen ? [] : missed.ToImmutable(), othersNotSeen);
    }

    /// <summary>Which green lamp was seen to go out.</summary>
    public Trip Tripped(int cell, CellState[] states, double blinkSeconds)
    {
        if (cell < 0 || pack.Model.Cells[cell].GreenLampDead)
        {
            return Trip.None;
        }

        if (Happens(habits.TripUnseen) || blinkSeconds < habits.LeastBlink.Value)
        {
            return Trip.Unseen;
        }

        if (!Happens(pack.Unknowns.WrongCell!.Value))
        {
            return Trip.Of(CellNumber.FromIndex(cell));
        }

        int noted = Mistaken(cell, states);
        mistaken.AddRange([CellNumber.FromIndex(cell), CellNumber.FromIndex(noted)]);
        return Trip.Of(CellNumber.FromIndex(noted));
    }

    /// <summary>The cell that is really worked on where one is noted.</summary>
    public CellNumber Touched(CellNumber noted)
    {
        if (!Happens(habits.WrongCellDrained))
        {
            return noted;
        }

        CellNumber real = CellNumber.FromIndex(Neighbour(noted.Index));
        mistaken.AddRange([noted, real]);
        return real;
    }

    /// <summary>When single red lamps came on during a step, from its start.</summary>
    public ImmutableSortedDictionary<int, Seconds> RedTimes(PackRun run, in StepOutcome outcome)
    {
        var times = ImmutableSortedDictionary.CreateBuilder<int, Seconds>();
        foreach (RunEvent e in run.Events)
        {
            if (e.Kind == RunEventKind.ShuntOn && e.TimeSeconds > outcome.StartSeconds && e.TimeSeconds <= outcome.EndSeconds
                && !pack.Model.Cells[e.Cell].RedLampDead && Happens(habits.RedTimeNoted))
            {
                times.TryAdd(e.Cell + 1, Time(e.TimeSeconds - outcome.StartSeconds));
            }
        }

        return times.ToImmutable();
    }

    // another red one, else the one beside it
    private int Mistaken(int cell, CellState[] states)
    {
        int[] red = [.. Enumerable.Range(0, states.Length).Where(c => c != cell && pack.Model.Cells[c].ShowsRed(states[c]))];
        return red.Length > 0 ? red[Math.Min(red.Length - 1, (int)random.NextUniform(0, red.Length))] : Neighbour(cell);
    }

    private int Neighbour(int cell)
    {
        int last = pack.Model.Cells.Length - 1;
        return last == 0 ? 0 : cell == 0 ? 1 : cell == last || Happens(0.5) ? cell - 1 : cell + 1;
    }
}
