using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Inference;

/// <summary>What is believed before anything was seen.</summary>
public sealed partial class Belief
{
    // a state of charge that the pack file gives is taken to be right to this share of capacity
    private const double KnownSocBlur = 0.005;

    // where the pack file is silent: as delivered, docs/vocabulary.md
    private const double UsualSocMin = 0.2, UsualSocMax = 0.65;

    private void StartCells()
    {
        ILookup<int, CellKnowledge> known = pack.Cells.ToLookup(k => k.Cell.Index);
        SocPart[][] parts = [.. shared.Select(draw => SocParts(size.Slices, draw.CommonSoc))];
        for (int c = 0; c < pack.Series; c++)
        {
            CellKnowledge[] rows = [.. known[c]];
            for (int j = 0; j < size.Packs; j++)
            {
                StartCell(j, c, rows, parts[j]);
            }
        }
    }

    private void StartCell(int draw, int cell, CellKnowledge[] known, SocPart[] parts)
    {
        double? capacity = known.LastOrDefault(k => k.Capacity is not null)?.Capacity?.Value;
        double? ohms = known.LastOrDefault(k => k.R0 is not null)?.R0?.Value;
        double? soc = known.LastOrDefault(k => k.Soc is not null)?.Soc;
        double within = known.LastOrDefault(k => k.SocWithin is not null)?.SocWithin ?? KnownSocBlur;
        double above = known.LastOrDefault(k => k.SocAbove != 0)?.SocAbove ?? 0;
        double sigma = known.LastOrDefault(k => k.CapacitySigma is not null)?.CapacitySigma ?? 0;
        CellParameters nominal = pack.Cell.Temperatures[0].Parameters;
        double atHalf = nominal.R0.At(0.5, charging: true);
        double evened = 1 / Math.Sqrt(pack.Parallel);
        Span<Slice> start = row.Pieces.AsSpan(0, size.Slices);
        for (int k = 0; k < start.Length; k++)
        {
            double q = capacity is { } given ? given * pack.Parallel * Math.Max(0.05, 1 + (sigma > 0 ? sigma * random.NextNormal() : 0))
                : capacityAh * Math.Max(0.05, 1 + (error.CapacitySigma * evened * random.NextNormal()));
            double factor = ohms is { } r && atHalf > 0 ? r / atHalf
                : Math.Max(0.05, 1 + (error.ResistanceSigma * evened * random.NextNormal()));
            ModuleLevels levels = Levels();
            (double low, double high, double weight) = soc is { } z ? new SocPart(z - within, z + within, 1.0 / start.Length) : parts[k];
            (low, high) = soc is null ? (low + above, high + above) : (low, high);
            start[k] = new Slice
            {
                Weight = weight,
                Low = (1 - high) * q,
                High = (1 - low) * q,
                CapacityAh = q,
                Factor = factor,
                On = levels.ShuntOn,
                Off = levels.ShuntOff,
                Hvc = levels.Hvc,
            };
            Break(ref start[k], cell);
        }

        Of(draw, cell).Replace(start);
    }

    // what the pack file says is broken is believed to be broken
    private void Break(ref Slice s, int cell)
    {
        foreach (Fault fault in pack.Faults)
        {
            switch (fault)
            {
                case Fault.StuckOnShunt f when f.Cell.Index == cell:
                    (s.On, s.Off, s.Lit) = (-Never, -Never, true);
                    break;
                case Fault.DeadShunt f when f.Cell.Index == cell:
                    (s.On, s.Off) = (Never, Never);
                    break;
                case Fault.LooseLug f when f.Cell.Index == cell:
                    s.LugOhms += f.Resistance.Value;
                    break;
                case Fault.ReadingOffset f when f.Cell.Index == cell:
                    (s.On, s.Off, s.Hvc) = (s.On - f.Offset.Value, s.Off - f.Offset.Value, s.Hvc - f.Offset.Value);
                    break;
                case Fault.DeadLoopContact f when f.Cell.Index == cell:
                    s.Hvc = Never;
                    break;
            }
        }
    }

    // a level that is never reached, V
    private const double Never = 99;

    // of a module's error 0.8 sigma is common to its levels and 0.6 sigma is each level's own
    private ModuleLevels Levels()
    {
        double sigma = error.ThresholdSigmaVolts;
        double common = 0.8 * sigma * random.NextNormal();
        return ModuleLevels.Of(pack.Module).Moved(common, 0.6 * sigma * random.NextNormal(), 0.6 * sigma * random.NextNormal(), 0);
    }

    // a stretch of the state of charge, and how probable it is
    private readonly record struct SocPart(double Low, double High, double Weight);

    // a flat belief is one stretch for every kind of cell; a normal one is cut, finely also where few cells lie: the emptiest of a pack does
    private SocPart[] SocParts(int count, double common)
    {
        Unknowns u = pack.Unknowns ?? new Unknowns();
        if (u.SocMean is not { } mean)
        {
            (double min, double max) = u is { SocMin: { } a, SocMax: { } b } ? (a, b) : (UsualSocMin, UsualSocMax);
            return [.. Enumerable.Repeat(new SocPart(Math.Clamp(min + common, 0, 1), Math.Clamp(max + common, 0, 1), 1.0 / count), count)];
        }

        double sigma = Math.Max(u.SocSigma ?? 0, 1e-4);
        double least = Math.Clamp((0 - mean - common) / sigma, -FarthestSigmas, FarthestSigmas - 0.1);
        double most = Math.Clamp((1 - mean - common) / sigma, least + 0.1, FarthestSigmas);
        double below = Normal.Cumulative(least);
        double all = Normal.Cumulative(most) - below;
        double Share(double x) => (Normal.Cumulative(x) - below) / all;
        double Cut(int k)
        {
            (double low, double high) = (least, most);
            for (int n = 0; n < 40; n++)
            {
                double x = 0.5 * (low + high);
                (low, high) = 0.5 * (Share(x) + ((x - least) / (most - least))) < (double)k / count ? (x, high) : (low, x);
            }

            return high;
        }

        double[] cuts = [least, .. Enumerable.Range(1, count - 1).Select(Cut), most];
        double At(double x) => Math.Clamp(mean + common + (sigma * x), 0, 1);
        return [.. Enumerable.Range(0, count).Select(k => new SocPart(At(cuts[k]), At(cuts[k + 1]), Share(cuts[k + 1]) - Share(cuts[k])))];
    }

    private const double FarthestSigmas = 3.3;
}
