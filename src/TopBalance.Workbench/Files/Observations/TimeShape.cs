using System.Globalization;
using System.Text.Json.Nodes;

namespace TopBalance.Workbench.Files;

/// <summary>An instant; without an offset it is UTC.</summary>
internal sealed class TimeShape : Shape<DateTimeOffset>
{
    public const string Example = "2026-05-01T18:30:00Z";

    private const int FirstYear = 2000, LastYear = 2199;

    private static readonly string[] Formats =
    [
        .. from between in new[] { "'T'", "' '" } from time in new[] { "HH:mm:ss.FFFFFFFK", "HH:mmK" } select "yyyy-MM-dd" + between + time,
    ];

    public override string Expected => "a UTC time such as " + Example;

    public override DateTimeOffset Read(YamlNode node, Place place)
    {
        const DateTimeStyles style = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return node is YamlScalar scalar
            && DateTimeOffset.TryParseExact(scalar.Text, Formats, CultureInfo.InvariantCulture, style, out DateTimeOffset at)
            && at.Year is >= FirstYear and <= LastYear
                ? at
                : throw Unexpected(node, place);
    }

    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = "^2[01]\\d\\d-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d" };
}
