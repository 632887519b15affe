using System.Collections.Immutable;
using System.Text.Json;
using static System.FormattableString;

namespace TopBalance.Workbench.Files;

/// <summary>A value of a BPX file and the way to it.</summary>
internal sealed class BpxNode(string file, string path, JsonElement element)
{
    private const int MostPoints = 100_000;

    public string File => file;

    public string Name => path[(path.LastIndexOf('.') + 1)..];

    public BpxNode Inside(string key) =>
        Find(key) ?? throw new InputException(file, 0, At(key), "is missing; check that it is a BPX file of a whole cell");

    public BpxNode? Find(string key) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out JsonElement value)
            && value.ValueKind != JsonValueKind.Null
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
