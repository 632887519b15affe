using TopBalance.Quantities;

namespace TopBalance.Practice;

/// <summary>How carefully an owner looks. Probabilities from 0 to 1.</summary>
public sealed record OwnerHabits
{
    /// <summary>That nobody sees which green lamp went out. Default 0.1.</summary>
    public double TripUnseen { get; init; } = 0.1;

    /// <summary>A green lamp that is back sooner than this is not seen to have gone out. Default 1 s.</summary>
    public Seconds LeastBlink { get; init; } = new(1);

    /// <summary>That nobody looks at the red lamps at the end of a charge. Default 0.</summary>
    public double NoLamps { get; init; }

    /// <summary>That only the red lamps which are lit are noted, and nothing of the others. Default 0.</summary>
    public double OthersNotSeen { get; init; }

    /// <summary>That a lamp is not looked at, each. Default 0.</summary>
    public double LampMissed { get; init; }

    /// <summary>That the time is noted at which a red lamp came on, each. Default 0.</summary>
    public double RedTimeNoted { get; init; }

    /// <summary>That the voltage of the whole pack is measured at the end of a charge. Default 0.</summary>
    public double PackVoltageNoted { get; init; }

    /// <summary>That a meter counts the Ah of a charge, or of a charge of single cells. Default 0.</summary>
    public double AmpHoursNoted { get; init; }

    /// <summary>That the cell beside the one noted is drained. Default 0.</summary>
    public double WrongCellDrained { get; init; }

    /// <summary>Longest time between two actions that nobody notes; uniform from 0. Default 30 min.</summary>
    public Seconds LongestGap { get; init; } = new(1800);
}
