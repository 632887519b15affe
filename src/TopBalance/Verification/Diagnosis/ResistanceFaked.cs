using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Verification.Setup;

namespace TopBalance.Verification.Diagnosis;

/// <summary>What the two hypotheses about resistance share.</summary>
internal static class ResistanceFaked
{
    /// <summary>
    /// Lots of LFP cells have a window of ±22 % in impedance, and outliers in every lot (measured 2009): one cell in a hundred.
    /// </summary>
    public const double PriorOdds = 0.01;

    /// <summary>The pack with the resistances of one cell multiplied.</summary>
    public static IEnumerable<PackSpec> Suppose(PackSpec pack, CellNumber cell, IEnumerable<double> factors)
    {
        double atHalf = AtHalfOhms(pack);
        return factors.Select(f => pack with { Cells = pack.Cells.Add(new CellKnowledge(cell) { R0 = new Ohms(f * atHalf) }) });
    }

    /// <summary>Only charges at different currents tell resistance from charge.</summary>
    public static bool CanBeTold(DiagnosisCase of)
    {
        double[] amps = [.. of.Log.Charges.Select(of.Log.AmpsOf)];
        return amps.Length > 1 && amps.Max() > 1.5 * amps.Min() && AtHalfOhms(of.Pack) > 0;
    }

    /// <summary>The test that decides.</summary>
    public static string Confirm(DiagnosisCase of, CellNumber cell)
    {
        double amps = of.Log.Charges.Select(of.Log.AmpsOf).DefaultIfEmpty(of.Pack.Charger.Current.Value).Max();
        return $"Near the end of a charge read cell {cell} and two of its neighbours at {Say.Amperes(amps)}, turn the charger down to "
            + $"{Say.Amperes(amps / 4)} and read again after 10 s: resistance is the difference in volts over the difference in amps. "
            + "An imbalance stays; resistance moves with the current.";
    }

    private static double AtHalfOhms(PackSpec pack)
    {
        CellParameters nominal = pack.Cell.Temperatures[0].Parameters;
        return nominal.R0.At(0.5, charging: true);
    }
}
