namespace TopBalance.Workbench.Fitting;

/// <summary>A stretch of a log made ready for the fit: currents put right, charge counted, every sample weighed.</summary>
internal sealed class FitStretch
{
    public FitStretch(string source, double[] seconds, double[] amps, double[] volts)
    {
        Source = source;
        Seconds = seconds;
        Amps = amps;
        Volts = volts;
        Weights = new double[seconds.Length];
        Trust = new double[seconds.Length];
        Array.Fill(Trust, 1);
        ChargeAh = new double[seconds.Length];
    }

    /// <summary>For messages.</summary>
    public string Source { get; }

    /// <summary>Time of each sample, s.</summary>
    public double[] Seconds { get; }

    /// <summary>Current that has flowed since the sample before, A.</summary>
    public double[] Amps { get; }

    /// <summary>Measured voltage, V.</summary>
    public double[] Volts { get; }

    /// <summary>1/V. A sample of weight 0 is played but not compared.</summary>
    public double[] Weights { get; }

    /// <summary>From 1 down: how far a sample is believed; outliers less.</summary>
    public double[] Trust { get; }

    /// <summary>Charge stored since the start of the stretch, Ah; what is charged counts with the coulombic efficiency.</summary>
    public double[] ChargeAh { get; }

    /// <summary>State of charge at the first sample.</summary>
    public double StartSoc { get; set; }

    /// <summary>The state of charge at the first sample as counted from full or empty.</summary>
    public double CountedSoc { get; init; }

    /// <summary>Standard deviation of <see cref="CountedSoc"/>.</summary>
    public double SocSigma { get; init; }

    /// <summary>Hysteresis state at the first sample, −1 to 1: how the cell came there.</summary>
    public double StartHysteresis { get; init; }

    /// <summary>True if it begins at rest after a full charge that was not logged.</summary>
    public bool IsRestedFull { get; init; }

    /// <summary>Counts the charge.</summary>
    public void Count(double efficiency)
    {
        for (int k = 1; k < Seconds.Length; k++)
        {
            double ah = Amps[k] * (Seconds[k] - Seconds[k - 1]) / 3600;
            ChargeAh[k] = ChargeAh[k - 1] + (ah > 0 ? efficiency * ah : ah);
        }
    }
}
