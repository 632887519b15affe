using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Acceptance.Loops;

/// <summary>A pack with one fault that its file does not tell.</summary>
internal static class HiddenFault
{
    /// <summary>The same pack with a fault of a random kind at a random cell.</summary>
    public static PackSpec In(PackSpec pack, ulong seed)
    {
        var random = new RandomStream(seed, 0x6661756C74);
        var cell = CellNumber.FromIndex((int)random.NextUniform(0, pack.Series - 1e-9));
        double capacityAh = pack.Cell.Capacity.Value * pack.Parallel;
        Fault[] kinds =
        [
            new Fault.StuckOnShunt(cell),
            new Fault.DeadShunt(cell),
            new Fault.DeadLoopContact(cell),
            new Fault.DeadRedLamp(cell),

            // 10 to 60 mV more at C/10
            new Fault.LooseLug(cell, new Ohms(random.NextUniform(0.01, 0.06) / (0.1 * capacityAh))),
            new Fault.ReadingOffset(cell, new Volts(random.NextUniform(0.03, 0.08) * (random.NextUniform() < 0.5 ? -1 : 1))),
        ];
        return pack with { Faults = [kinds[(int)random.NextUniform(0, kinds.Length - 1e-9)]] };
    }
}
