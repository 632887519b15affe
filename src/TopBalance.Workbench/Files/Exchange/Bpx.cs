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
            string seen = Invariant($"the OCV comes to {volts[strange]:0.###} V at a state of charge of {grid[strange]:0.####}");
            throw cell.Wrong(seen + ", expected 0 to 6 V; check OCPs and stoichiometries");
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
