namespace TopBalance.Simulation;

/// <summary>How a step went.</summary>
/// <param name="StartSeconds">When it began, from the start of the run.</param>
/// <param name="EndSeconds">When it ended.</param>
/// <param name="Reason">Why.</param>
/// <param name="Cell">Index of the cell that ended it, or -1.</param>
/// <param name="StringAh">Charge that the string current brought into the pack, Ah; negative when driving.</param>
public readonly record struct StepOutcome(double StartSeconds, double EndSeconds, EndReason Reason, int Cell, double StringAh)
{
    /// <summary>Charge that supplies brought into single cells, Ah.</summary>
    public double SupplyAh { get; init; }

    /// <summary>For <see cref="EndReason.Stuck"/> while waiting for a voltage: where the cell settles, V; else NaN.</summary>
    public double SettlesAtVolts { get; init; } = double.NaN;
}

/// <summary>What happened at an instant.</summary>
public enum RunEventKind
{
    /// <summary>The shunt began to conduct; the red lamp is lit.</summary>
    ShuntOn,

    /// <summary>The shunt stopped conducting.</summary>
    ShuntOff,

    /// <summary>The contact opened above HVC; the green lamp is out.</summary>
    HvcOpened,

    /// <summary>The contact closed again; the green lamp is back.</summary>
    HvcCleared,

    /// <summary>The contact opened below LVC; the green lamp is out.</summary>
    LvcOpened,

    /// <summary>The contact closed again.</summary>
    LvcCleared,

    /// <summary>The cell rose above its maximum voltage.</summary>
    OverchargeBegan,

    /// <summary>The cell is back at its maximum voltage.</summary>
    OverchargeEnded,

    /// <summary>The cell rose above HVC (whether or not the contact has opened yet).</summary>
    AboveHvcBegan,

    /// <summary>The cell is back at HVC.</summary>
    AboveHvcEnded,

    /// <summary>A member fell below a state of charge of 0.</summary>
    ReversalBegan,

    /// <summary>It is back at 0.</summary>
    ReversalEnded,

    /// <summary>The drain load turns more into heat than it may.</summary>
    OverWattageBegan,

    /// <summary>The drain load is back at its rating, or off.</summary>
    OverWattageEnded,

    /// <summary>The charger or supply went to constant current.</summary>
    ConstantCurrent,

    /// <summary>The charger went to constant power.</summary>
    ConstantPower,

    /// <summary>The charger or supply went to constant voltage.</summary>
    ConstantVoltage,

    /// <summary>The ignition key was cycled.</summary>
    IgnitionReset,
}

/// <summary>Something that happened at an instant.</summary>
/// <param name="TimeSeconds">When, from the start of the run.</param>
/// <param name="Kind">What.</param>
/// <param name="Cell">Index of the cell, or -1 for the pack.</param>
/// <param name="Depth">For the end of a hazard: how bad it was at its worst (V, Ah or W); else 0.</param>
public readonly record struct RunEvent(double TimeSeconds, RunEventKind Kind, int Cell, double Depth = 0);

/// <summary>A kind of danger.</summary>
public enum HazardKind
{
    /// <summary>Above max_v for more than 10 s; depth in V.</summary>
    Overcharge,

    /// <summary>Below a state of charge of 0; depth in Ah.</summary>
    Reversal,

    /// <summary>A supply left a cell above its HVC; depth in V.</summary>
    OverHvc,

    /// <summary>A drain load above its rating; depth in W.</summary>
    OverWattage,
}

/// <summary>A danger that a cell was in.</summary>
/// <param name="Cell">Index of the cell.</param>
/// <param name="Kind">What danger.</param>
/// <param name="StartSeconds">From when.</param>
/// <param name="DurationSeconds">For how long, up to the end of the run.</param>
/// <param name="Depth">How bad at its worst: V, Ah or W.</param>
public readonly record struct Hazard(int Cell, HazardKind Kind, double StartSeconds, double DurationSeconds, double Depth);

/// <summary>A cell at an instant.</summary>
/// <param name="Soc">Mean state of charge of the members, weighted by capacity.</param>
/// <param name="VoltageVolts">At its module's sense points.</param>
/// <param name="CurrentAmps">Into the cell itself: string current plus supplies less shunt and drain.</param>
/// <param name="ShuntOn">The shunt conducts.</param>
/// <param name="ContactOpen">Its loop contact is open (above HVC or below LVC).</param>
/// <param name="BledAh">Charge that its shunt has taken since the start of the run.</param>
public readonly record struct CellState(double Soc, double VoltageVolts, double CurrentAmps, bool ShuntOn, bool ContactOpen, double BledAh);
