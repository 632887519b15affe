using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Simulation;

namespace TopBalance.Tests.Oracle;

/// <summary>Draws the members of cells: LFP-like, with tables like those of the library or coarse ones.</summary>
internal sealed class CellDrawing(PackRecipe recipe, double capacityAh, bool fineTables)
{
    private static readonly double[] CoarseSoc =
        [0, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.985, 0.99, 0.995, 1];

    /// <summary>The members of one cell; unlike each other if there are several.</summary>
    public ImmutableArray<MemberModel> Members(ref RandomStream random, int count, double soc)
    {
        CellParameters parameters = Parameters(ref random, count);
        var members = new MemberModel[count];
        double spread = count > 1 ? 0.1 : 0.02;
        for (int m = 0; m < count; m++)
        {
            double capacity = capacityAh / count * random.NextUniform(1 - spread, 1 + spread);
            double memberSoc = soc + (count > 1 ? random.NextUniform(-0.015, 0.015) : 0);
            members[m] = new MemberModel(parameters, capacity, memberSoc)
            {
                R0Scale = random.NextUniform(1 - (2 * spread), 1 + (2 * spread)),
                R1Scale = random.NextUniform(1 - (2 * spread), 1 + (2 * spread)),
                R2Scale = random.NextUniform(1 - (2 * spread), 1 + (2 * spread)),
                Tau1Seconds = random.NextUniform() < 0.2 ? random.NextUniform(10, 60) : null,
            };
        }

        return [.. members];
    }

    private CellParameters Parameters(ref RandomStream random, int members)
    {
        // R0 of 1 mΩ at 100 Ah
        double ohms = 0.1 * random.NextUniform(0.4, 1) * members / capacityAh;
        int pairs = (int)random.NextUniform(0, 3);
        RcPair[] all =
        [
            new(Resistance(ref random, ohms * random.NextUniform(0.4, 1)), new(random.NextUniform(10, 80))),
            new(Resistance(ref random, ohms * random.NextUniform(0.5, 1.5)), new(random.NextUniform(200, 1500))),
        ];
        return new CellParameters(
            Ocv(ref random),
            Resistance(ref random, ohms),
            [.. all.Take(pairs)],
            new(recipe.Hysteresis ? random.NextUniform(0.002, 0.02) : 0),
            recipe.Hysteresis ? random.NextUniform(20, 200) : 0,
            recipe.Lossless || random.NextUniform() < 0.7 ? 1 : random.NextUniform(0.98, 1),
            new(recipe.Lossless || random.NextUniform() < 0.7 ? 0 : random.NextUniform(1e-5, 1e-3)));
    }

    private double[] Abscissae(ref RandomStream random)
    {
        if (!fineTables)
        {
            return CoarseSoc;
        }

        // dense at both ends, where the curve bends
        int points = (int)random.NextUniform(100, 180);
        return [.. Enumerable.Range(0, points + 1).Select(k => 0.5 * (1 - Math.Cos(Math.PI * k / points)))];
    }

    private OcvCurve Ocv(ref RandomStream random)
    {
        double top = random.NextUniform(0.2, 0.27);
        double topWidth = random.NextUniform(0.006, 0.015);
        double bottom = random.NextUniform(0.8, 1.1);
        double plateau = random.NextUniform(3.26, 3.3);
        double[] soc = Abscissae(ref random);
        return new OcvCurve([.. soc], [.. soc.Select(Volts)]);

        double Volts(double z)
        {
            double flat = plateau + (0.05 * z) + (0.012 * Math.Tanh((z - 0.65) / 0.06));
            return flat + (top * Math.Exp((z - 1) / topWidth)) - (bottom * Math.Exp(-z / 0.025));
        }
    }

    private ResistanceCurve Resistance(ref RandomStream random, double ohms)
    {
        if (recipe.ConstantResistance)
        {
            return ResistanceCurve.Constant(ohms);
        }

        double full = random.NextUniform(0.2, 1);
        double empty = random.NextUniform(0.5, 2);
        double discharge = random.NextUniform(0.85, 1.2);
        double[] soc = fineTables ? [.. Abscissae(ref random).Where((_, k) => k % 4 == 0)] : [.. CoarseSoc.Where((_, k) => k % 2 == 0)];
        double[] charge = [.. soc.Select(z => ohms * (1 + (full * Math.Exp((z - 1) / 0.03)) + (empty * Math.Exp(-z / 0.05))))];
        return new ResistanceCurve([.. soc], [.. charge], [.. charge.Select(r => r * discharge)]);
    }
}
