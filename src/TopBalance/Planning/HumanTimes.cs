namespace TopBalance.Planning;

/// <summary>
/// What a person needs, h. Our estimates; no measured figures were found. All can be set.
/// </summary>
public sealed record HumanTimes
{
    /// <summary>Noticing that something has ended and coming to the pack.</summary>
    public double Notice { get; init; } = 0.1;

    /// <summary>Moving leads from one cell to the next, with the voltage set and measured first.</summary>
    public double MoveLeads { get; init; } = 0.1;

    /// <summary>Cycling the ignition, starting the charger, reading the lamps.</summary>
    public double Reset { get; init; } = 0.05;

    /// <summary>Standing by before the knee of a long charge.</summary>
    public double Watch { get; init; } = 0.25;

    /// <summary>A look at something that may be left alone.</summary>
    public double Look { get; init; } = 0.05;

    /// <summary>Taking one cell out of the string, or putting it back.</summary>
    public double Rewire { get; init; } = 0.12;

    /// <summary>Measuring one cell with a meter and writing it down.</summary>
    public double Measure { get; init; } = 0.01;

    /// <summary>Something left alone is looked at this often.</summary>
    public double Between { get; init; } = 2;

    /// <summary>Nobody works at night: what needs a person waits from 22 to 8 o'clock. The job begins at 9.</summary>
    public bool DaytimeOnly { get; init; }
}

/// <summary>What a job has cost so far.</summary>
internal struct Tally
{
    private const double Begin = 9, Morning = 8, Evening = 22;

    /// <summary>From the start, and with somebody standing by, h.</summary>
    public double Hours, AttendedHours;

    /// <summary>Charges of the pack after the first.</summary>
    public int ChargerCycles;

    /// <summary>Taken out of single cells by loads, Ah.</summary>
    public double DrainedAh;

    /// <summary>A drained cell became the emptiest of the pack.</summary>
    public bool Overshot;

    /// <summary>Heat of the drain load at its worst, W.</summary>
    public double HottestWatts;

    /// <summary>A charge of the pack: watched at its end, left alone before if it is long; a hold is looked at.</summary>
    public void Charged(double hours, bool verifies, HumanTimes times)
    {
        bool stands = verifies && hours <= times.Watch + times.Notice;
        Leave(stands ? 0 : Math.Max(0, hours - times.Watch), times);
        Attend(stands ? hours : verifies ? Math.Min(hours, times.Watch) : times.Look, times);
        ChargerCycles++;
    }

    /// <summary>Every cell was measured while the charge came to its end.</summary>
    public void Measured(int cells, HumanTimes times) => Attend(cells * times.Measure, times);

    /// <summary>A single cell, or several at once, on supplies that may be left alone between looks.</summary>
    public void ChargedSingly(double hours, int cells, HumanTimes times)
    {
        Attend(cells * times.MoveLeads, times);
        Leave(hours, times);
        Attend(times.Notice, times);
    }

    /// <summary>Shunts were left to bleed.</summary>
    public void LetBleed(double hours, HumanTimes times)
    {
        Leave(hours, times);
        Attend(times.Notice, times);
    }

    /// <summary>A load drained one cell, with somebody standing by.</summary>
    public void Drained(double hours, double ah, double watts, HumanTimes times)
    {
        Attend(times.MoveLeads + hours, times);
        DrainedAh += ah;
        HottestWatts = Math.Max(HottestWatts, watts);
    }

    /// <summary>Four cells were on the 12 V charger, with somebody standing by.</summary>
    public void ChargedFour(double hours, HumanTimes times) => Attend((2 * times.MoveLeads) + hours, times);

    /// <summary>Something that somebody must stand by; at night it waits.</summary>
    public void Attend(double hours, HumanTimes times)
    {
        if (times.DaytimeOnly)
        {
            double clock = (Begin + Hours) % 24;
            double wait = clock < Morning ? Morning - clock : clock >= Evening ? 24 - clock + Morning : 0;
            Hours += wait;
        }

        Hours += hours;
        AttendedHours += hours;
    }

    /// <summary>Something that goes on alone, looked at from time to time.</summary>
    public void Leave(double hours, HumanTimes times)
    {
        Hours += hours;
        AttendedHours += Math.Floor(hours / times.Between) * times.Look;
    }

    /// <summary>Attended hours and a tenth of all hours.</summary>
    public readonly double Cost => AttendedHours + (0.1 * Hours);
}
