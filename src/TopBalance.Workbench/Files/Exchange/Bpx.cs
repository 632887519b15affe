using System.Collections.Immutable;
using System.Text.Json;
using TopBalance.Chemistry;
using TopBalance.Quantities;
using static System.FormattableString;

namespace TopBalance.Workbench.Files;

/// <summary>What a BPX file gives.</summary>
/// <param name="Cell">OCV, capacity and limits; its resistance is a placeholder.</param>
/// <param name="Notes">What could not be taken over, and what had to be put right, a sentence each.</param>
public sealed record BpxCell(CellSpec Cell, ImmutableArray<string> Notes);

/// <summary>
/// Reads a Battery Parameter eXchange file (BPX 0.x and 1.0, JSON): the open-circuit potentials of its two electrodes, between their
/// limits of stoichiometry, become an OCV curve.
/// </summary>
public static class Bpx
{
    private const long MostBytes = 8L << 20;

    // R0 · capacity of large and small LFP cells alike, about
    private const double PlaceholderOhmAmpereHours = 0.02;

    // an OCV that falls by less than this is noise of a table
    private const double MostFallVolts = 0.02;

    private static readonly JsonDocumentOptions Json = new() { MaxDepth = 32, AllowTrailingCommas = true };

    /// <summary>Reads a BPX file from disk.</summary>
    /// <exception cref="InputException">It is no BPX file of a whole cell; the message says why.</exception>
    public static BpxCell Read(string path) => Read(new DiskFiles(), path);

    /// <summary>Reads a BPX file.</summary>
    /// <param name="source">Where it comes from.</param>
    /// <param name="name">Its path or name.</param>
    /// <exception cref="InputException">It is no BPX file of a whole cell; the message says why.</exception>
    public static BpxCell Read(IFileSource source, string name)
    {
        ArgumentNullException.ThrowIfNull(source);
        byte[] bytes = source.Read(name, MostBytes);
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes.AsMemory(bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0), Json);
        }
        catch (JsonException e)
        {
            throw new InputException(name, (int)(e.LineNumber ?? 0) + 1, null, "is not valid JSON; check that it is the right file", e);
        }

        using (document)
        {
            return Make(new BpxNode(name, "", document.RootElement));
        }
    }

    private static BpxCell Make(BpxNode root)
    {
        BpxNode header = root.Inside("Header");
        string version = header.Inside("BPX").Text();
        BpxNode parameters = root.Inside("Parameterisation");
        BpxNode cell = parameters.Inside("Cell");
        var notes = new List<string>();
        BpxElectrode negative = BpxElectrode.Of(parameters.Inside("Negative electrode"), notes);
        BpxElectrode positive = BpxElectrode.Of(parameters.Inside("Positive electrode"), notes);
        double capacity = cell.Inside("Nominal cell capacity [A.h]").Number(1e-6, 10_000);
        double upper = cell.Inside("Upper voltage cut-off [V]").Number(2.5, 5);
        double lower = cell.Inside("Lower voltage cut-off [V]").Number(0, upper - 0.1);
        double celsius = (cell.Find("Reference temperature [K]")?.Number(213.15, 373.15) ?? 298.15) - 273.15;
        OcvCurve ocv = Ocv(cell, negative, positive, notes);
        if (ocv.Volts[^1] > upper + 1e-6)
        {
            notes.Add(Invariant($"The OCV at full, {ocv.Volts[^1]:0.000} V, is above the upper cut-off of {upper:0.###} V."));
        }

        double ohms = Math.Round(PlaceholderOhmAmpereHours / capacity, 8);
        notes.Add(Invariant($"Resistance: a constant placeholder of {ohms:0.########} Ω stands in; fit a log for a real one."));
        notes.Add("Not taken over: kinetics, diffusion, electrolyte, porosity, particles, entropy and heat.");
        string id = CellFile.Id(root.File);
        string title = header.Find("Title")?.Text() ?? id;
        var spec = new CellSpec(
            id, new AmpereHours(capacity), new Volts(upper), new Volts(upper),
            [new CellAtTemperature(new Celsius(Math.Round(celsius, 6)), new CellParameters(ocv, ResistanceCurve.Constant(ohms), []))])
        {
            Name = title.Length > 200 ? title[..200] : title,
            MinVoltage = new Volts(lower),
            Sources = Sources(Path.GetFileName(root.File), version, header),
        };
        return new BpxCell(spec, [.. notes]);
    }

    private static ImmutableArray<Provenance> Sources(string file, string version, BpxNode header)
    {
        string references = header.Find("References")?.Text() ?? header.Find("Description")?.Text() ?? "";
        string text = $"BPX {version} file {file}{(references.Length > 0 ? ": " + references : "")}";
        string[] keys = ["capacity_ah", "full_v", "max_v", "min_v", "temperatures.temperature_c", "temperatures.ocv"];
        const string guess = "not in a BPX file; a typical value for the capacity";
        return
        [
            .. keys.Select(k => new Provenance(k, Sureness.Measured, text)),
            new Provenance("temperatures.r0", Sureness.Placeholder, guess),
            new Provenance("charge_temperature_c", Sureness.Placeholder, "not in a BPX file; usual values"),
            new Provenance("termination_c_rate", Sureness.Placeholder, "not in a BPX file; usual values"),
        ];
    }

    private static OcvCurve Ocv(BpxNode cell, BpxElectrode negative, BpxElectrode positive, List<string> notes)
    {
        double[] grid = Grid();
        double[] volts = [.. grid.Select(z => positive.At(1 - z) - negative.At(z))];
        int strange = Array.FindIndex(volts, v => !(v is >= 0 and <= 6));
        if (strange >= 0)
        {
            throw cell.Wrong(Invariant(
                $"the OCV comes to {volts[strange]:0.###} V at a state of charge of {grid[strange]:0.####}, expected 0 to 6 V; check OCPs and stoichiometries"));
        }

        double fall = 0;
        for (int k = 1; k < volts.Length; k++)
        {
            fall = Math.Max(fall, volts[k - 1] - volts[k]);
            volts[k] = Math.Max(volts[k], volts[k - 1]);
        }

        if (fall > MostFallVolts || volts[^1] <= volts[0])
        {
            throw cell.Wrong("the OCV falls while the cell is charged; check whether the electrodes or the stoichiometries are exchanged");
        }

        if (fall > 0)
        {
            notes.Add(Invariant($"The OCV fell by up to {1000 * fall:0.###} mV in places and was levelled there."));
        }

        // the ends give the slopes beyond them, so they must rise
        volts[^1] = Math.Max(volts[^1], volts[^2] + 1e-6);
        volts[0] = Math.Min(volts[0], volts[1] - 1e-6);
        return new OcvCurve([.. grid], [.. volts.Select(v => Math.Round(v, 7))]);
    }

    // dense where an LFP cell bends: steps of 0.25 % below 10 %, of 1 %, of 0.1 % above 90 % and of 0.02 % above 98 %
    private static double[] Grid() =>
    [
        .. Enumerable.Range(0, 40).Select(k => k / 400.0),
        .. Enumerable.Range(10, 80).Select(k => k / 100.0),
        .. Enumerable.Range(900, 80).Select(k => k / 1000.0),
        .. Enumerable.Range(4900, 101).Select(k => k / 5000.0),
    ];
}

/// <summary>One electrode: its potential and the stoichiometries between which it works.</summary>
internal sealed class BpxElectrode(Func<double, double> potential, double min, double max)
{
    public static BpxElectrode Of(BpxNode electrode, List<string> notes)
    {
        BpxNode node = electrode;
        if (electrode.Find("Particle") is { } particles)
        {
            ImmutableArray<BpxNode> blend = particles.Children();
            node = blend.Length == 1
                ? blend[0]
                : throw particles.Wrong(Invariant($"is a blend of {blend.Length} materials; only electrodes of one material can be read"));
        }

        double min = node.Inside("Minimum stoichiometry").Number(0, 1);
        double max = node.Inside("Maximum stoichiometry").Number(min, 1);
        BpxNode? lithiation = node.Find("OCP (lithiation) [V]"), delithiation = node.Find("OCP (delithiation) [V]");
        if (lithiation is not null || delithiation is not null)
        {
            notes.Add($"Not taken over: hysteresis of the {electrode.Name.ToLowerInvariant()}.");
        }

        if (node.Find("OCP [V]") is null && lithiation is { } up && delithiation is { } down)
        {
            Func<double, double> one = up.Function(min, max, notes), other = down.Function(min, max, notes);
            return new BpxElectrode(x => 0.5 * (one(x) + other(x)), min, max);
        }

        return new BpxElectrode(node.Inside("OCP [V]").Function(min, max, notes), min, max);
    }

    /// <summary>Potential in V at a share of the way from the lowest stoichiometry to the highest.</summary>
    public double At(double share) => potential(min + (share * (max - min)));
}

/// <summary>A value of a BPX file and the way to it.</summary>
internal sealed class BpxNode(string file, string path, JsonElement element)
{
    private const int MostPoints = 100_000;

    public string File => file;

    public string Name => path[(path.LastIndexOf('.') + 1)..];

    public BpxNode Inside(string key) =>
        Find(key) ?? throw new InputException(file, 0, At(key), "is missing; check that it is a BPX file of a whole cell");

    public BpxNode? Find(string key) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? new BpxNode(file, At(key), value)
            : null;

    public ImmutableArray<BpxNode> Children() => element.ValueKind == JsonValueKind.Object
        ? [.. element.EnumerateObject().Select(p => new BpxNode(file, At(p.Name), p.Value))]
        : [];

    public string Text() => element.ValueKind switch
    {
        JsonValueKind.String => OneLine.Of(element.GetString()!),
        JsonValueKind.Number => element.GetRawText(),
        _ => throw Wrong("expected a text"),
    };

    public double Number(double min, double max) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double value) && value >= min && value <= max
            ? value
            : throw Wrong($"saw {Seen()}, expected a number from {NumberText.Write(min)} to {NumberText.Write(max)}");

    /// <summary>A number, a formula of x, or a table of x and y.</summary>
    public Func<double, double> Function(double min, double max, List<string> notes)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Number:
                double constant = Number(-100, 100);
                return _ => constant;
            case JsonValueKind.String:
                try
                {
                    return BpxExpression.Parse(element.GetString()!);
                }
                catch (FormatException e)
                {
                    throw Wrong($"the formula {e.Message}", e);
                }

            default:
                return Table(min, max, notes);
        }
    }

    public InputException Wrong(string problem, Exception? inner = null) => new(file, 0, path, problem, inner);

    private Func<double, double> Table(double min, double max, List<string> notes)
    {
        (double X, double Y)[] points = [.. Inside("x").Numbers().Zip(Inside("y").Numbers()).OrderBy(p => p.First)];
        if (points.Length < 2 || Inside("x").Numbers().Length != Inside("y").Numbers().Length)
        {
            throw Wrong("expected as many x as y, at least 2");
        }

        for (int k = 1; k < points.Length; k++)
        {
            if (points[k].X <= points[k - 1].X)
            {
                throw Wrong(Invariant($"the x {points[k].X:R} occurs twice"));
            }
        }

        if (min < points[0].X || max > points[^1].X)
        {
            notes.Add(Invariant($"{path} ends inside the limits of stoichiometry and was extended in a straight line."));
        }

        return x => Interpolated(points, x);
    }

    private static double Interpolated((double X, double Y)[] points, double x)
    {
        int low = 0, high = points.Length - 1;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            (low, high) = points[middle].X <= x ? (middle, high) : (low, middle);
        }

        (double x0, double y0) = points[low];
        (double x1, double y1) = points[high];
        return y0 + ((y1 - y0) * (x - x0) / (x1 - x0));
    }

    private double[] Numbers()
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() > MostPoints)
        {
            throw Wrong("expected a list of numbers");
        }

        return [.. element.EnumerateArray().Select(e => new BpxNode(file, path, e).Number(-1e6, 1e6))];
    }

    private string At(string key) => path.Length == 0 ? key : $"{path}.{key}";

    private string Seen() => OneLine.Quote(element.GetRawText());
}
