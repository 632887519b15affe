using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Files;

/// <summary>
/// The cell that <c>ocv_csv</c> implies: its OCV table, constant resistances, no hysteresis, η = 1, no self-discharge, and only the RC
/// pairs that the pack file gives.
/// </summary>
internal static class ConstantCell
{
    // a power of two, so that a resistance given for a member comes out to the last bit when its factor is multiplied back
    private const double UnitOhms = 1.0 / 1024;

    /// <param name="cell">The cell of the library, for capacity, limits and what is not given.</param>
    /// <param name="ocv">The table.</param>
    /// <param name="known">What is known of single cells.</param>
    /// <param name="members">Members in the whole pack.</param>
    /// <param name="parallel">Members in a cell.</param>
    /// <param name="temperature">Where what is not given is taken from the cell.</param>
    /// <exception cref="ArgumentException">An RC pair is given for some members only, or incompletely.</exception>
    public static CellSpec Make(
        CellSpec cell, OcvCurve ocv, ImmutableArray<CellKnowledge> known, int members, int parallel, Celsius temperature)
    {
        CellParameters library = cell.At(temperature);
        int Given(Func<CellKnowledge, bool> gives) => known.Where(gives)
            .SelectMany(k => k.Member is { } m ? [(k.Cell, m)] : Enumerable.Range(1, parallel).Select(m => (k.Cell, m)))
            .Distinct().Count();

        RcPair? PairOf(int index, string r, Func<CellKnowledge, bool> givesR, string c, Func<CellKnowledge, bool> givesC) =>
            Pair(r, c, Given(givesR), Given(givesC), members, library.RcPairs.ElementAtOrDefault(index));

        double r0 = Given(k => k.R0 is not null) == members ? UnitOhms : library.R0.At(0.5, charging: true);
        RcPair? first = PairOf(0, "r1_ohm", k => k.R1 is not null, "c1_f", k => k.C1 is not null);
        RcPair? second = PairOf(1, "r2_ohm", k => k.R2 is not null, "c2_f", k => k.C2 is not null);
        if (first is null && second is not null)
        {
            throw new ArgumentException("r2_ohm is given without r1_ohm; give r1_ohm and c1_f, or call the only pair r1_ohm and c1_f");
        }

        ImmutableArray<RcPair> pairs = [.. new[] { first, second }.OfType<RcPair>()];
        var parameters = new CellParameters(ocv, ResistanceCurve.Constant(r0), pairs);
        return new CellSpec(cell.Id, cell.Capacity, cell.FullVoltage, cell.MaxVoltage, [new CellAtTemperature(temperature, parameters)])
        {
            Name = cell.Name,
            Brand = cell.Brand,
            MinVoltage = cell.MinVoltage,
            ChargeMinTemperature = cell.ChargeMinTemperature,
            ChargeMaxTemperature = cell.ChargeMaxTemperature,
            TerminationRate = cell.TerminationRate,
            ModuleHvc = cell.ModuleHvc,
            Sources = cell.Sources,
        };
    }

    private static RcPair? Pair(string r, string c, int withR, int withC, int members, RcPair? library)
    {
        if (withR == 0)
        {
            return withC == 0 ? null : throw new ArgumentException($"{c} is given without {r}; give both");
        }

        if (withR != members)
        {
            throw new ArgumentException($"with ocv_csv, {r} is given for some cells only; give it for every cell or for none");
        }

        if (withC != members && library is null)
        {
            throw new ArgumentException($"with ocv_csv, {c} is missing for some cells; give it wherever {r} is given");
        }

        return new RcPair(ResistanceCurve.Constant(UnitOhms), library?.TimeConstant ?? new Seconds(1));
    }
}
