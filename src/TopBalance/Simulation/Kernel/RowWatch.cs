namespace TopBalance.Simulation.Kernel;

/// <summary>Why a stretch of a run ended.</summary>
internal enum Halt
{
    /// <summary>The time given is over.</summary>
    Limit,

    /// <summary>A contact opened.</summary>
    Opened,

    /// <summary>The row's voltage has risen to <see cref="RowWatch.SumHigh"/>.</summary>
    SumHigh,

    /// <summary>The row's voltage has fallen to <see cref="RowWatch.SumLow"/>.</summary>
    SumLow,

    /// <summary>The row's current has fallen to <see cref="RowWatch.AmpsLow"/>.</summary>
    AmpsLow,

    /// <summary>The row's current has risen to <see cref="RowWatch.AmpsHigh"/>.</summary>
    AmpsHigh,

    /// <summary>The charge asked for has passed.</summary>
    Charge,

    /// <summary>What was waited for of every cell has come.</summary>
    All,

    /// <summary>A cell has fallen to the voltage at which it is to stop.</summary>
    StopVolts,

    /// <summary>The cell can be followed in closed form from here on.</summary>
    ClosedForm,

    /// <summary>Nothing moves any more.</summary>
    Stuck,

    /// <summary>The source's law cannot be met.</summary>
    Infeasible,
}

/// <summary>What is waited for of every cell.</summary>
internal enum WaitFor
{
    Nothing,

    /// <summary>At or below the rest voltage.</summary>
    Rest,

    /// <summary>The shunt conducts.</summary>
    Red,
}

/// <summary>What ends a stretch of a run.</summary>
internal struct RowWatch
{
    public double SumHigh = double.PositiveInfinity;
    public double SumLow = double.NegativeInfinity;
    public double AmpsLow = double.NegativeInfinity;
    public double AmpsHigh = double.PositiveInfinity;

    /// <summary>Size of the charge to pass, Ah.</summary>
    public double ChargeAh = double.PositiveInfinity;

    public bool StopOnOpen;

    /// <summary>The time given is only a guard: a row in which nothing moves any more ends at once.</summary>
    public bool Unlimited;
    public WaitFor WaitFor;

    /// <summary>Come back as soon as the row, a single cell under a given current, has a closed form.</summary>
    public bool ReturnOnClosedForm;

    public RowWatch()
    {
    }
}

/// <summary>How a stretch of a run ended.</summary>
/// <param name="Time">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="Cell">Which cell, or -1.</param>
internal readonly record struct RowHalt(double Time, Halt Reason, int Cell = -1);
