using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Tests.Reference;

/// <summary>
/// The inputs and results of the reference cases. The results are those of a closed form in 80-bit long double; CVODE at rtol 1e-12 agrees
/// with it to 5e-10 s on case A.
/// </summary>
internal static class ReferenceData
{
    private static readonly Lazy<OcvCurve> Ocv = new(ReadOcv);

    /// <summary>Case A and B: 50 cells, a shunt of 0.7 A from 3.500 to 3.480 V, HVC 3.600 V, 10 A.</summary>
    public static PackModel CaseA(double quiescentAmps = 0) =>
        Pack(Lines("cells_A.csv").Skip(1).Select(Cell), quiescentAmps);

    /// <summary>The 1,000 packs of case C.</summary>
    public static ImmutableArray<PackModel> CaseC() =>
    [
        .. Lines("cells_C_1000packs.csv.gz").Skip(1)
            .Select(line => line.Split(',', 2))
            .GroupBy(parts => int.Parse(parts[0], CultureInfo.InvariantCulture), parts => Cell(parts[1]))
            .OrderBy(pack => pack.Key)
            .Select(pack => Pack(pack, 0)),
    ];

    /// <summary>Results of case A, B or B2.</summary>
    public static ReferenceResult Result(string name)
    {
        string[] lines = [.. Lines($"{name}_closedform_longdouble.csv")];
        return new ReferenceResult(
            int.Parse(lines[0].Split(' ')[^1], CultureInfo.InvariantCulture),
            Times(lines[1]),
            Times(lines[2]),
            [.. lines.Skip(4).Select(line => Number(line.Split(',')[1]))],
            [.. lines.Skip(4).Select(line => Number(line.Split(',')[2]))]);
    }

    /// <summary>Results of case C, pack by pack.</summary>
    public static ImmutableArray<ReferencePack> ResultsOfC() =>
    [
        .. Lines("C_closedform_longdouble.csv").Skip(1).Select(line => line.Split(',')).Select(f => new ReferencePack(
            Number(f[1]), int.Parse(f[2], CultureInfo.InvariantCulture), Number(f[3]), Number(f[4]), Number(f[5]))),
    ];

    private static ImmutableArray<double> Times(string line) =>
        [.. line.Split(':')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Number)];

    private static OcvCurve ReadOcv()
    {
        double[][] points = [.. Lines("ocv_table.csv").Skip(1).Select(line => line.Split(',').Select(Number).ToArray())];
        return new OcvCurve([.. points.Select(p => p[0])], [.. points.Select(p => p[1])]);
    }

    // cell, capacity_ah, r0_ohm, r1_ohm, c1_f, soc0
    private static CellModel Cell(string line)
    {
        double[] f = [.. line.Split(',').Select(Number)];
        var pair = new RcPair(ResistanceCurve.Constant(f[3]), new Seconds(f[3] * f[4]));
        var parameters = new CellParameters(Ocv.Value, ResistanceCurve.Constant(f[2]), [pair]);
        return new CellModel([new MemberModel(parameters, f[1], f[5])], default);
    }

    private static PackModel Pack(IEnumerable<CellModel> cells, double quiescentAmps)
    {
        var shunt = new ShuntSpec.ConstantCurrent(new Amperes(0.7));
        var module = new CellModuleSpec("reference", new(3.5), new(3.48), shunt, new(3.6), new(3.59), new(2.0), new(2.1))
        {
            Quiescent = new Amperes(quiescentAmps),
        };

        // the set-point is out of reach: the charge ends at HVC
        var charger = new ChargerSpec(new Volts(1000), new Amperes(10), new Amperes(0.1));
        return new PackModel([.. cells.Select(c => c with { Levels = ModuleLevels.Of(module) })], module, charger, new Volts(3.65));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Lines(string file)
    {
        using Stream stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Reference", file));
        using Stream plain = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        using var reader = new StreamReader(plain);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                yield return line;
            }
        }
    }
}

/// <summary>Results of case A, B or B2.</summary>
/// <param name="TripCell">Index of the cell that tripped last.</param>
/// <param name="TripSeconds">When the loop opened.</param>
/// <param name="RestartSeconds">When the charger came on again.</param>
/// <param name="Soc">Per cell at the end.</param>
/// <param name="Volts">Per cell at the end.</param>
internal sealed record ReferenceResult(
    int TripCell,
    ImmutableArray<double> TripSeconds,
    ImmutableArray<double> RestartSeconds,
    ImmutableArray<double> Soc,
    ImmutableArray<double> Volts);

/// <summary>Result of one pack of case C at its trip.</summary>
internal readonly record struct ReferencePack(double TripSeconds, int TripCell, double SocMin, double SocMean, double SocMax);
