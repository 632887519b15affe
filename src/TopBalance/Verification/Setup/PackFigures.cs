using TopBalance.Packs;

namespace TopBalance.Verification.Setup;

/// <summary>Figures of a pack that several rules use.</summary>
internal static class PackFigures
{
    /// <summary>Tolerance of a comparison of voltages read from files, so that 4 × 3.7 V is 14.8 V.</summary>
    public const double Rounding = 1e-6;

    /// <summary>The typical spread of a module's levels where the file is silent (20 to 30 mV measured), V.</summary>
    private const double TypicalThresholdSigma = 0.025;

    /// <summary>Capacity of a whole cell, Ah.</summary>
    public static double CellCapacityAh(this PackSpec pack) => pack.Cell.Capacity.Value * pack.Parallel;

    /// <summary>The charger's current as a multiple of a cell's capacity per hour.</summary>
    public static double ChargeRate(this PackSpec pack) => pack.Charger.Current.Value / pack.CellCapacityAh();

    /// <summary>What each cell has when the pack is balanced and at the charger's set-point, V.</summary>
    public static double SetPointPerCellVolts(this PackSpec pack) => pack.Charger.Voltage.Value / pack.Series;

    /// <summary>What the charger should give per cell, V: what the brand's module is made for, at most the HVC fitted.</summary>
    public static double WantedPerCellVolts(this PackSpec pack) =>
        Math.Min(pack.Cell.ModuleHvc?.Value ?? pack.Module.Hvc.Value, pack.Module.Hvc.Value);

    /// <summary>The charger's current while the cells are on their plateau, A: a power limit may hold it down.</summary>
    public static double BulkAmps(this PackSpec pack)
    {
        double packVolts = pack.PlateauVolts() * pack.Series;
        return pack.Charger.PowerLimit is { } limit && packVolts > 0
            ? Math.Min(pack.Charger.Current.Value, limit.Value / packVolts)
            : pack.Charger.Current.Value;
    }

    /// <summary>The upper plateau, where the other cells are when the fullest one finishes, V: OCV at 90 % SoC.</summary>
    public static double PlateauVolts(this PackSpec pack) => pack.Cell.At(pack.Temperature).Ocv.At(0.9);

    /// <summary>The spread of a module's levels, V.</summary>
    public static double ThresholdSigmaVolts(this PackSpec pack) => pack.Unknowns?.ThresholdSigma?.Value ?? TypicalThresholdSigma;

    /// <summary>The spread of a module's levels in words, and whether the file gives it.</summary>
    public static string ThresholdSigmaText(this PackSpec pack) =>
        $"±{Say.Volts(pack.ThresholdSigmaVolts())}{(pack.Unknowns?.ThresholdSigma is null ? " (typical; the file does not say)" : "")}";

    /// <summary>What a shunt takes when it has just come on, A.</summary>
    public static double ShuntAmps(this PackSpec pack) => pack.Module.Shunt.AmperesAt(pack.Module.ShuntOn.Value);
}
