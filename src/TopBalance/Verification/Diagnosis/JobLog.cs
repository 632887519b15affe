using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Verification.Setup;

namespace TopBalance.Verification.Diagnosis;

/// <summary>What was done to a pack, in figures.</summary>
internal sealed class JobLog
{
    private readonly PackSpec pack;

    public JobLog(PackSpec pack, IReadOnlyList<Observation> seen)
    {
        this.pack = pack;
        Charges = [.. seen.OfType<ChargeSeen>()];
        SingleCharges = [.. seen.OfType<CellChargeSeen>()];
        Doses = [.. seen.OfType<DrainSeen>().Select(d => new Dose(d.Step.Cell, AhOf(d)))];
        int lastDose = Last<DrainSeen>(seen);
        ChargedSinceLastDose = lastDose >= 0 && Last<ChargeSeen>(seen) > lastDose;
    }

    /// <summary>Charges of the whole pack.</summary>
    public ImmutableArray<ChargeSeen> Charges { get; }

    /// <summary>Charges of single cells or neighbours.</summary>
    public ImmutableArray<CellChargeSeen> SingleCharges { get; }

    /// <summary>What was drained from single cells.</summary>
    public ImmutableArray<Dose> Doses { get; }

    /// <summary>The pack was charged after the last dose, so that its effect was seen.</summary>
    public bool ChargedSinceLastDose { get; }

    /// <summary>Nothing but charging and bleeding was done.</summary>
    public bool ShuntsAlone => Doses.IsEmpty && SingleCharges.IsEmpty && !Charges.IsEmpty;

    /// <summary>The last charge; null if there was none.</summary>
    public ChargeSeen? LastCharge => Charges.IsEmpty ? null : Charges[^1];

    /// <summary>Noted current of a charge, A.</summary>
    public double AmpsOf(ChargeSeen charge) => charge.Step.Current?.Value ?? pack.Charger.Current.Value;

    /// <summary>Cells seen dark at the end of a charge.</summary>
    public ImmutableArray<CellNumber> DarkAt(ChargeSeen charge) =>
    [
        .. Enumerable.Range(0, pack.Series).Select(CellNumber.FromIndex)
            .Where(c => charge.Tripped.Cell != c && charge.Lamps?.Of(c) == LampSight.Dark),
    ];

    /// <summary>How long a cycle takes: the charges after the first, and a quarter of an hour for the rest and the reset, s.</summary>
    public double CycleSeconds => 900 + (Charges.Length > 1 ? Charges.Skip(1).Average(c => c.Step.Limit?.Value ?? 0) : 0);

    /// <summary>Ah per dose, the mean of the last three; NaN if there was none.</summary>
    public double UsualDoseAh => Doses.IsEmpty ? double.NaN : Doses.TakeLast(3).Average(d => d.Ah);

    private double AhOf(DrainSeen drain) => drain.Step.Load.AmperesAt(pack.PlateauVolts()) * drain.Step.Duration.Value / 3600;

    private static int Last<T>(IReadOnlyList<Observation> seen)
    {
        for (int k = seen.Count - 1; k >= 0; k--)
        {
            if (seen[k] is T)
            {
                return k;
            }
        }

        return -1;
    }
}

/// <summary>What one cell was drained by.</summary>
/// <param name="Cell">Which.</param>
/// <param name="Ah">Ah.</param>
internal readonly record struct Dose(CellNumber Cell, double Ah);
