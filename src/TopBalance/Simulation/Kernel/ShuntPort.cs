using TopBalance.Packs;

namespace TopBalance.Simulation.Kernel;

/// <summary>What a shunt that is on takes from its cell: a current plus a conductance.</summary>
internal readonly struct ShuntPort
{
    public ShuntPort(ShuntSpec shunt)
    {
        Amps = shunt.AmperesAt(0);
        Siemens = shunt.AmperesAt(1) - Amps;
    }

    public readonly double Amps, Siemens;

    // one that regulates is a current of its own, found by the algebra
    public double AmpsOf(in CellFlags flags) => flags.Shunt && !flags.Held ? Amps : 0;

    public double SiemensOf(in CellFlags flags) => flags.Shunt && !flags.Held ? Siemens : 0;
}
