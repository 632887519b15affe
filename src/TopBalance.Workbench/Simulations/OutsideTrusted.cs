using TopBalance.Chemistry;
using TopBalance.Packs;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Workbench.Simulations;

/// <summary>Says that a pack is used where its cell's curves were never measured.</summary>
internal static class OutsideTrusted
{
    /// <summary>A sentence, or null if the pack is inside or nobody has said where inside is.</summary>
    public static string? Of(PackSpec pack)
    {
        if (pack.Cell.Trusted is not { } range)
        {
            return null;
        }

        double rate = pack.Charger.Current.Value / (pack.Cell.Capacity.Value * pack.Parallel);
        string[] outside =
        [
            .. range.Holds(pack.Temperature) ? [] : new[] { Temperature(pack, range) },
            .. range.HoldsCharge(rate) ? [] : new[] { $"a charge at {Rate(rate)} instead of at most {Rate(range.ChargeRate)}" },
        ];
        return outside.Length == 0
            ? null
            : $"Outside of where the curves of {pack.Cell.Name} were measured: {string.Join(", ", outside)}. Figures near full are rough.";
    }

    private static string Temperature(PackSpec pack, TrustedRange range) => Invariant(
        $"{pack.Temperature.Value:0.#}\u00a0°C instead of {range.MinTemperature.Value:0.#} to {range.MaxTemperature.Value:0.#}\u00a0°C");

    private static string Rate(double cRate) =>
        cRate is > 0 and < 0.095 ? Invariant($"C/{1 / cRate:0}") : Invariant($"{cRate:0.##}\u00a0C");
}
