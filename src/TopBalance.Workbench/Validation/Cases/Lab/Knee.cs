using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Quantities;
using TopBalance.Workbench.Fitting;

namespace TopBalance.Workbench.Validation.Cases.Lab;

/// <summary>The end of a charge: how much is still to come, in percent of capacity, to the moment the cell first shows 3.60 V.</summary>
internal static class Knee
{
    /// <summary>Voltages at which it is asked, V.</summary>
    public static readonly ImmutableArray<double> Volts = [3.40, 3.45, 3.50, 3.55];

    // the tester goes over to constant voltage half a millivolt before
    private const double EndVolts = 3.5995;

    /// <summary>Of a measured charge, for each of <see cref="Volts"/>.</summary>
    public static double[] Measured(LogStretch charge, double capacityAh)
    {
        double[] counted = Counted(charge);
        double end = counted[First(charge, EndVolts)];
        return [.. Volts.Select(v => 100 * (end - counted[First(charge, v)]) / capacityAh)];
    }

    /// <summary>Of the model charged with a constant current, for each of <see cref="Volts"/>; NaN where it does not come to 3.60 V.</summary>
    public static double[] Modelled(CellParameters parameters, double capacityAh, double amps) =>
        Modelled(parameters, capacityAh, amps, Volts);

    /// <summary>The same for other voltages.</summary>
    public static double[] Modelled(CellParameters parameters, double capacityAh, double amps, ImmutableArray<double> volts) =>
    [
        .. ChargeToCome.Of(parameters, new AmpereHours(capacityAh), new Amperes(amps), volts, new Quantities.Volts(EndVolts))
            .BeforeEndAh.Select(ah => 100 * ah / capacityAh),
    ];

    /// <summary>Of a measured charge, at every sample up to 3.60 V, with its voltage.</summary>
    public static (double[] Percent, double[] Volts) Course(LogStretch charge, double capacityAh)
    {
        double[] counted = Counted(charge);
        int end = First(charge, EndVolts);
        return ([.. counted.Take(end + 1).Select(ah => 100 * (counted[end] - ah) / capacityAh)], [.. charge.Volts.Take(end + 1)]);
    }

    /// <summary>Charge that had gone in at each sample, Ah.</summary>
    public static double[] Counted(LogStretch charge)
    {
        double[] counted = new double[charge.Seconds.Length];
        for (int k = 1; k < counted.Length; k++)
        {
            counted[k] = counted[k - 1] + (charge.Amps[k] * (charge.Seconds[k] - charge.Seconds[k - 1]) / 3600);
        }

        return counted;
    }

    /// <summary>Index of the first sample at or above a voltage.</summary>
    public static int First(LogStretch charge, double volts)
    {
        int k = 0;
        while (charge.Volts[k] < volts)
        {
            k++;
        }

        return k;
    }
}
