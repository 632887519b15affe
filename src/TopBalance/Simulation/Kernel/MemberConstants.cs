using TopBalance.Chemistry;

namespace TopBalance.Simulation.Kernel;

/// <summary>What never changes of a member in a run, laid out for the kernels. Like members of a cell are lumped into one.</summary>
internal readonly struct MemberConstants
{
    /// <param name="model">The member.</param>
    /// <param name="table">The tables of its parameters.</param>
    /// <param name="count">How many like members in parallel this stands for.</param>
    public MemberConstants(MemberModel model, CellTable table, int count)
    {
        CellParameters parameters = model.Parameters;
        Table = table;
        CapacityAh = model.CapacityAh * count;
        SocPerAmpSecond = 1 / (3600 * CapacityAh);
        Efficiency = parameters.Efficiency;
        LeakAmps = parameters.SelfDischarge.Value * count;
        R0Scale = model.R0Scale / count;
        Pairs = parameters.RcPairs.Length;
        R1Scale = Pairs > 0 ? model.R1Scale / count : 0;
        R2Scale = Pairs > 1 ? model.R2Scale / count : 0;
        Tau1 = Pairs > 0 ? model.Tau1Seconds ?? parameters.RcPairs[0].TimeConstant.Value : 1;
        Tau2 = Pairs > 1 ? model.Tau2Seconds ?? parameters.RcPairs[1].TimeConstant.Value : 1;
        HysteresisVolts = parameters.Hysteresis.Value;
        HysteresisPerSoc = HysteresisVolts == 0 ? 0 : parameters.HysteresisRate;
        InitialSoc = model.InitialSoc;
    }

    public readonly CellTable Table;

    public readonly double CapacityAh, SocPerAmpSecond, Efficiency, LeakAmps, InitialSoc;
    public readonly double R0Scale, R1Scale, R2Scale, Tau1, Tau2, HysteresisVolts, HysteresisPerSoc;

    /// <summary>RC pairs in use: 0, 1 or 2.</summary>
    public readonly int Pairs;

    /// <summary>True if the sign of the current changes the equations, so that its zero is an event.</summary>
    public bool DependsOnDirection => Efficiency != 1 || HysteresisPerSoc != 0 || !Table.SameBothWays;

    /// <summary>dz/dt at a current, 1/s.</summary>
    public double SocRate(double amps) => SocPerAmpSecond * ((amps > 0 ? Efficiency * amps : amps) - LeakAmps);
}

/// <summary>What changes of a member in a run.</summary>
internal struct MemberState
{
    /// <summary>State of charge.</summary>
    public double Z;

    /// <summary>RC voltages, V.</summary>
    public double U1, U2;

    /// <summary>Hysteresis state, -1 to 1.</summary>
    public double H;

    /// <summary>Which table of resistances was last in use; keeps the choice well defined at a current of 0.</summary>
    public bool Charging;
}
