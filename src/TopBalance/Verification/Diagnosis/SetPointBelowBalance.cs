using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Verification.Setup;
using static System.FormattableString;

namespace TopBalance.Verification.Diagnosis;

/// <summary>The charger stops on its own before the cells get to where the shunts work.</summary>
internal sealed class SetPointBelowBalance : IHypothesis
{
    // error of a set-point, and of a meter across the whole pack, relative
    private const double SetpointSigma = 0.002, MeterSigma = 0.003;

    /// <inheritdoc/>
    public string Code => "set-point-below-balance";

    /// <inheritdoc/>
    public string InWords => "Is the charger's set-point below the balance level?";

    /// <inheritdoc/>
    public IEnumerable<DiagnosisFinding> Examine(DiagnosisCase of)
    {
        if (of.Log.LastCharge is not { Ended: ChargeEnding.Charged } last || of.Log.DarkAt(last) is not { IsEmpty: false } dark)
        {
            yield break;
        }

        PackSpec pack = of.Pack;
        double measured = last.PackVoltage?.Value ?? double.NaN;
        double volts = (double.IsNaN(measured) ? pack.Charger.Voltage.Value : measured) / pack.Series;
        double sigma = volts * (double.IsNaN(measured) ? SetpointSigma : MeterSigma);
        yield return new DiagnosisFinding(
            Code,
            null,
            NotReached(pack, dark.Length, volts, sigma),
            $"The last charge ended on its own with {dark.Length} of {pack.Series} lamps dark. The charger "
                + (double.IsNaN(measured)
                    ? $"is set to {Say.Volts(pack.Charger.Voltage.Value)}"
                    : $"held {Say.Volts(measured)}, as measured")
                + Invariant($": {Say.Volts(volts)} per cell, {Math.Abs(volts - pack.Module.ShuntOn.Value) * 1000:0} mV ")
                + $"{(volts < pack.Module.ShuntOn.Value ? "below" : "above")} where the shunts come on.",
            $"The shunts come on at {Say.Volts(pack.Module.ShuntOn.Value)}, each module {pack.ThresholdSigmaText()}. A pack whose "
                + "cells never get there is never balanced, and however long it is charged nothing changes.",
            "At the end of a charge measure the pack with a meter you trust and divide by the number of cells; then measure a dark cell.",
            $"Set the charger to {Say.Volts(pack.WantedPerCellVolts() * pack.Series)} ({pack.Series} × "
                + $"{Say.Volts(pack.WantedPerCellVolts())}), with the loop tested and somebody beside it.");
    }

    // that some module among the dark ones would stay dark even with all cells equal: the set-point's error is common to them
    private static double NotReached(PackSpec pack, int dark, double volts, double sigma)
    {
        double modules = Math.Max(pack.ThresholdSigmaVolts(), 1e-4);
        return Normal.Integrate(
            z =>
            {
                double reached = Normal.Cumulative((volts + (sigma * z) - pack.Module.ShuntOn.Value) / modules);
                return Normal.Density(z) * (1 - Math.Pow(reached, dark));
            },
            0.1);
    }
}
