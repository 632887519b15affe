using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Simulation;

/// <summary>Draws one pack out of what a pack file says: known values as they are, the rest from its <c>unknowns</c>.</summary>
/// <remarks>A spread that is absent is 0. Each cell, member and quantity has a random stream of its own.</remarks>
public static class PackDraw
{
    // typed labels keep the streams of different quantities apart
    private enum Quantity
    {
        CommonSoc,
        Soc,
        Capacity,
        Resistance,
        Threshold,
        Temperature,
    }

    /// <summary>Draws the pack with the spec's own seed.</summary>
    /// <exception cref="ArgumentException">A cell's state of charge is given nowhere.</exception>
    public static PackModel Draw(PackSpec pack) => Draw(pack, pack.Seed);

    /// <summary>Draws the pack with another seed.</summary>
    /// <exception cref="ArgumentException">A cell's state of charge is given nowhere.</exception>
    public static PackModel Draw(PackSpec pack, ulong seed)
    {
        Unknowns unknowns = pack.Unknowns ?? new Unknowns();
        CellParameters parameters = pack.Cell.At(DrawTemperature(pack, unknowns, Stream(seed, Quantity.Temperature, 0, 0)));
        ILookup<int, CellKnowledge> known = pack.Cells.ToLookup(k => k.Cell.Index);
        double commonSoc = (unknowns.SocCommonSigma ?? 0) * Stream(seed, Quantity.CommonSoc, 0, 0).NextNormal();
        var cells = ImmutableArray.CreateBuilder<CellModel>(pack.Series);
        for (int cell = 0; cell < pack.Series; cell++)
        {
            double drawnSoc = DrawSoc(unknowns, commonSoc, Stream(seed, Quantity.Soc, cell, 0));
            int number = cell;
            ImmutableArray<MemberModel> members =
            [
                .. Enumerable.Range(0, pack.Parallel)
                    .Select(m => DrawMember(pack, parameters, unknowns, known[number], seed, number, m, drawnSoc)),
            ];
            RandomStream threshold = Stream(seed, Quantity.Threshold, cell, 0);
            cells.Add(WithFaults(new CellModel(members, DrawLevels(pack.Module, unknowns, threshold)), pack.Faults, cell));
        }

        return new PackModel(cells.MoveToImmutable(), pack.Module, pack.Charger, pack.Cell.MaxVoltage)
        {
            LoopCut = pack.Faults.Any(f => f is Fault.CutLoop),
        };
    }

    private static RandomStream Stream(ulong seed, Quantity quantity, int cell, int member) =>
        new(seed, ((ulong)quantity << 40) | ((ulong)cell << 16) | (uint)member);

    // one for the whole pack
    private static Celsius DrawTemperature(PackSpec pack, Unknowns unknowns, RandomStream random) =>
        unknowns.TemperatureSigma is { } sigma ? new(pack.Temperature.Value + (sigma * random.NextNormal())) : pack.Temperature;

    private static double DrawSoc(Unknowns unknowns, double common, RandomStream random)
    {
        if (unknowns is { SocMin: { } min, SocMax: { } max })
        {
            return Math.Clamp(random.NextUniform(min, max) + common, 0, 1);
        }

        if (unknowns.SocMean is not { } mean)
        {
            return double.NaN;
        }

        // truncated by drawing again; a spread so wide that 100 draws miss 0 to 1 is clamped
        for (int k = 0; k < 100; k++)
        {
            double soc = mean + common + ((unknowns.SocSigma ?? 0) * random.NextNormal());
            if (soc is >= 0 and <= 1)
            {
                return soc;
            }
        }

        return Math.Clamp(mean + common, 0, 1);
    }

    private static MemberModel DrawMember(
        PackSpec pack, CellParameters parameters, Unknowns unknowns, IEnumerable<CellKnowledge> known,
        ulong seed, int cell, int member, double drawnSoc)
    {
        CellKnowledge k = Merge(known, cell, member);
        double soc = k.Soc ?? drawnSoc;
        if (double.IsNaN(soc))
        {
            throw new ArgumentException(
                $"the state of charge of cell {cell + 1} is given nowhere; "
                + "give it under 'cells', or 'soc_min' and 'soc_max' under 'unknowns'");
        }

        double capacity = k.Capacity?.Value
            ?? pack.Cell.Capacity.Value * Factor(unknowns.CapacitySigma, Stream(seed, Quantity.Capacity, cell, member));
        double resistance = Factor(unknowns.ResistanceSigma, Stream(seed, Quantity.Resistance, cell, member));
        return new MemberModel(parameters, capacity, soc)
        {
            R0Scale = Scale(k.R0, parameters.R0) ?? resistance,
            R1Scale = parameters.RcPairs.Length > 0 ? Scale(k.R1, parameters.RcPairs[0].Resistance) ?? resistance : 1,
            R2Scale = parameters.RcPairs.Length > 1 ? Scale(k.R2, parameters.RcPairs[1].Resistance) ?? resistance : 1,
            Tau1Seconds = TimeConstant(k.R1, k.C1, parameters, 0, resistance),
            Tau2Seconds = TimeConstant(k.R2, k.C2, parameters, 1, resistance),
        };
    }

    // a factor is kept away from 0, whatever the spread
    private static double Factor(double? sigma, RandomStream random) => Math.Max(0.05, 1 + ((sigma ?? 0) * random.NextNormal()));

    private static double? Scale(Ohms? given, ResistanceCurve table)
    {
        double atHalf = table.At(0.5, charging: true);
        return given is { } ohms && atHalf > 0 ? ohms.Value / atHalf : null;
    }

    private static double? TimeConstant(Ohms? resistance, double? farads, CellParameters parameters, int pair, double drawn)
    {
        if (farads is not { } c || parameters.RcPairs.Length <= pair)
        {
            return null;
        }

        return c * (resistance?.Value ?? (drawn * parameters.RcPairs[pair].Resistance.At(0.5, charging: true)));
    }

    private static CellKnowledge Merge(IEnumerable<CellKnowledge> known, int cell, int member)
    {
        var merged = new CellKnowledge(CellNumber.FromIndex(cell));
        foreach (CellKnowledge k in known.Where(k => k.Member is null || k.Member == member + 1))
        {
            merged = merged with
            {
                Soc = k.Soc ?? merged.Soc,
                Capacity = k.Capacity ?? merged.Capacity,
                R0 = k.R0 ?? merged.R0,
                R1 = k.R1 ?? merged.R1,
                C1 = k.C1 ?? merged.C1,
                R2 = k.R2 ?? merged.R2,
                C2 = k.C2 ?? merged.C2,
            };
        }

        return merged;
    }

    // of a module's error 0.8 sigma is common to its levels and 0.6 sigma is each level's own
    private static ModuleLevels DrawLevels(CellModuleSpec module, Unknowns unknowns, RandomStream random)
    {
        double sigma = unknowns.ThresholdSigma?.Value ?? 0;
        double Own() => 0.6 * sigma * random.NextNormal();
        return ModuleLevels.Of(module).Moved(0.8 * sigma * random.NextNormal(), Own(), Own(), Own());
    }

    private static CellModel WithFaults(CellModel cell, ImmutableArray<Fault> faults, int index)
    {
        foreach (Fault fault in faults)
        {
            cell = fault switch
            {
                Fault.StuckOnShunt f when f.Cell.Index == index => cell with { ShuntStuckOn = true },
                Fault.DeadShunt f when f.Cell.Index == index => cell with { ShuntDead = true },
                Fault.DeadLoopContact f when f.Cell.Index == index => cell with { ContactDead = true },
                Fault.LooseLug f when f.Cell.Index == index => cell with { LugOhms = cell.LugOhms + f.Resistance.Value },
                Fault.ReadingOffset f when f.Cell.Index == index =>
                    cell with { ReadingOffsetVolts = cell.ReadingOffsetVolts + f.Offset.Value },
                Fault.DeadRedLamp f when f.Cell.Index == index => cell with { RedLampDead = true },
                Fault.DeadGreenLamp f when f.Cell.Index == index => cell with { GreenLampDead = true },
                _ => cell,
            };
        }

        return cell;
    }
}
