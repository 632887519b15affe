using System.Collections.Immutable;
using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Verification.Diagnosis;

/// <summary>What was seen of one cell in a whole log, counted: cheap signs that say which cells are worth playing a fault on.</summary>
internal sealed class CellSigns
{
    private readonly List<(double Amps, bool Tripped)> charges = [];
    private readonly List<(double Volts, LampSight Lamp, bool Tripped)> readings = [];

    private CellSigns(CellNumber cell) => Cell = cell;

    /// <summary>Which cell.</summary>
    public CellNumber Cell { get; }

    /// <summary>Charges after which its lamp was looked at and lit, or looked at and dark.</summary>
    public int Lit { get; private set; }

    /// <summary>Charges after which its lamp was looked at and dark.</summary>
    public int Dark { get; private set; }

    /// <summary>Charges that it was seen to end.</summary>
    public int Trips { get; private set; }

    /// <summary>Of these, with its lamp dark.</summary>
    public int DarkTrips { get; private set; }

    /// <summary>Charges after which it was dark although nine out of ten others were lit.</summary>
    public int DarkAlone { get; private set; }

    /// <summary>Charges after which it was lit although nine out of ten others were dark, and it had not tripped.</summary>
    public int LitAlone { get; private set; }

    /// <summary>Ah taken out of it singly.</summary>
    public double DrainedAh { get; private set; }

    /// <summary>Ah brought into it singly, as noted.</summary>
    public double ChargedAh { get; private set; }

    /// <summary>How far below (negative) the middle of all it was at its worst rest, V; 0 if never measured.</summary>
    public double RestBelowVolts { get; private set; }

    /// <summary>What contradicts a sound pack here.</summary>
    public int Contradictions { get; private set; }

    /// <summary>Charges noted, with their current, and whether it ended them.</summary>
    public IReadOnlyList<(double Amps, bool Tripped)> Charges => charges;

    /// <summary>Voltages at the end of a charge, with its lamp then.</summary>
    public IReadOnlyList<(double Volts, LampSight Lamp, bool Tripped)> Readings => readings;

    /// <summary>Its trips follow the current: the charges it ended had a higher one, or a lower one, than the others.</summary>
    public bool FollowsCurrent
    {
        get
        {
            double with = charges.Where(c => c.Tripped).Select(c => c.Amps).DefaultIfEmpty(double.NaN).Average();
            double without = charges.Where(c => !c.Tripped).Select(c => c.Amps).DefaultIfEmpty(double.NaN).Average();
            return with > 1.3 * without || without > 1.3 * with;
        }
    }

    /// <summary>The signs of all cells, by index.</summary>
    public static ImmutableArray<CellSigns> Of(PackSpec pack, IReadOnlyList<Observation> seen, Belief belief)
    {
        ImmutableArray<CellSigns> signs = [.. Enumerable.Range(0, pack.Series).Select(c => new CellSigns(CellNumber.FromIndex(c)))];
        ChargeSeen? last = null;
        foreach (Observation observation in seen)
        {
            switch (observation)
            {
                case ChargeSeen charge:
                    last = charge;
                    Count(signs, charge, charge.Step.Current?.Value ?? pack.Charger.Current.Value);
                    break;
                case CellChargeSeen single:
                    CountSingle(signs, single);
                    break;
                case DrainSeen drain:
                    signs[drain.Step.Cell.Index].DrainedAh +=
                        drain.Step.Load.AmperesAt(pack.Module.ShuntOff.Value) * drain.Step.Duration.Value / 3600;
                    break;
                case VoltagesSeen volts:
                    CountVolts(signs, volts, last);
                    break;
            }
        }

        foreach (Contradiction c in belief.Contradictions.Where(c => c.Cell is not null))
        {
            signs[c.Cell!.Value.Index].Contradictions++;
        }

        return signs;
    }

    private static void Count(ImmutableArray<CellSigns> signs, ChargeSeen charge, double amps)
    {
        double[] lit = [.. signs.Select(s => charge.Lamps?.Of(s.Cell) == LampSight.Lit ? 1.0 : 0)];
        double[] looked = [.. signs.Select(s => charge.Lamps is { } lamps && lamps.Of(s.Cell) != LampSight.NotSeen ? 1.0 : 0)];
        (double allLit, double allLooked) = (lit.Sum(), looked.Sum());
        foreach (CellSigns s in signs)
        {
            bool tripped = charge.Tripped.Cell == s.Cell;
            bool isLit = lit[s.Cell.Index] > 0;
            bool isDark = looked[s.Cell.Index] > 0 && !isLit;
            double others = allLooked - 1;
            s.charges.Add((amps, tripped));
            s.Lit += isLit ? 1 : 0;
            s.Dark += isDark ? 1 : 0;
            s.Trips += tripped ? 1 : 0;
            s.DarkTrips += tripped && isDark ? 1 : 0;
            s.DarkAlone += isDark && others > 0 && allLit >= MostOthers * others ? 1 : 0;
            s.LitAlone += isLit && !tripped && others > 0 && allLit - 1 <= (1 - MostOthers) * others + 1 ? 1 : 0;
        }
    }

    private const double MostOthers = 0.9;

    private static void CountSingle(ImmutableArray<CellSigns> signs, CellChargeSeen single)
    {
        double ah = single.Charge?.Value ?? (single.Step.Supply.Current.Value * (single.Step.Limit?.Value ?? 0) / 3600);
        foreach (CellNumber cell in single.Step.Cells)
        {
            signs[cell.Index].ChargedAh += ah;
        }
    }

    private static void CountVolts(ImmutableArray<CellSigns> signs, VoltagesSeen volts, ChargeSeen? last)
    {
        double middle = volts.Cells.Values.Select(v => v.Value).Order().ElementAtOrDefault(volts.Cells.Count / 2);
        foreach ((int number, Volts v) in volts.Cells)
        {
            CellSigns s = signs[number - 1];
            if (volts.Rested is not null)
            {
                s.RestBelowVolts = Math.Min(s.RestBelowVolts, v.Value - middle);
            }
            else if (last is not null)
            {
                s.readings.Add((v.Value, last.Lamps?.Of(s.Cell) ?? LampSight.NotSeen, last.Tripped.Cell == s.Cell));
            }
        }
    }
}
